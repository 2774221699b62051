//! Who is signed in, as whom, and by how many factors.

use handfast::Code;

use super::{DAY, HOUR, Model};
use crate::acts::Account;

/// A session.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    /// Whose it is: the owner of which partner account.
    root: usize,
    pub(crate) identities: Vec<Identity>,
    /// Who the person acts as now: which of them.
    pub(crate) current: Context,
    /// Whose identity that is: both may act for a partner account of their own.
    pub(crate) acts: usize,
    seen: u64,
    expires: u64,
    over: bool,
}

/// One of its identities.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Identity {
    pub(crate) person: usize,
    pub(crate) context: Context,
    pub(crate) era: u32,
    pub(crate) verified: bool,
}

/// What a person acts as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Context {
    /// For the own partner account.
    Partner,
    /// In a client's account.
    Visit(usize),
}

/// Identities that a session holds at most.
pub(crate) const MOST: usize = 4;
/// How often it is noted that a session is used.
const NOTED: u64 = 5 * 60_000;

impl Session {
    pub(crate) fn identity(&self) -> &Identity {
        let is_current = |identity: &&Identity| (identity.person, identity.context) == (self.acts, self.current);
        self.identities.iter().find(is_current).expect("somebody")
    }

    pub(super) fn go_on_as(&mut self, new: Identity) -> Result<(), Code> {
        (self.acts, self.current) = (new.person, new.context);
        self.identities.retain(|old| (old.person, old.context) != (new.person, new.context));
        self.identities.push(new);
        if self.identities.len() > MOST { Err(Code::TooMany) } else { Ok(()) }
    }

    /// Whether both who began it and the person gave a second factor in it.
    pub(super) fn is_verified(&self, person: usize) -> bool {
        let own = |of: usize| self.identities.iter().filter(move |identity| identity.person == of);
        own(self.root).next().is_some_and(|root| root.verified) && own(person).any(|identity| identity.verified)
    }
}

impl Model {
    /// A session that the owner of a partner account begins.
    pub(super) fn begun(&self, person: usize, now: u64) -> Session {
        let (era, verified) = (self.partners[person].era, self.partners[person].factor.is_some());
        let identity = Identity { person, context: Context::Partner, era, verified };
        let (seen, expires) = (now, now + DAY);
        let (identities, current) = (vec![identity], Context::Partner);
        Session { root: person, identities, current, acts: person, seen, expires, over: false }
    }

    fn is_open(&self, session: usize) -> bool {
        let session = &self.sessions[session];
        !session.over && self.now < session.expires && self.now < session.seen + HOUR
    }

    /// Whether the session is signed in at all.
    pub(crate) fn signed_in(&self, session: usize) -> Result<(), Code> {
        let held = &self.sessions[session];
        let root = held.identities.iter().find(|identity| identity.person == held.root);
        let lives = root.is_some_and(|root| root.era == self.partners[held.root].era);
        if self.is_open(session) && lives { Ok(()) } else { Err(Code::NotSignedIn) }
    }

    /// Whether one of its identities is worth something.
    pub(super) fn must_hold(&self, session: usize, identity: &Identity) -> Result<(), Code> {
        self.signed_in(session)?;
        let person = &self.partners[identity.person];
        let strong = identity.context == Context::Partner
            || person.factor.is_some() && identity.verified && self.sessions[session].is_verified(identity.person);
        if identity.era == person.era && strong { Ok(()) } else { Err(Code::AccessEnded) }
    }

    /// Whether one of its identities can be acted as.
    pub(crate) fn is_usable(&self, session: usize, identity: &Identity) -> Result<(), Code> {
        self.must_hold(session, identity)?;
        match identity.context {
            Context::Visit(visit) if !self.stands(visit) => Err(Code::AccessEnded),
            _ => Ok(()),
        }
    }

    /// The partner whom the session acts for.
    pub(crate) fn partner(&self, session: usize) -> Result<usize, Code> {
        let identity = *self.sessions[session].identity();
        self.must_hold(session, &identity)?;
        if identity.context == Context::Partner { Ok(identity.person) } else { Err(Code::Delegated) }
    }

