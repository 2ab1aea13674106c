//! Every order of a few.

/// All orders of `0..count`, for `count` up to a handful.
pub(super) fn orders(count: usize) -> Vec<Vec<usize>> {
    let mut all: Vec<Vec<usize>> = vec![Vec::new()];
    for next in 0..count {
        all = all
            .into_iter()
            .flat_map(|order| {
                (0..=order.len()).map(move |at| {
                    let mut longer = order.clone();
                    longer.insert(at, next);
                    longer
                })
            })
            .collect();
    }
    all
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_order_comes_once() {
        assert_eq!(orders(1), [[0]]);
        let four: BTreeSet<Vec<usize>> = orders(4).into_iter().collect();
        assert_eq!((orders(4).len(), four.len()), (24, 24));
    }
}
