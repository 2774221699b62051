//! Companies with many customers: made once for each size, kept under `target/data`, and copied for each run.

mod history;
pub(crate) mod names;

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::Instant,
};

use handfast::{
    Actor, Handfast, Id, SCHEMA,
    company::{Carrier, Company, PriceType},
    invite::InviteLink,
    login::Login,
    secret::{Keyring, RootKey},
    store::{Changes, Write},
};
use handfast_sqlite::{Durability, SqliteStore};
use rusqlite::Connection;

use crate::Result;

pub(crate) use history::{Prepared, Stage, customer_id, prepare};

/// Grows with every change of what is generated, so that nothing old is measured.
const EDITION: u64 = 2;
/// Larger ones are not copied for each run, but used as they are: copying would take minutes.
const COPIED: u64 = 200_000;
/// Customers in one set of changes.
const CHUNK: u64 = 2_000;

/// A file with a company of `size` customers, to be changed at will.
pub(crate) fn working_copy(size: u64, name: &str) -> Result<PathBuf> {
    let made = made(size)?;
    if size > COPIED {
        return Ok(made);
    }
    let copy = folder()?.join(format!("work_{size}_{name}.db"));
    for beside in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(format!("{}{beside}", copy.display()));
    }
    fs::copy(made, &copy)?;
    Ok(copy)
}

fn folder() -> Result<PathBuf> {
    let target = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../target"), PathBuf::from);
    let folder = target.join("data");
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

fn made(size: u64) -> Result<PathBuf> {
    let path = folder()?.join(format!("customers_{size}_{:016x}.db", edition()));
    if !path.exists() {
        let begin = Instant::now();
        eprintln!("making {} (once)", path.display());
        let part = path.with_extension("part");
        let _ = fs::remove_file(&part);
        generate(&part, size)?;
        fs::rename(&part, &path)?;
        eprintln!("made in {:.0} s, {} MB", begin.elapsed().as_secs_f64(), fs::metadata(&path)?.len() / 1_000_000);
    }
    Ok(path)
}

/// What was generated, and into which tables: FNV-1a, only to tell one from another.
fn edition() -> u64 {
    let ddl = SqliteStore::ddl(&SCHEMA);
    ddl.bytes().fold(EDITION, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The library on a file of this crate's.
pub(crate) fn library(path: &Path, durability: Durability) -> Result<Handfast> {
    let store = SqliteStore::options().durability(durability).open(path)?;
    Ok(Handfast::builder(store).keyring(keyring()?).build()?)
}

/// The same for every run: a pass that was made in one is good in the next.
pub(crate) const ROOT_KEY: [u8; RootKey::LENGTH] = [7; RootKey::LENGTH];

pub(crate) fn keyring() -> Result<Keyring> {
    Ok(Keyring::new(RootKey::new(ROOT_KEY)?)?)
}

fn generate(path: &Path, size: u64) -> Result<()> {
    let library = library(path, Durability::Process)?;
    let admin = handfast::example::sign_up(&library)?;
    library.price_types().add(admin, "Retail")?;
    library.carriers().add(admin, "Night truck")?;
    drop(library);

    let mut connection = Connection::open(path)?;
    connection.pragma_update(None, "journal_mode", "OFF")?;
    connection.pragma_update(None, "synchronous", "OFF")?;
    connection.pragma_update(None, "cache_size", -6_000_000)?;
    let cast = Cast::of(&connection)?;
    for begin in (0..size).step_by(CHUNK as usize) {
        let numbers = begin..size.min(begin + CHUNK);
        let customers = numbers.map(|number| history::customer(&cast, number));
        let writes = customers.collect::<Result<Vec<_>>>()?.into_iter().flatten().collect();
        apply(&mut connection, writes)?;
    }
    Ok(())
}

/// Applies many writes at once, past the library.
pub(crate) fn apply(connection: &mut Connection, writes: Vec<Write>) -> Result<()> {
    let transaction = connection.transaction()?;
    let changes = Arc::new(Changes { writes, ..Changes::default() });
    SqliteStore::apply(&transaction, &changes).map_err(handfast::Error::from)?;
    Ok(transaction.commit()?)
}

/// Who and what every job is about.
#[derive(Clone, Copy)]
pub(crate) struct Cast {
    pub(crate) company: Id<Company>,
    pub(crate) login: Id<Login>,
    pub(crate) link: Id<InviteLink>,
    pub(crate) price_type: Id<PriceType>,
    pub(crate) carrier: Id<Carrier>,
}

impl Cast {
    /// Reads it from a file of this crate's.
    pub(crate) fn of(connection: &Connection) -> Result<Self> {
        fn only<T>(connection: &Connection, table: &str) -> Result<Id<T>> {
            let text: String =
                connection.query_row(&format!("SELECT id FROM handfast_{table}"), [], |row| row.get(0))?;
            Ok(text.parse()?)
        }
        Ok(Cast {
            company: only(connection, "company")?,
            login: only(connection, "login")?,
            link: only(connection, "invite_link")?,
            price_type: only(connection, "price_type")?,
            carrier: only(connection, "carrier")?,
        })
    }

    pub(crate) fn actor(&self) -> Actor {
        Actor::staff(self.login, self.company)
    }
}
