//! The statements of a store, written once.

use std::{
    collections::HashMap,
    hash::{Hash, Hasher},
    ptr,
    sync::{Arc, RwLock},
};

use handfast::store::Table;

use super::{
    Place, Sql,
    statement::{Shape, text},
};
use crate::failure::Failure;

/// Statements by table and shape. They stay, so that a connection knows each by its place in memory.
pub(crate) struct Texts {
    pub(crate) place: Place,
    known: RwLock<HashMap<(Declared, Shape), Arc<Sql>>>,
}

/// A table as a key: each is declared once, so its place says which it is.
#[derive(Clone, Copy)]
struct Declared(&'static Table);

impl PartialEq for Declared {
    fn eq(&self, other: &Self) -> bool {
        ptr::eq(self.0, other.0)
    }
}

impl Eq for Declared {}

impl Hash for Declared {
    fn hash<H: Hasher>(&self, state: &mut H) {
        ptr::hash(self.0, state);
    }
}

impl Texts {
    pub(crate) fn new(schema: &str) -> Self {
        Texts { place: Place::new(schema), known: RwLock::default() }
    }

    /// The statement of this shape.
    pub(crate) fn get(&self, table: &'static Table, shape: Shape) -> Result<Arc<Sql>, Failure> {
        let key = (Declared(table), shape);
        // a panic elsewhere leaves nothing half done behind this lock
        if let Some(sql) = self.known.read().unwrap_or_else(|lock| lock.into_inner()).get(&key) {
            return Ok(Arc::clone(sql));
        }
        let sql = Arc::new(text(&self.place, table, shape).ok_or(Failure::Misuse)?);
        let mut known = self.known.write().unwrap_or_else(|lock| lock.into_inner());
        Ok(Arc::clone(known.entry(key).or_insert(sql)))
    }
}
