//! A name and a password that are presented, at sign-in and wherever else a password is asked for: with the same work,
//! the same answer and the same store calls whether the name is unknown, the password wrong or the login locked
//! (invariant 35).

use super::{Login, SignInName};
use crate::{
    association::Association,
    error::{Code, Error, Result},
    handfast::Handfast,
    id::Id,
    limit::{Limit, Lockout, Tried},
    one_use::Ticket,
    secret::{PasswordHash, TemporaryPassword, Verdict},
    work::Work,
};

/// A password that was checked against what was stored: slow on purpose, and done outside of decisions.
pub(crate) struct Presented {
    name: SignInName,
    /// Whose it was.
    login: Option<Id<Login>>,
    stored: Option<PasswordHash>,
    verdict: Verdict,
    renewed: Option<PasswordHash>,
    /// The same as a temporary password, if it looks like one.
    temporary: Option<TemporaryPassword>,
}

/// What a right password opens.
pub(crate) enum Admitted {
    /// The login; `by` is the association whose login name was used.
    Own { login: Login, by: Option<Association> },
    /// Nothing but the choice of a password.
    Temporary { login: Login, ticket: Ticket },
}

/// What stands under a name.
struct Claim {
    login: Option<Login>,
    by: Option<Association>,
    /// That of the temporary password, if there is such a one for this name.
    ticket: Option<Ticket>,
    limit: Option<Limit>,
    scope: String,
}

/// One count of wrong passwords for each address, whether anyone has it or not.
pub(super) fn tries_of(address: &str) -> String {
    format!("sign_in {address}")
}

impl Handfast {
    /// Checks a password against what is stored under a name; what it opens is decided by [`Presented::admit`].
    pub(crate) fn present(&self, name: SignInName, password: &str) -> Result<Presented> {
        let temporary = TemporaryPassword::parse(password).ok();
        let Claim { login, .. } = self.view(|work| claim(work, &name, temporary.as_ref()))?;
        let (login, stored) = login.map(|login| (login.id, login.password)).unzip();
        let stored = stored.flatten();
        let verdict = self.hasher().verify(password, stored.as_ref())?;
        let renewed = match verdict {
            Verdict::MatchOldCost => Some(self.hash_anew(password)?),
            Verdict::Match | Verdict::No => None,
        };
        Ok(Presented { name, login, stored, verdict, renewed, temporary })
    }
}

impl Presented {
    /// Whose password it was when it was checked; `None` when it was nobody's.
    pub(crate) fn login(&self) -> Option<Id<Login>> {
        self.login.filter(|_| self.verdict != Verdict::No)
    }

    /// What the password opens, decided on what stands now; `None` when it opens nothing. The try is counted either
    /// way, so the change must be committed: after `sign_in_attempts` wrong ones the name is locked for a while.
    pub(crate) fn admit(&self, work: &mut Work<'_>) -> Result<Option<Admitted>> {
        let Claim { login, by, ticket, limit, scope } = claim(work, &self.name, self.temporary.as_ref())?;
        let login = login.filter(|login| login.disabled.is_none());
        // the hash may have been replaced since it was verified: then the password is wrong by now
        let own = self.verdict != Verdict::No && login.as_ref().is_some_and(|login| login.password == self.stored);
        let waits = login.as_ref().is_some_and(|login| !login.has_own_password());
        let temporary = ticket.filter(|ticket| waits && ticket.is_live(work.now()));
        let opened = Lockout::of(work, limit, &scope)?.tried(work, own || temporary.is_some());
        Ok(match login.filter(|_| opened == Tried::Right) {
            None => None,
            Some(login) if own => Some(Admitted::Own { login: self.renew(work, login), by }),
            Some(login) => temporary.map(|ticket| Admitted::Temporary { login, ticket }),
        })
    }

    /// A password hashed at a lower cost is hashed anew.
    fn renew(&self, work: &mut Work<'_>, mut login: Login) -> Login {
        if let Some(renewed) = &self.renewed {
            login.password = Some(renewed.clone());
            work.put(&login);
        }
        login
    }
}

impl Admitted {
    /// The login, if the password was its own. Errors: `wrong_password`.
    pub(crate) fn own(admitted: Option<Self>) -> Result<Login> {
        match admitted {
            Some(Admitted::Own { login, .. }) => Ok(login),
            Some(Admitted::Temporary { .. }) | None => Err(Error::new(Code::WrongPassword)),
        }
    }
}

fn claim(work: &mut Work<'_>, name: &SignInName, temporary: Option<&TemporaryPassword>) -> Result<Claim> {
    match name {
        SignInName::Address(email) => {
            let (address, scope) = (email.canonical(), tries_of(email.canonical()));
            let passwords = Ticket::passwords(work, address, temporary);
            let (login, tickets, limit) = work.get((Login::by_address(address), passwords, Limit::by_scope(&scope)))?;
            Ok(Claim { login, by: None, ticket: first(tickets), limit, scope })
        }
        SignInName::Local { company, folded } => {
            let by = work.get(Association::by_login_name(*company, folded))?;
            // whether there is such a name or not, the same is read
            let nobody = by.as_ref().map_or_else(|| company.cast(), |by| by.login);
            let login = work.get::<Id<Login>>(nobody)?.filter(|login| login.home == Some(*company));
            let address = login.as_ref().map_or(String::new(), |login| login.address.clone());
            let scope = match &login {
                Some(login) => tries_of(&login.address),
                None => format!("sign_in {company} {folded}"),
            };
            let passwords = Ticket::passwords(work, &address, temporary);
            let (tickets, limit) = work.get((passwords, Limit::by_scope(&scope)))?;
            Ok(Claim { login, by, ticket: first(tickets), limit, scope })
        }
    }
}

fn first(found: Vec<Option<Ticket>>) -> Option<Ticket> {
    found.into_iter().flatten().next()
}
