//! Keys, codes, tokens and passwords: made, kept as hashes or ciphertext, and never shown.

mod link_slug;
mod pin_code;
mod token;

pub use link_slug::LinkSlug;
pub use pin_code::{PinCode, PinLength};
pub use token::Token;
