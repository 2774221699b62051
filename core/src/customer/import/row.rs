use super::ImportOutcome;
use crate::{
    actor::Actor,
    bulk::{Noted, asked, repeated, unread},
    company::Department,
    customer::{
        Customer,
        create::{CustomerDetails, number_key},
        table::Given,
    },
    error::{Checked, Code, Error, Fault, Faults, Result},
    tag::{Tag, TagName},
    value::{Name, name_key},
    work::Work,
};

/// One row, checked.
pub(super) struct Row {
    pub(super) number: u32,
    pub(super) email: Option<String>,
    /// What is asked, in one form.
    pub(super) asked: Vec<u8>,
    /// What it says, or why that could not be read.
    pub(super) said: Result<Said, ImportOutcome>,
}

/// What a row says.
pub(super) struct Said {
    pub(super) given: Given,
    /// Everything but what is looked up by its name.
    pub(super) details: Checked<CustomerDetails>,
    department: Option<Name>,
    tags: Vec<Checked<TagName>>,
    faults: Vec<Fault>,
}

impl Row {
    /// Errors: those that no row is refused for.
    pub(super) fn new(number: u32, given: Result<Given>) -> Result<Self> {
        let given = match given {
            Ok(given) => given,
            Err(error) => {
                let asked = unread(&error)?;
                return Ok(Row { number, email: None, asked, said: Err(ImportOutcome::refused(error)?) });
            }
        };
        let (asked, email) = (asked(&given)?, given.email.as_deref().map(repeated));
        Ok(Row { number, email, asked, said: Ok(Said::new(given)) })
    }

    /// Notes in a dry run what the row would have taken.
    pub(super) fn note(&self, outcome: &ImportOutcome, before: &mut Noted) {
        let details = self.said.as_ref().ok().and_then(|said| said.details.as_ref());
        let Some(details) = details.filter(|_| !matches!(outcome, ImportOutcome::Refused { .. })) else { return };
        before.note(taken_address(details), self.number);
        if let Some(key) = taken_number(details) {
            before.note(key, self.number);
        }
    }
}

/// What an address is noted as.
pub(super) fn taken_address(details: &CustomerDetails) -> (&'static str, String) {
    ("address", details.email.canonical().to_owned())
}

/// What a number is noted as.
pub(super) fn taken_number(details: &CustomerDetails) -> Option<(&'static str, String)> {
    details.number.as_ref().map(|number| ("number", number_key(number)))
}

impl Said {
    fn new(given: Given) -> Self {
        let mut faults = Faults::default();
        let details = given.input().check(&mut faults);
        let department = given.department.as_deref().filter(|name| !name.trim().is_empty());
        let department = faults.check_optional("department", department, Name::parse).flatten();
        let tags = given.tags.iter().flatten().enumerate();
        let tags = tags.map(|(at, name)| faults.check(&format!("tags.{at}"), TagName::parse(name))).collect();
        let faults = faults.finish().err().map(|error| error.faults().to_vec()).unwrap_or_default();
        Said { given, details, department, tags, faults }
    }

    /// The folded name of the department, and those of the tags.
    pub(super) fn names(&self) -> (Option<String>, impl Iterator<Item = String>) {
        let department = self.department.as_ref().map(|name| name_key(name.as_str()));
        (department, self.tags.iter().flatten().map(|name| name_key(name.as_str())))
    }

    /// What it says in full, of a customer that is there already or not. Errors: `invalid_input` with every fault of the row.
    pub(super) fn in_full(
        &self,
        work: &mut Work<'_>,
        actor: Actor,
        found: Option<&Customer>,
    ) -> Result<CustomerDetails> {
        let mut faults = Faults::from(&self.faults[..]);
        let (company, scope) = (actor.company(), work.scope(actor)?);
        let department = faults.check_optional("department", self.department.as_ref(), |name| {
            let department = work.get(Department::by_name(company, &name_key(name.as_str())))?;
            // one that the actor may not know of is not there (invariant 37)
            let seen = department.map(|department| department.id).filter(|id| scope.includes(Some(*id)));
            seen.ok_or_else(|| Error::because(Code::NotFound, "is the name of no department here"))
        });
        let mut tags = Vec::new();
        for (at, name) in self.tags.iter().enumerate() {
            let Some(name) = name else { continue };
            let tag = work.get(Tag::by_name(company, &name_key(name.as_str())))?;
            let tag = tag.ok_or_else(|| Error::because(Code::NotFound, "is the name of no tag here"));
            tags.extend(faults.check(&format!("tags.{at}"), tag).map(|tag| tag.id));
        }
        let had = found.map(|found| found.tags.clone()).unwrap_or_default();
        let tags = faults.check("tags", had.with_all(tags));
        faults.made(|| {
            let details = CustomerDetails { department: department?, tags, ..self.details.clone()? };
            Some(match found {
                Some(found) => self.beside(details, found),
                None => details,
            })
        })
    }

    /// The details, with what the table has no column for as it is.
    fn beside(&self, mut details: CustomerDetails, found: &Customer) -> CustomerDetails {
        let (given, found) = (&self.given, found.clone());
        if given.department.is_none() {
            details.department = found.department;
        }
        if given.number.is_none() {
            details.number = found.number;
        }
        if given.contact.is_none() {
            details.contact = Some(found.contact);
        }
        if given.phone.is_none() {
            details.phone = found.phone;
        }
        if given.address.is_none() {
            details.address = found.billing;
        }
        if given.notes.is_none() {
            details.notes = found.notes;
        }
        if given.extra.is_none() {
            details.extra = found.extra;
        }
        details
    }
}
