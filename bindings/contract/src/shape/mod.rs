//! How a type is declared once and reads like itself: identifiers, choices and records, each with what every language
//! asks of it.

mod choice;
mod describe;
mod fit;
mod id;
mod name;
mod record;

pub use describe::{Choice, ChoiceType, Described, Field, IdType, RecordType, Shape, TypeName};
pub use fit::{Argument, Fits, Lend, Outward};
pub use name::camel_case;

pub(crate) use choice::choice;
pub(crate) use fit::by_value;
pub(crate) use id::ids;
pub(crate) use record::record;
