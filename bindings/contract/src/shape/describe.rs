//! What the contract's types tell about themselves: what the generated files and the documents are made from.

/// A type that can be named to a person and to every language.
pub trait Described {
    /// How a value of it looks.
    const SHAPE: Shape;
}

/// How a value looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Nothing.
    Nothing,
    /// Text.
    Text,
    /// Yes or no.
    Flag,
    /// A whole number: at most 2^53, so that every language holds it.
    Number,
    /// Bytes.
    Bytes,
    /// A point in time.
    Timestamp,
    /// A span of time.
    Duration,
    /// An exact decimal.
    Decimal,
    /// Any JSON.
    Json,
    /// Text that nobody else may see.
    Secret,
    /// A text, or yes or no.
    Answer,
    /// Who acts.
    Actor,
    /// An id.
    Id(TypeName),
    /// One of several texts.
    Choice(TypeName),
    /// A record.
    Record(TypeName),
    /// There or not.
    Optional(&'static Shape),
    /// Several.
    List(&'static Shape),
    /// Several, by name.
    Map(&'static Shape),
}

/// The name of a type, the same in every language.
pub type TypeName = &'static str;

/// An id.
#[derive(Clone, Copy, Debug)]
pub struct IdType {
    /// Its name: `CustomerId`.
    pub name: TypeName,
    /// What it names.
    pub about: &'static str,
}

/// One of several texts.
#[derive(Clone, Copy, Debug)]
pub struct ChoiceType {
    /// Its name: `Role`.
    pub name: TypeName,
    /// The module that declares it: `handfast_contract::types::company`.
    pub module: &'static str,
    /// What it is.
    pub about: &'static str,
    /// The choices, in order.
    pub choices: &'static [Choice],
}

/// A choice.
#[derive(Clone, Copy, Debug)]
pub struct Choice {
    /// Its name in Rust: `SalesManager`.
    pub name: &'static str,
    /// What it means.
    pub about: &'static str,
    /// Its text: `sales_manager`.
    pub text: fn() -> &'static str,
}

/// A record.
#[derive(Clone, Copy, Debug)]
pub struct RecordType {
    /// Its name: `Customer`.
    pub name: TypeName,
    /// The module that declares it: `handfast_contract::types::customer`.
    pub module: &'static str,
    /// What it is.
    pub about: &'static str,
    /// Its fields, in order; those that may be left out at the end of what goes in.
    pub fields: &'static [Field],
    /// Adds its class to a module of Python.
    #[cfg(feature = "python")]
    pub add_to: fn(&pyo3::Bound<'_, pyo3::types::PyModule>) -> pyo3::PyResult<()>,
}

/// A field of a record.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its name, in snake_case.
    pub name: &'static str,
    /// What it is, with units and limits.
    pub about: &'static str,
    /// How it looks.
    pub shape: Shape,
    /// Whether it can be left out when the record is made.
    pub may_be_left_out: bool,
}

macro_rules! shapes {
    ($($T:ty => $shape:expr;)+) => {$(
        impl Described for $T {
            const SHAPE: Shape = $shape;
        }
    )+};
}
shapes! {
    () => Shape::Nothing;
    String => Shape::Text;
    bool => Shape::Flag;
    i64 => Shape::Number;
    u32 => Shape::Number;
}

impl<T: Described> Described for Option<T> {
    const SHAPE: Shape = Shape::Optional(&T::SHAPE);
}

impl<T: Described> Described for Vec<T> {
    const SHAPE: Shape = Shape::List(&T::SHAPE);
}
