//! A record: a plain struct that declares its table, its keys, its lists and its searches in one place.

use std::marker::PhantomData;

use super::{Cell, Direction, Key, Query, Source, Table, search::marked};
use crate::{
    error::{Code, Error, Result},
    id::Id,
    value::{number_asked_for, words},
};

/// A struct that is kept in a store. Declare it with [`record!`](crate::record).
pub trait Record: Sized + Send + Sync + 'static {
    /// The declared table.
    const TABLE: &'static Table;
    /// The id: the first column.
    fn id(&self) -> Id<Self>;
    /// The record as a row.
    fn cells(&self) -> Vec<Cell>;
    /// The record of a row. Errors: `corrupt`.
    fn load(cells: &[Cell]) -> Result<Self>;

    /// What to answer where no such record is, or none that the caller may know of. Errors: `not_found`, always.
    fn missing<T>() -> Result<T> {
        Err(Error::because(Code::NotFound, format!("there is no such `{}` here", Self::TABLE.name)))
    }
}

/// A unique key with its values: names at most one `T`.
#[derive(Debug)]
pub struct Unique<T> {
    pub(crate) key: Key,
    of: PhantomData<fn() -> T>,
}

/// One list of `T`s, in a declared order or as found by words.
#[derive(Clone, Debug)]
pub struct Listing<T> {
    pub(crate) query: Query,
    /// Whether the words asked for can find anything at all.
    pub(crate) empty: bool,
    /// Whether no words were asked for at all, so that marks alone can find.
    blank: bool,
    of: PhantomData<fn() -> T>,
}

impl<T: Record> Unique<T> {
    /// The `key`-th unique key of the table.
    pub fn new(key: usize, cells: Vec<Cell>) -> Self {
        Unique { key: Key { table: T::TABLE, key, cells }, of: PhantomData }
    }
}

/// Characters of a text that is searched for: more than anyone types, and little enough to fold at every call.
const SEARCHED: usize = 1_000;

impl<T: Record> Listing<T> {
    /// The `index`-th list of the table.
    pub fn index(index: usize, fixed: Vec<Cell>) -> Self {
        Listing::of(Source::Index(index), fixed, false)
    }

    /// What the `search`-th search of the table finds by the words of `text`, each taken as a beginning.
    /// A text without a word finds nothing. Only its first 1,000 characters are looked at.
    pub fn search(search: usize, fixed: Vec<Cell>, text: &str) -> Self {
        let end = text.char_indices().nth(SEARCHED).map_or(text.len(), |(end, _)| end);
        let text = text.get(..end).unwrap_or_default();
        let has_numbers = T::TABLE.searches.get(search).is_some_and(|search| !search.digits.is_empty());
        // a number of another way of writing is one word
        let number = number_asked_for(text).filter(|_| has_numbers);
        let mut words = number.map_or_else(|| words(text), |number| vec![number]);
        words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
        let empty = words.is_empty();
        Listing { blank: text.trim().is_empty(), ..Listing::of(Source::Search { search, words }, fixed, empty) }
    }

    /// Every row of the table, by id.
    pub fn all() -> Self {
        Listing::of(Source::Table, Vec::new(), false)
    }

    fn of(source: Source, fixed: Vec<Cell>, empty: bool) -> Self {
        let query = Query { source, fixed, ..Query::all(T::TABLE, 50) };
        Listing { query, empty, blank: false, of: PhantomData }
    }

    /// Only what has `value` in the marking column `name`; a search without a word finds all that have it, in the order
    /// of their ids. Of use with a search alone.
    #[must_use]
    pub fn marked(mut self, name: &str, value: &str) -> Self {
        if let Source::Search { words, .. } = &mut self.query.source {
            words.push(marked(name, value));
            self.empty &= !self.blank;
        }
        self
    }

    /// The same list from its end.
    #[must_use]
    pub fn descending(mut self) -> Self {
        self.query.direction = Direction::Descending;
        self
    }

    /// Only what lies in `from..until` by the first order column.
    #[must_use]
    pub fn between(mut self, from: Option<Cell>, until: Option<Cell>) -> Self {
        (self.query.from, self.query.until) = (from, until);
        self
    }
}

