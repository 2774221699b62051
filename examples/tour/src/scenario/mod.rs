//! Scenarios: stories in JSON that are played on the library, step by step. `docs/scenarios.md` tells the format.
//!
//! ```
//! use handfast::store::Memory;
//! use tour::scenario::{Player, Scenario};
//!
//! let scenario = Scenario::parse("sign_up.json", r#"{
//!     "title": "A company signs up",
//!     "starts": "2026-11-22T10:00:00Z",
//!     "steps": [
//!         { "do": "companies.sign_up",
//!           "with": { "company": { "name": "Flora Export", "country": "EC", "locale": "en",
//!                                  "time_zone": "America/Guayaquil", "admin_name": "Ada Flores",
//!                                  "admin_email": "ada@flora.example",
//!                                  "admin_password": "correct horse battery staple" } },
//!           "capture": { "ada": "/admin" } },
//!         { "do": "companies.get", "as": "$ada", "expect": { "name": "Flora Export", "admins": 1 } }
//!     ]
//! }"#)?;
//! let played = Player::new(Memory::new()).play(&scenario)?;
//! assert_eq!(played.steps, 2);
//! # Ok::<_, tour::scenario::Failure>(())
//! ```

mod authenticator;
mod call;
mod captures;
mod duration;
mod expected;
mod failure;
mod file;
mod outbox;
mod player;
mod seeded;

pub use failure::Failure;
pub use file::Scenario;
pub use player::{Played, Player, Told};

pub(crate) use player::key_file;
