use super::{
    Erasure, HeldRow, Privacy,
    known::Known,
    record::NewErasure,
    source,
    strip::{StandIn, wiped},
    sweep::Sweep,
};
use crate::{
    actor::Actor,
    company::{self, Company, Role, Staff, StaffEvent, StaffState},
    error::{Code, Error, Result},
    event::EventKind,
    id::Id,
    login::Login,
    partner::{Member, Partner, PartnerStanding},
    session::Session,
    store::{Page, Paging, Record},
    work::Work,
};

impl Privacy<'_> {
    /// Everything that is held on a login, in all companies, row by row: the login, what happened to it, its sessions, the
    /// places on staffs and at a partner account, what makes the person a user of customers, the mails to its address and
    /// the events about those rows. Secrets are left out. The host's own verb. What companies hold on the person beside,
    /// as customers and requests, is theirs to export: [`export_person`](Self::export_person).
    ///
    /// Errors: `not_found`, `not_a_cursor`.
    pub fn export_login(&self, login: Id<Login>, paging: &Paging) -> Result<Page<HeldRow>> {
        let known = Known::read(self.0, login)?;
        source::page(&known.sources(self.0), paging)
    }

    /// The same of the person who is signed in.
    ///
    /// Errors: `not_signed_in`, `second_factor_needed`, `not_a_cursor`.
    pub fn export_own(&self, session_token: &str, paging: &Paging) -> Result<Page<HeldRow>> {
        let login = self.0.view(|work| Session::person(work, session_token).map(|(_, login)| login.id))?;
        self.export_login(login, paging)
    }

    /// Erases a login for good, in all companies: it is signed out everywhere and opens nothing any more, its address is
    /// free, and what told of the person is gone or replaced. The person is removed from the staff of every company and is
    /// user of no customer any more; what happened stays, without the details that tell of the person. A customer or a
    /// request of the same address is the company's record, and stays: [`erase_person`](Self::erase_person). The host's own verb.
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
    /// Errors: `not_signed_in`, `second_factor_needed`, `wrong_password`, `required` (a code),
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
pub(super) fn removed(work: &mut Work<'_>, old: Staff) -> Result<()> {
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
