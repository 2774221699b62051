use serde::Serialize;
use serde_json::json;

use super::{
    Delegation, DelegationEvent, DelegationState, Designation, Partner, Partners, Reason, VisitNotice,
    bond::CanLogIn,
    event::{About, PartnerEventKind},
    next_delegation,
};
use crate::{
    actor::Actor,
    clock::Timestamp,
    company::{Company, Permission},
    course::{self, Account, Fields},
    error::Result,
    event::EventKind,
    id::Id,
    login::Login,
    mail::{Letter, MailKind},
    request::given,
    session::{Context, Identity, Session},
    store::{Page, Paging, Record},
    value::Name,
    work::Work,
};

/// A partner's visit as the client sees it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Visit {
    /// The id, to end it.
    pub id: Id<Delegation>,
    /// The partner.
    pub partner: Id<Partner>,
    /// How the partner is called.
    pub partner_name: Name,
    /// The person.
    pub login: Id<Login>,
    /// How the person is called.
    pub person: Name,
    /// Why, if the partner said so.
    pub reason: Option<Reason>,
    /// Where it stands.
    pub state: DelegationState,
    /// When it began.
    pub began: Timestamp,
    /// When it ended, or ends at the latest.
    pub ends: Timestamp,
}

impl Partners<'_> {
    /// Whether one click lets the partner into a client's account, and if not, exactly why.
    ///
    /// Errors: `not_signed_in`, `second_factor_needed`, `partner_only`, `not_found` (no client).
    pub fn can_log_in(&self, session_token: &str, company: Id<Company>) -> Result<CanLogIn> {
        self.0.view(|work| {
            let more = |_| Designation::by_company(company);
            let (session, login, partner) = Session::partner_with(work, session_token, more)?;
            Designation::of_client(work.get(Designation::by_company(company))?, &partner)?;
            Ok(CanLogIn::of(&session, &login, &partner))
        })
    }

    /// Lets the partner into a client's account by one click: the session holds one identity more, acts as it, and ends
    /// when it would have ended. It manages everything but passwords, two-factor, staff, the partner's number and
    /// billing. The visit stands in the client's audit trail, with the optional reason (one line of at most 200
    /// characters), and is told by mail if the client wants that. An earlier visit of the same session there is over.
    ///
    /// Errors: `too_long`, `forbidden_character` (the reason), `not_signed_in`, `second_factor_needed`, `partner_only`,
    /// `not_found` (no client), `cannot_log_in` with everything that stands in the way, `too_many`
    /// (`session_identities`).
    pub fn log_in(&self, session_token: &str, company: Id<Company>, reason: Option<&str>) -> Result<Id<Identity>> {
        let reason = given(&reason.map(str::to_owned)).map(Reason::parse).transpose()?;
        self.0.change(|work| {
            let told = |partner| course::reads([Account::Partner(partner), Account::Commerce(company)]);
            let more = |partner| (Designation::by_company(company), company, told(partner));
            let (session, login, partner) = Session::partner_with(work, session_token, more)?;
            let client = Designation::of_client(work.get(Designation::by_company(company))?, &partner)?;
            CanLogIn::of(&session, &login, &partner).must()?;
            entered(work, session, (&login, &partner, &client), reason.as_ref())
        })
    }

    /// The visits of partners in the actor's company, the latest first. Who may: Admin, Full Access.
    /// Errors: `role_too_low`, `not_a_cursor`.
    pub fn visits(&self, actor: Actor, paging: &Paging) -> Result<Page<Visit>> {
        self.0.view(|work| work.authorise(actor, Permission::ReadEvents))?;
        let Page { items, next } = self.0.list(Delegation::of_company(actor.company()).descending(), paging)?;
        self.0.view(|work| {
            let keys: Vec<_> = items.iter().map(|each| (each.partner, each.login, each.session)).collect();
            let (designation, found) = work.get((Designation::by_company(actor.company()), keys))?;
            let era = designation.map(|designation| designation.era);
            let mut shown = Vec::with_capacity(items.len());
            for (visit, (partner, login, session)) in items.iter().zip(found) {
                let (Some(partner), Some(login)) = (partner, login) else { continue };
                // a visit of an earlier designation is over (invariant 17)
                let on = era == Some(visit.era) && session.is_some_and(|session| visit.is_held(work, &session, &login));
                shown.push(Visit::of(visit, on, partner, login));
            }
            Ok(Page { items: shown, next: next.clone() })
        })
    }

    /// Ends a visit: the partner is out at the next call, and may enter again while the company designates it.
    /// Who may: Admin. Errors: `role_too_low`, `not_found`, `wrong_state` (over already).
    pub fn end_visit(&self, actor: Actor, visit: Id<Delegation>) -> Result<()> {
        self.0.change(|work| {
            let old = work.authorised(actor, Permission::DesignatePartner, visit)?;
            if old.company != actor.company() {
                return Delegation::missing();
            }
            let new = old.after(DelegationEvent::End, work.now())?;
            work.put(&new);
            work.changed(new.company, actor, EventKind::VisitEnded, &new)?;
            work.partner_event(new.partner, PartnerEventKind::VisitEnded, About::company(new.company))
        })
    }
}

