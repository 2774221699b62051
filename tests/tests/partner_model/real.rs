//! What is: the library, called as a host would.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Duration,
};

use handfast::{
    Actor, Code, Id, Result, SCHEMA, Timestamp,
    company::SignUp,
    course::{Account as Of, CertificateView, CourseFormat, CoursePage, SignalInput, TaskState},
    login::Login,
    partner::Delegation,
    session::{Context, SignedIn},
    store::Store,
};
use handfast_tests::{Agency, App, Firm, PASSWORD, StoreKind, World, fresh_store, refusal, sign_in};
use tempfile::TempDir;

use crate::{
    acts::{Account, Act, COMPANIES, Report},
    edition::Edition,
    model::{Answer, Told},
    stage::{Stage, name},
};

/// The library and what its callers hold.
pub(crate) struct Real {
    pub(crate) world: World,
    pub(crate) agencies: Vec<Agency>,
    pub(crate) firms: Vec<Firm>,
    /// The token on each device.
    pub(crate) devices: Vec<String>,
    /// What Admins are signed in with, since when.
    admins: BTreeMap<String, (String, Timestamp)>,
    /// Every visit with what it gave.
    pub(crate) visits: Vec<(Id<Delegation>, Actor)>,
    /// The certificate of each partner, once it was seen.
    certificates: Vec<Option<CertificateView>>,
    attribution: Option<String>,
    editions: Vec<Edition>,
    changes: usize,
    _folder: Option<TempDir>,
}

impl Real {
    pub(crate) fn new(kind: StoreKind) -> Self {
        let (stage, (store, folder)) = (Stage::get(), fresh_store(kind));
        store.migrate(&SCHEMA).unwrap();
        stage.history.iter().for_each(|changes| store.commit(Arc::clone(changes)).unwrap());
        let world = World::on(kind, store, 2, Stage::policy);
        world.clock.set(stage.at);
        Real {
            world,
            agencies: stage.agencies.clone(),
            firms: stage.firms.clone(),
            devices: stage.devices.iter().map(|(token, _)| token.clone()).collect(),
            admins: BTreeMap::new(),
            visits: Vec::new(),
            certificates: vec![None; stage.agencies.len()],
            attribution: None,
            editions: Vec::new(),
            changes: 0,
            _folder: folder,
        }
    }

    /// What an act answers.
    pub(crate) fn act(&mut self, act: &Act) -> Answer {
        if let Act::Designate(company, partner) = act {
            let (session, number) = (self.admins_session(*company), &self.agencies[*partner].number);
            let designated = self.world.partners().designate(&session, number, PASSWORD, None);
            return designated.map(|_| Told::Done).map_err(|error| error.code());
        }
        let (partners, courses, sessions) = (self.world.partners(), self.world.courses(), self.world.sessions());
        match act {
            Act::Rest | Act::Designate(..) => Ok(()),
            Act::Later(minutes) => {
                self.world.later(Duration::from_secs(minutes * 60));
                Ok(())
            }
            Act::Clear(company) => partners.clear(self.firm(*company).admin),
            Act::Open(partner) => partners.open_referral(&self.agencies[*partner].slug, None).map(|referral| {
                self.attribution = Some(referral.attribution);
            }),
            Act::SignUp => return self.sign_up().map_err(|error| error.code()),
            Act::Enable(device, company) => courses.enable(&self.devices[*device], self.firm(*company).company),
            Act::Signal(report) => {
                let signalled = courses.signal(&self.input(report)).map_err(|error| error.code())?;
                return Ok(Told::Completed(signalled.completed.iter().map(ToString::to_string).collect()));
            }
            Act::SignalMany(reports) => return self.signal_many(reports).map_err(|error| error.code()),
            Act::Publish(edition) => {
                let published = courses.publish(&edition.source(self.editions.len() + 1), CourseFormat::Toml);
                self.editions.push(*edition);
                published.map(drop)
            }
            Act::PublishAgain(before) => match self.editions.len().saturating_sub(*before) {
                0 => Ok(()),
                version => courses.publish(&self.editions[version - 1].source(version), CourseFormat::Toml).map(drop),
            },
            Act::Look(device) => return self.look(*device).map_err(|error| error.code()),
            Act::Onboard(company) => {
                let page = courses.onboarding(self.firm(*company).host(), None).map_err(|error| error.code())?;
                return Ok(self.told(&page, None));
            }
            Act::LogIn(device, company) => self.log_in(*device, self.firm(*company).company),
            Act::Use(visit) => self.used(*visit),
            Act::Change(visit) => self.change(*visit),
            Act::EndVisit(visit) => match self.visit(*visit) {
                Some((visit, actor)) => partners.end_visit(self.admin(actor), visit),
                None => Ok(()),
            },
            Act::Switch(device, identity) => sessions.identities(&self.devices[*device]).and_then(|identities| {
                sessions.switch_to(&self.devices[*device], identities[identity % identities.len()].id)
            }),
            Act::SignOut(device, identity) => {
                let held = sessions.identities(&self.devices[*device]).ok();
                let chosen = held.zip(*identity).map(|(held, identity)| held[identity % held.len()].id);
                sessions.sign_out(&self.devices[*device], chosen)
            }
            Act::SignIn(device) => {
                self.devices[*device] = self.world.signed_in_again(&self.agencies[device / 2]);
                Ok(())
            }
            Act::Add(device) => self.add(*device),
            Act::EndOthers(device) => sessions.end_others(&self.devices[*device]),
            Act::On(device) => self.on(*device),
            Act::Off(device) => self.off(*device),
            Act::Remove(partner) => self.world.two_factor().remove(self.agencies[*partner].login).map(|()| {
                self.agencies[*partner].app = None;
            }),
            Act::Suspend(partner) => partners.suspend(self.agencies[*partner].partner),
            Act::Restore(partner) => partners.restore(self.agencies[*partner].partner),
        }
        .map(|()| Told::Done)
        .map_err(|error| error.code())
    }

