//! Who designates whom, and what a designation lets in.

use handfast::{
    Code,
    partner::{Attribution, DelegationState, LinkOrigin, LoginObstacle},
};

use super::{Company, Context, DAY, Identity, Model};
use crate::acts::{Account, COMPANIES};

/// What a company says of its partner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Link {
    /// Whom it designates, or designated last.
    pub(crate) partner: usize,
    pub(crate) is_live: bool,
    pub(crate) origin: LinkOrigin,
    pub(crate) since: u64,
    pub(crate) era: i64,
}

/// A partner's visit.
#[derive(Clone, Debug)]
pub(crate) struct Visit {
    pub(crate) company: usize,
    pub(crate) partner: usize,
    session: usize,
    era: i64,
    pub(crate) state: DelegationState,
}

impl Link {
    pub(crate) fn leads_to(&self, partner: usize) -> bool {
        self.is_live && self.partner == partner
    }
}

impl Model {
    pub(super) fn designate(&mut self, company: usize, partner: usize) -> Result<(), Code> {
        if self.partners[partner].suspended {
            return Err(Code::PartnerSuspended);
        }
        self.link(company, partner, LinkOrigin::Manual);
        Ok(())
    }

    fn link(&mut self, company: usize, partner: usize, origin: LinkOrigin) {
        let old = self.companies[company].link;
        if old.is_some_and(|old| old.leads_to(partner)) {
            return;
        }
        if let Some(old) = old.filter(|old| old.is_live) {
            self.part(old.partner, company);
        }
        let era = old.map_or(1, |old| old.era + 1);
        self.companies[company].link = Some(Link { partner, is_live: true, origin, since: self.now, era });
        let origin = ("origin", origin.as_str().to_owned());
        self.note(Account::Company(company), "partner_linked", std::slice::from_ref(&origin));
        self.note(Account::Partner(partner), "client_linked", &[("company", company.to_string()), origin]);
    }

    pub(super) fn clear(&mut self, company: usize) -> Result<(), Code> {
        let old = self.companies[company].link.ok_or(Code::NotFound)?;
        if !old.is_live {
            return Err(Code::WrongState);
        }
        self.companies[company].link = Some(Link { is_live: false, era: old.era + 1, ..old });
        self.part(old.partner, company);
        Ok(())
    }

    pub(super) fn open(&mut self, partner: usize) -> Result<(), Code> {
        if self.partners[partner].suspended {
            return Err(Code::UnknownLink);
        }
        self.partners[partner].opened += 1;
        self.opened = Some((partner, self.now));
        Ok(())
    }

    /// What came of the attribution. Nobody signs up when there are companies enough.
    pub(super) fn sign_up(&mut self) -> Option<Attribution> {
        let company = self.companies.len();
        if company == COMPANIES {
            return None;
        }
        self.companies.push(Company::default());
        self.begin(Account::Company(company));
        self.note(Account::Company(company), "company_signed_up", &[]);
        let (partner, at) = self.opened?;
        if self.now >= at + 30 * DAY {
            return Some(Attribution::Expired);
        }
        if self.partners[partner].suspended {
            return Some(Attribution::Suspended);
        }
        self.link(company, partner, LinkOrigin::Referral);
        self.partners[partner].referred += 1;
        Some(Attribution::Linked)
    }

    /// What keeps the partner whom a session acts for out of a client's account.
    pub(crate) fn obstacles(&self, session: usize, company: usize) -> Result<Vec<LoginObstacle>, Code> {
        let partner = self.partner(session)?;
        let found = self.companies[company].link.is_some_and(|link| link.leads_to(partner));
        let obstacles = [
            self.partners[partner].suspended.then_some(LoginObstacle::PartnerSuspended),
            self.partners[partner].factor.is_none().then_some(LoginObstacle::TwoFactorOff),
            (!self.sessions[session].is_verified(partner)).then_some(LoginObstacle::SessionNotVerified),
        ];
        if found { Ok(obstacles.into_iter().flatten().collect()) } else { Err(Code::NotFound) }
    }

    pub(super) fn log_in(&mut self, session: usize, company: usize) -> Result<(), Code> {
        if !self.obstacles(session, company)?.is_empty() {
            return Err(Code::CannotLogIn);
        }
        let partner = self.partner(session)?;
        let here = |identity: &Identity| match identity.context {
            Context::Visit(visit) => self.visits[visit].company == company,
            Context::Partner => false,
        };
        let mut left = self.sessions[session].clone();
        let mut gone = Vec::new();
        left.identities.retain(|identity| match (here(identity), identity.context) {
            (true, Context::Visit(visit)) => {
                gone.push(visit);
                false
            }
            _ => true,
        });
        let own = self.sessions[session].identity().verified;
        let visit = Context::Visit(self.visits.len());
        left.go_on_as(Identity { person: partner, context: visit, era: self.partners[partner].era, verified: own })?;
        self.sessions[session] = left;
        gone.into_iter().for_each(|visit| self.leave_visit(visit));
        let era = self.companies[company].link.map_or(0, |link| link.era);
        self.visits.push(Visit { company, partner, session, era, state: DelegationState::Open });
        self.note(Account::Company(company), "partner_entered", &[]);
        self.note(Account::Partner(partner), "client_logged_in", &[("company", company.to_string())]);
        Ok(())
    }

    /// The session that a visit was begun in.
    pub(crate) fn visit_session(&self, visit: usize) -> usize {
        self.visits[visit].session
    }

    pub(super) fn leave_visit(&mut self, visit: usize) {
        let visit = &mut self.visits[visit];
        if visit.state == DelegationState::Open {
            visit.state = DelegationState::Left;
        }
    }

    /// Whether a visit stands, but for the session it is in.
    pub(super) fn stands(&self, visit: usize) -> bool {
        let visit = &self.visits[visit];
        let link = self.companies[visit.company].link;
        visit.state == DelegationState::Open
            && link.is_some_and(|link| link.leads_to(visit.partner) && link.era == visit.era)
            && !self.partners[visit.partner].suspended
    }

    /// Uses what a visit gave; gives the company.
    pub(super) fn used(&mut self, number: usize) -> Result<usize, Code> {
        let Some(visit) = number.checked_rem(self.visits.len()) else { return Ok(0) };
        let session = self.visits[visit].session;
        let context = Context::Visit(visit);
        let held = self.sessions[session].identities.iter().find(|identity| identity.context == context).copied();
        let identity = held.ok_or(Code::NotSignedIn)?;
        self.must_hold(session, &identity)?;
        if self.stands(visit) { Ok(self.visits[visit].company) } else { Err(Code::AccessEnded) }
    }

    /// The same, to offer something new.
    pub(super) fn change(&mut self, number: usize) -> Result<(), Code> {
        let company = self.used(number)?;
        if !self.visits.is_empty() {
            self.note(Account::Company(company), "offer_added", &[]);
        }
        Ok(())
    }

    pub(super) fn end_visit(&mut self, number: usize) -> Result<(), Code> {
        let Some(visit) = number.checked_rem(self.visits.len()) else { return Ok(()) };
        let visit = &mut self.visits[visit];
        if visit.state != DelegationState::Open {
            return Err(Code::WrongState);
        }
        visit.state = DelegationState::Ended;
        Ok(())
    }
}
