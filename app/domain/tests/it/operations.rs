//! Random histories: whatever is placed, moved, cancelled, expired, closed and lifted, the checker finds nothing.

use domain::calendar::DAY;
use proptest::prelude::*;

use crate::{
    plant::Plant,
    world::{figures, matrix, pattern},
};

/// What somebody does, with numbers to choose by.
#[derive(Clone, Copy, Debug)]
enum Act {
    Hold { product: u8, from: i64, offer: usize, expires: bool },
    Cancel(usize),
    Close { line: usize, from: i64, length: i64 },
    Lift(usize),
    LetTimePass,
}

fn act() -> impl Strategy<Value = Act> {
    let from = 0..9 * DAY;
    prop_oneof![
        5 => (1..4_u8, from.clone(), 0..6_usize, any::<bool>())
            .prop_map(|(product, from, offer, expires)| Act::Hold { product, from, offer, expires }),
        2 => (0..9_usize).prop_map(Act::Cancel),
        2 => (0..2_usize, from, 1..900_i64).prop_map(|(line, from, length)| Act::Close { line, from, length }),
        1 => (0..9_usize).prop_map(Act::Lift),
        1 => Just(Act::LetTimePass),
    ]
}

proptest! {
    #[test]
    fn no_history_breaks_a_rule(
        pattern in pattern(),
        matrix in matrix(),
        figures in [figures(), figures()],
        two_steps in any::<bool>(),
        acts in prop::collection::vec(act(), 1..25),
    ) {
        let mut plant = Plant::new(pattern, matrix, figures, two_steps);
        for act in acts {
            match act {
                Act::Hold { product, from, offer, expires } => plant.book(product, from, offer, expires),
                Act::Cancel(choice) => plant.cancel(choice),
                Act::Close { line, from, length } => plant.close(line, from, length),
                Act::Lift(choice) => plant.lift(choice),
                Act::LetTimePass => plant.now += 7,
            }
            prop_assert_eq!(plant.violations(), [], "after {:?}", act);
        }
    }
}
