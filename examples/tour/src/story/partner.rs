use std::{fs, time::Duration};

use handfast::{
    Actor, Code, Id,
    association::UserInput,
    company::{Company, CompanyInput, SignUp},
    course::{CourseFormat, TaskState},
    customer::PricingInput,
    partner::{ClientFilter, PartnerSignUp},
    request::{BusinessInput, Decision},
    session::{Context, SignIn, SignedIn},
    store::Paging,
};
use serde_json::Map;

use super::{Result, Tour, company::PASSWORD, visitor::business};
use crate::authenticator::App;

/// The course that the article tells of.
const COURSE: &str = include_str!("../../../courses/certified-partner.toml");

/// Carla's commerce account, in which she completes the course.
struct Shop {
    company: Id<Company>,
    admin: Actor,
}

impl Tour {
    /// Carla's way, in the order of the article: a partner account, a commerce account by her referral link, the e-course
    /// in both, two-factor, one click into the client's account, certified.
    pub(super) fn partner(&mut self, ada: Actor) -> Result<()> {
        self.narrator.chapter("A partner");
        let published = self.handfast.courses().publish(COURSE, CourseFormat::Toml)?;
        let (own, theirs) = (published.partner_tasks, published.commerce_tasks);
        self.narrator
            .say(format!("The host has published its e-course: {own} tasks of partners, {theirs} of clients."));
        let (number, email) = self.partner_signs_up()?;
        let session = self.signs_in(&email)?;
        let shop = self.refer(&session)?;
        self.narrator.chapter("The e-course, in two accounts at once");
        self.handfast.courses().enable(&session, shop.company)?;
        self.narrator.say("In her list of clients, Carla chooses \"Enable e-Course\" for the shop. To do:");
        self.to_do(&session)?;
        self.set_shop_up(&shop)?;
        self.narrator.say("The shop is set up, step by step, and each step shows on both pages. Left to do:");
        self.to_do(&session)?;
        self.narrator.chapter("One click");
        self.second_factor(&session)?;
        self.one_click(&session, shop.company)?;
        self.certified(&session)?;
        self.narrator.chapter("The other order: a client of its own");
        self.link_by_number(ada, &number, &session)
    }

    /// Her number and her address.
    fn partner_signs_up(&mut self) -> Result<(String, String)> {
        let mut email = self.numbered("carla@camino.example");
        let partner = loop {
            let signed_up = self.handfast.partners().sign_up(&PartnerSignUp {
                name: self.numbered("Camino Consulting"),
                locale: "en".into(),
                owner_name: "Carla Camino".into(),
                owner_email: email.clone(),
                owner_password: PASSWORD.into(),
            });
            match signed_up {
                // she has one from another story in this database, and a person works for one at most
                Err(error) if error.code() == Code::AlreadyThere => email = format!("also.{email}"),
                signed_up => break signed_up?.partner,
            }
        };
        self.narrator.say(format!(
            "{} helps businesses to get started. Carla Camino signs it up. Its settings page shows its number and its \
             referral link, both to be copied:",
            partner.name
        ));
        self.narrator.line(&partner.grouped);
        self.narrator.line(&partner.referral_url);
        self.deliver()?;
        Ok((partner.grouped, email))
    }

    fn signs_in(&self, name: &str) -> Result<String> {
        let input = SignIn { name: name.to_owned(), password: PASSWORD.into(), ..SignIn::default() };
        match self.handfast.sessions().sign_in(&input)? {
            SignedIn::Active(held) => Ok(held.token.expose().to_owned()),
            SignedIn::SecondFactor(_) | SignedIn::ChoosePassword => Err(format!("{name} was not signed in").into()),
        }
    }

    /// Carla clicks on her own link before she signs her shop up: it is linked from the beginning.
    fn refer(&mut self, session: &str) -> Result<Shop> {
        let slug = self.handfast.partners().get(session)?.slug.to_string();
        let referral = self.handfast.partners().open_referral(&slug, None)?;
        self.narrator
            .say("She opens the link, and then signs up a commerce account. Its trial is enough for the whole course.");
        let signed_up = self.handfast.companies().sign_up(&SignUp {
            name: self.numbered("Camino Flowers"),
            country: "EC".into(),
            locale: "en".into(),
            time_zone: "America/Guayaquil".into(),
            trial_ends: Some(self.handfast.now() + Duration::from_secs(30 * 24 * 60 * 60)),
            attribution: Some(referral.attribution),
            admin_name: "Carla Camino".into(),
            admin_email: self.numbered("shop@camino.example"),
            admin_password: PASSWORD.into(),
        })?;
        self.deliver()?;
        self.narrator.say("Her list of clients:");
        self.clients(session)?;
        Ok(Shop { company: signed_up.company.id, admin: signed_up.actor() })
    }

