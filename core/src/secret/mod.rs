//! Keys, codes, tokens and passwords: made, kept as hashes or ciphertext, and never shown.

mod digest;
mod key_file;
mod keyring;
mod link_slug;
mod pin_code;
mod purpose;
mod root_key;
mod sealed;
mod subkeys;
mod token;

pub use digest::Digest;
pub use keyring::Keyring;
pub use link_slug::LinkSlug;
pub use pin_code::{PinCode, PinLength};
pub use purpose::Purpose;
pub use root_key::RootKey;
pub use sealed::Sealed;
pub use subkeys::KeyId;
pub use token::Token;
