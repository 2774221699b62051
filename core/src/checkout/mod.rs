//! Checkout: who can order, as guests, with an account, or both; the company's setting, or a department's own.
//!
//! A department has the company's setting until it gets its own, and every answer says where it comes from.
//!
//! ```
//! # use handfast::{Handfast, store::Memory};
//! use handfast::checkout::{CheckoutInput, SettingOrigin, Switch};
//!
//! # let handfast = Handfast::builder(Memory::new()).build()?;
//! # let admin = handfast::example::sign_up(&handfast)?;
//! let bar = handfast.departments().add(admin, "Bar")?.id;
//! let members_only = CheckoutInput { guests: Switch::Off, accounts: Switch::On };
//! handfast.checkout().set(admin, &members_only, Some(bar))?;
//!
//! let options = handfast.checkout().options(admin, Some(bar))?;
//! assert_eq!((options.guests, options.origin), (Switch::Off, SettingOrigin::Department));
//! assert_eq!(handfast.checkout().options(admin, None)?.guests, Switch::On);
//! # Ok::<_, handfast::Error>(())
//! ```

mod ops;
mod ways;

pub use ops::{Checkout, CheckoutOptions, SettingOrigin};

pub(crate) use ops::Place;
pub use ways::{CheckoutInput, CheckoutWays, Switch};
