//! A campaign that is being thought about: the fields of a search, or of a wish, as they were typed.

use uuid::Uuid;

use crate::{
    contract::{Complaints, Failure, FieldProblem, OfferQuery, field},
    language::Language,
    words::unit,
};

/// The fields as typed: what can't be read is shown again, with what is wrong with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CampaignDraft {
    pub offering: String,
    pub batch_size: String,
    pub unit: String,
    pub batches: String,
    pub from: String,
    pub to: String,
    /// Tags with commas between them.
    pub hazards: String,
    pub oeb: String,
    pub gmp: String,
    pub stage: String,
    pub platform: String,
    pub product: String,
}

impl CampaignDraft {
    /// As a query. What is text in it too is taken as it is: the server says what is wrong with which.
    ///
    /// # Errors
    /// [`Failure::Invalid`] names every field that can't be read, and what is wrong with the others.
    pub fn query(&self) -> Result<OfferQuery, Failure> {
        let mut complaints = Complaints::default();
        let batches = complaints.hear(self.batches());
        let oeb = complaints.hear(self.band());
        let gmp = complaints.hear(yes("gmp", &self.gmp));
        let platform = complaints.hear(id("platform", &self.platform));
        let product = complaints.hear(id("product", &self.product));
        let stage = self.stage.trim();
        let query = OfferQuery {
            offering: self.offering.clone(),
            batch_size: self.batch_size(),
            unit: self.unit.clone(),
            batches: batches.unwrap_or(1),
            from: self.from.clone(),
            to: self.to.clone(),
            hazards: self.hazards.clone(),
            oeb: oeb.unwrap_or_default(),
            gmp: gmp.unwrap_or_default(),
            stage: (!stage.is_empty()).then(|| stage.to_owned()),
            platform: platform.unwrap_or_default(),
            product: product.unwrap_or_default(),
            moving: None,
        };
        if complaints.clone().answer().is_ok() {
            return Ok(query);
        }
        // Whoever has to look at it again learns of everything at once.
        let _told = complaints.hear(query.request());
        complaints.answer().map(|()| query)
    }

    /// As a plain decimal where it is one with commas between its thousands, or with the chosen unit behind it; else as
    /// it was typed, for the server to say what is wrong with it.
    fn batch_size(&self) -> String {
        let typed = self.batch_size.trim().to_lowercase();
        let units = [Language::en, Language::zh_CN].map(|language| unit(language, &self.unit).to_lowercase());
        let named = |unit: &String| typed.strip_suffix(unit.as_str()).filter(|_| !unit.is_empty());
        let bare = units.iter().find_map(named).unwrap_or(&typed).trim_end();
        let plain = without_commas(bare).filter(|plain| field::thousandths("batch_size", plain).is_ok());
        plain.unwrap_or_else(|| self.batch_size.clone())
    }

    fn batches(&self) -> Result<u32, Failure> {
        match self.batches.trim() {
            "" => Err(field::invalid("batches", FieldProblem::Missing)),
            // More than can be counted are more than any campaign has, which the server says.
            said if said.bytes().all(|byte| byte.is_ascii_digit()) => Ok(said.parse().unwrap_or(u32::MAX)),
            _ => Err(field::invalid("batches", FieldProblem::Malformed { example: "3".to_owned() })),
        }
    }

    fn band(&self) -> Result<Option<u8>, Failure> {
        match self.oeb.trim() {
            "" => Ok(None),
            said => said.parse().map(Some).map_err(|_| field::out_of_range("oeb", 1, 5)),
        }
    }
}

/// A number without the commas between its thousands; `None` if they stand elsewhere, as one before decimals does.
fn without_commas(number: &str) -> Option<String> {
    let number = number.replace('\u{ff0c}', ",");
    let Some((first, rest)) = number.split_once(',') else { return Some(number) };
    let (whole, part) = rest.split_once('.').map_or((rest, None), |(whole, part)| (whole, Some(part)));
    let leads = (1..=3).contains(&first.len()) && !first.starts_with('0');
    if !leads || whole.split(',').any(|group| group.len() != 3) {
        return None;
    }
    let whole = whole.replace(',', "");
    Some(part.map_or_else(|| format!("{first}{whole}"), |part| format!("{first}{whole}.{part}")))
}

/// What a box that is ticked sends, and what an address may say instead.
fn yes(name: &str, said: &str) -> Result<bool, Failure> {
    match said.trim() {
        "" | "false" => Ok(false),
        "true" => Ok(true),
        _ => Err(field::invalid(name, FieldProblem::Malformed { example: "true".to_owned() })),
    }
}

