use std::collections::BTreeSet;

use super::{
    login::removed,
    person::all,
    source::Source,
    strip::wiped,
    sweep::{Sweep, revoked},
};
use crate::{
    actor::Actor,
    association::Association,
    company::{Company, Staff},
    error::Result,
    event::Event,
    handfast::Handfast,
    id::Id,
    limit::Limit,
    login::{AddressChange, Login, LoginEvent},
    mail::Mail,
    partner::{Delegation, Member, PartnerHistory},
    session::{Session, SessionState},
    two_factor::TwoFactor,
};

/// What is held on a login; a person has few rows of most kinds.
pub(super) struct Known {
    pub(super) login: Login,
    waiting: Option<AddressChange>,
    factor: Option<TwoFactor>,
    member: Option<Member>,
    limits: Vec<Limit>,
    pub(super) staff: Vec<Staff>,
    users: Vec<Association>,
    visits: Vec<Delegation>,
}

impl Known {
    pub(super) fn read(handfast: &Handfast, id: Id<Login>) -> Result<Self> {
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

    pub(super) fn sources<'a>(&'a self, handfast: &'a Handfast) -> Vec<Source<'a>> {
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
            Source::listed(handfast, format!("mail {address}"), vec![Mail::of_address(&address)], is_to_login)
        }));
        sources.extend(self.subjects().map(|(company, subject)| {
            Source::listed(handfast, format!("event {subject}"), vec![Event::of_subject(company, subject)], |_| true)
        }));
        sources
    }

    pub(super) fn sweep(&self, sweep: &Sweep<'_>) -> Result<()> {
        let by = |company| Actor::host(company);
        sweep.rows(self.staff.iter().map(|staff| staff.id), |work, staff: Staff| removed(work, staff).map(drop))?;
        sweep.rows(self.users.iter().map(|user| user.id), |work, user: Association| {
            revoked(work, by(user.company), user)
        })?;
        for address in self.addresses() {
            sweep.mails(&[Mail::of_address(&address)], |mail| is_to_login(mail).then_some(false))?;
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

/// Whether a mail was to a person by name, as user, as staff or about the login. What a company wrote to a visitor or to a
/// customer of the address is the company's.
fn is_to_login(mail: &Mail) -> bool {
    mail.company.is_none() || mail.recipient_name.is_some()
}
