use std::{
    ops::Deref,
    sync::{Arc, Mutex, OnceLock},
    time::Duration,
};

use handfast::{
    Actor, Builder, Handfast, Policy,
    event::{Event, EventFilter},
    mail::{MailKind, Message, Templates},
    secret::{HashingCost, Keyring, RootKey},
    store::{Memory, Page, Paging, Store},
};
use handfast_sqlite::{Durability, SqliteStore};
use tempfile::TempDir;

use crate::{Hands, Mailbox, Post, Rented, Seeded, Watched, mortal::Mortal};

/// The stores that every test of the domain runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoreKind {
    /// In memory.
    Memory,
    /// A SQLite file in a folder of its own.
    Sqlite,
    /// A schema in a PostgreSQL database.
    Postgres,
}

/// The root key of every world.
pub const ROOT_KEY: &str = "Fz1xhIbjkqV0mQd3cLrS9uWyZAoEtGnH2aBvKXJ4fis=";

/// The library on a fresh store, with a clock of its own, the same randomness every time, and a mailbox. It is used
/// like the [`Handfast`] that it holds.
pub struct World {
    /// The library.
    pub handfast: Handfast,
    /// Its store.
    pub store: Watched,
    /// Its clock.
    pub clock: Hands,
    /// Which store it is.
    pub kind: StoreKind,
    delivered: Mutex<Post>,
    /// What delivers mails where others deliver them, too.
    shared: Option<Delivery>,
    _folder: Option<TempDir>,
}

/// A mailbox that several processes share, and how this one fills it.
type Delivery = (Mailbox, Box<dyn Fn() + Send + Sync>);

impl Deref for World {
    type Target = Handfast;
    fn deref(&self) -> &Handfast {
        &self.handfast
    }
}

impl World {
    /// A world under a policy that lets many codes be sent.
    pub fn new(kind: StoreKind) -> Self {
        World::with(kind, |policy| policy.codes_per_company = 1_000_000)
    }

    /// A world under a policy of one's own.
    pub fn with(kind: StoreKind, set: impl FnOnce(&mut Policy)) -> Self {
        let (store, folder) = fresh_store(kind);
        World { _folder: folder, ..World::on(kind, store, 1, set) }
    }

    /// A world on a store of one's own. Worlds of one seed make the same ids and secrets in the same order.
    pub fn on(kind: StoreKind, store: Arc<dyn Store>, seed: u64, set: impl FnOnce(&mut Policy)) -> Self {
        let mut policy = Policy::default();
        set(&mut policy);
        let (store, clock) = (Watched::new(store), Hands::at("2026-11-22T10:00:00Z"));
        let handfast = builder(&store, &clock, seed).policy(policy).build().unwrap();
        World { handfast, store, clock, kind, delivered: Mutex::default(), shared: None, _folder: None }
    }

    /// The same store and clock as `world`, with another library on it.
    pub fn around(handfast: Handfast, world: &World) -> Self {
        let (store, clock) = (world.store.clone(), world.clock.clone());
        World { handfast, store, clock, kind: world.kind, delivered: Mutex::default(), shared: None, _folder: None }
    }

    /// A library that works on one database with other processes: by the system's clock, which cannot be turned, and with
    /// a mailbox that all share, which `deliver` fills.
    pub fn among_others(handfast: Handfast, mailbox: Mailbox, deliver: impl Fn() + Send + Sync + 'static) -> Self {
        let (store, clock) = (Watched::new(Arc::clone(handfast.store())), Hands::at("2026-11-22T10:00:00Z"));
        let shared: Option<Delivery> = Some((mailbox, Box::new(deliver)));
        World { handfast, store, clock, kind: StoreKind::Postgres, delivered: Mutex::default(), shared, _folder: None }
    }

    /// Another process on the same store with the same keys, its own clock and another policy.
    pub fn another(&self, clock: &Hands, policy: Policy) -> Handfast {
        let seed = OTHERS.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        builder(&self.store, clock, seed).policy(policy).build().unwrap()
    }

