//! A connection with the statements it has run.

use std::{
    collections::{HashMap, hash_map::Entry},
    hash::{Hash, Hasher},
};

use handfast::store::Table;
use rusqlite::{CachedStatement, Connection};

use crate::{
    failure::Failure,
    sql::statement::{Shape, text},
};

/// A connection, and the text of every statement it has run.
pub(crate) struct Session {
    pub(crate) connection: Connection,
    texts: Texts,
}

/// A table as a key: each is declared once, so its place says which it is.
#[derive(Clone, Copy)]
pub(crate) struct Declared(pub(crate) &'static Table);

/// Statement texts by table and shape.
#[derive(Default)]
pub(crate) struct Texts(HashMap<(Declared, Shape), String>);

/// The statements at hand for a while: each is looked up once however often it runs.
pub(crate) struct Statements<'c> {
    connection: &'c Connection,
    texts: &'c mut Texts,
    open: Vec<(Declared, Shape, CachedStatement<'c>)>,
}

impl Session {
    pub(crate) fn new(connection: Connection) -> Self {
        Session { connection, texts: Texts::default() }
    }

    pub(crate) fn statements(&mut self) -> Statements<'_> {
        Statements::new(&self.connection, &mut self.texts)
    }

    /// Whether no transaction is open.
    pub(crate) fn is_idle(&self) -> bool {
        self.connection.is_autocommit()
    }
}

impl<'c> Statements<'c> {
    pub(crate) fn new(connection: &'c Connection, texts: &'c mut Texts) -> Self {
        Statements { connection, texts, open: Vec::with_capacity(16) }
    }

    /// The statement of this shape.
    pub(crate) fn get(&mut self, table: &'static Table, shape: Shape) -> Result<&mut CachedStatement<'c>, Failure> {
        let wanted = (Declared(table), shape);
        let at = match self.open.iter().position(|(of, is, _)| (*of, *is) == wanted) {
            Some(at) => at,
            None => {
                let text = self.texts.get(wanted)?;
                self.open.push((wanted.0, shape, self.connection.prepare_cached(text)?));
                self.open.len() - 1
            }
        };
        Ok(&mut self.open[at].2)
    }

    /// Runs a statement that has no parameters: of transactions and savepoints.
    pub(crate) fn say(&self, statement: &str) -> Result<(), Failure> {
        Ok(self.connection.prepare_cached(statement)?.raw_execute().map(drop)?)
    }

    /// Ends the transaction, if SQLite has not done so itself.
    pub(crate) fn roll_back(&self) {
        if !self.connection.is_autocommit() {
            // it fails only when there is nothing left to roll back
            let _ = self.say("ROLLBACK");
        }
    }

    /// Whether no transaction is open.
    pub(crate) fn is_idle(&self) -> bool {
        self.connection.is_autocommit()
    }
}

impl Texts {
    fn get(&mut self, wanted: (Declared, Shape)) -> Result<&str, Failure> {
        match self.0.entry(wanted) {
            Entry::Occupied(known) => Ok(known.into_mut()),
            Entry::Vacant(new) => Ok(new.insert(text(wanted.0.0, wanted.1).ok_or(Failure::Misuse)?)),
        }
    }
}

impl PartialEq for Declared {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl Eq for Declared {}

impl Hash for Declared {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::ptr::hash(self.0, state);
    }
}
