//! Customers: set up in three steps, in any order, until they can order.
//!
//! Approval makes an inactive customer. It can order once it is active, has a price type, and at least one day
//! of service has a carrier (invariant 1); [`Customers::can_order`] says what is missing until then, and
//! [`Customers::tour`] leads through it.
//!
//! ```
//! # use handfast::{Handfast, store::Memory};
//! use handfast::customer::{Missing, PricingInput};
//!
//! # let handfast = Handfast::builder(Memory::new()).build()?;
//! # let (admin, customer) = handfast::example::approved_customer(&handfast)?;
//! let missing = handfast.customers().can_order(admin, customer)?.missing;
//! assert_eq!(missing, [Missing::Activation, Missing::PriceType, Missing::DaysOfService]);
//!
//! let retail = handfast.price_types().add(admin, "Retail")?;
//! let carrier = handfast.carriers().add(admin, "Night truck")?;
//! handfast.customers().activate(admin, customer)?;
//! handfast.customers().set_pricing(admin, customer, &PricingInput::of(retail.id))?;
//! handfast.customers().set_service(admin, customer, &[("monday".into(), carrier.id)])?;
//! assert!(handfast.customers().can_order(admin, customer)?.yes);
//! # Ok::<_, handfast::Error>(())
//! ```
//!
//! The staff creates a customer on its behalf, too, and finds it at the till:
//!
//! ```
//! # use handfast::{Handfast, store::Memory};
//! use handfast::customer::{Creation, CustomerInput, Notice};
//!
//! # let handfast = Handfast::builder(Memory::new()).build()?;
//! # let (admin, _) = handfast::example::approved_customer(&handfast)?;
//! let rosa = CustomerInput {
//!     name: "Rosa Campos".into(),
//!     email: "rosa@campos.example".into(),
//!     phone: Some("+593 (0)2 600-1122".into()),
//!     ..CustomerInput::default()
//! };
//! let created = handfast.customers().create(admin, &rosa, Notice::Later)?;
//! assert_eq!(created.creation, Creation::Created);
//! assert_eq!(handfast.customers().create(admin, &rosa, Notice::Later)?.creation, Creation::Found);
//!
//! let found = handfast.customers().lookup(admin, "02 600 1122")?;
//! assert!(found.iter().any(|customer| customer.id == created.customer.id));
//! handfast.customers().notify(admin, created.customer.id)?; // mails a link to choose a password
//! # Ok::<_, handfast::Error>(())
//! ```
//!
//! Many are imported from a [`table`] at once, and exported to one:
//!
//! ```
//! # use handfast::{Handfast, store::Memory};
//! use handfast::{association::BulkMode, customer::{CustomerFilter, ImportHow, table::TableFormat}};
//!
//! # let handfast = Handfast::builder(Memory::new()).build()?;
//! # let (admin, _) = handfast::example::approved_customer(&handfast)?;
//! let file = "name,email,phone\nRosa Campos,rosa@campos.example,+593 2 600 1122\nNobody,,\n";
//! let tried = ImportHow { mode: BulkMode::DryRun, ..ImportHow::of(TableFormat::Csv) };
//! let totals = handfast.customers().import_stream(admin, "monday", &tried, file.as_bytes(), |row| println!("{row:?}"))?;
//! assert_eq!((totals.created, totals.refused), (1, 1));
//!
//! let done = ImportHow::of(TableFormat::Csv);
//! assert_eq!(handfast.customers().import_stream(admin, "monday", &done, file.as_bytes(), |_| ())?, totals);
//!
//! let mut exported = Vec::new();
//! handfast.customers().export_to(admin, TableFormat::Csv, &CustomerFilter::default(), &mut exported)?;
//! assert!(String::from_utf8_lossy(&exported).contains("'+593 2 600 1122"), "no spreadsheet runs it");
//! # Ok::<_, handfast::Error>(())
//! ```

mod create;
mod export;
mod find;
mod import;
mod ops;
mod overview;
mod pricing;
mod ready;
mod record;
mod service;
mod state;
pub mod table;
mod tour;

pub use create::{CreatedCustomer, Creation, CustomerInput, Notice};
pub use export::ExportPage;
pub use find::CustomerFilter;
pub use import::{CustomerRow, ImportHow, ImportInput, ImportOutcome, ImportTotals, Imports, OnFound};
pub use ops::Customers;
pub use overview::CustomerOverview;
pub use pricing::{Extra, PricingInput};
pub use ready::{CanOrder, Missing};
pub use record::{Customer, CustomerNumber};
pub use service::Service;
pub use state::{CustomerEvent, CustomerState, next};
pub use tour::{Step, StepKind, Tour};

pub(crate) use ready::settled;
pub(crate) use tour::page;
