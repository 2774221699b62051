//! What a file can do to a store.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::{
    fs,
    io::{Seek, SeekFrom, Write as _},
    time::{Duration, Instant},
};

use handfast::{
    Code, Error,
    store::{CommitError, Key, Record, Store, ToCell},
};
use handfast_sqlite::{Durability, SqliteStore, rusqlite::Connection};
use support::*;

fn refused(outcome: Result<SqliteStore, Error>) -> (Code, String) {
    let error = outcome.err().expect("a refusal");
    (error.code(), error.message().to_owned())
}

#[test]
fn what_is_no_database_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("notes.txt");
    fs::write(&text, "not a database, but long enough to look at: ".repeat(40)).unwrap();
    let (code, message) = refused(SqliteStore::open(&text));
    assert_eq!(code, Code::StoreFailed);
    assert_eq!(message, format!("`{}` is not a SQLite database", text.display()));
    assert!(fs::read_to_string(&text).unwrap().starts_with("not a database"), "it is left alone");
    let (code, message) = refused(SqliteStore::open(folder.path().join("no/such/shop.db")));
    assert!(code == Code::StoreFailed && message.contains("no/such/shop.db"), "{message}");
    let (code, message) = refused(SqliteStore::open(folder.path()));
    assert!(code == Code::StoreFailed && message.contains("cannot be opened"), "{message}");
}

#[test]
fn names_that_mean_something_to_sqlite_are_names_of_files() {
    let folder = tempfile::tempdir().unwrap();
    for name in [":memory:", "file:shop.db?mode=memory", "a b#c?d%20e.db"] {
        let path = folder.path().join(name);
        drop(SqliteStore::open(&path).unwrap());
        assert!(path.exists(), "{name}");
    }
}

#[cfg(unix)]
#[test]
fn a_new_file_is_readable_by_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let shop = Shop::open();
    commit(&shop.store, vec![insert(&buyer(1, "Ann", None))]).unwrap();
    for name in ["shop.db", "shop.db-wal", "shop.db-shm"] {
        let mode = fs::metadata(shop.folder.path().join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_as_good_as_full() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o500)).unwrap();
    // the superuser writes wherever he likes; for him the kernel's own folder stands in
    let path = match fs::write(folder.path().join("probe"), "") {
        Ok(()) => std::path::PathBuf::from("/proc/shop.db"),
        Err(_) => path(&folder),
    };
    let (code, message) = refused(SqliteStore::open(&path));
    assert!(matches!(code, Code::StoreFull | Code::StoreFailed) && message.contains("shop.db"), "{code} {message}");
    assert!(code == Code::StoreFull || path.starts_with("/proc"));
}

#[test]
fn a_locked_file_is_waited_for_and_then_refused() {
    let shop = Shop::open();
    let options = SqliteStore::options().durability(Durability::Process).busy_timeout(Duration::from_millis(20));
    let store = options.open(shop.path()).unwrap();
    let other = Connection::open(shop.path()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let ann = insert(&buyer(1, "Ann", None));
    let Err(CommitError::Store(error)) = commit(&store, vec![ann.clone()]) else { panic!("it is locked") };
    assert!(error.code() == Code::StoreBusy && error.retryable());
    assert_eq!(read(&store, id::<Buyer>(1)), None, "who reads does not wait");
    other.execute_batch("ROLLBACK").unwrap();
    commit(&store, vec![ann]).expect("it is free again");
}

#[test]
fn a_file_locked_as_a_whole_cannot_be_opened() {
    let shop = Shop::open();
    drop(shop.store);
    let other = Connection::open(path(&shop.folder)).unwrap();
    other.execute_batch("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE").unwrap();
    let opened = SqliteStore::options().busy_timeout(Duration::from_millis(20)).open(path(&shop.folder));
    let (code, message) = refused(opened);
    assert!(code == Code::StoreBusy && message.contains("is locked by another process"), "{code} {message}");
}

#[test]
fn a_damaged_file_is_called_corrupt() {
    let shop = Shop::open();
    let writes = (1..2_000).map(|at| insert(&buyer(at, &format!("buyer {at}"), None)));
    commit(&shop.store, writes.collect()).unwrap();
    drop(shop.store);
    let path = path(&shop.folder);
    let length = fs::metadata(&path).unwrap().len();
    let mut file = fs::OpenOptions::new().write(true).open(&path).unwrap();
    file.seek(SeekFrom::Start(8_192)).unwrap();
    file.write_all(&vec![0xff; (length - 8_192) as usize]).unwrap();
    let keys: Vec<_> = (1..2_000).map(|at| Key::id(Buyer::TABLE, id::<Buyer>(at).to_cell())).collect();
    let found = SqliteStore::open(&path).and_then(|store| store.read(&keys).map(drop));
    assert_eq!(found.map_err(|error| error.code()), Err(Code::Corrupt));
}

#[test]
fn a_value_that_someone_else_wrote_is_called_corrupt_and_not_shown() {
    let shop = Shop::open();
    commit(&shop.store, vec![insert(&buyer(1, "Ann", None))]).unwrap();
    let other = Connection::open(shop.path()).unwrap();
    other.execute("UPDATE handfast_buyer SET company = 'nonsense'", []).unwrap();
    let error = shop.store.read(&[Key::id(Buyer::TABLE, id::<Buyer>(1).to_cell())]).unwrap_err();
    assert_eq!(error.code(), Code::Corrupt);
    assert!(!format!("{error:?}").contains("nonsense"));
}

#[test]
fn an_error_says_no_sql() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder);
    let error = Error::from(commit(&store, vec![insert(&buyer(1, "Ann", None))]).unwrap_err());
    assert_eq!(error.code(), Code::StoreFailed, "it was not migrated");
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains("INSERT") && !shown.contains("handfast_"), "{shown}");
}

#[test]
fn a_file_that_a_host_is_writing_is_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let host = Connection::open(path(&folder)).unwrap();
    host.execute_batch("CREATE TABLE orders (note TEXT); BEGIN IMMEDIATE").unwrap();
    let (wait, begin) = (Duration::from_millis(50), Instant::now());
    let (code, _) = refused(SqliteStore::options().busy_timeout(wait).open(path(&folder)));
    assert!(code == Code::StoreBusy && begin.elapsed() >= wait, "SQLite itself does not wait here");
    host.execute_batch("COMMIT").unwrap();
    SqliteStore::open(path(&folder)).expect("it is free again");
}