    fn firm(&self, number: usize) -> &Firm {
        &self.firms[number % self.firms.len()]
    }

    /// What the Admin of a company is signed in with, soon enough to be in use.
    fn admins_session(&mut self, company: usize) -> String {
        let (now, firm) = (self.world.now(), self.firm(company).clone());
        match self.admins.get(&firm.email) {
            Some((session, since)) if now < *since + Duration::from_secs(50 * 60) => session.clone(),
            _ => {
                let session = self.world.signed_in(&firm.email);
                self.admins.insert(firm.email, (session.clone(), now));
                session
            }
        }
    }

    fn visit(&self, number: usize) -> Option<(Id<Delegation>, Actor)> {
        number.checked_rem(self.visits.len()).map(|at| self.visits[at])
    }

    /// The Admin of the company that an actor acts for.
    fn admin(&self, actor: Actor) -> Actor {
        self.firms.iter().find(|firm| firm.company == actor.company()).expect("a company").admin
    }

    /// Whose partner account a device acts for now.
    pub(crate) fn acting(&self, device: usize) -> Option<usize> {
        let who = self.world.sessions().identities(&self.devices[device]).ok()?;
        let login = who.iter().find(|each| each.current)?.login;
        Some(self.person(login))
    }

    /// The number of a partner account's owner.
    pub(crate) fn person(&self, login: Id<Login>) -> usize {
        self.agencies.iter().position(|agency| agency.login == login).expect("an owner")
    }

    /// What an account's progress is kept under.
    pub(crate) fn id(&self, account: Account) -> Id<()> {
        match account {
            Account::Partner(partner) => Of::Partner(self.agencies[partner].partner).id(),
            Account::Company(company) => Of::Commerce(self.firms[company].company).id(),
        }
    }

    fn sign_up(&mut self) -> Result<Told> {
        let number = self.firms.len();
        if number == COMPANIES {
            return Ok(Told::SignedUp(None));
        }
        let input = SignUp { attribution: self.attribution.clone(), ..World::sign_up_input(&name(number)) };
        let signed_up = self.world.companies().sign_up(&input)?;
        let (company, admin, first) = (signed_up.company.id, signed_up.actor(), signed_up.admin.id);
        self.firms.push(Firm { company, admin, first, email: input.admin_email, slug: String::new() });
        Ok(Told::SignedUp(signed_up.referral))
    }

    fn input(&self, report: &Report) -> SignalInput {
        // a company that is not there yet is not there
        let company = |at: usize| match self.firms.get(at) {
            Some(firm) => firm.company,
            None => format!("019a0000-0000-7000-8000-{at:012x}").parse().unwrap(),
        };
        let (company, partner) = match report.account {
            Account::Partner(partner) => (None, Some(self.agencies[partner].partner)),
            Account::Company(at) => (Some(company(at)), None),
        };
        let fields = report.lesson.map(|lesson| ("lesson".to_owned(), lesson.to_string().into())).into_iter().collect();
        let (name, key) = (report.name.to_owned(), format!("key {}", report.key));
        SignalInput { company, partner, name, fields, occurred: None, key }
    }

    fn signal_many(&self, reports: &[Report]) -> Result<Told> {
        let inputs: Vec<_> = reports.iter().map(|report| self.input(report)).collect();
        let rows = self.world.courses().signal_many(&inputs)?.into_iter().map(|row| match row.code {
            None => Ok(row.completed.iter().map(ToString::to_string).collect()),
            Some(code) => Err(code),
        });
        Ok(Told::Rows(rows.collect()))
    }

