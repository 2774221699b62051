//! Whether what is stored, and what can be asked, is what the model says.

use std::{collections::BTreeSet, fmt::Debug};

use handfast::{
    Code,
    course::{Certificate, Progress},
    partner::{
        Client, ClientFilter, Delegation, Designation, DesignationState, LoginObstacle, Partner, PartnerStanding,
        PartnerState, Tandem,
    },
    session::Context as Acting,
    store::Paging,
};
use handfast_tests::Agency;

use crate::{
    acts::{Account, DEVICES},
    edition::Side,
    model::{Context, Identity, Link, Model},
    play::Outcome,
    real::Real,
    stage::millis,
};

/// Errors: what it is, and what it should be.
pub(crate) fn equal<T: PartialEq<U> + Debug, U: Debug>(what: &str, is: &T, should: &U) -> Outcome<()> {
    if is == should { Ok(()) } else { Err(format!("{what}\n  is:     {is:?}\n  should: {should:?}")) }
}

/// Compares what is stored, and what there is to see on one device: another at each step, for an act that should have
/// changed nothing there, or something, is found by the next steps as well.
pub(crate) fn all_the_same(model: &mut Model, real: &Real, step: usize) -> Outcome<()> {
    equal("the clock", &millis(real.world.now()), &model.now)?;
    let device = step % DEVICES;
    session(model, real, device)?;
    identities(model, real, device)?;
    clients(model, real, device)?;
    one_click(model, real, device, step / DEVICES % model.companies.len())?;
    rows(model, real)
}

/// Who is signed in on a device, and as whom.
fn session(model: &mut Model, real: &Real, device: usize) -> Outcome<()> {
    let (sessions, token, number) = (real.world.sessions(), &real.devices[device], model.devices[device]);
    let is = sessions.resolve(token).map_err(|error| error.code());
    let is = is.map(|who| (real.person(who.login), told(real, who.context), who.two_factor));
    let should = |identity: Identity| (identity.person, identity.context, identity.verified);
    equal(&format!("who is on device {device}"), &is, &model.resolve(number).map(should))
}

/// What else its session holds.
fn identities(model: &Model, real: &Real, device: usize) -> Outcome<()> {
    let (sessions, token, number) = (real.world.sessions(), &real.devices[device], model.devices[device]);
    let is = sessions.identities(token).map_err(|error| error.code());
    let is = is.map(|all| {
        let each = all.iter().map(|each| (real.person(each.login), told(real, each.context), each.open, each.current));
        each.collect::<Vec<_>>()
    });
    let should = model.signed_in(number).map(|()| {
        let held = &model.sessions[number];
        let each = |identity: &Identity| {
            let current = (identity.person, identity.context) == (held.acts, held.current);
            (identity.person, identity.context, model.is_usable(number, identity).is_ok(), current)
        };
        held.identities.iter().map(each).collect::<Vec<_>>()
    });
    equal(&format!("the identities on device {device}"), &is, &should)
}

fn told(real: &Real, context: Acting) -> Context {
    match context {
        Acting::Partner { .. } => Context::Partner,
        Acting::Delegated { delegation, .. } => {
            Context::Visit(real.visits.iter().position(|(visit, _)| *visit == delegation).expect("a visit"))
        }
        other => panic!("{other:?}"),
    }
}