    fn clients(&self, session: &str) -> Result<()> {
        let page = self.handfast.partners().clients(session, &ClientFilter::default(), &Paging::default())?;
        for client in page.items {
            let obstacles: Vec<_> = client.login.obstacles.iter().map(|obstacle| obstacle.as_str()).collect();
            let login =
                if client.login.yes { "[Login]".to_owned() } else { format!("no login: {}", obstacles.join(", ")) };
            let done = format!("{}/{}", client.onboarding.completed, client.onboarding.total);
            let (name, origin, trial) = (client.name, client.origin, client.trial);
            self.narrator.line(format!("{name:<20} {origin:<9} trial {trial:<8} onboarding {done:<6} {login}"));
        }
        Ok(())
    }

    /// The tasks that are open, as the squares at the bottom of the sections tell them.
    fn to_do(&self, session: &str) -> Result<()> {
        let page = self.handfast.courses().page(session, None)?;
        for section in &page.sections {
            for directive in section.directives.iter().filter(|each| each.state == TaskState::Task) {
                self.narrator.item(format!("{}: {}", section.title, directive.text));
            }
        }
        self.narrator.line(format!("=> {} of {} tasks completed", page.tasks.completed, page.tasks.total));
        Ok(())
    }

    /// Everything that the course asks for in a commerce account.
    fn set_shop_up(&mut self, shop: &Shop) -> Result<()> {
        let admin = shop.admin;
        let company = self.handfast.companies().get(admin)?;
        self.handfast.companies().update(
            admin,
            &CompanyInput {
                name: company.name.to_string(),
                country: company.country.to_string(),
                locale: "es-EC".into(),
                time_zone: company.time_zone.to_string(),
                trial_ends: company.trial_ends,
            },
        )?;
        let retail = self.handfast.price_types().add(admin, "Retail")?.id;
        self.handfast.price_types().add(admin, "Wholesale")?;
        let bicycle = self.handfast.carriers().add(admin, "Bicycle")?.id;
        let slug = self.handfast.invites().share(admin)?.slug.to_string();
        // this company asks no question of its own
        let details = business(&self.numbered("Hotel Quito"), "Hugo Quito", "Quito");
        let details = BusinessInput { answers: Map::new(), ..details };
        let filed = self.file(&slug, &self.numbered("hugo@hotel.example"), &details)?;
        let approved = self.handfast.requests().approve(admin, filed.request.id, &Decision::default())?;
        let customer = approved.customer.id;
        self.handfast.customers().set_pricing(admin, customer, &PricingInput::of(retail))?;
        self.handfast.customers().set_service(admin, customer, &[("monday".into(), bicycle)])?;
        self.handfast.customers().activate(admin, customer)?;
        let user = UserInput {
            customer,
            email: self.numbered("rita@hotel.example"),
            name: "Rita Quito".into(),
            login_name: None,
            notes: None,
        };
        self.handfast.users().add(admin, &user)?;
        self.deliver().map(drop)
    }

    /// Without it, the Login buttons stay off.
    fn second_factor(&mut self, session: &str) -> Result<()> {
        let enrolment = self.handfast.two_factor().enrol(session, PASSWORD, None)?;
        let app = App::shown(&enrolment.secret)?;
        let codes = self.handfast.two_factor().confirm(session, &app.code(self.handfast.now()))?;
        let count = codes.0.len();
        self.narrator.say(format!("Carla sets up two-factor and puts {count} recovery codes away. Her clients now:"));
        self.clients(session)?;
        self.deliver().map(drop)
    }

