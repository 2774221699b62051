//! What a derived key is for.

use crate::error::{Code, Error, Result};

macro_rules! purposes {
    ($($(#[$doc:meta])* $Name:ident = $label:literal,)+) => {
        /// What a derived key is for. A digest or ciphertext made for one purpose means nothing to another.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Purpose { $($(#[$doc])* $Name,)+ }

        impl Purpose {
            /// Every purpose, in the order of their declaration.
            pub const ALL: [Purpose; [$($label),+].len()] = [$(Purpose::$Name),+];

            /// The name that goes into the derivation. Changing one loses everything stored for it.
            pub(super) const fn label(self) -> &'static str {
                match self { $(Purpose::$Name => $label,)+ }
            }
        }
    };
}

purposes! {
    /// Digests of codes that are sent by mail and typed in.
    Code = "code",
    /// Digests of tokens in the links of mails.
    MailToken = "mail token",
    /// Digests of the token that a visitor holds once the address is verified.
    VisitToken = "visit token",
    /// Digests of session tokens.
    SessionToken = "session token",
    /// Digests of recovery codes.
    RecoveryCode = "recovery code",
    /// Seeds of authenticator apps, sealed because each code is computed from them.
    TotpSeed = "totp seed",
    /// Digests of what was called under an idempotency key.
    Call = "call",
    /// The variable parts of mails that wait in the outbox, sealed because they hold codes and tokens.
    Mail = "mail",
    /// Signatures of attributions: which partner referred a visitor, kept by the host until the visitor signs up.
    Attribution = "attribution",
}

/// One value for each purpose.
pub(super) struct PerPurpose<T>([T; Purpose::ALL.len()]);

impl<T> PerPurpose<T> {
    pub(super) fn new(make: impl FnMut(Purpose) -> Result<T>) -> Result<Self> {
        let made: Vec<T> = Purpose::ALL.into_iter().map(make).collect::<Result<_>>()?;
        made.try_into().map(PerPurpose).map_err(|_| Error::new(Code::Internal))
    }

    pub(super) fn of(&self, purpose: Purpose) -> &T {
        // `ALL` is generated from the same list as the enum, so a purpose is always an index of it.
        &self.0[purpose as usize]
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_purpose_finds_its_own_value() {
        let labels = PerPurpose::new(|purpose| Ok(purpose.label())).unwrap();
        for purpose in Purpose::ALL {
            assert_eq!(*labels.of(purpose), purpose.label());
        }
    }

    #[test]
    fn no_two_purposes_share_a_label() {
        let labels: HashSet<_> = Purpose::ALL.iter().map(|purpose| purpose.label()).collect();
        assert_eq!(labels.len(), Purpose::ALL.len());
    }
}
