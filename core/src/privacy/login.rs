use std::collections::BTreeSet;

use super::{
    Erasure, HeldRow, Privacy,
    erase::{Sweep, revoked},
    person::all,
    record::NewErasure,
    source,
    source::Source,
    strip::{StandIn, wiped},
};
use crate::{
    actor::Actor,
    association::Association,
    company::{self, Company, Role, Staff, StaffEvent, StaffState},
    error::{Code, Error, Result},
    event::{Event, EventKind},
    handfast::Handfast,
    id::Id,
    limit::Limit,
    login::{AddressChange, Login, LoginEvent},
    mail::Mail,
    partner::{Delegation, Member, Partner, PartnerHistory, PartnerStanding},
    session::{Session, SessionState},
    store::{Page, Paging, Record},
    two_factor::TwoFactor,
    work::Work,
};

impl Privacy<'_> {
    /// Everything that is held on a login, in all companies, row by row: the login, what happened to it, its sessions, the
    /// places on staffs and at a partner account, what makes the person a user of customers, the mails to its address and
    /// the events about those rows. Secrets are left out. The host's own verb. What companies hold on the person beside,
    /// as customers and requests, is theirs to export: [`export`](Self::export).
    ///
    /// Errors: `not_found`, `not_a_cursor`.
    pub fn export_login(&self, login: Id<Login>, paging: &Paging) -> Result<Page<HeldRow>> {
        let known = Known::read(self.0, login)?;
        source::page(&known.sources(self.0), paging)
    }

    /// The same of the person who is signed in.
    ///
    /// Errors: `not_signed_in`, `second_factor_needed`, `access_ended`, `delegated`, `not_a_cursor`.
    pub fn export_own(&self, session_token: &str, paging: &Paging) -> Result<Page<HeldRow>> {
        let login = self.0.view(|work| Session::person(work, session_token).map(|(_, login)| login.id))?;
        self.export_login(login, paging)
    }

    /// Erases a login for good, in all companies: it is signed out everywhere and opens nothing any more, its address is
    /// free, and what told of the person is gone or replaced. The person is removed from the staff of every company and is
    /// user of no customer any more; what happened stays, without the details that tell of the person. A customer or a
    /// request of the same address is the company's record, and stays: [`erase`](Self::erase). The host's own verb.
    ///
    /// Done in chunks of 250 rows; a call that was cut short goes on when it is made again. A login that is erased stays so,
    /// and the first answer comes again.
    ///
    /// Errors: `not_found`, `last_admin` (of a company, which would have none: invariant 42), `wrong_state` (the person owns a
    /// partner account that is not suspended).
    pub fn erase_login(&self, login: Id<Login>) -> Result<Erasure> {
        let known = Known::read(self.0, login)?;
        let erasure = self.0.change(|work| begin(work, &known, login))?;
        self.go_on(login, erasure)
    }

    /// The same of the person who is signed in, who gives the password again, and a code where two-factor is on.
    ///
    /// Errors: `not_signed_in`, `second_factor_needed`, `access_ended`, `delegated`, `wrong_password`, `required` (a code),
    /// `wrong_code`, `too_often`, `last_admin`, `wrong_state`.
    pub fn erase_own(&self, session_token: &str, password: &str, code: Option<&str>) -> Result<Erasure> {
        let login = self.0.view(|work| Session::person(work, session_token).map(|(_, login)| login.id))?;
        let known = Known::read(self.0, login)?;
        let erasure = self.0.change_with_proof(session_token, password, code, |work, (_, person)| {
            // who acts as another by now has given the other's password
            if person.id == login { begin(work, &known, login) } else { Err(Error::new(Code::WrongPassword)) }
        })?;
        self.go_on(login, erasure)
    }

    fn go_on(&self, login: Id<Login>, erasure: Erasure) -> Result<Erasure> {
        if erasure.address.is_none() {
            return Ok(erasure);
        }
        // found anew: from now on nothing comes to what is found
        let known = Known::read(self.0, login)?;
        let sweep = Sweep { handfast: self.0, actor: None, stand_in: StandIn::of(erasure.id) };
        known.sweep(&sweep)?;
        self.0.change(|work| finish(work, login, erasure.id))
    }
}

