//! Bringing a store to a schema.

use super::{
    SCHEMA,
    subject::{Subject, article, id, together},
};
use crate::{
    error::Code,
    store::{Schema, SchemaVersion, Store},
};

/// Migrating to the schema that is there says its version and keeps every row.
pub fn migrating_again_changes_nothing(store: &dyn Store) {
    let subject = Subject::new(store);
    subject.insert(&[article(1, "lamp")]);
    assert_eq!(store.migrate(&SCHEMA).expect("migrates again"), SCHEMA.version);
    assert_eq!(subject.get(id(1)), Some(article(1, "lamp")));
}

/// Many that open a fresh store at once all find it ready.
pub fn migrating_at_once_is_done_once(store: &dyn Store) {
    let versions = together(8, |caller| {
        let version = store.migrate(&SCHEMA).expect("migrates beside others");
        Subject(store).insert(&[article(caller, "lamp")]);
        version
    });
    assert_eq!(versions, [SCHEMA.version; 8]);
    assert!((1..=8).all(|number| Subject(store).get(id(number)) == Some(article(number, "lamp"))));
}

/// A program whose schema is older than the store's is refused with `newer_schema`, and changes nothing.
pub fn an_older_schema_is_refused(store: &dyn Store) {
    let subject = Subject::new(store);
    subject.insert(&[article(1, "lamp")]);
    let older = Schema { name: SCHEMA.name, version: SchemaVersion(SCHEMA.version.0 - 1), tables: SCHEMA.tables };
    assert_eq!(store.migrate(&older).expect_err("an older schema is refused").code(), Code::NewerSchema);
    assert_eq!(store.migrate(&SCHEMA).expect("the newer one still fits"), SCHEMA.version);
    assert_eq!(subject.get(id(1)), Some(article(1, "lamp")));
}
