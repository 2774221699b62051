use std::time::Duration;

use handfast::{
    Result, Timestamp,
    session::{SignIn, SignedIn},
};
use totp_rs::{Builder, Secret};

use crate::{Firm, PASSWORD, World};

/// An authenticator app on somebody's phone.
#[derive(Clone, Debug)]
pub struct App(Vec<u8>);

impl App {
    /// An app that was shown this secret.
    pub fn new(secret: &str) -> Self {
        App(Secret::try_from_base32(secret).expect("a secret").as_bytes().to_vec())
    }

    /// What it shows at that time.
    pub fn code(&self, at: Timestamp) -> String {
        let totp = Builder::new().with_secret(self.0.clone()).build_noncompliant();
        totp.generate(at.millis().unsigned_abs() / 1_000).to_string()
    }
}

/// A person with two-factor on.
#[derive(Clone, Debug)]
pub struct Careful {
    /// The address.
    pub email: String,
    /// What the person is signed in with.
    pub session: String,
    /// The app.
    pub app: App,
    /// The recovery codes.
    pub codes: Vec<String>,
}

impl World {
    /// What a device holds once this password was given: a session, or one that waits for its second factor.
    pub fn signing_in(&self, email: &str, password: &str) -> Result<String> {
        let input = SignIn { name: email.into(), password: password.into(), ..SignIn::default() };
        match self.sessions().sign_in(&input)? {
            SignedIn::Active(held) | SignedIn::SecondFactor(held) => Ok(held.token.expose().to_owned()),
            SignedIn::ChoosePassword => panic!("a temporary password"),
        }
    }

    /// The first Admin of a company, with two-factor on. The clock stands where the next code can be given.
    pub fn careful(&self, firm: &Firm) -> Careful {
        let session = self.signed_in(&firm.email);
        let enrolment = self.two_factor().enrol(&session, PASSWORD, None).unwrap();
        let app = App::new(&enrolment.secret);
        let codes = self.two_factor().confirm(&session, &app.code(self.now())).unwrap().0;
        self.later(Duration::from_secs(30));
        Careful { email: firm.email.clone(), session, app, codes }
    }
}