    /// Who is signed in; asking is noted.
    pub(crate) fn resolve(&mut self, session: usize) -> Result<Identity, Code> {
        let identity = *self.sessions[session].identity();
        let answer = self.is_usable(session, &identity).map(|()| identity);
        let (open, now) = (self.is_open(session), self.now);
        let session = &mut self.sessions[session];
        match open {
            true if now >= session.seen + NOTED => session.seen = now,
            true => {}
            false => session.over = true,
        }
        answer
    }

    pub(super) fn switch(&mut self, session: usize, number: usize) -> Result<(), Code> {
        self.signed_in(session)?;
        let identities = &self.sessions[session].identities;
        let wanted = identities[number % identities.len()];
        self.is_usable(session, &wanted)?;
        (self.sessions[session].acts, self.sessions[session].current) = (wanted.person, wanted.context);
        Ok(())
    }

    pub(super) fn sign_out(&mut self, session: usize, number: Option<usize>) -> Result<(), Code> {
        if !self.is_open(session) {
            return Err(Code::NotSignedIn);
        }
        // which identities there are is only told to who is signed in
        let number = number.filter(|_| self.signed_in(session).is_ok());
        let held = self.sessions[session].identities.clone();
        let gone = match number {
            None => held.clone(),
            Some(number) => vec![held[number % held.len()]],
        };
        for identity in &gone {
            if let Context::Visit(visit) = identity.context {
                self.leave_visit(visit);
            }
        }
        let session = &mut self.sessions[session];
        let left: Vec<_> = held.into_iter().filter(|identity| !gone.contains(identity)).collect();
        let (Some(first), Some(last)) = (left.first(), left.last()) else {
            session.over = true;
            return Ok(());
        };
        if gone.iter().any(|identity| (identity.person, identity.context) == (session.acts, session.current)) {
            (session.acts, session.current) = (last.person, last.context);
        }
        if !left.iter().any(|identity| identity.person == session.root) {
            session.root = first.person;
        }
        session.identities = left;
        Ok(())
    }

    pub(super) fn add(&mut self, session: usize, person: usize) -> Result<(), Code> {
        self.signed_in(session)?;
        let identity = self.begun(person, self.now).identities[0];
        let mut held = self.sessions[session].clone();
        held.go_on_as(identity)?;
        self.sessions[session] = held;
        self.code_was_used(person);
        Ok(())
    }

    pub(super) fn end_others(&mut self, session: usize) -> Result<(), Code> {
        let person = self.partner(session)?;
        self.go_on_alone(session, person, |_| {});
        Ok(())
    }

    /// Ends all other sessions of a person; `change` what this one holds of the person.
    fn go_on_alone(&mut self, session: usize, person: usize, change: impl Fn(&mut Identity)) {
        self.partners[person].era += 1;
        let era = self.partners[person].era;
        for identity in self.sessions[session].identities.iter_mut().filter(|identity| identity.person == person) {
            identity.era = era;
            change(identity);
        }
    }

    pub(super) fn on(&mut self, session: usize) -> Result<(), Code> {
        let person = self.partner(session)?;
        if self.partners[person].factor.is_some() {
            return Err(Code::Required);
        }
        self.partners[person].factor = Some(self.now);
        self.go_on_alone(session, person, |identity| identity.verified = true);
        self.note(Account::Partner(person), "two_factor_enabled", &[]);
        self.code_was_used(person);
        Ok(())
    }

    pub(super) fn off(&mut self, session: usize) -> Result<(), Code> {
        let person = self.partner(session)?;
        if self.partners[person].factor.is_none() {
            return Err(Code::WrongState);
        }
        self.code_was_used(person);
        self.partners[person].factor = None;
        let own = |identity: &Identity| identity.person == person && identity.context != Context::Partner;
        let gone: Vec<_> = self.sessions[session].identities.iter().copied().filter(own).collect();
        self.sessions[session].identities.retain(|identity| !own(identity));
        for identity in gone {
            if let Context::Visit(visit) = identity.context {
                self.leave_visit(visit);
            }
        }
        self.go_on_alone(session, person, |identity| identity.verified = false);
        Ok(())
    }

    pub(super) fn remove(&mut self, person: usize) -> Result<(), Code> {
        if self.partners[person].factor.take().is_none() {
            return Err(Code::WrongState);
        }
        self.partners[person].era += 1;
        Ok(())
    }
}
