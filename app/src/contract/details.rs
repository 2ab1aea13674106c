//! What a request's fields must be, while it is being filled in and when it is sent.

use std::collections::BTreeSet;

use domain::hazard::{Hazard, HazardProfile};

use super::{Failure, FieldProblem, RequestDetails, field};

const MOLECULES: &[&str] = &[
    "small_molecule",
    "peptide",
    "protein",
    "antibody",
    "oligonucleotide",
    "herbal",
    "cell",
    "gene_vector",
    "other",
];
const STORAGE: &[&str] = &["ambient", "cool", "refrigerated", "frozen", "cryogenic", "none"];
const MARKETS: &[&str] = &["cn", "ru", "us", "eu", "jp", "other"];

impl RequestDetails {
    /// The same, trimmed, with every field that is filled in checked for form. Empty fields pass.
    ///
    /// # Errors
    /// [`Failure::Invalid`] names the first field that is wrong.
    pub fn checked(&self) -> Result<Self, Failure> {
        Ok(Self {
            project: field::line("project", &self.project, 80)?,
            product_code: field::line("product_code", &self.product_code, 80)?,
            molecule: one_of("molecule", &self.molecule, MOLECULES)?,
            strength: field::line("strength", &self.strength, 80)?,
            container: field::line("container", &self.container, 120)?,
            fill: field::line("fill", &self.fill, 80)?,
            market: markets(&self.market)?,
            oel: quantity("oel", &self.oel)?,
            pde: quantity("pde", &self.pde)?,
            materials_on: match self.materials_on.trim() {
                "" => String::new(),
                date => field::plant_day("materials_on", date)?.to_string(),
            },
            storage: one_of("storage", &self.storage, STORAGE)?,
            controlled_licence: field::line("controlled_licence", &self.controlled_licence, 80)?,
            genetic_licence: field::line("genetic_licence", &self.genetic_licence, 80)?,
            biosafety_licence: field::line("biosafety_licence", &self.biosafety_licence, 80)?,
            confidentiality: self.confidentiality,
            quality: self.quality,
            contact_name: field::line("contact_name", &self.contact_name, 80)?,
            contact_phone: phone(&self.contact_phone)?,
            contact_email: email(&self.contact_email)?,
            order_number: field::line("order_number", &self.order_number, 80)?,
            remark: field::text("remark", &self.remark, 2000)?,
        })
    }

    /// Checked, and whole enough to be sent: what the operator needs to answer is there, evidence for the hazards
    /// declared and the licences that they call for included.
    ///
    /// # Errors
    /// [`Failure::Invalid`] names the first field that is missing or wrong.
    pub fn complete(&self, hazards: &HazardProfile, gmp: bool) -> Result<Self, Failure> {
        let details = self.checked()?;
        let (tags, oeb) = match hazards {
            HazardProfile::Unclassified => (BTreeSet::new(), None),
            HazardProfile::Classified { tags, oeb } => (tags.clone(), *oeb),
        };
        let potent = oeb.is_some_and(|band| band >= 3)
            || [Hazard::Cytotoxic, Hazard::HighActivity, Hazard::Hormone, Hazard::SexHormone]
                .iter()
                .any(|tag| tags.contains(tag));
        let microbe = tags.contains(&Hazard::LiveMicrobe) || tags.contains(&Hazard::ViralVector);
        let needed = [
            ("project", &details.project, true),
            ("molecule", &details.molecule, true),
            ("strength", &details.strength, true),
            ("container", &details.container, true),
            ("market", &details.market, true),
            ("oel", &details.oel, potent && details.pde.is_empty()),
            ("storage", &details.storage, true),
            ("materials_on", &details.materials_on, details.storage != "none"),
            ("controlled_licence", &details.controlled_licence, tags.contains(&Hazard::ControlledSubstance)),
            ("genetic_licence", &details.genetic_licence, tags.contains(&Hazard::HumanDonor)),
            ("biosafety_licence", &details.biosafety_licence, microbe),
            ("contact_name", &details.contact_name, true),
            ("contact_phone", &details.contact_phone, details.contact_email.is_empty()),
        ];
        for (name, value, necessary) in needed {
            if necessary && value.is_empty() {
                return Err(field::invalid(name, FieldProblem::Missing));
            }
        }
        // Materials travel under confidentiality; a GMP batch is made under a quality agreement (GMP annex on CMOs).
        if !details.confidentiality {
            return Err(field::invalid("confidentiality", FieldProblem::Missing));
        }
        if gmp && !details.quality {
            return Err(field::invalid("quality", FieldProblem::Missing));
        }
        Ok(details)
    }
}

fn one_of(name: &str, value: &str, known: &[&str]) -> Result<String, Failure> {
    let value = value.trim();
    if value.is_empty() || known.contains(&value) {
        Ok(value.to_owned())
    } else {
        Err(field::unknown(name, value))
    }
}

