//! What a decision may ask for in one round trip: an id, a unique key, a tuple, a list or an option of those.

use std::vec;

use super::{Cell, Key, Record, ToCell, Unique};
use crate::{error::Result, id::Id};

/// Something that can be read by key.
pub trait Fetch {
    /// What is there.
    type Found;
    /// What is there when nothing may be missing.
    type Needed;
    /// Adds the keys to read.
    fn keys(&self, keys: &mut Vec<Key>);
    /// Takes the rows that answer those keys. Errors: `corrupt`.
    fn found(&self, rows: &mut Rows<'_>) -> Result<Self::Found>;
    /// Insists. Errors: `not_found`.
    fn needed(found: Self::Found) -> Result<Self::Needed>;
}

/// The rows that answer the keys, in order.
pub type Rows<'a> = vec::IntoIter<Option<&'a [Cell]>>;

macro_rules! one {
    ($Key:ty, |$key:ident| $made:expr) => {
        impl<T: Record> Fetch for $Key {
            type Found = Option<T>;
            type Needed = T;
            fn keys(&self, keys: &mut Vec<Key>) {
                let $key = self;
                keys.push($made);
            }
            fn found(&self, rows: &mut Rows<'_>) -> Result<Option<T>> {
                rows.next().flatten().map(T::load).transpose()
            }
            fn needed(found: Option<T>) -> Result<T> {
                found.map_or_else(T::missing, Ok)
            }
        }
    };
}
one! { Id<T>, |id| Key::id(T::TABLE, id.to_cell()) }
one! { Unique<T>, |unique| unique.key.clone() }

impl<F: Fetch> Fetch for Option<F> {
    type Found = Option<F::Found>;
    type Needed = Option<F::Needed>;
    fn keys(&self, keys: &mut Vec<Key>) {
        self.iter().for_each(|fetch| fetch.keys(keys));
    }
    fn found(&self, rows: &mut Rows<'_>) -> Result<Self::Found> {
        self.as_ref().map(|fetch| fetch.found(rows)).transpose()
    }
    fn needed(found: Self::Found) -> Result<Self::Needed> {
        found.map(F::needed).transpose()
    }
}

impl<F: Fetch> Fetch for Vec<F> {
    type Found = Vec<F::Found>;
    type Needed = Vec<F::Needed>;
    fn keys(&self, keys: &mut Vec<Key>) {
        self.iter().for_each(|fetch| fetch.keys(keys));
    }
    fn found(&self, rows: &mut Rows<'_>) -> Result<Self::Found> {
        self.iter().map(|fetch| fetch.found(rows)).collect()
    }
    fn needed(found: Self::Found) -> Result<Self::Needed> {
        found.into_iter().map(F::needed).collect()
    }
}

macro_rules! tuples {
    ($($($T:ident $t:ident),+;)+) => {$(
        impl<$($T: Fetch),+> Fetch for ($($T,)+) {
            type Found = ($($T::Found,)+);
            type Needed = ($($T::Needed,)+);
            fn keys(&self, keys: &mut Vec<Key>) {
                let ($($t,)+) = self;
                $($t.keys(keys);)+
            }
            fn found(&self, rows: &mut Rows<'_>) -> Result<Self::Found> {
                let ($($t,)+) = self;
                Ok(($($t.found(rows)?,)+))
            }
            fn needed(($($t,)+): Self::Found) -> Result<Self::Needed> {
                Ok(($($T::needed($t)?,)+))
            }
        }
    )+};
}
tuples! { A a, B b; A a, B b, C c; A a, B b, C c, D d; A a, B b, C c, D d, E e; A a, B b, C c, D d, E e, F f; }
impl Fetch for () {
    type Found = ();
    type Needed = ();
    fn keys(&self, _: &mut Vec<Key>) {}
    fn found(&self, _: &mut Rows<'_>) -> Result<()> {
        Ok(())
    }
    fn needed((): ()) -> Result<()> {
        Ok(())
    }
}
