use std::sync::atomic::{AtomicU64, Ordering};

static NEXT: AtomicU64 = AtomicU64::new(1);

/// A number that this process has not given before: it makes names unique.
pub fn fresh_number() -> u64 {
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// Begins with `first`, for a process that works on the same database as others.
pub fn number_from(first: u64) {
    NEXT.store(first, Ordering::Relaxed);
}
