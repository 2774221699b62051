//! The host's rows and the library's changes are there together, or not at all, on both databases.
#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use handfast::{
    Actor, Code, Handfast, HostError, Id,
    customer::{Customer, CustomerState, PricingInput},
    example,
    store::{CommitError, Store},
};
use handfast_postgres::{
    PostgresStore,
    tokio_postgres::{Client, NoTls, connect},
};
use handfast_sqlite::{SqliteStore, rusqlite::Connection};
use handfast_tests::Watched;
use own_rows::{postgres, sqlite};
use tokio::runtime::Runtime;

/// A host with one approved customer.
struct Host {
    handfast: Handfast,
    /// What the library is on: it is made to lose races.
    watched: Watched,
    staff: Actor,
    customer: Id<Customer>,
    own: Own,
}

/// The host's side of the database.
enum Own {
    Sqlite(Connection, #[allow(dead_code, reason = "kept")] tempfile::TempDir),
    Postgres(Arc<PostgresStore>, Client, Runtime),
}

impl Host {
    fn new(store: Arc<dyn Store>, own: Own) -> Self {
        let watched = Watched::new(store);
        let handfast = Handfast::builder(watched.clone()).build().unwrap();
        let (staff, customer) = example::approved_customer(&handfast).unwrap();
        Host { handfast, watched, staff, customer, own }
    }

    fn on_sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("shop.db");
        let store = Arc::new(SqliteStore::open(&path).unwrap());
        let own = Connection::open(&path).unwrap();
        own.execute(sqlite::TABLE, []).unwrap();
        Host::new(store, Own::Sqlite(own, folder))
    }

    fn on_postgres() -> Self {
        let (address, schema) = (handfast_postgres_server::shared(), handfast_postgres_server::schema());
        let store = Arc::new(PostgresStore::options().schema(&schema).open(address).unwrap());
        store.migrate(&handfast::SCHEMA).unwrap();
        let runtime = Runtime::new().unwrap();
        let own = runtime.block_on(async {
            let (own, connection) = connect(address, NoTls).await.unwrap();
            tokio::spawn(connection);
            let here = format!("SET search_path TO {schema}; {}", postgres::TABLE);
            own.batch_execute(&here).await.unwrap();
            own
        });
        Host::new(store.clone(), Own::Postgres(store, own, runtime))
    }

    fn activate(&mut self, cents: i64) -> Result<Customer, HostError> {
        let Host { handfast, staff, customer, own, .. } = self;
        match own {
            Own::Sqlite(own, _) => sqlite::activate(handfast, own, *staff, *customer, cents),
            Own::Postgres(store, own, runtime) => {
                let mut host = postgres::Host { handfast, store, own, runtime: runtime.handle() };
                host.activate(*staff, *customer, cents)
            }
        }
    }

    /// What the library and the host have of it.
    fn stands(&self) -> (CustomerState, Option<i64>) {
        let state = self.handfast.customers().get(self.staff, self.customer).unwrap().state;
        let credit = match &self.own {
            Own::Sqlite(own, _) => {
                let line = own.query_row("SELECT cents FROM credit_line", [], |row| row.get(0));
                line.ok()
            }
            Own::Postgres(_, own, runtime) => {
                let line = runtime.block_on(own.query_opt("SELECT cents FROM credit_line", &[])).unwrap();
                line.map(|row| row.get(0))
            }
        };
        (state, credit)
    }

    /// Something else changes the customer after the next decision has read it, `times` times.
    fn disturbed(&self, times: usize) {
        disturb(self.watched.clone(), self.staff, self.customer, times);
    }
}

fn disturb(watched: Watched, staff: Actor, customer: Id<Customer>, times: usize) {
    let hooked = watched.clone();
    let other = Handfast::builder(watched.behind()).build().unwrap();
    watched.after_next_read(move || {
        let price_type = other.price_types().add(staff, &format!("price {times}")).unwrap();
        other.customers().set_pricing(staff, customer, &PricingInput::of(price_type.id)).unwrap();
        if times > 1 {
            disturb(hooked, staff, customer, times - 1);
        }
    });
}

fn on_both(proof: fn(Host)) {
    proof(Host::on_sqlite());
    if !handfast_postgres_server::is_left_out() {
        proof(Host::on_postgres());
    }
}

#[test]
fn both_are_there() {
    on_both(|mut host| {
        assert_eq!(host.activate(500).unwrap().state, CustomerState::Active);
        assert_eq!(host.stands(), (CustomerState::Active, Some(500)));
    });
}

#[test]
fn what_the_host_refuses_the_library_has_not_done() {
    on_both(|mut host| {
        host.activate(-1).unwrap_err();
        assert_eq!(host.stands(), (CustomerState::Inactive, None));
    });
}

#[test]
fn what_the_library_refuses_leaves_no_row_of_the_hosts() {
    on_both(|mut host| {
        let customer = std::mem::replace(&mut host.customer, Id::first_at(host.handfast.now()));
        let refused = host.activate(500).unwrap_err();
        assert_eq!(refused.downcast_ref::<handfast::Error>().unwrap().code(), Code::NotFound);
        host.customer = customer;
        assert_eq!(host.stands(), (CustomerState::Inactive, None));
    });
}

#[test]
fn a_lost_race_undoes_both_and_is_decided_again() {
    on_both(|mut host| {
        host.disturbed(3);
        assert_eq!(host.activate(500).unwrap().state, CustomerState::Active);
        assert_eq!(host.stands(), (CustomerState::Active, Some(500)));
        let customer = host.handfast.customers().get(host.staff, host.customer).unwrap();
        assert!(customer.price_type.is_some(), "what was faster stands");
    });
}

#[test]
fn who_loses_for_ever_is_told() {
    on_both(|mut host| {
        host.disturbed(100);
        let lost = host.activate(500).unwrap_err();
        assert!(matches!(lost.downcast_ref(), Some(CommitError::Conflict)), "{lost:?}");
        host.watched.after_next_read(|| ());
        assert_eq!(host.stands(), (CustomerState::Inactive, None));
    });
}
