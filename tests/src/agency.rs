use std::{fmt::Write as _, time::Duration};

use handfast::{
    Actor, Id,
    company::{Company, TrialState},
    course::{CourseFormat, SignalInput},
    login::Login,
    partner::{Delegation, DelegationState, Partner, PartnerSignUp},
    session::{Context, SignIn, SignedIn},
    store::Paging,
};

use crate::{App, Firm, PASSWORD, World, fresh_number, sign_in};

/// The course of the article.
pub const COURSE: &str = include_str!("../../examples/courses/certified-partner.toml");

/// What a partner completes the course with in processes that are killed.
pub const TASKS: &[&str] = &["greet partner greeted", "sell commerce sold 2", "enter partner client_logged_in"];

/// A partner account that has signed up.
#[derive(Clone, Debug)]
pub struct Agency {
    /// The account.
    pub partner: Id<Partner>,
    /// Its owner.
    pub login: Id<Login>,
    /// The owner's address.
    pub email: String,
    /// Its number, in groups.
    pub number: String,
    /// The last part of its referral link.
    pub slug: String,
    /// What the owner is signed in with, acting for the account.
    pub session: String,
    /// The owner's authenticator app, where two-factor is on.
    pub app: Option<App>,
}

/// Partners, made through the verbs that a host uses.
impl World {
    /// What a partner account of this name gives to sign up; its owner is `owner@<name>.example`.
    pub fn partner_input(name: &str) -> PartnerSignUp {
        let domain: String = name.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
        PartnerSignUp {
            name: name.into(),
            locale: "en".into(),
            owner_name: "Carla Camino".into(),
            owner_email: format!("owner@{domain}.example"),
            owner_password: PASSWORD.into(),
        }
    }

    /// A partner account of this name, its owner signed in without a second factor.
    pub fn agency(&self, name: &str) -> Agency {
        let input = World::partner_input(name);
        let signed_up = self.partners().sign_up(&input).unwrap();
        let email = input.owner_email;
        let session = self.signed_in(&email);
        let (partner, login) = (signed_up.partner.id, signed_up.login);
        let context = self.sessions().resolve(&session).unwrap().context;
        if context != (Context::Partner { partner }) {
            self.sessions().enter(&session, Context::Partner { partner }).unwrap();
        }
        let (number, slug) = (signed_up.partner.grouped, signed_up.partner.slug.to_string());
        Agency { partner, login, email, number, slug, session, app: None }
    }

    /// The same, its owner signed in with a second factor.
    pub fn careful_agency(&self, name: &str) -> Agency {
        let agency = self.agency(name);
        self.with_two_factor(agency)
    }

    /// Turns two-factor on for the owner. The clock stands where the next code can be given.
    pub fn with_two_factor(&self, agency: Agency) -> Agency {
        let agency = self.strong(agency);
        self.later(Duration::from_secs(30));
        agency
    }

    /// The same, the clock left as it is: the session can enter clients' accounts, and no other begins by a code yet.
    fn strong(&self, agency: Agency) -> Agency {
        let enrolment = self.two_factor().enrol(&agency.session, PASSWORD, None).unwrap();
        let app = App::new(&enrolment.secret);
        self.two_factor().confirm(&agency.session, &app.code(self.now())).unwrap();
        Agency { app: Some(app), ..agency }
    }

    /// A visit of a partner in the company's account that nobody has ended: the latest, or a new one. A partner whom the
    /// company designates already stays its partner.
    pub fn visited(&self, firm: &Firm) -> Id<Delegation> {
        let latest = self.partners().visits(firm.host(), &Paging::first(1)).unwrap().items;
        if let Some(visit) = latest.iter().find(|visit| visit.state == DelegationState::Open) {
            return visit.id;
        }
        let before = self.partners().designated(firm.host()).unwrap();
        let number = fresh_number();
        let agency = self.strong(self.agency(&format!("Visitors {number}")));
        self.link(firm, &agency);
        let (visit, _) = self.entered(&agency, firm);
        if let Some(before) = before {
            let admin = self.signed_in(&firm.email);
            self.partners().designate(&admin, before.number.as_str(), PASSWORD, None).unwrap();
        }
        visit
    }

