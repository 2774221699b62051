use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU64, Ordering},
};

use handfast::{
    Result,
    copy::PASSING,
    store::{Changes, CommitError, Key, Query, Row, Schema, SchemaVersion, Store, Write},
};

type Hook = Box<dyn FnOnce() + Send>;

/// A store that counts its calls, keeps what was committed, and can be made to wait before a commit while something
/// else happens. Clones are one store. It insists that only rows which a copy expects to go are deleted.
#[derive(Clone)]
pub struct Watched(Arc<Inner>);

struct Inner {
    store: Arc<dyn Store>,
    reads: AtomicU64,
    lists: AtomicU64,
    commits: AtomicU64,
    committed: Mutex<Vec<Arc<Changes>>>,
    before_commit: Mutex<Option<Hook>>,
    after_read: Mutex<Option<Hook>>,
}

/// How often a store was called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Calls {
    /// Reads by key.
    pub reads: u64,
    /// Pages of lists.
    pub lists: u64,
    /// Commits, those that failed included.
    pub commits: u64,
}

impl Watched {
    /// Watches `store`.
    pub fn new(store: Arc<dyn Store>) -> Self {
        let (reads, lists, commits, committed, before_commit, after_read) = Default::default();
        Watched(Arc::new(Inner { store, reads, lists, commits, committed, before_commit, after_read }))
    }

    /// The store behind, for one who is not to be seen.
    pub fn behind(&self) -> Arc<dyn Store> {
        Arc::clone(&self.0.store)
    }

    /// What `act` gives, and the calls that it made.
    pub fn calls<T>(&self, act: impl FnOnce() -> T) -> (T, Calls) {
        let before = self.so_far();
        let given = act();
        let after = self.so_far();
        let (reads, lists) = (after.reads - before.reads, after.lists - before.lists);
        (given, Calls { reads, lists, commits: after.commits - before.commits })
    }

    fn so_far(&self) -> Calls {
        let load = |count: &AtomicU64| count.load(Ordering::SeqCst);
        Calls { reads: load(&self.0.reads), lists: load(&self.0.lists), commits: load(&self.0.commits) }
    }

    /// What `act` gives, and what was committed meanwhile.
    pub fn committed<T>(&self, act: impl FnOnce() -> T) -> (T, Vec<Arc<Changes>>) {
        let before = self.0.committed.lock().unwrap().len();
        let given = act();
        (given, self.0.committed.lock().unwrap()[before..].to_vec())
    }

    /// All that was ever committed.
    pub fn history(&self) -> Vec<Arc<Changes>> {
        self.0.committed.lock().unwrap().clone()
    }

    /// Runs `hook` once, when the next commit has come in and before it is made.
    pub fn before_next_commit(&self, hook: impl FnOnce() + Send + 'static) {
        *self.0.before_commit.lock().unwrap() = Some(Box::new(hook));
    }

    /// Runs `hook` once, when the next read by key has been made and before its caller gets it.
    pub fn after_next_read(&self, hook: impl FnOnce() + Send + 'static) {
        *self.0.after_read.lock().unwrap() = Some(Box::new(hook));
    }

    /// Whether the hook is still waiting for a commit.
    pub fn is_hook_waiting(&self) -> bool {
        self.0.before_commit.lock().unwrap().is_some()
    }
}

impl Store for Watched {
    fn read(&self, keys: &[Key]) -> Result<Vec<Option<Row>>> {
        self.0.reads.fetch_add(1, Ordering::SeqCst);
        let read = self.0.store.read(keys);
        let hook = self.0.after_read.lock().unwrap().take();
        if let Some(hook) = hook {
            hook();
        }
        read
    }

    fn list(&self, query: &Query) -> Result<Vec<Row>> {
        self.0.lists.fetch_add(1, Ordering::SeqCst);
        self.0.store.list(query)
    }

    fn commit(&self, changes: Arc<Changes>) -> Result<(), CommitError> {
        self.0.commits.fetch_add(1, Ordering::SeqCst);
        let hook = self.0.before_commit.lock().unwrap().take();
        if let Some(hook) = hook {
            hook();
        }
        for write in &changes.writes {
            let passing = !matches!(write, Write::Delete { .. }) || PASSING.iter().any(|table| table.is(write.table()));
            assert!(
                passing,
                "a `{}` is deleted: `handfast::copy` takes its rows for ones that stay",
                write.table().name
            );
        }
        let made = self.0.store.commit(Arc::clone(&changes));
        if made.is_ok() {
            self.0.committed.lock().unwrap().push(changes);
        }
        made
    }

    fn migrate(&self, schema: &Schema) -> Result<SchemaVersion> {
        self.0.store.migrate(schema)
    }
}
