use std::{fs, path::Path, time::Duration};

use handfast::{
    Builder, Handfast, Policy, Result, SystemRandom,
    secret::{HashingCost, Keyring},
    store::Store,
};
use handfast_postgres::PostgresStore;
use handfast_sqlite::SqliteStore;

/// The library on a SQLite file, as a host opens it: the system's clock and randomness, commits that survive the power
/// failing, the keys in a file beside the database. Only hashing is cheap, and mails are soon taken anew.
pub fn open_file(path: &Path) -> Result<Handfast> {
    file_builder(path)?.build()
}

/// The same, about to be opened.
pub fn file_builder(path: &Path) -> Result<Builder> {
    builder(SqliteStore::open(path)?, path)
}

/// The library on the database that a folder names: the PostgreSQL at the address in the file `address`, or else the
/// file `shop.db`. The keys are in the folder, too.
pub fn open_shop(folder: &Path) -> Result<Handfast> {
    let path = folder.join("shop.db");
    match fs::read_to_string(folder.join("address")) {
        Ok(address) => builder(PostgresStore::open(&address)?, &path)?.build(),
        Err(_) => open_file(&path),
    }
}

fn builder(store: impl Store, path: &Path) -> Result<Builder> {
    let mut policy = Policy { codes_per_company: 1_000_000, ..Policy::default() };
    policy.mail_lease = Duration::from_secs(10);
    let builder = Handfast::builder(store)
        .keyring(Keyring::at(path.with_extension("key"), &SystemRandom)?)
        .policy(policy)
        .hashing(HashingCost::INSECURE_FOR_TESTS)
        .templates(crate::world::templates());
    Ok(builder)
}
