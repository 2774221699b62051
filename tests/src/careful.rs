use std::time::Duration;

use handfast::{
    Id, SystemRandom, Timestamp,
    login::Login,
    secret::{Keyring, Purpose, RootKey, Token},
    session::{Session, SessionState},
};
use totp_rs::{Builder, Secret};

use crate::{Firm, PASSWORD, ROOT_KEY, World};

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
    /// Who it is.
    pub login: Id<Login>,
    /// What the person is signed in with.
    pub session: String,
    /// The app.
    pub app: App,
    /// The recovery codes.
    pub codes: Vec<String>,
}

impl World {
    /// Somebody signed in as a person, without the password being asked for.
    pub fn session_of(&self, login: Id<Login>) -> String {
        let token = Token::generate(&SystemRandom).unwrap();
        let keyring = Keyring::new(RootKey::parse(ROOT_KEY).unwrap()).unwrap();
        let digest = keyring.digest(Purpose::SessionToken, &[token.expose().as_bytes()]);
        let made = self.change(|work| {
            let found: Login = work.need(login)?;
            let (id, current, now) = (work.new_id::<Session>()?, work.new_id()?, work.now());
            let identities = serde_json::json!([{
                "id": current, "login": login, "context": { "as": "person" }, "era": found.era, "two_factor": null,
                "added": now,
            }]);
            work.insert(&Session {
                id,
                token: digest,
                login,
                state: SessionState::Active,
                created: now,
                seen: now,
                expires: now + Duration::from_secs(24 * 60 * 60),
                device: None,
                place: None,
                current,
                identities: serde_json::from_value(identities).unwrap(),
                adding: None,
            });
            Ok(())
        });
        made.unwrap();
        token.expose().to_owned()
    }

    /// The first Admin of a company, signed in.
    pub fn signed_in(&self, firm: &Firm) -> String {
        self.session_of(firm.admin.login().expect("a person"))
    }

    /// What the first Admin's app and paper hold once two-factor is on. The clock then stands where the next code can be
    /// given.
    pub fn careful(&self, firm: &Firm) -> Careful {
        let session = self.signed_in(firm);
        let enrolment = self.two_factor().enrol(&session, PASSWORD, None).unwrap();
        let app = App::new(&enrolment.secret);
        let codes = self.two_factor().confirm(&session, &app.code(self.now())).unwrap().0;
        self.later(Duration::from_secs(30));
        Careful { login: firm.admin.login().expect("a person"), session, app, codes }
    }

    /// The same person, signed in anew: sessions end by themselves.
    pub fn signed_in_again(&self, careful: &Careful) -> String {
        self.session_of(careful.login)
    }
}