fn id(name: &str, said: &str) -> Result<Option<Uuid>, Failure> {
    match said.trim() {
        "" => Ok(None),
        said => Uuid::parse_str(said).map(Some).map_err(|_| field::unknown(name, said)),
    }
}

impl From<OfferQuery> for CampaignDraft {
    fn from(query: OfferQuery) -> Self {
        Self {
            offering: query.offering,
            batch_size: query.batch_size,
            unit: query.unit,
            batches: query.batches.to_string(),
            from: query.from,
            to: query.to,
            hazards: query.hazards,
            oeb: query.oeb.map(|band| band.to_string()).unwrap_or_default(),
            gmp: if query.gmp { "true".to_owned() } else { String::new() },
            stage: query.stage.unwrap_or_default(),
            platform: query.platform.map(|id| id.to_string()).unwrap_or_default(),
            product: query.product.map(|id| id.to_string()).unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> CampaignDraft {
        CampaignDraft {
            offering: "TAB".into(),
            batch_size: "12.5".into(),
            unit: "kilogram".into(),
            batches: "3".into(),
            from: "2026-12-01".into(),
            to: "2026-12-31".into(),
            ..CampaignDraft::default()
        }
    }

    fn wrong(draft: &CampaignDraft) -> Vec<String> {
        match draft.query() {
            Err(Failure::Invalid { faults }) => faults.iter().map(|fault| fault.field.clone()).collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_cannot_be_read_is_named_and_never_read_as_left_out() {
        for (draft, name) in [
            (CampaignDraft { batches: "2.5".into(), ..draft() }, "batches"),
            (CampaignDraft { batches: String::new(), ..draft() }, "batches"),
            (CampaignDraft { oeb: "high".into(), ..draft() }, "oeb"),
            (CampaignDraft { gmp: "perhaps".into(), ..draft() }, "gmp"),
            (CampaignDraft { platform: "here".into(), ..draft() }, "platform"),
            (CampaignDraft { product: "mine".into(), ..draft() }, "product"),
        ] {
            assert_eq!(wrong(&draft), [name]);
        }
        // And with it whatever else is wrong.
        let many = CampaignDraft { oeb: "high".into(), to: "soon".into(), ..draft() };
        assert_eq!(wrong(&many), ["oeb", "to"]);
    }

    #[test]
    fn what_can_be_read_is_left_to_the_server() {
        let query = |draft: CampaignDraft| draft.query().expect("a query");
        assert_eq!(query(CampaignDraft { batches: "99999999999".into(), ..draft() }).batches, u32::MAX);
        assert_eq!(query(CampaignDraft { to: "never".into(), ..draft() }).to, "never");
        let said = ["true", "false", ""].map(|gmp| query(CampaignDraft { gmp: gmp.into(), ..draft() }).gmp);
        assert_eq!(said, [true, false, false]);
    }

    #[test]
    fn a_batch_size_may_have_commas_between_its_thousands_and_its_unit_behind_it() {
        let read = |typed: &str, unit: &str| {
            let draft = CampaignDraft { batch_size: typed.into(), unit: unit.into(), ..draft() };
            draft.query().expect("a query").batch_size
        };
        for (typed, unit, plain) in [
            ("1,000", "kilogram", "1000"),
            ("1,234,567.5", "vial", "1234567.5"),
            ("20 kg", "kilogram", "20"),
            ("20KG", "kilogram", "20"),
            (" 500 g ", "gram", "500"),
            // These are left as they are, and complained of.
            ("12,5", "kilogram", "12,5"),
            ("0,500", "kilogram", "0,500"),
            ("1,0000", "kilogram", "1,0000"),
            ("20 kg", "gram", "20 kg"),
            ("0.0001", "kilogram", "0.0001"),
        ] {
            assert_eq!(read(typed, unit), plain, "{typed}");
        }
    }

    #[test]
    fn a_query_is_the_draft_that_it_is_shown_as() {
        let query = OfferQuery {
            oeb: Some(4),
            gmp: true,
            stage: Some("scale_up".into()),
            platform: Some(Uuid::from_u128(7)),
            product: Some(Uuid::from_u128(8)),
            ..draft().query().expect("a query")
        };
        assert_eq!(CampaignDraft::from(query.clone()).query(), Ok(query));
    }
}
