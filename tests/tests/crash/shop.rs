use std::{collections::BTreeSet, fs, path::PathBuf, time::Duration};

use handfast::{
    Actor, Handfast, Id, SCHEMA, SystemClock,
    company::Company,
    copy::Copying,
    course::CourseFormat,
    mail::Message,
    request::{BulkDecision, Decision, Outcome, Verdict},
    store::{Cell, Query, Store},
};
use handfast_sqlite::{
    SqliteStore,
    rusqlite::{Connection, OptionalExtension as _},
};
use handfast_tests::{TASKS, World, file_builder, open_file, open_shop, rules::broken_rules, short_course};
use tempfile::TempDir;

use crate::{doomed::Doomed, partners, promises::is_kept};

/// The file in the folder that says where PostgreSQL is.
const ADDRESS: &str = "address";

/// A database that workers are killed on, and all that they have promised.
pub(crate) struct Shop {
    folder: TempDir,
    company: Id<Company>,
    slug: String,
    /// What was promised, in the order it was said.
    promises: Vec<String>,
    /// How many of these were found kept.
    checked: usize,
}

impl Shop {
    pub(crate) fn new() -> Self {
        Shop::on(tempfile::tempdir().unwrap())
    }

    /// Begins on the file `shop.db` in a folder, whatever is there of it.
    pub(crate) fn on(folder: TempDir) -> Self {
        let handfast = open_shop(folder.path()).unwrap();
        let signed_up = handfast.companies().sign_up(&World::sign_up_input("Flora Export")).unwrap();
        let slug = handfast.invites().link(signed_up.actor()).unwrap().slug.to_string();
        Shop { folder, company: signed_up.company.id, slug, promises: Vec::new(), checked: 0 }
    }