    fn one_click(&mut self, session: &str, company: Id<Company>) -> Result<()> {
        self.handfast.partners().log_in(session, company, Some("setting the shop up"))?;
        let who = self.handfast.sessions().resolve(session)?;
        let actor = who.actor().ok_or("nobody who can act")?;
        let there = self.handfast.companies().get(actor)?.name;
        self.narrator.say(format!("She clicks Login, and is in the account of {there}. The menu in the corner:"));
        for identity in self.handfast.sessions().identities(session)? {
            let place = identity.company_name.or(identity.partner_name);
            let place = place.map(|name| format!(" at {name}")).unwrap_or_default();
            let mark = if identity.current { "x" } else { " " };
            self.narrator.line(format!("[{mark}] {}{place}", identity.name));
        }
        if let Err(error) = self.handfast.companies().cancel_trial(actor) {
            let (why, code) = (error.message(), error.code());
            self.narrator.say(format!("She may manage everything, but not billing. Refused: {why} ({code})."));
        }
        self.switch_back(session)?;
        self.narrator.say("And back again, with one more click. That was the last task:");
        self.deliver().map(drop)
    }

    fn switch_back(&self, session: &str) -> Result<()> {
        let identities = self.handfast.sessions().identities(session)?;
        let own = identities.iter().find(|each| matches!(each.context, Context::Partner { .. }));
        Ok(self.handfast.sessions().switch_to(session, own.ok_or("the partner account is gone")?.id)?)
    }

    /// The certificate, as a picture to print, and what anyone learns who asks for its number.
    fn certified(&mut self, session: &str) -> Result<()> {
        let certificate = self.handfast.courses().certificate(session, None)?;
        let picture = self.folder.join("certificate.svg");
        let drawn = self.handfast.courses().certificate_svg(session, None)?;
        fs::write(&picture, drawn).map_err(|error| format!("cannot write `{}`: {error}", picture.display()))?;
        self.narrator.say(format!("The certificate, to print: {}. Whoever types its number reads:", picture.display()));
        let typed = certificate.number.as_str().to_lowercase();
        let verified = self.handfast.courses().verify(&typed, None)?;
        let day = verified.issued.to_utc().format("%Y-%m-%d");
        self.narrator.line(format!("{}: {}, {}, {day}", verified.number, verified.name, verified.course));
        self.pictures.push(picture);
        Ok(())
    }

    /// Ada's company was there first: she pastes the number, and later takes it out again.
    fn link_by_number(&mut self, ada: Actor, number: &str, session: &str) -> Result<()> {
        let admin = self.signs_in("ada@flora.example")?;
        // she has more than one company where the database holds another story
        self.handfast.sessions().enter(&admin, Context::Staff { company: ada.company() })?;
        let mistyped = with_another_digit(number);
        if let Err(error) = self.handfast.partners().designate(&admin, &mistyped, PASSWORD, None) {
            let (why, code) = (error.message(), error.code());
            self.narrator.say(format!("Ada types Carla's number, one digit wrong. Refused: it {why} ({code})."));
        }
        let designated = self.handfast.partners().designate(&admin, number, PASSWORD, None)?;
        self.narrator.say(format!("Then the right one, with her password: {} is her partner now.", designated.name));
        self.deliver()?;
        self.clients(session)?;
        self.handfast.partners().log_in(session, ada.company(), None)?;
        let visits = self.handfast.partners().visits(ada, &Paging::first(1))?.items;
        let visit = visits.first().ok_or("the visit is not there")?;
        self.narrator
            .say(format!("Carla looks in. Ada sees it: {} of {}, {}.", visit.person, visit.partner_name, visit.state));
        self.handfast.partners().clear(ada)?;
        if let Err(error) = self.handfast.sessions().resolve(session) {
            let (why, code) = (error.message(), error.code());
            self.narrator.say(format!("She takes the number out again. Carla's next call is refused: {why} ({code})."));
        }
        self.switch_back(session)?;
        let page = self.handfast.courses().page(session, None)?;
        self.narrator.say(format!(
            "What is completed stays completed: {} of {}, and certified.",
            page.tasks.completed, page.tasks.total
        ));
        self.deliver().map(drop)
    }
}

/// The number with its first digit counted up.
fn with_another_digit(number: &str) -> String {
    let (first, rest) = number.split_at(1);
    format!("{}{rest}", if first == "9" { "0" } else { "9" })
}