/// One line of a clients list.
type Line = (usize, &'static str, u64, bool, (u32, u32), Vec<LoginObstacle>);

/// The clients list of a device, of which looking is a fact.
fn clients(model: &mut Model, real: &Real, device: usize) -> Outcome<()> {
    let session = model.devices[device];
    let asked = real.world.partners().clients(&real.devices[device], &ClientFilter::default(), &Paging::default());
    let line = |client: &Client| -> Line {
        assert_eq!(client.login.yes, client.login.obstacles.is_empty());
        let onboarding = (client.onboarding.completed, client.onboarding.total);
        let (number, tandem) = (real.number(client.company).unwrap(), client.tandem == Tandem::Enabled);
        (number, client.origin.as_str(), millis(client.since), tandem, onboarding, client.login.obstacles.clone())
    };
    let is = asked.map(|page| page.items.iter().map(line).collect::<Vec<_>>()).map_err(|error| error.code());
    let should = model.partner(session).map(|partner| {
        let mine = |(_, link): &(usize, Link)| link.leads_to(partner);
        let links = model.companies.iter().map(|company| company.link).enumerate();
        let mine: Vec<_> = links.filter_map(|(at, link)| Some((at, link?))).filter(mine).collect();
        if !mine.is_empty() {
            model.clients_viewed(partner);
        }
        let line = |(at, link): &(usize, Link)| -> Line {
            let progress = &model.companies[*at].progress;
            let (done, all) = model.page(Some(Side::Commerce), progress);
            let count = |keys: BTreeSet<String>| u32::try_from(keys.len()).unwrap();
            let (tandem, obstacles) = (progress.tandem == Some(partner), model.obstacles(session, *at).unwrap());
            (*at, link.origin.as_str(), link.since, tandem, (count(done), count(all)), obstacles)
        };
        mine.iter().map(line).collect::<Vec<_>>()
    });
    equal(&format!("the clients on device {device}"), &is, &should)
}

fn one_click(model: &Model, real: &Real, device: usize, company: usize) -> Outcome<()> {
    let asked = real.world.partners().can_log_in(&real.devices[device], real.firms[company].company);
    let is: Result<_, Code> = asked.map(|can| can.obstacles).map_err(|error| error.code());
    let should = model.obstacles(model.devices[device], company);
    equal(&format!("whether device {device} can enter company {company}"), &is, &should)
}

/// Rows, as they are stored at one moment.
struct Rows {
    designations: Vec<Option<Designation>>,
    partners: Vec<(Option<Partner>, Option<Certificate>)>,
    progress: Vec<Option<Progress>>,
    visits: Vec<Option<Delegation>>,
}

impl Rows {
    fn read(real: &Real, accounts: &[Account]) -> Self {
        let found = real.world.change(|work| {
            let designations: Vec<_> = real.firms.iter().map(|firm| Designation::by_company(firm.company)).collect();
            let certified = |agency: &Agency| (agency.partner, Certificate::by_partner(agency.partner));
            let partners: Vec<_> = real.agencies.iter().map(certified).collect();
            let progress: Vec<_> = accounts.iter().map(|of| Progress::by_account(real.id(*of))).collect();
            let visits: Vec<_> = real.visits.iter().map(|(visit, _)| *visit).collect();
            work.get((designations, partners, progress, visits))
        });
        let (designations, partners, progress, visits) = found.unwrap();
        Rows { designations, partners, progress, visits }
    }
}

/// Rules 14, 15, 25 and 26: who designates whom, how far everyone has come, who is certified.
fn rows(model: &mut Model, real: &Real) -> Outcome<()> {
    let accounts = model.accounts();
    let rows = Rows::read(real, &accounts);
    let link = |found: &Designation| Link {
        partner: real.agencies.iter().position(|agency| agency.partner == found.partner).unwrap(),
        is_live: found.state == DesignationState::Live,
        origin: found.origin,
        since: millis(found.since),
        era: found.era,
    };
    let is: Vec<_> = rows.designations.iter().map(|found| found.as_ref().map(link)).collect();
    equal("the designations", &is, &model.companies.iter().map(|company| company.link).collect::<Vec<_>>())?;
    for (number, (found, certificate)) in rows.partners.iter().enumerate() {
        let (found, should, name) = (found.as_ref().unwrap(), &model.partners[number], format!("partner {number}"));
        let certified = should.certified.is_some();
        equal(&name, &(found.standing == PartnerStanding::Suspended), &should.suspended)?;
        equal(&name, &(found.state == PartnerState::Certified, found.certificate.is_some()), &(certified, certified))?;
        let edition = certificate.as_ref().map(|found| usize::try_from(found.edition).unwrap());
        equal(&name, &edition, &should.certified)?;
        equal(&name, &(found.opened, found.referred), &(should.opened, should.referred))?;
    }
    for (account, found) in accounts.into_iter().zip(rows.progress) {
        progress(model, real, account, found)?;
    }
    let is: Vec<_> = rows.visits.into_iter().map(|found| found.map(|found| found.state)).collect();
    equal("the visits", &is, &model.visits.iter().map(|visit| Some(visit.state)).collect::<Vec<_>>())
}

/// How far an account has come.
fn progress(model: &mut Model, real: &Real, account: Account, found: Option<Progress>) -> Outcome<()> {
    let name = format!("the progress of {account:?}");
    let newest = model.editions.len();
    let should = model.progress(account).clone();
    let Some(is) = found else { return equal(&name, &false, &should.is_kept) };
    equal(&name, &usize::try_from(is.edition).unwrap(), &should.edition)?;
    equal(&name, &is.done.0.keys().map(|key| key.as_str()).collect::<BTreeSet<_>>(), &should.done)?;
    equal(&name, &is.waiting, &should.waiting)?;
    let tandem = should.tandem.map(|of| match account {
        Account::Partner(_) => real.id(Account::Company(of)),
        Account::Company(_) => real.id(Account::Partner(of)),
    });
    equal(&name, &is.tandem, &tandem)?;
    if should.edition == newest && newest > 0 {
        let open = is.tallies.iter().filter(|(key, _)| !should.done.contains(key.as_str()));
        let is: Vec<_> = open.map(|(key, tally)| (key.as_str(), tally.count as usize)).collect();
        equal(&name, &is, &model.tallies(account, &should).into_iter().collect::<Vec<_>>())?;
    }
    Ok(())
}