fn markets(value: &str) -> Result<String, Failure> {
    let words: Vec<&str> = value.split(',').map(str::trim).filter(|word| !word.is_empty()).collect();
    match words.iter().find(|word| !MARKETS.contains(word)) {
        Some(word) => Err(field::unknown("market", word)),
        None => Ok(words.join(",")),
    }
}

fn quantity(name: &str, value: &str) -> Result<String, Failure> {
    match value.trim() {
        "" => Ok(String::new()),
        value => field::thousandths(name, value).map(field::decimal),
    }
}

fn phone(value: &str) -> Result<String, Failure> {
    let value = field::line("contact_phone", value, 40)?;
    let dialled = |letter: char| letter.is_ascii_digit() || " +-()".contains(letter);
    if value.chars().all(dialled) {
        Ok(value)
    } else {
        Err(field::invalid(
            "contact_phone",
            FieldProblem::Malformed { example: "+86 451 0000 0000".to_owned() },
        ))
    }
}

fn email(value: &str) -> Result<String, Failure> {
    let value = field::line("contact_email", value, 200)?;
    let formed = value.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    if value.is_empty() || (formed && !value.contains(char::is_whitespace)) {
        Ok(value)
    } else {
        Err(field::invalid(
            "contact_email",
            FieldProblem::Malformed { example: "name@example.com".to_owned() },
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole() -> RequestDetails {
        RequestDetails {
            project: "P-7".into(),
            molecule: "small_molecule".into(),
            strength: "5 mg".into(),
            container: "HDPE 100".into(),
            market: "cn, ru".into(),
            materials_on: "2026-11-30".into(),
            storage: "ambient".into(),
            confidentiality: true,
            quality: true,
            contact_name: "王小明".into(),
            contact_phone: "+86 451 0000 0000".into(),
            ..RequestDetails::default()
        }
    }

    fn with(tags: &[Hazard], oeb: Option<u8>) -> HazardProfile {
        HazardProfile::Classified { tags: tags.iter().copied().collect(), oeb }
    }

    fn missing(details: &RequestDetails, hazards: &HazardProfile) -> String {
        match details.complete(hazards, true) {
            Err(Failure::Invalid { field, problem: FieldProblem::Missing }) => field,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_whole_request_passes_and_a_partial_one_can_be_saved() {
        let sent = whole().complete(&with(&[], None), true).expect("whole");
        assert_eq!(sent.market, "cn,ru");
        assert_eq!(RequestDetails::default().checked(), Ok(RequestDetails::default()));
        assert_eq!(missing(&RequestDetails::default(), &with(&[], None)), "project");
    }

    #[test]
    fn hazards_call_for_evidence_and_licences() {
        assert_eq!(missing(&whole(), &with(&[Hazard::Cytotoxic], None)), "oel");
        assert_eq!(missing(&whole(), &with(&[], Some(3))), "oel");
        let evidenced = RequestDetails { pde: "0.5".into(), ..whole() };
        assert!(evidenced.complete(&with(&[Hazard::Cytotoxic], Some(4)), true).is_ok());
        assert_eq!(missing(&whole(), &with(&[Hazard::ControlledSubstance], None)), "controlled_licence");
        assert_eq!(missing(&whole(), &with(&[Hazard::HumanDonor], None)), "genetic_licence");
        assert_eq!(missing(&whole(), &with(&[Hazard::ViralVector], None)), "biosafety_licence");
    }

    #[test]
    fn agreements_must_be_in_place() {
        let open = RequestDetails { confidentiality: false, ..whole() };
        assert_eq!(missing(&open, &with(&[], None)), "confidentiality");
        let loose = RequestDetails { quality: false, ..whole() };
        assert_eq!(missing(&loose, &with(&[], None)), "quality");
        assert!(loose.complete(&with(&[], None), false).is_ok());
    }

    #[test]
    fn what_is_filled_in_must_be_well_formed() {
        for (details, name) in [
            (RequestDetails { molecule: "gold".into(), ..whole() }, "molecule"),
            (RequestDetails { market: "cn,mars".into(), ..whole() }, "market"),
            (RequestDetails { oel: "a little".into(), ..whole() }, "oel"),
            (RequestDetails { materials_on: "soon".into(), ..whole() }, "materials_on"),
            (RequestDetails { contact_phone: "call me".into(), ..whole() }, "contact_phone"),
            (RequestDetails { contact_email: "nobody".into(), ..whole() }, "contact_email"),
            (RequestDetails { remark: "字".repeat(2001), ..whole() }, "remark"),
        ] {
            match details.checked() {
                Err(Failure::Invalid { field, .. }) => assert_eq!(field, name),
                other => panic!("{name}: {other:?}"),
            }
        }
    }
}
