use std::{
    fs,
    io::{BufRead as _, BufReader, Lines, Write as _},
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
    sync::Barrier,
    thread,
};

use handfast::{Handfast, SCHEMA, store::Paging};
use handfast_sqlite::rusqlite::Connection;
use handfast_tests::{World, open_file};

/// How many open a file at once.
const MANY: usize = 8;

/// Another process, which answers each line with a line.
struct Other {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Other {
    fn start(arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_crash_worker"));
        let mut child = command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Other { child, lines }
    }

    fn hears(&mut self, line: &str) {
        writeln!(self.child.stdin.as_mut().unwrap(), "{line}").unwrap();
    }

    fn says(&mut self) -> String {
        self.lines.next().expect("an answer").unwrap()
    }

    /// Lets it end, and waits until it has ended well.
    fn end(mut self) {
        drop(self.child.stdin.take());
        assert!(self.child.wait().unwrap().success());
    }
}

/// Panics unless a file has each migration once, and is sound.
fn must_be_migrated_once(path: &Path) {
    let connection = Connection::open(path).unwrap();
    let versions = "SELECT count(*), min(version), max(version) FROM handfast_schema WHERE name = 'handfast'";
    let versions: (u32, u32, u32) =
        connection.query_row(versions, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap();
    let newest = SCHEMA.version.0;
    assert_eq!(versions, (newest, 1, newest));
    let sound: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(sound, "ok");
}

#[test]
fn many_threads_make_one_file() {
    let folder = tempfile::tempdir().unwrap();
    let (path, start) = (&folder.path().join("shop.db"), &Barrier::new(MANY));
    let open = || {
        start.wait();
        open_file(path).unwrap()
    };
    let opened: Vec<Handfast> = thread::scope(|scope| {
        let opening: Vec<_> = (0..MANY).map(|_| scope.spawn(open)).collect();
        opening.into_iter().map(|opening| opening.join().unwrap()).collect()
    });
    must_be_migrated_once(path);
    let signed_up = opened[0].companies().sign_up(&World::sign_up_input("Flora Export")).unwrap();
    let seen = opened.iter().map(|handfast| handfast.companies().get(signed_up.actor()).unwrap());
    assert!(seen.into_iter().all(|company| company == signed_up.company));
}

#[test]
fn many_processes_make_one_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.db");
    let others: Vec<_> = (0..MANY).map(|_| Other::start(&["open", path.to_str().unwrap()])).collect();
    for mut other in others {
        assert_eq!(other.says(), "open");
        other.end();
    }
    must_be_migrated_once(&path);
}

#[test]
fn opening_a_file_again_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.db");
    open_file(&path).unwrap().companies().sign_up(&World::sign_up_input("Flora Export")).unwrap();
    let before = fs::read(&path).unwrap();
    open_file(&path).unwrap();
    assert!(fs::read(&path).unwrap() == before, "the file was changed");
}

#[test]
fn two_processes_see_what_the_other_did() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.db");
    let handfast = open_file(&path).unwrap();
    let signed_up = handfast.companies().sign_up(&World::sign_up_input("Flora Export")).unwrap();
    let (actor, company) = (signed_up.actor(), signed_up.company.id.to_string());
    let mut other = Other::start(&["add", path.to_str().unwrap(), &company]);
    for round in 1..=10 {
        handfast.price_types().add(actor, &format!("Ours {round}")).unwrap();
        other.hears(&format!("Theirs {round}"));
        assert_eq!(other.says(), (2 * round).to_string());
        let seen = handfast.price_types().list(actor, &Paging::first(500)).unwrap().items;
        assert_eq!(seen.len(), 2 * round);
    }
    other.end();
}
