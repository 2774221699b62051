//! Everything is exported, and nothing is left.

use std::collections::BTreeSet;

use handfast::{
    customer::CustomerState,
    event::{EventFilter, EventKind},
    privacy::HeldRow,
    store::{Memory, Store},
};
use handfast_sqlite::SqliteStore;
use handfast_tests::{StoreKind, every_page};

use crate::marked::{EMAIL, MARK, OWN, Seen, TOLD, mark};

/// What a login has, and no company.
const LOGINS_OWN: &[&str] = &["login", "address_change", "session", "limit", "one_use", "mail"];

/// Tables that a person leaves traces in, beside its own rows: each must have some, or the scan proves nothing of it.
const TOLD_IN: &[&str] = &["event", "mail", "signal", "order", "request", "visit", "association"];

fn on_each(test: impl Fn(&dyn Fn() -> Box<dyn Tried>)) {
    test(&|| Box::new(Seen::new(StoreKind::Memory, Memory::new())));
    let folder = tempfile::tempdir().unwrap();
    test(&|| Box::new(Seen::new(StoreKind::Sqlite, SqliteStore::open(folder.path().join("shop.db")).unwrap())));
}

/// A world on either store.
trait Tried {
    fn all_of_it(&self);
}

impl<S: Store> Tried for Seen<S> {
    fn all_of_it(&self) {
        everything_is_exported_and_nothing_is_left(self);
    }
}

#[test]
fn what_is_held_on_a_person_is_exported_whole_and_erased_whole() {
    on_each(|world| world().all_of_it());
}

fn ids(rows: &[HeldRow]) -> BTreeSet<(String, String)> {
    rows.iter().map(|row| (row.table.clone(), row.id.to_string())).collect()
}

fn everything_is_exported_and_nothing_is_left<S: Store>(seen: &Seen<S>) {
    let world = &seen.world;
    let marked = mark(world);
    let (privacy, admin) = (world.privacy(), marked.firm.admin);
    for word in TOLD.iter().chain(OWN) {
        assert!(!seen.holding(&[word]).is_empty(), "{word} is nowhere, so that the scan proves nothing of it");
    }

    for table in TOLD_IN {
        assert!(seen.holding(&[MARK]).iter().any(|(told, ..)| told == table), "no {table} tells of the person");
    }

    // every row that tells of the person is in one of the two exports, and every word in its own
    let held = every_page(|paging| privacy.export_person(admin, EMAIL, paging).unwrap());
    let own = every_page(|paging| privacy.export_login(marked.login, paging).unwrap());
    assert_eq!(own, every_page(|paging| privacy.export_own(&marked.session, paging).unwrap()));
    let exported: BTreeSet<_> = ids(&held).union(&ids(&own)).cloned().collect();
    for (table, id, column) in seen.holding(&[MARK]) {
        if (table, column) == ("one_use", "slot") {
            continue; // the name of a secret's place; the secret leaves the store never
        }
        assert!(exported.contains(&(table.to_owned(), id)), "{table}.{column} is not exported");
    }
    for (rows, words) in [(&held, TOLD), (&own, OWN)] {
        let text = serde_json::to_string(rows).unwrap().to_lowercase();
        words.iter().for_each(|word| assert!(text.contains(word), "{word} is not exported"));
    }
    let small: Vec<_> = pages_of_one(|paging| privacy.export_person(admin, EMAIL, paging).unwrap());
    assert_eq!(small, held);

    // the company has nothing left, and the login all of its own
    let other = world.customers().lookup(admin, "other@buyers.example").unwrap();
    let events = every_page(|paging| world.events().list(admin, &EventFilter::default(), paging).unwrap());
    privacy.erase_person(admin, EMAIL).unwrap().unwrap();
    let left = seen.holding(&[MARK]);
    assert!(left.iter().all(|(table, ..)| LOGINS_OWN.contains(table)), "{left:?}");
    assert!(world.customers().search(admin, MARK, &Default::default(), &Default::default()).unwrap().items.is_empty());
    assert!(every_page(|paging| privacy.export_person(admin, EMAIL, paging).unwrap()).is_empty());
    let customer = world.customers().get(admin, marked.customer).unwrap();
    assert_eq!((customer.state, customer.contact.as_str()), (CustomerState::Erased, "Erased"));
    assert_eq!(world.customers().lookup(admin, "other@buyers.example").unwrap(), other);
    // every fact of before is still there
    let after = every_page(|paging| world.events().list(admin, &EventFilter::default(), paging).unwrap());
    let fact = |event: &handfast::event::Event| (event.id, event.at, event.what, event.login, event.subject);
    let kept: Vec<_> = after.iter().map(fact).filter(|kept| events.iter().any(|event| event.id == kept.0)).collect();
    assert_eq!(kept, events.iter().map(fact).collect::<Vec<_>>());
    assert!(after.iter().any(|event| event.what == EventKind::PersonErased));
    assert!(world.sessions().resolve(&marked.session).is_ok());

    // and then the login has nothing left
    privacy.erase_login(marked.login).unwrap();
    assert_eq!(seen.holding(&[MARK, "7770001"]), []);
    assert!(world.sessions().resolve(&marked.session).is_err());
    // who comes again is somebody new
    let again = world.approved(&marked.firm, EMAIL);
    assert_ne!(again, marked.customer);
}

fn pages_of_one<T>(list: impl Fn(&handfast::store::Paging) -> handfast::store::Page<T>) -> Vec<T> {
    let (mut items, mut paging) = (Vec::new(), Some(handfast::store::Paging::first(1)));
    while let Some(asked) = paging {
        let page = list(&asked);
        paging = handfast::store::Paging::after(&page, 1);
        items.extend(page.items);
    }
    items
}
