//! What the tests of partners share.

use handfast::{
    course::{CourseFormat, SignalInput, TaskState},
    partner::{Client, ClientFilter},
    store::{Changes, Paging, Record, Write},
};
use handfast_tests::{Agency, Firm, World, fact, short_course};

/// Tasks of both sides, as [`short_course`] reads them.
pub(crate) const TASKS: &[&str] = &["greet partner greeted", "open commerce shop_opened", "sell commerce sold 2"];

/// Publishes a course of these tasks.
pub(crate) fn publish(world: &World, version: u32, tasks: &[&str]) {
    world.courses().publish(&short_course(version, tasks), CourseFormat::Toml).unwrap();
}

/// A partner with two-factor on, and a company that designates it.
pub(crate) fn linked(world: &World) -> (Firm, Agency) {
    let (firm, agency) = (world.firm("Flora Export"), world.careful_agency("Camino Consulting"));
    world.link(&firm, &agency);
    (firm, agency)
}

/// The same, with a course in which they work in tandem.
pub(crate) fn in_tandem(world: &World, tasks: &[&str]) -> (Firm, Agency) {
    publish(world, 1, tasks);
    let (firm, agency) = linked(world);
    world.courses().enable(&agency.session, firm.company).unwrap();
    (firm, agency)
}

/// Reports a fact about a company; what it completed.
pub(crate) fn happened(world: &World, firm: &Firm, name: &str, key: &str) -> Vec<String> {
    let signalled = world.courses().signal(&fact(firm, name, key)).unwrap();
    signalled.completed.iter().map(ToString::to_string).collect()
}

/// A fact about a partner.
pub(crate) fn own_fact(agency: &Agency, name: &str, key: &str) -> SignalInput {
    SignalInput {
        company: None,
        partner: Some(agency.partner),
        name: name.into(),
        fields: serde_json::Map::new(),
        occurred: None,
        key: key.into(),
    }
}

/// Reports a fact about a partner; what it completed.
pub(crate) fn did(world: &World, agency: &Agency, name: &str) -> Vec<String> {
    let signalled = world.courses().signal(&own_fact(agency, name, name)).unwrap();
    signalled.completed.iter().map(ToString::to_string).collect()
}

/// The tasks that the partner's e-Course page shows as completed.
pub(crate) fn completed(world: &World, agency: &Agency) -> Vec<String> {
    of_page(&world.courses().page(&agency.session, None).unwrap())
}

/// The tasks that the company's onboarding page shows as completed.
pub(crate) fn onboarded(world: &World, firm: &Firm) -> Vec<String> {
    of_page(&world.courses().onboarding(firm.host(), None).unwrap())
}

fn of_page(page: &handfast::course::CoursePage) -> Vec<String> {
    let directives = page.sections.iter().flat_map(|section| &section.directives);
    let done = directives.filter(|directive| directive.state == TaskState::Completed);
    done.map(|directive| directive.task.to_string()).collect()
}

/// The partner's clients, by name.
pub(crate) fn clients(world: &World, agency: &Agency) -> Vec<Client> {
    world.partners().clients(&agency.session, &ClientFilter::default(), &Paging::default()).unwrap().items
}

/// Their names.
pub(crate) fn names(clients: &[Client]) -> Vec<&str> {
    clients.iter().map(|client| client.name.as_str()).collect()
}

/// The rows of a kind that changes write, as they are afterwards.
pub(crate) fn written<T: Record>(changes: &Changes) -> Vec<T> {
    let cells = changes.writes.iter().filter_map(|write| match write {
        Write::Insert { table, cells, .. } | Write::Update { table, cells, .. } if table.name == T::TABLE.name => {
            Some(cells)
        }
        _ => None,
    });
    cells.map(|cells| T::load(cells).unwrap()).collect()
}

/// The names of the tables that changes write, each once.
pub(crate) fn tables(changes: &Changes) -> Vec<&'static str> {
    let mut names: Vec<_> = changes.writes.iter().map(|write| write.table().name).collect();
    names.sort_unstable();
    names.dedup();
    names
}