    /// Signs the owner in anew, with the second factor where it is on; gives the token.
    pub fn signed_in_again(&self, agency: &Agency) -> String {
        let input = SignIn { ..sign_in(&agency.email, PASSWORD) };
        match self.sessions().sign_in(&input).unwrap() {
            SignedIn::Active(held) => held.token.expose().to_owned(),
            SignedIn::SecondFactor(held) => {
                let code = agency.app.as_ref().expect("an app").code(self.now());
                self.later(Duration::from_secs(30));
                self.sessions().finish(held.token.expose(), &code).unwrap().token.expose().to_owned()
            }
            SignedIn::ChoosePassword => panic!("a temporary password"),
        }
    }

    /// Lets a company designate the partner, its first Admin signed in for that.
    pub fn link(&self, firm: &Firm, agency: &Agency) {
        let admin = self.signed_in(&firm.email);
        self.partners().designate(&admin, &agency.number, PASSWORD, None).unwrap();
    }

    /// Lets a company designate some partner, unless it designates one.
    pub fn designating(&self, firm: &Firm) {
        if self.partners().designated(firm.host()).unwrap().is_none() {
            let number = fresh_number();
            self.link(firm, &self.agency(&format!("Consultants {number}")));
        }
    }

    /// Gives a company a trial of 30 days, whatever became of an earlier one: no verb does that twice.
    pub fn trial_anew(&self, firm: &Firm) {
        let begun = self.change(|work| {
            let trial_ends = Some(work.now() + Duration::from_secs(30 * 86_400));
            let company = work.need(firm.company)?;
            work.put(&Company { trial: TrialState::Running, trial_ends, ..company });
            Ok(())
        });
        begun.unwrap();
    }

    /// Publishes the course of the article.
    pub fn course(&self) {
        self.courses().publish(COURSE, CourseFormat::Toml).unwrap();
    }

    /// Lets the partner into the company's account; gives the visit and the actor, as the session acts now.
    pub fn entered(&self, agency: &Agency, firm: &Firm) -> (Id<Delegation>, Actor) {
        self.partners().log_in(&agency.session, firm.company, None).unwrap();
        let who = self.sessions().resolve(&agency.session).unwrap();
        let Context::Delegated { delegation, .. } = who.context else { panic!("not delegated: {who:?}") };
        (delegation, who.actor().expect("an actor"))
    }

    /// Switches a session back to the partner account.
    pub fn switch_back(&self, agency: &Agency) {
        let identities = self.sessions().identities(&agency.session).unwrap();
        let own = identities.iter().find(|each| each.context == Context::Partner { partner: agency.partner });
        self.sessions().switch_to(&agency.session, own.expect("the partner account").id).unwrap();
    }
}

/// A course of one section; each task is `key side signal`, and perhaps a count, `*field` whose values are to be
/// distinct, and `optional`.
pub fn short_course(version: u32, tasks: &[&str]) -> String {
    let mut text = format!("key = \"first-steps\"\nversion = {version}\ntitle = {{ en = \"First steps\" }}\n");
    text.push_str("[[sections]]\nkey = \"all\"\ntitle = { en = \"All\" }\n");
    for task in tasks {
        let words: Vec<_> = task.split(' ').collect();
        let (key, side, signal) = (words[0], words[1], words[2]);
        writeln!(text, "[[sections.items]]\nkey = \"{key}\"\ntitle = {{ en = \"{key}\" }}").unwrap();
        writeln!(text, "[sections.items.task]\nside = \"{side}\"\nsignal = \"{signal}\"").unwrap();
        writeln!(text, "directive = {{ en = \"Do {key}.\" }}").unwrap();
        for word in &words[3..] {
            match word.strip_prefix('*') {
                Some(field) => writeln!(text, "distinct = \"{field}\"").unwrap(),
                None if *word == "optional" => text.push_str("need = \"optional\"\n"),
                None => writeln!(text, "count = {word}").unwrap(),
            }
        }
    }
    text
}

/// A fact about a company, without fields.
pub fn fact(firm: &Firm, name: &str, key: &str) -> SignalInput {
    SignalInput {
        company: Some(firm.company),
        partner: None,
        name: name.into(),
        fields: serde_json::Map::new(),
        occurred: None,
        key: key.into(),
    }
}
