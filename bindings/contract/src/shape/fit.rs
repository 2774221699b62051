//! How values cross between the contract's types and the core's.

use handfast::{Faults, Result, value::Line};

use crate::handle::named;

/// A value of the core on its way out.
pub trait Outward<T> {
    /// The same as a value of the contract.
    fn outward(self) -> T;
}

/// A value of the contract that fits a field of one of the core's inputs.
pub trait Fits<Core> {
    /// The same as a value of the core. Errors: those of the value (`not_an_id`, `out_of_range`, ...).
    fn fit(self) -> Result<Core>;
}

/// What an operation of the contract takes, and the core makes of it.
pub trait Argument {
    /// What the core takes, owned.
    type Core;
    /// The same as a value of the core. Errors: those of the value.
    fn core(self) -> Result<Self::Core>;
    /// The same for the parameter of this name, which the error tells.
    fn of(self, name: &str) -> Result<Self::Core>
    where
        Self: Sized,
    {
        named(name, self.core())
    }
}

/// How the core wants an argument handed over: by value, or lent.
pub trait Lend {
    /// A text as `&str`, an input by reference, an id by value.
    type Lent<'a>
    where
        Self: 'a;
    /// Hands it over.
    fn lend(&self) -> Self::Lent<'_>;
}

impl<T, U: Outward<T>> Outward<Option<T>> for Option<U> {
    fn outward(self) -> Option<T> {
        self.map(U::outward)
    }
}

impl<T, U: Outward<T>> Outward<Vec<T>> for Vec<U> {
    fn outward(self) -> Vec<T> {
        self.into_iter().map(U::outward).collect()
    }
}

/// Values that are the same on both sides.
macro_rules! same {
    ($($T:ty),+) => {$(
        impl Outward<$T> for $T {
            fn outward(self) -> $T {
                self
            }
        }
        impl Fits<$T> for $T {
            fn fit(self) -> Result<$T> {
                Ok(self)
            }
        }
    )+};
}
same!(String, bool, i64, u32);

impl Outward<()> for () {
    fn outward(self) {}
}

/// Values of the core that are texts outside.
macro_rules! texts {
    ($($T:ty),+) => {$(
        impl Outward<String> for $T {
            fn outward(self) -> String {
                self.into()
            }
        }
    )+};
}
texts!(
    handfast::course::CertificateNumber,
    handfast::course::CourseKey,
    handfast::partner::PartnerNumber,
    handfast::value::Country,
    handfast::value::Currency,
    handfast::value::EmailAddress,
    handfast::value::Locale,
    handfast::value::Phone,
    handfast::value::TaxId,
    handfast::value::TimeZone,
    handfast::value::Website,
    handfast::secret::LinkSlug,
    &'static str
);

impl<const LIMIT: usize> Outward<String> for Line<LIMIT> {
    fn outward(self) -> String {
        self.into()
    }
}

impl<const LIMIT: usize> Outward<String> for handfast::value::Text<LIMIT> {
    fn outward(self) -> String {
        self.into()
    }
}

impl Outward<String> for handfast::Code {
    fn outward(self) -> String {
        self.as_str().to_owned()
    }
}

impl Outward<u32> for u8 {
    fn outward(self) -> u32 {
        self.into()
    }
}

impl Outward<u32> for usize {
    /// As far as it goes.
    fn outward(self) -> u32 {
        u32::try_from(self).unwrap_or(u32::MAX)
    }
}

impl<Core, T: Fits<Core>> Fits<Option<Core>> for Option<T> {
    fn fit(self) -> Result<Option<Core>> {
        self.map(T::fit).transpose()
    }
}

impl<Core, T: Fits<Core>> Fits<Vec<Core>> for Vec<T> {
    fn fit(self) -> Result<Vec<Core>> {
        each(self, T::fit)
    }
}

/// Every item, or an error that tells of each wrong one with its position.
fn each<T, Core>(items: Vec<T>, make: impl Fn(T) -> Result<Core>) -> Result<Vec<Core>> {
    let mut faults = Faults::default();
    let made: Vec<_> =
        items.into_iter().enumerate().map(|(at, item)| faults.check(&at.to_string(), make(item))).collect();
    faults.made(|| made.into_iter().collect())
}

/// What may be left out, where the core takes nothing for an answer.
macro_rules! left_out {
    ($($T:ty => $Core:ty),+) => {$(
        impl Fits<$Core> for Option<$T> {
            fn fit(self) -> Result<$Core> {
                self.map_or_else(|| Ok(<$Core>::default()), Fits::fit)
            }
        }
    )+};
}
left_out!(bool => bool, Vec<String> => Vec<String>);

impl Argument for String {
    type Core = String;
    fn core(self) -> Result<String> {
        Ok(self)
    }
}

impl Argument for u32 {
    type Core = u32;
    fn core(self) -> Result<u32> {
        Ok(self)
    }
}

impl<T: Argument> Argument for Option<T> {
    type Core = Option<T::Core>;
    fn core(self) -> Result<Self::Core> {
        self.map(T::core).transpose()
    }
    fn of(self, name: &str) -> Result<Self::Core> {
        self.map(|value| value.of(name)).transpose()
    }
}

impl<T: Argument> Argument for Vec<T> {
    type Core = Vec<T::Core>;
    fn core(self) -> Result<Self::Core> {
        each(self, T::core)
    }
    /// Positions stand behind the name of the list: `days.1.carrier`.
    fn of(self, name: &str) -> Result<Self::Core> {
        let mut faults = Faults::default();
        let made = faults.check(name, self.core());
        faults.made(|| made)
    }
}

impl Lend for String {
    type Lent<'a> = &'a str;
    fn lend(&self) -> &str {
        self
    }
}

impl Lend for Option<String> {
    type Lent<'a> = Option<&'a str>;
    fn lend(&self) -> Option<&str> {
        self.as_deref()
    }
}

impl<T: 'static> Lend for Vec<T> {
    type Lent<'a> = &'a [T];
    fn lend(&self) -> &[T] {
        self
    }
}

impl<T: 'static> Lend for handfast::Id<T> {
    type Lent<'a> = Self;
    fn lend(&self) -> Self {
        *self
    }
}

impl<T: 'static> Lend for Option<handfast::Id<T>> {
    type Lent<'a> = Self;
    fn lend(&self) -> Self {
        *self
    }
}

/// Values that are handed over as they are.
macro_rules! by_value {
    ($($T:ty),+) => {$(
        impl $crate::shape::Lend for $T {
            type Lent<'a> = Self;
            fn lend(&self) -> Self {
                *self
            }
        }
    )+};
}
by_value!(u32, handfast::Actor);
pub(crate) use by_value;
