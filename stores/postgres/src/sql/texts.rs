//! The statements of a store, written once.

use std::{
    collections::HashMap,
    hash::{Hash, Hasher},
    ptr,
    sync::{Arc, RwLock},
};

use handfast::store::{Key, Table};

use super::{
    Place, Sql,
    statement::{Shape, beside, text},
};
use crate::failure::Failure;

/// Statements by table and shape. They stay, so that a connection knows each by its place in memory.
pub(crate) struct Texts {
    pub(crate) place: Place,
    known: RwLock<HashMap<(Declared, Shape), Arc<Sql>>>,
    /// Of the rows under several keys.
    beside: RwLock<HashMap<Keys, Arc<Sql>>>,
}

/// Which keys of which tables.
type Keys = Vec<(Declared, usize)>;

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
        Texts { place: Place::new(schema), known: RwLock::default(), beside: RwLock::default() }
    }

    /// The statement for the rows under several keys; there are as many as the library has ways to ask.
    pub(crate) fn beside(&self, keys: &[&Key]) -> Result<Arc<Sql>, Failure> {
        let of: Keys = keys.iter().map(|key| (Declared(key.table), key.key)).collect();
        if let Some(sql) = self.beside.read().unwrap_or_else(|lock| lock.into_inner()).get(&of) {
            return Ok(Arc::clone(sql));
        }
        let tables: Vec<_> = keys.iter().map(|key| (key.table, key.key)).collect();
        let sql = Arc::new(beside(&self.place, &tables).ok_or(Failure::Misuse)?);
        let mut known = self.beside.write().unwrap_or_else(|lock| lock.into_inner());
        Ok(Arc::clone(known.entry(of).or_insert(sql)))
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
