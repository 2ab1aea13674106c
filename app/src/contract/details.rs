//! What a request's fields must be, while it is being filled in and when it is sent.

use std::collections::BTreeSet;

use domain::{
    hazard::{Hazard, HazardProfile},
    request::Stage,
};

use super::{Complaints, Failure, FieldProblem, RequestDetails, field};

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

/// Fewest digits of a number that can be dialled from outside.
const DIGITS: usize = 5;

/// Fields that aren't needed where another is filled in.
const INSTEAD: [(&str, &str); 2] = [("oel", "pde"), ("contact_phone", "contact_email")];

impl RequestDetails {
    /// Its fields, in the order of the form.
    pub const FIELDS: &'static [&'static str] = &[
        "project",
        "product_code",
        "stage",
        "molecule",
        "strength",
        "container",
        "fill",
        "market",
        "oel",
        "pde",
        "storage",
        "materials_on",
        "controlled_licence",
        "genetic_licence",
        "biosafety_licence",
        "confidentiality",
        "quality",
        "contact_name",
        "contact_phone",
        "contact_email",
        "order_number",
        "remark",
    ];

    /// The same, trimmed, with every field that is filled in checked for form. Empty fields pass.
    ///
    /// # Errors
    /// [`Failure::Invalid`] names every field that is wrong.
    pub fn checked(&self) -> Result<Self, Failure> {
        let mut complaints = Complaints::default();
        let details = self.read(&Self::default(), &mut complaints);
        complaints.answer().map(|()| details)
    }

    /// A mark by which a form knows whether it was saved since it was opened: FNV-1a, 64 bits, of its JSON.
    #[must_use]
    pub fn mark(&self) -> String {
        let bytes = leptos::serde_json::to_vec(self).unwrap_or_default();
        let mark = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |mark, byte| {
            (mark ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
        });
        format!("{mark:016x}")
    }

    /// The same, trimmed, for a form that is kept where some of it is wrong: such a field is as it was in `before`.
    /// Beside it, [`Failure::Invalid`] with every one of them.
    pub fn sound(&self, before: &Self) -> (Self, Result<(), Failure>) {
        let mut complaints = Complaints::default();
        let details = self.read(before, &mut complaints);
        (details, complaints.answer())
    }

    /// The same, trimmed; what is wrong is complained of and as it was in `before`.
    fn read(&self, before: &Self, complaints: &mut Complaints) -> Self {
        let mut read = |value: Result<String, Failure>, known: &String| {
            complaints.hear(value).unwrap_or_else(|_| known.clone())
        };
        Self {
            project: read(field::line("project", &self.project, 80), &before.project),
            product_code: read(field::line("product_code", &self.product_code, 80), &before.product_code),
            stage: read(stage(&self.stage), &before.stage),
            molecule: read(one_of("molecule", &self.molecule, MOLECULES), &before.molecule),
            strength: read(field::line("strength", &self.strength, 80), &before.strength),
            container: read(field::line("container", &self.container, 120), &before.container),
            fill: read(field::line("fill", &self.fill, 80), &before.fill),
            market: read(markets(&self.market), &before.market),
            oel: read(quantity("oel", &self.oel), &before.oel),
            pde: read(quantity("pde", &self.pde), &before.pde),
            storage: read(one_of("storage", &self.storage, STORAGE), &before.storage),
            materials_on: read(day("materials_on", &self.materials_on), &before.materials_on),
            controlled_licence: read(
                field::line("controlled_licence", &self.controlled_licence, 80),
                &before.controlled_licence,
            ),
            genetic_licence: read(
                field::line("genetic_licence", &self.genetic_licence, 80),
                &before.genetic_licence,
            ),
            biosafety_licence: read(
                field::line("biosafety_licence", &self.biosafety_licence, 80),
                &before.biosafety_licence,
            ),
            confidentiality: self.confidentiality,
            quality: self.quality,
            contact_name: read(field::line("contact_name", &self.contact_name, 80), &before.contact_name),
            contact_phone: read(phone(&self.contact_phone), &before.contact_phone),
            contact_email: read(email(&self.contact_email), &before.contact_email),
            order_number: read(field::line("order_number", &self.order_number, 80), &before.order_number),
            remark: read(field::text("remark", &self.remark, 2000), &before.remark),
        }
    }

    /// Checked, and whole enough to be sent: what the operator needs to answer is there, evidence for the hazards
    /// declared and the licences that they call for included.
    ///
    /// # Errors
    /// [`Failure::Invalid`] names every field that is missing or wrong.
    pub fn complete(&self, hazards: &HazardProfile, gmp: bool) -> Result<Self, Failure> {
        let mut complaints = Complaints::default();
        let details = self.read(&Self::default(), &mut complaints);
        for name in details.missing(hazards, gmp) {
            // What could not be read is complained of already, and isn't missing; nor is what it stands in for.
            if INSTEAD.iter().any(|(missing, instead)| *missing == name && complaints.about(instead)) {
                continue;
            }
            let _ = complaints.hear::<()>(Err(field::invalid(name, FieldProblem::Missing)));
        }
        complaints.in_order(Self::FIELDS).answer().map(|()| details)
    }

    /// The fields without which it can't be answered, in the order of the form.
    fn missing(&self, hazards: &HazardProfile, gmp: bool) -> Vec<&'static str> {
        let (tags, oeb) = match hazards {
            HazardProfile::Unclassified => (BTreeSet::new(), None),
            HazardProfile::Classified { tags, oeb } => (tags.clone(), *oeb),
        };
        let potent = oeb.is_some_and(|band| band >= 3)
            || [Hazard::Cytotoxic, Hazard::HighActivity, Hazard::Hormone, Hazard::SexHormone]
                .iter()
                .any(|tag| tags.contains(tag));
        let controlled = tags.contains(&Hazard::ControlledSubstance);
        let microbe = tags.contains(&Hazard::LiveMicrobe) || tags.contains(&Hazard::ViralVector);
        let needed = [
            ("project", self.project.is_empty()),
            ("molecule", self.molecule.is_empty()),
            ("strength", self.strength.is_empty()),
            ("container", self.container.is_empty()),
            ("market", self.market.is_empty()),
            ("oel", potent && self.oel.is_empty() && self.pde.is_empty()),
            ("storage", self.storage.is_empty()),
            ("materials_on", self.storage != "none" && self.materials_on.is_empty()),
            ("controlled_licence", controlled && self.controlled_licence.is_empty()),
            ("genetic_licence", tags.contains(&Hazard::HumanDonor) && self.genetic_licence.is_empty()),
            ("biosafety_licence", microbe && self.biosafety_licence.is_empty()),
            // Materials travel under confidentiality; a GMP batch is made under a quality agreement (GMP annex on
            // CMOs).
            ("confidentiality", !self.confidentiality),
            ("quality", gmp && !self.quality),
            ("contact_name", self.contact_name.is_empty()),
            ("contact_phone", self.contact_phone.is_empty() && self.contact_email.is_empty()),
        ];
        needed.into_iter().filter(|(_, lacks)| *lacks).map(|(name, _)| name).collect()
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