fn entered(
    work: &mut Work<'_>,
    mut session: Session,
    (login, partner, client): (&Login, &Partner, &Designation),
    reason: Option<&Reason>,
) -> Result<Id<Identity>> {
    let company = work.need(client.company)?;
    session.leave_client(work, company.id)?;
    let delegation = Delegation {
        id: work.new_id()?,
        company: company.id,
        partner: partner.id,
        login: login.id,
        session: session.id,
        era: client.era,
        reason: reason.cloned(),
        state: DelegationState::Open,
        began: work.now(),
        expires: session.expires,
        ended: None,
    };
    work.insert(&delegation);
    let context = Context::Delegated { company: company.id, partner: partner.id, delegation: delegation.id };
    let own = session.identity()?.two_factor;
    let identity = Identity { two_factor: own, ..Identity::new(work, login, context)? };
    let (session_id, identity_id) = (session.id, identity.id);
    session.go_on_as(work, identity)?;
    work.put(&session);
    let actor = Actor::Partner {
        session: session_id,
        identity: identity_id,
        login: login.id,
        partner: partner.id,
        delegation: delegation.id,
        company: company.id,
    };
    let said = reason.map(|reason| reason.as_str().into()).unwrap_or_default();
    work.told(company.id, actor, EventKind::PartnerEntered, &delegation, ("reason", said))?;
    let about = About::company(company.id).by(Some(login.id));
    work.partner_event(partner.id, PartnerEventKind::ClientEntered, about)?;
    let fields = Fields::of([("company", company.id.to_string().as_str())]);
    course::note(work, Account::Partner(partner.id), "client_logged_in", fields)?;
    if client.notice == VisitNotice::Mail {
        let link = work.handfast().brand().page("settings/partner");
        let values = json!({ "partner": partner.name, "person": login.name, "reason": reason, "link": link });
        work.mail(Letter::to_admins(MailKind::PartnerEntered, &company, values))?;
    }
    Ok(identity_id)
}

impl Visit {
    fn of(visit: &Delegation, on: bool, partner: Partner, login: Login) -> Self {
        let state = match visit.state {
            DelegationState::Open if !on => DelegationState::Left,
            state => state,
        };
        Visit {
            id: visit.id,
            partner: partner.id,
            partner_name: partner.name,
            login: login.id,
            person: login.name,
            reason: visit.reason.clone(),
            state,
            began: visit.began,
            ends: visit.ended.unwrap_or(visit.expires),
        }
    }
}

impl Delegation {
    /// Whether its session can still act by it: what was signed out everywhere is over though nobody wrote that down.
    fn is_held(&self, work: &mut Work<'_>, session: &Session, login: &Login) -> bool {
        let leads_here = |identity: &&Identity| identity.context.bond().is_some_and(|bond| bond.delegation == self.id);
        let held = session.identities.all().iter().find(leads_here);
        held.is_some_and(|identity| session.must_hold(work, identity, login).is_ok())
    }

    fn after(&self, event: DelegationEvent, now: Timestamp) -> Result<Self> {
        Ok(Delegation { state: next_delegation(self.state, event)?, ended: Some(now), ..self.clone() })
    }

    /// Notes that the partner left, where the visit was still on.
    pub(crate) fn leave(work: &mut Work<'_>, visit: Id<Delegation>) -> Result<()> {
        if let Some(old) = work.get(visit)?.filter(|old| old.state == DelegationState::Open) {
            let new = old.after(DelegationEvent::Leave, work.now())?;
            work.put(&new);
        }
        Ok(())
    }
}

impl Session {
    /// Leaves every client's account that the person is in.
    pub(crate) fn leave_visits(&mut self, work: &mut Work<'_>, login: Id<Login>) -> Result<()> {
        self.leave_chosen(work, |identity| identity.login == login)
    }

    /// Leaves a client's account where the session is in it already: one visit at a time.
    fn leave_client(&mut self, work: &mut Work<'_>, company: Id<Company>) -> Result<()> {
        self.leave_chosen(work, |identity| identity.context.company() == Some(company))
    }

    fn leave_chosen(&mut self, work: &mut Work<'_>, chosen: impl Fn(&Identity) -> bool) -> Result<()> {
        let left = |identity: &Identity| identity.context.bond().filter(|_| chosen(identity));
        let visits: Vec<_> = self.identities.all().iter().filter_map(left).collect();
        self.identities.keep(|identity| left(identity).is_none());
        visits.into_iter().try_for_each(|bond| Delegation::leave(work, bond.delegation))
    }
}
