//! Certified partners and the e-course; each rule by its number.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod acting;
mod article;
mod certificates;
mod certification;
mod common;
mod ending;
mod foreign;
mod linking;
mod links;
mod list;
mod numbers;
mod pages;
mod rebuild;
mod referrals;
mod renaming;
mod sessions;
mod sign_up;
mod signals;
mod strength;
mod tandem;
mod trials;
mod versions;
mod visits;