    /// Another process like this one, whose store calls are not seen.
    pub fn unseen(&self) -> Handfast {
        let seed = OTHERS.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        builder(&Watched::new(self.store.behind()), &self.clock, seed).policy(self.policy().clone()).build().unwrap()
    }

    /// Another process like this one, which dies after its first commit: what was to follow that does not happen.
    pub fn dying(&self) -> Handfast {
        let seed = OTHERS.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let store = Watched::new(Arc::new(Mortal::new(self.store.behind())));
        builder(&store, &self.clock, seed).policy(self.policy().clone()).build().unwrap()
    }

    /// Lets a millisecond pass, so that what comes after sorts after.
    pub fn tick(&self) {
        self.later(Duration::from_millis(1));
    }

    /// Turns the clock forward.
    pub fn later(&self, by: Duration) {
        self.clock.advance(by);
    }

    /// Delivers what is in the outbox, and gives it.
    pub fn deliver(&self) -> Post {
        let taken = Mutex::new(Vec::new());
        let mailer = |message: &Message| {
            taken.lock().unwrap().push(message.clone());
            Ok(())
        };
        let delivery = self.mails().deliver(&mailer, 1_000_000).unwrap();
        assert_eq!(delivery.failures, []);
        let taken = taken.into_inner().unwrap();
        self.delivered.lock().unwrap().0.extend(taken.iter().cloned());
        Post(taken)
    }

    /// The mails of a kind to an address that are delivered now.
    pub fn mailed(&self, to: &str, kind: MailKind) -> Post {
        match &self.shared {
            Some((mailbox, deliver)) => Post(vec![mailbox.wait(to, kind, deliver)]),
            None => self.deliver().to(to).of(kind),
        }
    }

    /// Delivers some mails where others deliver them, too.
    pub fn help_to_deliver(&self) {
        if let Some((_, deliver)) = &self.shared {
            deliver();
        }
    }

    /// Everything that was ever delivered.
    pub fn delivered(&self) -> Post {
        self.delivered.lock().unwrap().clone()
    }

    /// The company's events, the oldest first.
    pub fn history(&self, company: Actor) -> Vec<Event> {
        let actor = Actor::host(company.company());
        let mut events = every_page(|paging| self.events().list(actor, &EventFilter::default(), paging).unwrap());
        events.reverse();
        events
    }
}

static OTHERS: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(1_000);

/// All items of a list, page by page.
pub fn every_page<T>(list: impl Fn(&Paging) -> Page<T>) -> Vec<T> {
    let (mut items, mut paging) = (Vec::new(), Some(Paging::first(500)));
    while let Some(asked) = paging {
        let page = list(&asked);
        paging = Paging::after(&page, 500);
        items.extend(page.items);
    }
    items
}

/// A fresh store; a SQLite file is in a folder that is there as long as what is given.
pub fn fresh_store(kind: StoreKind) -> (Arc<dyn Store>, Option<TempDir>) {
    match kind {
        StoreKind::Memory => (Arc::new(Memory::new()), None),
        StoreKind::Sqlite => {
            let folder = tempfile::tempdir().unwrap();
            let options = SqliteStore::options().durability(Durability::Process);
            (Arc::new(options.open(folder.path().join("shop.db")).unwrap()), Some(folder))
        }
        StoreKind::Postgres => (Arc::new(Rented::take()), None),
    }
}

fn builder(store: &Watched, clock: &Hands, seed: u64) -> Builder {
    Handfast::builder(store.clone())
        .clock(clock.clone())
        .random(Seeded::new(seed))
        .keyring(Keyring::new(RootKey::parse(ROOT_KEY).unwrap()).unwrap())
        .hashing(HashingCost::INSECURE_FOR_TESTS)
        .templates(templates())
}

/// Compiling the templates takes longer than most tests: once is enough.
pub(crate) fn templates() -> Templates {
    static TEMPLATES: OnceLock<Templates> = OnceLock::new();
    TEMPLATES.get_or_init(|| Templates::shipped().unwrap()).clone()
}