fn stage(value: &str) -> Result<String, Failure> {
    match value.trim() {
        "" => Ok(String::new()),
        stage => field::word::<Stage>("stage", stage).map(|_| stage.to_owned()),
    }
}

fn day(name: &str, value: &str) -> Result<String, Failure> {
    match value.trim() {
        "" => Ok(String::new()),
        date => field::plant_day(name, date).map(|date| date.to_string()),
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
    let digits = value.chars().filter(char::is_ascii_digit).count();
    if value.is_empty() || (digits >= DIGITS && value.chars().all(dialled)) {
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

    fn wrong<T: std::fmt::Debug>(read: Result<T, Failure>) -> Vec<String> {
        match read {
            Err(Failure::Invalid { faults }) => faults.iter().map(|fault| fault.field.clone()).collect(),
            other => panic!("{other:?}"),
        }
    }

    fn missing(details: &RequestDetails, hazards: &HazardProfile) -> String {
        wrong(details.complete(hazards, true)).join(" ")
    }

    #[test]
    fn a_whole_request_passes_and_a_partial_one_can_be_saved() {
        let sent = whole().complete(&with(&[], None), true).expect("whole");
        assert_eq!(sent.market, "cn,ru");
        assert_eq!(RequestDetails::default().checked(), Ok(RequestDetails::default()));
        assert_eq!(
            missing(&RequestDetails::default(), &with(&[], None)),
            "project molecule strength container market storage materials_on confidentiality quality \
             contact_name contact_phone"
        );
    }

    #[test]
    fn what_is_sound_is_kept_and_what_is_not_is_as_it_was() {
        let before =
            RequestDetails { oel: "10".into(), strength: "1 mg".into(), ..RequestDetails::default() };
        let typed = RequestDetails {
            oel: "-3".into(),
            contact_email: "nope".into(),
            contact_phone: "95588".into(),
            ..whole()
        };
        let (sound, wrong_in) = typed.sound(&before);
        assert_eq!(wrong(wrong_in), ["oel", "contact_email"]);
        let expected = RequestDetails {
            oel: "10".into(),
            market: "cn,ru".into(),
            contact_phone: "95588".into(),
            ..whole()
        };
        assert_eq!(sound, expected);
        assert_eq!(whole().sound(&before), (whole().checked().expect("well-formed"), Ok(())));
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
    fn a_field_that_is_wrong_is_not_missing_too() {
        let details = RequestDetails { molecule: "gold".into(), project: String::new(), ..whole() };
        let told = details.complete(&with(&[], None), true);
        let Err(Failure::Invalid { faults }) = &told else { panic!("{told:?}") };
        let known = FieldProblem::Unknown { value: "gold".into() };
        assert_eq!(faults.about("molecule").map(|fault| &fault.problem), Some(&known));
        assert_eq!(wrong(told), ["project", "molecule"], "in the order of the form");
        let details = RequestDetails { pde: "a little".into(), ..whole() };
        assert_eq!(wrong(details.complete(&with(&[], Some(4)), true)), ["pde"]);
    }

    #[test]
    fn what_is_filled_in_must_be_well_formed() {
        for (details, name) in [
            (RequestDetails { molecule: "gold".into(), ..whole() }, "molecule"),
            (RequestDetails { stage: "soon".into(), ..whole() }, "stage"),
            (RequestDetails { market: "cn,mars".into(), ..whole() }, "market"),
            (RequestDetails { oel: "a little".into(), ..whole() }, "oel"),
            (RequestDetails { materials_on: "soon".into(), ..whole() }, "materials_on"),
            (RequestDetails { contact_phone: "call me".into(), ..whole() }, "contact_phone"),
            (RequestDetails { contact_phone: "12".into(), ..whole() }, "contact_phone"),
            (RequestDetails { contact_phone: "+ (12) - 34".into(), ..whole() }, "contact_phone"),
            (RequestDetails { contact_email: "nobody".into(), ..whole() }, "contact_email"),
            (RequestDetails { remark: "字".repeat(2001), ..whole() }, "remark"),
        ] {
            assert_eq!(wrong(details.checked()), [name]);
        }
    }
}
