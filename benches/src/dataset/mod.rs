//! Companies with many customers: made once for each size, kept under `target/data`, and copied for each run.

pub(crate) mod course;
mod history;
pub(crate) mod names;
mod network;
mod signed_in;

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
    store::{Changes, Paging, Write},
};
use handfast_sqlite::{Durability, SqliteStore};
use rusqlite::Connection;

use crate::Result;

pub(crate) use history::{Prepared, Stage, customer_id, prepare};
pub(crate) use network::{Network, client_id, partner_token, visit_token};
pub(crate) use signed_in::session_token;

/// Grows with every change of what is generated, so that nothing old is measured.
const EDITION: u64 = 4;
/// Larger ones are not copied for each run, but used as they are: copying would take minutes.
const COPIED: u64 = 200_000;
/// Customers in one set of changes.
const CHUNK: u64 = 2_000;
/// As many customers as a shop of many sessions has, and as many sessions as one of many customers.
const FEW: u64 = 1_000;

/// What a company has much of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stock {
    pub(crate) customers: u64,
    pub(crate) sessions: u64,
    /// Of a partner; where there are some, a course is published.
    pub(crate) clients: u64,
}

impl Stock {
    pub(crate) fn of_customers(customers: u64) -> Self {
        Stock { customers, sessions: customers.min(FEW), clients: 0 }
    }

    /// The same where a course is published.
    pub(crate) fn in_course(customers: u64) -> Self {
        Stock { clients: 1, ..Stock::of_customers(customers) }
    }

    pub(crate) fn of_clients(clients: u64) -> Self {
        Stock { clients, ..Stock::of_customers(clients.min(FEW)) }
    }

    pub(crate) fn of_sessions(sessions: u64) -> Self {
        Stock { customers: sessions.min(FEW), sessions, clients: 0 }
    }
}

impl Stock {
    /// Of what it has most.
    pub(crate) fn size(self) -> u64 {
        self.customers.max(self.sessions).max(self.clients)
    }

    fn name(self) -> String {
        let Stock { customers, sessions, clients } = self;
        format!("customers_{customers}_sessions_{sessions}_clients_{clients}")
    }
}

/// A file with such a company, to be changed at will.
pub(crate) fn working_copy(stock: Stock, name: &str) -> Result<PathBuf> {
    let made = made(stock)?;
    if stock.size() > COPIED {
        return Ok(made);
    }
    let copy = folder()?.join(format!("work_{}_{name}.db", stock.name()));
    for beside in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(format!("{}{beside}", copy.display()));
    }
    fs::copy(made, &copy)?;
    Ok(copy)
}

pub(crate) fn folder() -> Result<PathBuf> {
    let target = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../target"), PathBuf::from);
    let folder = target.join("data");
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

fn made(stock: Stock) -> Result<PathBuf> {
    let path = folder()?.join(format!("{}_{:016x}.db", stock.name(), edition()));
    if !path.exists() {
        let begin = Instant::now();
        eprintln!("making {} (once)", path.display());
        let part = path.with_extension("part");
        let _ = fs::remove_file(&part);
        generate(&part, stock)?;
        fs::rename(&part, &path)?;
        eprintln!("made in {:.0} s, {} MB", begin.elapsed().as_secs_f64(), fs::metadata(&path)?.len() / 1_000_000);
    }
    Ok(path)
}

/// What was generated, and into which tables: FNV-1a, only to tell one from another.
pub(crate) fn edition() -> u64 {
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

fn generate(path: &Path, stock: Stock) -> Result<()> {
    let library = library(path, Durability::Process)?;
    let (cast, network) = begin(&library, stock)?;
    drop(library);
    let mut connection = Connection::open(path)?;
    connection.pragma_update(None, "journal_mode", "OFF")?;
    connection.pragma_update(None, "synchronous", "OFF")?;
    connection.pragma_update(None, "cache_size", -6_000_000)?;
    fill(&cast, network.as_ref(), stock, |writes| apply(&mut connection, writes))
}

/// The company itself, and the partner where there are clients.
pub(crate) fn begin(library: &Handfast, stock: Stock) -> Result<(Cast, Option<Network>)> {
    let admin = handfast::example::sign_up(library)?;
    let links = library.list(InviteLink::of_company(admin.company()), &Paging::first(1))?;
    let cast = Cast {
        company: admin.company(),
        login: admin.login().ok_or("no login")?,
        link: links.items.first().ok_or("no link")?.id,
        price_type: library.price_types().add(admin, "Retail")?.id,
        carrier: library.carriers().add(admin, "Night truck")?.id,
    };
    let network = (stock.clients > 0).then(|| network::begin(library, &cast)).transpose()?;
    Ok((cast, network))
}

/// All that the company has much of, past the library.
pub(crate) fn fill(
    cast: &Cast,
    network: Option<&Network>,
    Stock { customers, sessions, clients }: Stock,
    mut write: impl FnMut(Vec<Write>) -> Result<()>,
) -> Result<()> {
    let keyring = keyring()?;
    in_chunks(customers, &mut write, |number| history::customer(cast, number))?;
    in_chunks(sessions, &mut write, |number| signed_in::person(cast, &keyring, number, customers))?;
    network.map_or(Ok(()), |network| in_chunks(clients, &mut write, |number| network.client(&keyring, number)))
}

pub(crate) fn in_chunks(
    count: u64,
    write: &mut impl FnMut(Vec<Write>) -> Result<()>,
    made: impl Fn(u64) -> Result<Vec<Write>>,
) -> Result<()> {
    for begin in (0..count).step_by(CHUNK as usize) {
        let written = (begin..count.min(begin + CHUNK)).map(&made).collect::<Result<Vec<_>>>()?;
        write(written.into_iter().flatten().collect())?;
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

/// The same through the store of `library`.
pub(crate) fn commit(library: &Handfast, writes: Vec<Write>) -> Result<()> {
    let id = library.change(|work| work.new_id::<()>())?.uuid();
    let changes = Changes { id, writes, ..Changes::default() };
    Ok(library.store().commit(Arc::new(changes)).map_err(handfast::Error::from)?)
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
        // the only one; clients of a partner have none
        fn first<T>(connection: &Connection, table: &str) -> Result<Id<T>> {
            let text: String =
                connection
                    .query_row(&format!("SELECT id FROM handfast_{table} ORDER BY id LIMIT 1"), [], |row| row.get(0))?;
            Ok(text.parse()?)
        }
        let link: Id<InviteLink> = first(connection, "invite_link")?;
        let sql = "SELECT company FROM handfast_invite_link WHERE id = ?1";
        let company: String = connection.query_row(sql, [link.to_string()], |row| row.get(0))?;
        let sql = "SELECT login FROM handfast_staff WHERE company = ?1 AND state = 'active' AND role = 'admin'";
        let login: String = connection.query_row(sql, [&company], |row| row.get(0))?;
        Ok(Cast {
            company: company.parse()?,
            login: login.parse()?,
            link,
            price_type: first(connection, "price_type")?,
            carrier: first(connection, "carrier")?,
        })
    }

    pub(crate) fn actor(&self) -> Actor {
        Actor::staff(self.login, self.company)
    }
}
