//! What the hosts were told, set against what is there.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use handfast_tests::ledger::{Deed, FORBIDDEN, HOST_PENS, Pen, SHARED, TALLIES, id, shared_name, shop};

use crate::{HOSTS, hosts::Said, probe::Probe};

/// What is there.
pub(crate) struct Found {
    /// The id, the version, the tally and the name of each row.
    rows: Vec<Vec<String>>,
    /// The numbers of the orders.
    orders: Vec<String>,
}

impl Found {
    pub(crate) fn read(probe: &Probe, address: &str, schema: &str) -> Self {
        let rows = format!("SELECT id, version, visits, name FROM {schema}.handfast_conformance_shop");
        let orders = format!("SELECT number FROM {schema}.handfast_order");
        let orders = probe.rows(address, &orders).into_iter().flatten().collect();
        Found { rows: probe.rows(address, &rows), orders }
    }
}

/// What the hosts were told.
#[derive(Default)]
pub(crate) struct Book {
    /// Rows that were inserted.
    inserted: BTreeSet<i64>,
    /// How often each tally was added to.
    added: BTreeMap<i64, i64>,
    /// How often each pen's own row was updated, and by which deed last.
    updated: BTreeMap<i64, (i64, i64)>,
    /// The version and the name that the shared row was given.
    shared: BTreeMap<i64, String>,
    orders: BTreeSet<String>,
    /// Deeds that were not done, and answers that left open what was.
    refused: u64,
    doubts: u64,
    errors: BTreeMap<String, u64>,
}

impl Book {
    pub(crate) fn of(said: Vec<Said>) -> Self {
        let mut book = Book::default();
        for said in said {
            let words: Vec<_> = said.line.split(' ').collect();
            let number = |at: usize| words[at].parse::<i64>().unwrap();
            match words[..] {
                ["done", ..] => book.note(Pen(number(1)), number(2)),
                ["shared", ..] => {
                    // two who were told the same version have each overwritten the other
                    let twice = book.shared.insert(number(3), shared_name(Pen(number(1)), number(2)));
                    assert_eq!(twice, None, "two were told of `{}`", said.line);
                }
                ["ordered", pen, number] => assert!(book.orders.insert(format!("{pen}-{number}"))),
                ["refused", ..] => book.refused += 1,
                ["doubt", ..] => book.doubts += 1,
                ["error", _, code] => *book.errors.entry(code.to_owned()).or_default() += 1,
                _ => panic!("nobody knows what `{}` means", said.line),
            }
        }
        book
    }

    fn note(&mut self, pen: Pen, number: i64) {
        let deed = Deed::of(number);
        if deed.has(Deed::Insert) {
            self.inserted.insert(pen.inserted(number));
        }
        if deed.has(Deed::Add) {
            *self.added.entry(Pen::tally(number)).or_default() += 1;
        }
        if deed.has(Deed::Update) {
            let (count, last) = self.updated.entry(pen.0).or_default();
            (*count, *last) = (*count + 1, number);
        }
    }

    /// Everything that is not there as it was told, or was not told. All that is there was told, for each host has ended what
    /// it began.
    pub(crate) fn wrong(&self, found: Found) -> Vec<String> {
        let mut due = self.due();
        let mut wrong = Vec::new();
        for row in found.rows {
            let (id, found) = row.split_first().expect("a row");
            match due.remove(id) {
                Some((number, told)) if told != found => {
                    wrong.push(format!("row {number}: told {told:?}, found {found:?}"));
                }
                Some(_) => {}
                None => wrong.push(format!("row {id}: told nothing, found {found:?}")),
            }
        }
        wrong.extend(due.into_values().map(|(number, told)| format!("row {number}: told {told:?}, found nothing")));
        let orders: BTreeSet<_> = found.orders.iter().cloned().collect();
        wrong.extend(self.orders.difference(&orders).map(|number| format!("order {number}: told, not found")));
        wrong.extend(orders.difference(&self.orders).map(|number| format!("order {number}: found, not told")));
        if orders.len() != found.orders.len() {
            wrong.push("an order is there twice".to_owned());
        }
        wrong
    }

    /// Each row as it must be: its number; version, tally and name.
    fn due(&self) -> BTreeMap<String, (i64, [String; 3])> {
        let row = |number: i64, version: i64, tally: i64, name: String| {
            (id::<()>(number).to_string(), (number, [version.to_string(), tally.to_string(), name]))
        };
        let plain = |number: i64, tally: i64| row(number, 1, tally, shop(number).name);
        let mut due: BTreeMap<_, _> = self.inserted.iter().map(|number| plain(*number, 0)).collect();
        due.extend(TALLIES.map(|number| plain(number, self.added.get(&number).copied().unwrap_or_default())));
        due.extend([plain(FORBIDDEN, 0)]);
        let last = self.shared.last_key_value().map_or_else(|| shop(SHARED).name, |(_, name)| name.clone());
        due.extend([row(SHARED, 1 + self.shared.len() as i64, 0, last)]);
        due.extend((0..HOSTS * HOST_PENS).map(Pen).map(|pen| {
            let (count, last) = self.updated.get(&pen.0).copied().unwrap_or_default();
            row(pen.own(), 1 + count, 0, pen.name(last))
        }));
        due
    }
}

impl fmt::Display for Book {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let added: i64 = self.added.values().sum();
        let updated: i64 = self.updated.values().map(|(count, _)| count).sum();
        write!(
            f,
            "{} inserts, {added} additions, {updated} updates of own rows, {} of a shared one, {} orders",
            self.inserted.len(),
            self.shared.len(),
            self.orders.len()
        )?;
        write!(f, "; {} refused, {} in doubt and resolved, errors {:?}", self.refused, self.doubts, self.errors)
    }
}

#[path = "book_tests.rs"]
mod tests;
