//! Certified partners and the e-course; each rule by its number.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod article;
mod common;
mod linking;
mod links;
mod numbers;
mod ending;
mod sessions;
mod strength;
mod acting;
mod certification;
mod pages;
mod tandem;
mod list;
mod referrals;
mod trials;
mod visits;
mod certificates;
mod foreign;
mod rebuild;
mod sign_up;
mod signals;
mod versions;
