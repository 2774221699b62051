use std::{
    collections::{BTreeSet, HashMap},
    io::Write,
};

use serde::Serialize;

use super::{COLUMNS, TableFormat};
use crate::{
    clock::Timestamp,
    company::Department,
    csv,
    customer::{Customer, CustomerState, ExportPage, Extra},
    error::{Code, Error, Result},
    handfast::Handfast,
    id::Id,
    store::{Page, Paging},
    tag::{Tag, TagState},
    value::PostalAddress,
};

/// Customers of one page of a stream.
const STREAMED: u32 = 500;

/// One customer on its way out, in the order of [`COLUMNS`].
#[derive(Serialize)]
struct Shown<'a> {
    department: Option<&'a str>,
    number: Option<&'a str>,
    name: &'a str,
    contact: &'a str,
    email: &'a str,
    phone: Option<&'a str>,
    address: Option<&'a PostalAddress>,
    locale: &'a str,
    notes: Option<&'a str>,
    tags: Vec<&'a str>,
    extra: &'a Extra,
    id: Id<Customer>,
    state: CustomerState,
    created: Timestamp,
}

/// A page of customers as text. The columns of CSV are named at the head of the first.
pub(crate) fn written(
    handfast: &Handfast,
    format: TableFormat,
    paging: &Paging,
    page: Page<Customer>,
) -> Result<ExportPage> {
    let names = Names::of(handfast, &page.items)?;
    let mut text = String::new();
    if format == TableFormat::Csv && paging.cursor.is_none() {
        csv::write(&mut text, COLUMNS);
    }
    for shown in page.items.iter().map(|customer| names.shown(customer)) {
        match format {
            TableFormat::Csv => csv::write(&mut text, shown.cells()?),
            TableFormat::JsonLines => {
                text.push_str(&json(&shown)?);
                text.push('\n');
            }
        }
    }
    let rows = u32::try_from(page.items.len()).unwrap_or(u32::MAX);
    Ok(ExportPage { text, rows, next: page.next })
}

/// Writes one page after the other; gives how many customers. Errors: those of `page`, `target_failed`.
pub(crate) fn stream(mut target: impl Write, page: impl Fn(&Paging) -> Result<ExportPage>) -> Result<u64> {
    let failed = |error: std::io::Error| Error::new(Code::TargetFailed).caused_by(error);
    let (mut paging, mut customers) = (Paging::first(STREAMED), 0);
    loop {
        let page = page(&paging)?;
        target.write_all(page.text.as_bytes()).map_err(failed)?;
        customers += u64::from(page.rows);
        if page.next.is_none() {
            return target.flush().map_err(failed).map(|()| customers);
        }
        paging.cursor = page.next;
    }
}

/// The names of what some customers belong to and are tagged with.
struct Names {
    departments: HashMap<Id<Department>, Department>,
    tags: HashMap<Id<Tag>, Tag>,
}

impl Names {
    fn of(handfast: &Handfast, customers: &[Customer]) -> Result<Self> {
        let departments: BTreeSet<_> = customers.iter().filter_map(|customer| customer.department).collect();
        let tags: BTreeSet<_> = customers.iter().flat_map(|customer| customer.tags.all()).collect();
        let asked: (Vec<_>, Vec<_>) = (departments.into_iter().collect(), tags.into_iter().collect());
        let (departments, tags) = handfast.view(|work| work.get(asked.clone()))?;
        let departments = departments.into_iter().flatten().map(|department: Department| (department.id, department));
        let tags = tags.into_iter().flatten().map(|tag: Tag| (tag.id, tag));
        Ok(Names { departments: departments.collect(), tags: tags.collect() })
    }

    fn shown<'a>(&'a self, customer: &'a Customer) -> Shown<'a> {
        // one that is being deleted is there no longer
        let tags = customer.tags.all().filter_map(|tag| self.tags.get(&tag)).filter(|tag| tag.state == TagState::InUse);
        let mut tags: Vec<_> = tags.map(|tag| (tag.folded.as_str(), tag.name.as_str())).collect();
        tags.sort_unstable();
        let department = customer.department.and_then(|department| self.departments.get(&department));
        Shown {
            department: department.map(|department| department.name.as_str()),
            number: customer.number.as_ref().map(|number| number.as_str()),
            name: customer.legal_name.as_str(),
            contact: customer.contact.as_str(),
            email: customer.email.original(),
            phone: customer.phone.as_ref().map(|phone| phone.as_str()),
            address: customer.billing.as_ref(),
            locale: customer.locale.as_str(),
            notes: customer.notes.as_ref().map(|notes| notes.as_str()),
            tags: tags.into_iter().map(|(_, name)| name).collect(),
            extra: &customer.extra,
            id: customer.id,
            state: customer.state,
            created: customer.created,
        }
    }
}

impl Shown<'_> {
    fn cells(&self) -> Result<[String; COLUMNS.len()]> {
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        let line = |line: fn(&PostalAddress) -> Option<&str>| text(self.address.and_then(line));
        let extra = if self.extra.entries().next().is_none() { String::new() } else { json(self.extra)? };
        Ok([
            text(self.department),
            text(self.number),
            self.name.to_owned(),
            self.contact.to_owned(),
            self.email.to_owned(),
            text(self.phone),
            line(|address| Some(address.line1.as_str())),
            line(|address| address.line2.as_ref().map(|line| line.as_str())),
            line(|address| Some(address.city.as_str())),
            line(|address| address.region.as_ref().map(|region| region.as_str())),
            line(|address| address.postal_code.as_ref().map(|code| code.as_str())),
            line(|address| Some(address.country.as_str())),
            self.locale.to_owned(),
            text(self.notes),
            // no name of a tag has a line end
            self.tags.join("\n"),
            extra,
            self.id.to_string(),
            self.state.to_string(),
            self.created.to_string(),
        ])
    }
}

fn json(what: &impl Serialize) -> Result<String> {
    serde_json::to_string(what).map_err(|error| Error::new(Code::Internal).caused_by(error))
}