/// Declares a struct and its table. The first field is the id; `unique`, `index` and `search` become functions
/// that build a typed key or list: `Note::by_title(company, "x")`, `Note::of_company(company)`,
/// `Note::find(company, "wor")`. A search may name columns of telephone numbers (`digits (phone)`), which are found however
/// they are written, and columns that it can be narrowed by (`marks (state)`): `Note::find(..).marked("state", "open")`.
/// `counts (read)` at the end names columns that many may add to at once.
///
/// ```
/// use handfast::{Id, company::Company, record};
///
/// record! {
///     /// A remark on a company.
///     pub struct Note in "note" {
///         /// The id.
///         id: Id<Note>,
///         /// Whose it is.
///         company: Id<Company>,
///         /// What it says.
///         title: String,
///     }
///     unique by_title(company: Id<Company>, title: &str);
///     index of_company(company: Id<Company>) by (title);
///     search find(company: Id<Company>) over (title);
/// }
/// ```
#[macro_export]
macro_rules! record {
    (
        $(#[$meta:meta])*
        $vis:vis struct $Name:ident in $table:literal {
            $($(#[$doc:meta])* $field:ident: $Type:ty),+ $(,)?
        }
        $(unique $key:ident($($part:ident: $Part:ty),+);)*
        $(index $index:ident($($fixed:ident: $Fixed:ty),+) by ($($order:ident),*);)*
        $(search $search:ident($($scope:ident: $Scope:ty),+) over ($($over:ident),+)
            $(digits ($($digits:ident),+))? $(marks ($($mark:ident),+))?;)*
        $(counts ($($count:ident),+);)?
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        $vis struct $Name { $($(#[$doc])* pub $field: $Type),+ }

        const _: () = {
            use $crate::{Id, Result, store::*};

            const COLUMNS: &[Column] = &[$(Column::of::<$Type>(stringify!($field))),+];
            const _: () = assert!(COLUMNS.len() <= 64, "an update marks its changed columns in 64 bits");
            const _: () = assert!(!has(COLUMNS, "version"), "every store keeps the row's version under this name");
            const KEYS: &[Index] = &[ID, $(Index {
                name: stringify!($key),
                columns: &[$(position(COLUMNS, stringify!($part))),+],
                fixed: [$(stringify!($part)),+].len(),
            }),*];
            const INDEXES: &[Index] = &[$(Index {
                name: stringify!($index),
                columns: &[
                    $(position(COLUMNS, stringify!($fixed)),)+
                    $(ordered(COLUMNS, stringify!($order)),)*
                    0,
                ],
                fixed: [$(stringify!($fixed)),+].len(),
            }),*];
            const SEARCHES: &[Search] = &[$(Search {
                name: stringify!($search),
                fixed: &[$(scoped(COLUMNS, stringify!($scope))),+],
                over: &[$(searched(COLUMNS, stringify!($over))),+],
                digits: &[$($(searched(COLUMNS, stringify!($digits))),+)?],
                marks: &[$($(marking(COLUMNS, stringify!($mark))),+)?],
            }),*];
            const TALLIES: &[usize] = &[$($(counted(COLUMNS, &[KEYS, INDEXES], stringify!($count))),+)?];
            static TABLE: Table = Table {
                name: $table,
                columns: COLUMNS,
                keys: KEYS,
                indexes: INDEXES,
                searches: SEARCHES,
                tallies: TALLIES,
            };

            impl Record for $Name {
                const TABLE: &'static Table = &TABLE;
                fn id(&self) -> Id<Self> {
                    self.id
                }
                fn cells(&self) -> Vec<Cell> {
                    vec![$(self.$field.to_cell()),+]
                }
                fn load(cells: &[Cell]) -> Result<Self> {
                    let mut cells = cells.iter();
                    Ok($Name { $($field: Field::from_cell(cells.next().unwrap_or(&Cell::Null))?),+ })
                }
            }

            #[allow(non_camel_case_types, dead_code)]
            enum Keys { id, $($key),* }
            #[allow(non_camel_case_types, dead_code)]
            enum Indexes { $($index),* }
            #[allow(non_camel_case_types, dead_code)]
            enum Searches { $($search),* }

            impl $Name {
                $(#[doc = concat!("The key `", stringify!($key), "`.")]
                $vis fn $key($($part: $Part),+) -> Unique<Self> {
                    Unique::new(Keys::$key as usize, vec![$(compare(|record: &Self| &record.$part, $part)),+])
                })*
                $(#[doc = concat!("The list `", stringify!($index), "`.")]
                $vis fn $index($($fixed: $Fixed),+) -> Listing<Self> {
                    Listing::index(Indexes::$index as usize, vec![$(compare(|record: &Self| &record.$fixed, $fixed)),+])
                })*
                $(#[doc = concat!("The search `", stringify!($search), "`: each word of `text` is taken as a beginning.")]
                $vis fn $search($($scope: $Scope),+, text: &str) -> Listing<Self> {
                    Listing::search(
                        Searches::$search as usize,
                        vec![$(compare(|record: &Self| &record.$scope, $scope)),+],
                        text,
                    )
                })*
            }
        };
    };
}
