//! From the search form to the domain's request.

use domain::{
    Interval, PlatformId, ProductId,
    calendar::DAY,
    hazard::{Hazard, HazardProfile},
    offering::{self, Offering},
    request::{Request, Stage},
};

use super::{Complaints, Failure, FieldProblem, OfferQuery, field};

/// More batches than any campaign has.
const MOST_BATCHES: u32 = 1000;
/// Longest window searched, in plant days: two years.
const LONGEST_WINDOW: i64 = 731;

impl OfferQuery {
    /// The same in the domain's terms. That `product` belongs to the asker is the use case's to check.
    ///
    /// # Errors
    /// [`Failure::Invalid`] names every field that can't be read.
    pub fn request(&self) -> Result<Request, Failure> {
        let mut complaints = Complaints::default();
        let offering = complaints.hear(self.offering());
        let batch_size = complaints.hear(field::thousandths("batch_size", &self.batch_size));
        let unit = complaints.hear(field::word("unit", &self.unit));
        let batches = complaints.hear(self.batches());
        let window = complaints.hear(self.window());
        let stage = complaints.hear(self.stage());
        let hazards = complaints.hear(self.profile());
        complaints.answer()?;
        Ok(Request {
            offering: offering?.code.to_owned(),
            product: self.product.map_or(ProductId::NONE, ProductId),
            batch_size: batch_size?,
            unit: unit?,
            batches: batches?,
            hazards: hazards?,
            gmp: self.gmp,
            stage: stage?,
            window: window?,
            platform: self.platform.map(PlatformId),
        })
    }

    fn offering(&self) -> Result<&'static Offering, Failure> {
        match self.offering.trim() {
            "" => Err(field::invalid("offering", FieldProblem::Missing)),
            code => offering::find(code).ok_or_else(|| field::unknown("offering", code)),
        }
    }

    fn batches(&self) -> Result<u32, Failure> {
        let known = (1..=MOST_BATCHES).contains(&self.batches);
        known.then_some(self.batches).ok_or_else(|| field::out_of_range("batches", 1, MOST_BATCHES))
    }

    fn stage(&self) -> Result<Stage, Failure> {
        match self.stage.as_deref().map(str::trim) {
            None | Some("") => Ok(Stage::Unstated),
            Some(stage) => field::word("stage", stage),
        }
    }

    /// The half-open window from the first plant day's midnight to the one after the last day.
    fn window(&self) -> Result<Interval, Failure> {
        let mut complaints = Complaints::default();
        let from = complaints.hear(field::plant_day("from", &self.from));
        let last = complaints.hear(field::plant_day("to", &self.to));
        complaints.answer()?;
        let (from, to) = (field::midnight(from?), field::midnight(last?) + DAY);
        if to <= from {
            return Err(field::reversed("to", "from"));
        }
        if to - from > LONGEST_WINDOW * DAY {
            let latest = field::plant_date(from + (LONGEST_WINDOW - 1) * DAY);
            return Err(field::out_of_range("to", field::plant_date(from), latest));
        }
        Ok(Interval { start: from, end: to })
    }

    fn profile(&self) -> Result<HazardProfile, Failure> {
        if self.oeb.is_some_and(|band| !(1..=5).contains(&band)) {
            return Err(field::out_of_range("oeb", 1, 5));
        }
        let words = self.hazards.split(',').map(str::trim).filter(|word| !word.is_empty());
        if words.clone().any(|word| word == "unclassified") {
            return Ok(HazardProfile::Unclassified);
        }
        let tags = words.map(|word| field::word::<Hazard>("hazards", word)).collect::<Result<_, _>>()?;
        Ok(HazardProfile::Classified { tags, oeb: self.oeb })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query() -> OfferQuery {
        OfferQuery {
            offering: "TAB".into(),
            batch_size: "12.5".into(),
            unit: "kilogram".into(),
            batches: 2,
            from: "2026-12-01".into(),
            to: "2026-12-31".into(),
            hazards: "hormone, cytotoxic".into(),
            oeb: Some(3),
            gmp: true,
            stage: Some("scale_up".into()),
            platform: None,
            product: None,
            moving: None,
        }
    }

    fn wrong(query: &OfferQuery) -> Vec<String> {
        match query.request() {
            Err(Failure::Invalid { faults }) => faults.iter().map(|fault| fault.field.clone()).collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_whole_query_becomes_a_request() {
        let request = query().request().expect("valid");
        assert_eq!(request.batch_size, 12_500);
        assert_eq!(request.window.minutes(), 31 * 1440);
        assert_eq!(request.stage, Stage::ScaleUp);
        let HazardProfile::Classified { tags, oeb } = request.hazards else { panic!("classified") };
        assert_eq!(tags.into_iter().collect::<Vec<_>>(), [Hazard::Hormone, Hazard::Cytotoxic]);
        assert_eq!(oeb, Some(3));
    }

    #[test]
    fn one_day_is_a_window_and_a_reversed_one_names_its_end() {
        let day = OfferQuery { to: "2026-12-01".into(), ..query() };
        assert_eq!(day.request().expect("valid").window.minutes(), 1440);
        let reversed = OfferQuery { to: "2026-11-30".into(), ..query() };
        assert_eq!(wrong(&reversed), ["to"]);
        let long = OfferQuery { to: "2028-12-02".into(), ..query() };
        assert_eq!(wrong(&long), ["to"]);
    }

    #[test]
    fn every_wrong_field_is_named() {
        let cases: [(OfferQuery, &str); 9] = [
            (OfferQuery { offering: "🧪".into(), ..query() }, "offering"),
            (OfferQuery { batch_size: "viel".into(), ..query() }, "batch_size"),
            (OfferQuery { unit: "pound".into(), ..query() }, "unit"),
            (OfferQuery { batches: 0, ..query() }, "batches"),
            (OfferQuery { from: "1900-01-01".into(), ..query() }, "from"),
            (OfferQuery { to: "9999-12-31".into(), ..query() }, "to"),
            (OfferQuery { hazards: "poison".into(), ..query() }, "hazards"),
            (OfferQuery { oeb: Some(6), ..query() }, "oeb"),
            (OfferQuery { stage: Some("tomorrow".into()), ..query() }, "stage"),
        ];
        for (query, field) in cases {
            assert_eq!(wrong(&query), [field]);
        }
        let many = OfferQuery { offering: String::new(), from: "soon".into(), to: String::new(), ..query() };
        assert_eq!(wrong(&many), ["offering", "from", "to"]);
        let unclassified = OfferQuery { hazards: "unclassified".into(), ..query() };
        assert_eq!(unclassified.request().expect("read").hazards, HazardProfile::Unclassified);
    }
}