/// What is held on a login; a person has few rows of most kinds.
struct Known {
    login: Login,
    waiting: Option<AddressChange>,
    factor: Option<TwoFactor>,
    member: Option<Member>,
    limits: Vec<Limit>,
    staff: Vec<Staff>,
    users: Vec<Association>,
    visits: Vec<Delegation>,
}

impl Known {
    fn read(handfast: &Handfast, id: Id<Login>) -> Result<Self> {
        let (login, waiting, factor, member, limits) = handfast.view(|work| {
            let login = work.need(id)?;
            let scopes = login.scopes();
            let limits: Vec<_> = scopes.iter().map(|scope| Limit::by_scope(scope)).collect();
            let keys = (AddressChange::by_login(id), TwoFactor::by_login(id), Member::by_login(id), limits);
            let (waiting, factor, member, limits) = work.get(keys)?;
            Ok((login, waiting, factor, member, limits.into_iter().flatten().collect()))
        })?;
        let staff = all(handfast, &[Staff::of_login(id)], |_| true)?;
        let users = all(handfast, &[Association::of_login(id)], |_| true)?;
        let visits = match &member {
            Some(member) => all(handfast, &[Delegation::of_partner(member.partner)], |visit| visit.login == id)?,
            None => Vec::new(),
        };
        Ok(Known { login, waiting, factor, member, limits, staff, users, visits })
    }

    /// The addresses that mails about the login went to.
    fn addresses(&self) -> BTreeSet<String> {
        let waiting = self.waiting.iter().map(|waiting| waiting.email.canonical().to_owned());
        let known = self.staff.iter().map(|staff| &staff.email).chain(self.users.iter().map(|user| &user.email));
        let known =
            known.chain(self.member.iter().map(|member| &member.email)).map(|email| email.canonical().to_owned());
        waiting.chain(known).chain([self.login.address.clone()]).collect()
    }

    /// The rows whose events, at which companies, tell of the person.
    fn subjects(&self) -> impl Iterator<Item = (Id<Company>, Id<()>)> {
        let staff = self.staff.iter().map(|staff| (staff.company, staff.id.cast()));
        let users = self.users.iter().map(|user| (user.company, user.id.cast()));
        staff.chain(users).chain(self.visits.iter().map(|visit| (visit.company, visit.id.cast())))
    }

    fn sources<'a>(&'a self, handfast: &'a Handfast) -> Vec<Source<'a>> {
        let id = self.login.id;
        let sessions = SessionState::ALL.iter().map(|state| Session::of_login(id, *state)).collect();
        let mut sources = vec![
            Source::known([self.login.clone()]),
            Source::known(self.waiting.clone()),
            Source::known(self.factor.clone()),
            Source::known(self.limits.clone()),
            Source::known(self.member.clone()),
            Source::known(self.staff.clone()),
            Source::known(self.users.clone()),
            Source::known(self.visits.clone()),
            Source::listed(handfast, "session", sessions, |_| true),
            Source::listed(handfast, "login_event", vec![LoginEvent::of_login(id)], |_| true),
        ];
        if let Some(member) = &self.member {
            let own = move |event: &PartnerHistory| event.login == Some(id);
            sources.push(Source::listed(
                handfast,
                "partner_event",
                vec![PartnerHistory::of_partner(member.partner)],
                own,
            ));
        }
        sources.extend(self.addresses().into_iter().map(|address| {
            Source::listed(handfast, format!("mail {address}"), vec![Mail::of_address(&address)], |_| true)
        }));
        sources.extend(self.subjects().map(|(company, subject)| {
            Source::listed(handfast, format!("event {subject}"), vec![Event::of_subject(company, subject)], |_| true)
        }));
        sources
    }

