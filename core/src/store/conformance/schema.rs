//! The tables that the promises are asked on: every type of column, several keys, lists and searches.

use rust_decimal::Decimal;

use crate::{
    clock::Timestamp,
    error::Result,
    id::Id,
    record,
    store::{Cell, CellType, Field, Record, Schema, SchemaVersion, ToCell},
};

/// JSON that must come back as it was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Facts(String);

/// A hash or a ciphertext.
#[derive(Clone, Debug, PartialEq)]
pub struct Sealed(String);

macro_rules! text {
    ($($Type:ident: $Kind:ident),+) => {$(
        impl $Type {
            /// The text as it is.
            pub fn new(text: &str) -> Self {
                $Type(text.to_owned())
            }
        }

        impl ToCell for $Type {
            const TYPE: CellType = CellType::$Kind;
            fn to_cell(&self) -> Cell {
                Cell::Text(self.0.clone())
            }
        }

        impl Field for $Type {
            fn from_cell(cell: &Cell) -> Result<Self> {
                String::from_cell(cell).map($Type)
            }
        }
    )+};
}
text!(Facts: Json, Sealed: Secret);

record! {
    /// A table with a key and a count, and no list.
    pub struct Shop in "conformance_shop" {
        /// The id.
        id: Id<Shop>,
        /// A unique key that is never empty.
        name: String,
        /// A tally.
        visits: i64,
    }
    unique by_name(name: &str);
    counts (visits);
}

record! {
    /// What most promises are asked on.
    pub struct Article in "conformance_article" {
        /// The id.
        id: Id<Article>,
        /// The scope of lists, searches and one key.
        shop: Id<Shop>,
        /// Orders a list; its words are found.
        name: String,
        /// Its words are found, when it has some, and a search can be narrowed by it.
        maker: Option<String>,
        /// A unique key in the shop, when there is one.
        code: Option<String>,
        /// A unique key everywhere.
        serial: i64,
        /// Orders a list together with the name.
        rank: i64,
        /// A tally.
        stock: i64,
        /// In no key, list or search.
        note: Option<String>,
    }
    unique by_code(shop: Id<Shop>, code: &str);
    unique by_serial(serial: i64);
    index of_shop(shop: Id<Shop>) by (name);
    index ranked(shop: Id<Shop>) by (rank, name);
    index filed(shop: Id<Shop>) by ();
    index of_maker(maker: Option<String>) by (serial);
    search find(shop: Id<Shop>) over (name, maker) marks (maker);
    counts (stock);
}

record! {
    /// Every type of column, full and possibly empty.
    pub struct Sample in "conformance_sample" {
        /// The id.
        id: Id<Sample>,
        /// `CellType::Bool`.
        truth: bool,
        /// `CellType::Int`.
        number: i64,
        /// `CellType::Time`.
        time: Timestamp,
        /// `CellType::Id`.
        shop: Id<Shop>,
        /// `CellType::Text`.
        text: String,
        /// `CellType::Decimal`.
        decimal: Decimal,
        /// `CellType::Json`.
        facts: Facts,
        /// `CellType::Secret`.
        sealed: Sealed,
        /// `CellType::Bool`, or nothing.
        some_truth: Option<bool>,
        /// `CellType::Int`, or nothing.
        some_number: Option<i64>,
        /// `CellType::Time`, or nothing.
        some_time: Option<Timestamp>,
        /// `CellType::Id`, or nothing.
        some_shop: Option<Id<Shop>>,
        /// `CellType::Text`, or nothing.
        some_text: Option<String>,
        /// `CellType::Decimal`, or nothing.
        some_decimal: Option<Decimal>,
        /// `CellType::Json`, or nothing.
        some_facts: Option<Facts>,
        /// `CellType::Secret`, or nothing.
        some_sealed: Option<Sealed>,
    }
    index by_truth(shop: Id<Shop>) by (truth);
    index by_number(shop: Id<Shop>) by (number);
    index by_time(shop: Id<Shop>) by (time);
    index by_shop(truth: bool) by (shop);
}

/// The schema of all promises.
pub static SCHEMA: Schema = Schema {
    name: "conformance",
    version: SchemaVersion(1),
    tables: &[<Shop as Record>::TABLE, <Article as Record>::TABLE, <Sample as Record>::TABLE],
};
