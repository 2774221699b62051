//! The harness of the proofs: a world of one's own for each test, on every store; stores that fail on purpose, and
//! pictures of what is stored.
//!
//! ```
//! use handfast_tests::{World, on_every_store};
//!
//! on_every_store! {
//!     fn a_new_customer_cannot_order(world: &World) {
//!         let firm = world.firm("Flora Export");
//!         let customer = world.approved(&firm, "buyer@rosas.example");
//!         assert!(!world.customers().can_order(firm.admin, customer).unwrap().yes);
//!     }
//! }
//! # fn main() {}
//! ```
//!
//! A [`World`] is the library on a fresh store, with a clock that stands still until it is turned, randomness that
//! is the same in every run, cheap password hashing and a mailbox. Everything is made through the public verbs.
#![forbid(unsafe_code)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a harness fails by panicking")]

pub mod faulty;
pub mod ledger;
pub mod rules;
pub mod snapshot;

mod agency;
mod careful;
mod clock;
mod crowd;
mod file;
mod firm;
mod ground;
mod mailbox;
mod mortal;
mod number;
mod people;
mod post;
mod postgres;
mod random;
mod refusal;
mod verbs;
mod watched;
mod world;

pub use agency::{Agency, COURSE, TASKS, fact, short_course};
pub use careful::{App, Careful};
pub use clock::Hands;
pub use crowd::{CROWD, crowd};
pub use file::{file_builder, open_file, open_shop};
pub use firm::{Filed, Firm, Member, PASSWORD, business, order};
pub use ground::Ground;
pub use mailbox::Mailbox;
pub use number::{fresh_number, number_from};
pub use people::{first_password, held, sign_in};
pub use post::Post;
pub use postgres::{Rented, is_left_out};
pub use random::Seeded;
pub use refusal::refusal;
pub use verbs::{Effect, VERBS, Verb};
pub use watched::{Calls, Watched};
pub use world::{ROOT_KEY, StoreKind, World, every_page, fresh_store};

/// Makes each test one for every store: the runner names them `memory::a_test`, `sqlite::a_test` and `postgres::a_test`.
#[macro_export]
macro_rules! on_every_store {
    ($($(#[$meta:meta])* fn $name:ident($world:ident: &$World:ident) $body:block)+) => {
        mod on_every_store {
            use super::*;
            $(pub(super) fn $name($world: &$World) $body)+
        }
        mod memory {
            $($(#[$meta])* #[test] fn $name() {
                super::on_every_store::$name(&$crate::World::new($crate::StoreKind::Memory));
            })+
        }
        mod sqlite {
            $($(#[$meta])* #[test] fn $name() {
                super::on_every_store::$name(&$crate::World::new($crate::StoreKind::Sqlite));
            })+
        }
        mod postgres {
            $($(#[$meta])* #[test] fn $name() {
                if !$crate::is_left_out() {
                    super::on_every_store::$name(&$crate::World::new($crate::StoreKind::Postgres));
                }
            })+
        }
    };
}