    /// Begins in a PostgreSQL database.
    pub(crate) fn at(address: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(ADDRESS), address).unwrap();
        let shop = Shop::on(folder);
        // partners and verbs find the same one
        let course = short_course(1, TASKS);
        open_shop(shop.folder.path()).unwrap().courses().publish(&course, CourseFormat::Toml).unwrap();
        shop
    }

    /// Moves from PostgreSQL to the file, where the rules can be asked.
    pub(crate) fn move_to_file(&self) {
        let (from, to) = (open_shop(self.folder.path()).unwrap(), SqliteStore::open(self.path()).unwrap());
        let mut copying = Copying::begin(&**from.store(), &to).unwrap();
        while copying.step().unwrap().is_some() {}
        println!("{} rows were moved", copying.verify(|_| ()).unwrap().rows());
        self.keep_versions(&**from.store());
        fs::remove_file(self.folder.path().join(ADDRESS)).unwrap();
    }

    /// A copy counts versions anew; the rules want them as they were.
    fn keep_versions(&self, from: &dyn Store) {
        let connection = Connection::open(self.path()).unwrap();
        connection.execute_batch("BEGIN").unwrap();
        for table in SCHEMA.tables {
            let rows = from.list(&Query::all(table, u32::MAX)).unwrap();
            let sql = format!("UPDATE handfast_{} SET version = ?1 WHERE id = ?2", table.name);
            let mut kept = connection.prepare(&sql).unwrap();
            for row in rows {
                let Cell::Id(id) = row.id() else { panic!("an id") };
                assert_eq!(kept.execute((row.version, id.to_string())).unwrap(), 1);
            }
        }
        connection.execute_batch("COMMIT").unwrap();
    }

    /// What hosts that are started from now on do first.
    pub(crate) fn is_due(&self, names: &BTreeSet<String>) {
        let names: Vec<_> = names.iter().map(String::as_str).collect();
        fs::write(self.folder.path().join("due"), names.join("\n")).unwrap();
    }

    /// What was promised so far, in the order it was said by each.
    pub(crate) fn promises(&self) -> &[String] {
        &self.promises
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("shop.db")
    }

    /// Starts a worker; its name is unlike that of any other.
    pub(crate) fn work(&self, name: &str, first: usize) -> Doomed {
        self.start("work", name, first)
    }

    /// Starts a host, which does all verbs besides.
    pub(crate) fn host(&self, name: &str, first: usize) -> Doomed {
        self.start("host", name, first)
    }

    fn start(&self, what: &str, name: &str, first: usize) -> Doomed {
        let (folder, company, first) = (self.folder.path(), self.company.to_string(), first.to_string());
        Doomed::start(&[what, folder.to_str().unwrap(), &company, &self.slug, name, &first])
    }

    /// Keeps what a worker has said.
    pub(crate) fn note(&mut self, lines: Vec<String>) {
        self.promises.extend(lines);
    }

    /// Panics unless the file is sound, what was promised since the last time is so, and the rules hold.
    pub(crate) fn check(&mut self) {
        let handfast = open_file(&self.path()).unwrap();
        let connection = Connection::open(self.path()).unwrap();
        assert_eq!(integrity(&connection), "ok");
        let new = &self.promises[self.checked..];
        must_be_kept(&connection, new);
        self.must_count_openings(&connection);
        assert_eq!(broken_rules(&handfast, &connection), [""; 0]);
        let calls = new.iter().filter_map(|line| line.strip_prefix("asking "));
        calls.for_each(|call| self.must_go_on(&handfast, &connection, call));
        partners::must_stand(&handfast, &connection, new);
        self.checked = self.promises.len();
    }

    /// The words of all that was promised.
    pub(crate) fn promised(&self) -> impl Iterator<Item = &str> {
        self.promises.iter().filter_map(|line| line.split(' ').next())
    }

    /// The same for all that was ever promised, when the mails that were being delivered are due again.
    pub(crate) fn check_at_last(&mut self) {
        let later = || handfast::Clock::now(&SystemClock) + Duration::from_secs(60);
        let handfast = file_builder(&self.path()).unwrap().clock(later).build().unwrap();
        assert_eq!(handfast.mails().deliver(&|_: &Message| Ok(()), u32::MAX).unwrap().failures, []);
        let connection = Connection::open(self.path()).unwrap();
        // what waited for a person who is erased meanwhile is called off
        let lost = "SELECT id FROM handfast_mail WHERE state <> 'sent'
                    AND (state <> 'dead' OR failure IS NOT 'who it is to or about is erased')";
        let lost = connection.query_row(lost, [], |row| row.get(0));
        assert_eq!(lost.optional().unwrap(), None::<String>, "a mail was never delivered");
        must_be_kept(&connection, &self.promises);
        self.check();
    }

    /// A counted opening is one that was committed, and each is counted before the visitor gets in.
    fn must_count_openings(&self, connection: &Connection) {
        let promised = self.promises.iter().filter(|line| *line == "opened").count();
        let counted = "SELECT sum(opened) FROM handfast_invite_link WHERE company = ?1";
        let counted: u32 = connection.query_row(counted, [self.company.to_string()], |row| row.get(0)).unwrap();
        assert!(counted as usize >= promised, "{counted} of {promised} openings are counted");
    }

    /// A bulk call that was cut short goes on when it is repeated; one that was answered answers the same.
    fn must_go_on(&self, handfast: &Handfast, connection: &Connection, call: &str) {
        let mut words = call.split(' ');
        let key = words.next().unwrap();
        let requests: Vec<_> = words.map(|id| id.parse().unwrap()).collect();
        let input = BulkDecision { requests, verdict: Verdict::Approve, decision: Decision::default() };
        for row in handfast.requests().decide_many(Actor::host(self.company), key, &input).unwrap() {
            let Outcome::Approved { customer } = row.outcome else { panic!("{row:?}") };
            assert!(is_kept(connection, &format!("approved {} {customer}", row.request)), "{row:?}");
        }
    }
}

fn integrity(connection: &Connection) -> String {
    connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap()
}

fn must_be_kept(connection: &Connection, promises: &[String]) {
    let broken: Vec<_> = promises.iter().filter(|line| !is_kept(connection, line)).collect();
    assert_eq!(broken, [""; 0], "promises that were not kept");
}
