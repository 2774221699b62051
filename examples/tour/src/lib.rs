//! The whole story of handfast, told on a real database, and a player of scenario files.
//!
//! `cargo run -p tour` tells the [story](play_story); `cargo run -p tour -- FILE.json` plays a [scenario].
#![forbid(unsafe_code)]

mod authenticator;
pub mod command;
mod letters;
mod narrator;
pub mod scenario;
mod story;

pub use story::play as play_story;