    fn sweep(&self, sweep: &Sweep<'_>) -> Result<()> {
        let by = |company| Actor::host(company);
        sweep.rows(self.staff.iter().map(|staff| staff.id), |work, staff: Staff| removed(work, staff).map(drop))?;
        sweep.rows(self.users.iter().map(|user| user.id), |work, user: Association| {
            revoked(work, by(user.company), user)
        })?;
        for address in self.addresses() {
            sweep.mails(&[Mail::of_address(&address)], |_| Some(false))?;
        }
        for (company, subject) in self.subjects() {
            sweep.events(Event::of_subject(company, subject))?;
        }
        let sessions = SessionState::ALL.iter().map(|state| Session::of_login(self.login.id, *state));
        sweep.list(
            &sessions.collect::<Vec<_>>(),
            |_| true,
            |work, session| {
                let mut bare = wiped(&session, &sweep.stand_in)?;
                bare.end()?;
                work.put(&bare);
                Ok(())
            },
        )?;
        sweep.wipe(self.visits.iter().map(|visit| visit.id))?;
        sweep.wipe(self.users.iter().map(|user| user.id))?;
        sweep.wipe(self.staff.iter().map(|staff| staff.id))?;
        sweep.wipe(self.member.iter().map(|member| member.id))
    }
}

/// Shuts the login out and takes it from the staffs that are known; `erased` already is the first answer again.
fn begin(work: &mut Work<'_>, known: &Known, id: Id<Login>) -> Result<Erasure> {
    let (login, found, member) = work.get((id, Erasure::by_login(id), Member::by_login(id)))?;
    let mut login = login.map_or_else(Login::missing, Ok)?;
    if let Some(found) = found {
        return Ok(found);
    }
    let partner = work.get(member.map(|member| member.partner))?.flatten();
    let owns = |partner: Partner| partner.owner == id && partner.standing == PartnerStanding::Good;
    if partner.is_some_and(owns) {
        return Err(Error::because(Code::WrongState, "this person owns a partner account: suspend it first"));
    }
    for staff in work.get(known.staff.iter().map(|staff| staff.id).collect::<Vec<_>>())?.into_iter().flatten() {
        removed(work, staff)?;
    }
    if login.disabled.is_none() {
        login.disabled = Some(work.now());
    }
    login.end_sessions();
    work.put(&login);
    let new = NewErasure { company: None, login: Some(id), address: &login.address, by: None };
    Erasure::begun(work, None, new).map(|(erasure, _)| erasure)
}

/// Takes a person from a staff. Errors: `last_admin`.
fn removed(work: &mut Work<'_>, old: Staff) -> Result<()> {
    if old.state == StaffState::Removed {
        return Ok(());
    }
    if old.role == Role::Admin && old.state == StaffState::Active {
        let company = work.need(old.company)?;
        let admins = company.admins_after(-1)?;
        work.put(&Company { admins, ..company });
    }
    old.kill_secrets(work)?;
    let new = Staff { state: company::next(old.state, StaffEvent::Remove)?, ..old };
    work.put(&new);
    work.event(new.company, Actor::host(new.company), EventKind::StaffRemoved, &new)
}

/// The login comes last: until then a call that was cut short finds all the rest by it.
fn finish(work: &mut Work<'_>, id: Id<Login>, erasure: Id<Erasure>) -> Result<Erasure> {
    let (login, erasure) = work.need((id, erasure))?;
    if erasure.address.is_none() {
        return Ok(erasure);
    }
    login.forget(work)?;
    work.put(&Login { two_factor: false, home: None, ..wiped(&login, &StandIn::of(id))? });
    let finished = erasure.finished(work.now())?;
    work.put(&finished);
    Ok(finished)
}