    fn look(&mut self, device: usize) -> Result<Told> {
        let (courses, token) = (self.world.courses(), self.devices[device].clone());
        let page = courses.page(&token, None)?;
        let seen = match courses.certificate(&token, None) {
            Err(error) if error.code() == Code::NotFound => None,
            seen => Some(seen?),
        };
        let told = self.told(&page, seen.as_ref().map(|seen| usize::try_from(seen.version).unwrap()));
        let partner = self.acting(device).expect("a partner");
        if let Some(known) = &self.certificates[partner] {
            assert_eq!(Some(known), seen.as_ref(), "rule 26: a certificate stays as it is");
        }
        if let Some(seen) = seen {
            let verified = courses.verify(seen.number.as_str(), None)?;
            assert_eq!((&verified.name, verified.issued), (&seen.name, seen.issued));
            self.certificates[partner] = Some(seen);
        }
        Ok(told)
    }

    fn told(&self, page: &CoursePage, certified: Option<usize>) -> Told {
        let items = || page.sections.iter().flat_map(|section| &section.items);
        let keys = |state: Option<TaskState>| -> BTreeSet<_> {
            let chosen = items().filter(|item| state.is_none() || item.state == state);
            chosen.map(|item| item.key.to_string()).collect()
        };
        let tandem = page.tandem.as_ref().and_then(|tandem| self.number(tandem.company));
        let version = usize::try_from(page.version).unwrap();
        Told::Page(version, keys(Some(TaskState::Completed)), keys(None), tandem, certified)
    }

    /// The number of a company.
    pub(crate) fn number(&self, company: Id<handfast::company::Company>) -> Option<usize> {
        self.firms.iter().position(|firm| firm.company == company)
    }

    fn log_in(&mut self, device: usize, company: Id<handfast::company::Company>) -> Result<()> {
        let token = &self.devices[device];
        let identity = self.world.partners().log_in(token, company, Some("to help"))?;
        let identities = self.world.sessions().identities(token)?;
        let entered = identities.iter().find(|each| each.id == identity && each.current).expect("who entered");
        let session = self.world.sessions().resolve(token)?.session;
        let Context::Delegated { company, partner, delegation } = entered.context else { panic!("{entered:?}") };
        let actor = Actor::Partner { session, identity, login: entered.login, partner, delegation, company };
        self.visits.push((delegation, actor));
        Ok(())
    }

    fn used(&self, number: usize) -> Result<()> {
        let Some((visit, actor)) = self.visit(number) else { return Ok(()) };
        let company = self.world.companies().get(actor)?;
        assert_eq!(company.id, actor.company());
        // rule 23: the company's own is not to be touched from a visit
        assert_eq!(refusal(self.world.partners().clear(actor)), Code::Delegated);
        assert_eq!(refusal(self.world.partners().end_visit(actor, visit)), Code::Delegated);
        Ok(())
    }

    fn change(&mut self, number: usize) -> Result<()> {
        let Some((_, actor)) = self.visit(number) else { return Ok(()) };
        self.changes += 1;
        self.world.price_types().add(actor, &format!("Price {}", self.changes)).map(drop)
    }

    fn add(&mut self, device: usize) -> Result<()> {
        let agency = &self.agencies[1 - device / 2];
        let held = match self.world.sessions().add(&self.devices[device], &sign_in(&agency.email, PASSWORD))? {
            SignedIn::Active(held) => held,
            SignedIn::SecondFactor(held) => {
                let code = agency.app.as_ref().expect("an app").code(self.world.now());
                let held = self.world.sessions().finish(held.token.expose(), &code)?;
                self.world.later(Duration::from_secs(30));
                held
            }
            SignedIn::ChoosePassword => panic!("a temporary password"),
        };
        self.devices[device] = held.token.expose().to_owned();
        Ok(())
    }

    fn on(&mut self, device: usize) -> Result<()> {
        let (factors, token) = (self.world.two_factor(), &self.devices[device]);
        let app = App::new(&factors.enrol(token, PASSWORD, None)?.secret);
        factors.confirm(token, &app.code(self.world.now()))?;
        // before the clock goes on: the session may have been idle for nearly as long as it lasts
        let partner = self.acting(device).expect("a partner");
        self.world.later(Duration::from_secs(30));
        self.agencies[partner].app = Some(app);
        Ok(())
    }

    fn off(&mut self, device: usize) -> Result<()> {
        let acting = self.acting(device).unwrap_or_default();
        let code = self.agencies[acting].app.as_ref().map(|app| app.code(self.world.now()));
        self.world.two_factor().disable(&self.devices[device], PASSWORD, code.as_deref())?;
        self.world.later(Duration::from_secs(30));
        self.agencies[acting].app = None;
        Ok(())
    }
}
