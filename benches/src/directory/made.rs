//! A company with a directory of many customers: departments, tags and orders too.

use std::{fs, path::Path, time::Instant};

use handfast::{
    Actor, Handfast, Id, Timestamp,
    association::BulkMode,
    company::Department,
    customer::{Customer, CustomerNumber, CustomerState, Extra, Service},
    order::OrderInput,
    store::{Paging, Record, Write},
    tag::{BulkTag, Selection, Tag, TagChange, TagSet},
    value::{EmailAddress, Locale, Name, Phone, PostalAddress, PostalAddressInput},
};
use handfast_sqlite::Durability;
use rusqlite::Connection;

use super::people::person;
use crate::{
    Result,
    dataset::{self, Cast},
};

/// Grows with every change of what is generated here.
const EDITION: u64 = 1;
/// Departments that the customers are spread over.
pub(crate) const DEPARTMENTS: u64 = 20;
/// The first customers have so many orders each.
pub(crate) const BUYERS: u64 = 100;
const ORDERS: u64 = 100;

/// A company with many customers, open.
pub(crate) struct Directory {
    pub(crate) library: Handfast,
    pub(crate) actor: Actor,
    pub(crate) departments: Vec<Id<Department>>,
    /// The tag that one customer in ten has.
    pub(crate) tenth: Id<Tag>,
    /// The tag that one in a thousand has.
    pub(crate) thousandth: Id<Tag>,
}

impl Directory {
    /// Opens one of that size; it is made the first time.
    pub(crate) fn open(customers: u64) -> Result<Self> {
        let path = dataset::folder()?.join(format!("directory_{customers}_{EDITION}_{:016x}.db", dataset::edition()));
        if !path.exists() {
            let begin = Instant::now();
            eprintln!("making {} (once)", path.display());
            let part = path.with_extension("part");
            let _ = fs::remove_file(&part);
            generate(&part, customers)?;
            fs::rename(&part, &path)?;
            let size = fs::metadata(&path)?.len() / 1_000_000;
            eprintln!("made in {:.0} s, {size} MB", begin.elapsed().as_secs_f64());
        }
        let library = dataset::library(&path, Durability::Full)?;
        let actor = Cast::of(&Connection::open(&path)?)?.actor();
        let departments = library.departments().list(actor, &Paging::default())?.items;
        let departments = departments.into_iter().map(|department| department.id).collect();
        let tags = library.tags().list(actor, &Paging::default())?.items;
        let tag = |name: &str| tags.iter().find(|tag| tag.name.as_str() == name).map(|tag| tag.id).ok_or("no such tag");
        let (tenth, thousandth) = (tag("Tenth")?, tag("Thousandth")?);
        Ok(Directory { library, actor, departments, tenth, thousandth })
    }
}

/// The id of the `number`-th customer.
pub(crate) fn customer_id(number: u64) -> Id<Customer> {
    let text = format!("018cc251-f400-7000-9000-{number:012x}");
    text.parse().unwrap_or_else(|_| unreachable!("twelve digits follow"))
}

fn generate(path: &Path, customers: u64) -> Result<()> {
    let library = dataset::library(path, Durability::Process)?;
    let (cast, _) = dataset::begin(&library, dataset::Stock::of_customers(0))?;
    let admin = cast.actor();
    let department = |at: u64| Ok(library.departments().add(admin, &format!("Department {at:02}"))?.id);
    let departments = (0..DEPARTMENTS).map(department).collect::<Result<Vec<Id<Department>>>>()?;
    let [tenth, thousandth] =
        [library.tags().create(admin, "Tenth")?.id, library.tags().create(admin, "Thousandth")?.id];
    drop(library);
    let mut connection = Connection::open(path)?;
    connection.pragma_update(None, "journal_mode", "OFF")?;
    connection.pragma_update(None, "synchronous", "OFF")?;
    connection.pragma_update(None, "cache_size", -6_000_000)?;
    let record = |number: u64| {
        let customer = customer(&cast, &departments, (tenth, thousandth), number)?;
        Ok(vec![Write::insert(Customer::TABLE, customer.cells())])
    };
    dataset::in_chunks(customers, &mut |writes| dataset::apply(&mut connection, writes), record)?;
    for tag in [tenth, thousandth] {
        let every = if tag == tenth { 10 } else { 1_000 };
        let count = "UPDATE handfast_tag SET customers = ?1 WHERE id = ?2";
        connection.execute(count, rusqlite::params![i64::try_from(customers.div_ceil(every))?, tag.to_string()])?;
    }
    drop(connection);
    orders(&dataset::library(path, Durability::Process)?, admin, &departments)
}

fn customer(
    cast: &Cast,
    departments: &[Id<Department>],
    (tenth, thousandth): (Id<Tag>, Id<Tag>),
    number: u64,
) -> Result<Customer> {
    let person = person(number);
    let email = EmailAddress::parse(&person.email)?;
    let address = PostalAddressInput {
        line1: format!("{} High Street", number % 900 + 1),
        city: "London".into(),
        country: "GB".into(),
        ..PostalAddressInput::default()
    };
    let worn = [(10, tenth), (1_000, thousandth)].into_iter().filter(|(every, _)| number.is_multiple_of(*every));
    let worn: Vec<_> = worn.map(|(_, tag)| tag.to_string()).collect();
    let tags: TagSet = serde_json::from_value(serde_json::to_value(worn)?)?;
    Ok(Customer {
        id: customer_id(number),
        company: cast.company,
        request: None,
        link: None,
        state: if number.is_multiple_of(3) { CustomerState::Active } else { CustomerState::Inactive },
        address: email.canonical().to_owned(),
        email,
        locale: Locale::parse("en")?,
        legal_name: Name::parse(&person.name)?,
        trade_name: None,
        contact: Name::parse(&person.name)?,
        phone: Some(Phone::parse(&person.phone)?),
        billing: Some(PostalAddress::parse(&address)?),
        shipping: None,
        tax_id: None,
        website: None,
        price_type: Some(cast.price_type),
        markup: None,
        credit_limit: None,
        minimum_order: None,
        tax_exempt: false,
        notes: None,
        extra: Extra::default(),
        service: Service::parse(&[("monday".into(), cast.carrier)])?,
        ready: None,
        created: Timestamp::from_millis(1_704_067_200_000),
        department: departments.get((number % DEPARTMENTS) as usize).copied(),
        number_key: Some(person.number.to_lowercase()),
        number: Some(CustomerNumber::parse(&person.number)?),
        tags,
    })
}

fn orders(library: &Handfast, admin: Actor, departments: &[Id<Department>]) -> Result<()> {
    for number in 0..BUYERS {
        let person = person(number);
        for at in 0..ORDERS {
            let order = library.orders().record(
                admin,
                &OrderInput {
                    number: format!("O-{number}-{at}"),
                    department: departments.get((at % 3) as usize).copied(),
                    email: Some(person.email.clone()),
                    name: Some(person.name.clone()),
                    amount: format!("{}.{:02}", at + 1, at % 100),
                    currency: "GBP".into(),
                    ..OrderInput::placed(Timestamp::from_millis(1_704_067_200_000 + i64::try_from(at)? * 3_600_000))
                },
            )?;
            library.orders().link(admin, order.id, customer_id(number))?;
        }
    }
    Ok(())
}

/// Every customer with the tag that one in ten has, to be given another.
pub(crate) fn tagging(tag: Id<Tag>, selection: Selection) -> BulkTag {
    BulkTag { tag, change: TagChange::Add, selection, mode: BulkMode::Apply }
}
