//! `cargo run -p own_rows`, or `cargo run -p own_rows -- postgres://host/database`.

use std::{env, sync::Arc};

use handfast::{Actor, Handfast, HostError, Id, Result, SystemRandom, customer::Customer, example, secret::Keyring};
use handfast_postgres::{
    PostgresStore,
    tokio_postgres::{NoTls, connect},
};
use handfast_sqlite::{SqliteStore, rusqlite::Connection};
use own_rows::{postgres, sqlite};
use tokio::runtime::Runtime;

fn main() -> Result<(), HostError> {
    match env::args().nth(1) {
        Some(address) => on_postgres(&address),
        None => on_sqlite(),
    }
}

fn on_sqlite() -> Result<(), HostError> {
    let path = env::temp_dir().join("own_rows.db");
    let handfast = open(Arc::new(SqliteStore::open(&path)?))?;
    let mut own = Connection::open(&path)?;
    own.execute(sqlite::TABLE, [])?;
    println!("On {}:", path.display());
    play(&handfast, |staff, customer, cents| sqlite::activate(&handfast, &mut own, staff, customer, cents))
}

fn on_postgres(address: &str) -> Result<(), HostError> {
    let store = Arc::new(PostgresStore::open(address)?);
    let handfast = open(store.clone())?;
    let runtime = Runtime::new()?;
    let mut own = runtime.block_on(async {
        let (own, connection) = connect(address, NoTls).await?;
        tokio::spawn(connection);
        own.batch_execute(postgres::TABLE).await?;
        Ok::<_, HostError>(own)
    })?;
    println!("On PostgreSQL:");
    let (store, runtime) = (&*store, runtime.handle());
    let mut host = postgres::Host { handfast: &handfast, store, own: &mut own, runtime };
    play(&handfast, |staff, customer, cents| host.activate(staff, customer, cents))
}

/// Keys beside the file: an example that is played again reads what it has sealed.
fn open(store: Arc<dyn handfast::store::Store>) -> Result<Handfast> {
    let keys = env::temp_dir().join("own_rows.key");
    Handfast::builder(store).keyring(Keyring::at(keys, &SystemRandom)?).build()
}

fn play(
    handfast: &Handfast,
    mut activate: impl FnMut(Actor, Id<Customer>, i64) -> Result<Customer, HostError>,
) -> Result<(), HostError> {
    let (staff, customer) = example::approved_customer(handfast)?;
    let refused = activate(staff, customer, -1).err().ok_or("a credit below nothing was given")?;
    let state = handfast.customers().get(staff, customer)?.state;
    println!("  the host's table refuses a credit below nothing ({refused}), so the customer is {state:?} as before");
    let customer = activate(staff, customer, 50_000)?;
    println!("  {} is {:?}, with a credit of 500.00: both in one transaction", customer.legal_name, customer.state);
    Ok(())
}
