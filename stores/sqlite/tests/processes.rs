//! Several processes on one file.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::{
    env,
    process::{Child, Command},
};

use handfast::store::{Record, Store, ToCell, Write};
use support::*;

const FOLDER: &str = "HANDFAST_TEST_FOLDER";
const EACH: i64 = 50;

/// This very test program again, as another process that runs only `test`.
fn again(test: &str, folder: &tempfile::TempDir) -> Child {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["--exact", test, "--nocapture"]).env(FOLDER, folder.path());
    command.stdout(std::process::Stdio::null()).spawn().unwrap()
}

#[test]
fn processes_that_migrate_and_write_at_once_lose_nothing() {
    if let Some(folder) = env::var_os(FOLDER) {
        return count(&std::path::PathBuf::from(folder));
    }
    let folder = tempfile::tempdir().unwrap();
    let test = "processes_that_migrate_and_write_at_once_lose_nothing";
    let children: Vec<_> = (0..3).map(|_| again(test, &folder)).collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    let store = open(&folder);
    assert_eq!(read(&store, id::<Buyer>(1)).unwrap().1.bought, 3 * EACH);
}

/// Makes the tables and the buyer unless another process was faster, then counts.
fn count(folder: &std::path::Path) {
    let options = handfast_sqlite::SqliteStore::options().durability(handfast_sqlite::Durability::Process);
    let store = options.open(folder.join("shop.db")).unwrap();
    store.migrate(&SHOP).unwrap();
    let _ = commit(&store, vec![insert(&buyer(1, "Ann", None))]);
    for _ in 0..EACH {
        let one = Write::Add { table: Buyer::TABLE, id: id::<Buyer>(1).to_cell(), column: 5, amount: 1 };
        commit(&store, vec![one]).unwrap();
    }
}
