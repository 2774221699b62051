//! What an authenticator app shows: six digits, new every 30 seconds (RFC 6238).

use handfast::Timestamp;
use totp_rs::{Builder, Secret};

/// An authenticator app on somebody's phone.
pub(crate) struct App(Secret);

impl App {
    /// An app that was shown this secret, in base 32.
    pub(crate) fn shown(secret: &str) -> Result<Self, String> {
        Secret::try_from_base32(secret).map(App).map_err(|_| "the secret is not in base 32".to_owned())
    }

    /// What it shows at that time.
    pub(crate) fn code(&self, at: Timestamp) -> String {
        let app = Builder::new().with_secret(self.0.clone()).build_noncompliant();
        app.generate(at.millis().unsigned_abs() / 1_000).to_string()
    }
}
