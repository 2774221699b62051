use std::time::Duration;

use serde::Deserialize;

use super::{Association, AssociationEvent, AssociationState, LoginName, next, send::send_invitation};
use crate::{
    actor::Actor,
    company::{Company, InvitationStyle, Permission},
    customer::Customer,
    error::{Checked, Code, Error, Faults, Result},
    event::EventKind,
    id::Id,
    limit::{Limit, Rate},
    login::{Login, folded},
    policy::Policy,
    request::given,
    value::{EmailAddress, Name, Text},
    work::Work,
};

/// Who is to be a user of a customer.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UserInput {
    /// The customer.
    pub customer: Id<Customer>,
    /// The e-mail address.
    pub email: String,
    /// The name: one line of at most 120 characters.
    pub name: String,
    /// What the person may sign in with beside the address, unique at the company: one line of at most 60 characters
    /// without `@`. Not looked at for a person who has a login already: that login is the address.
    #[serde(default)]
    pub login_name: Option<String>,
    /// What the company notes for itself: at most 2,000 characters.
    #[serde(default)]
    pub notes: Option<String>,
}

/// The same as [`UserInput`], checked.
pub(super) struct Invited {
    pub(super) customer: Id<Customer>,
    pub(super) email: EmailAddress,
    name: Name,
    login_name: Option<LoginName>,
    notes: Option<Text<2000>>,
}

impl UserInput {
    pub(super) fn parse(&self) -> Result<Invited> {
        let mut faults = Faults::default();
        let invited = self.check(&mut faults);
        faults.made(|| invited)
    }

    pub(super) fn check(&self, faults: &mut Faults) -> Checked<Invited> {
        let email = faults.check("email", EmailAddress::parse(&self.email));
        let name = faults.check("name", Name::parse(&self.name));
        let login_name = faults.check_optional("login_name", given(&self.login_name), login_name);
        let notes = faults.check_optional("notes", given(&self.notes), Text::parse);
        Some(Invited { customer: self.customer, email: email?, name: name?, login_name: login_name?, notes: notes? })
    }
}

impl Invited {
    /// The login name that is asked for.
    pub(super) fn login_name(&self) -> Option<&LoginName> {
        self.login_name.as_ref()
    }
}

/// A login name is no address, or it would be taken for one at sign-in.
fn login_name(text: &str) -> Result<LoginName> {
    let name = LoginName::parse(text)?;
    match name.as_str().contains('@') {
        true => Err(Error::because(Code::ForbiddenCharacter, "holds `@`, which only addresses do")),
        false => Ok(name),
    }
}

/// What an invitation meets in the store. Nothing is written before [`invite`](Self::invite) has found nothing to
/// refuse, so that a change can go on after a refusal.
pub(super) struct Prospect<'a> {
    invited: &'a Invited,
    company: Company,
    customer: Customer,
    /// The person's login, where there is one.
    login: Option<Login>,
    /// The association that is there already.
    found: Option<Association>,
    /// Who has the login name.
    named: Option<Association>,
}

impl<'a> Prospect<'a> {
    /// Reads the same for known and unknown addresses (invariant 35). Errors: `role_too_low`, `not_found` (the
    /// customer).
    pub(super) fn read(work: &mut Work<'_>, actor: Actor, invited: &'a Invited) -> Result<Self> {
        let (company, customer) = own_customer(work, actor, Permission::ManageUsers, invited.customer)?;
        Self::at(work, company, customer, invited)
    }

    /// The same at a customer that the actor may invite people to.
    fn at(work: &mut Work<'_>, company: Company, customer: Customer, invited: &'a Invited) -> Result<Self> {
        let login = work.get(Login::by_address(invited.email.canonical()))?;
        // a person who is not there yet has no association; the same is read as if
        let person = login.as_ref().map_or_else(|| company.id.cast(), |login| login.id);
        let by_name = invited.login_name.as_ref().map(|name| Association::by_login_name(company.id, &folded(name)));
        let (found, named) = work.get((Association::by_user(customer.id, person), by_name))?;
        Ok(Prospect { invited, company, customer, login, found, named: named.flatten() })
    }

    /// Whether the person has a login already, and will be asked to confirm.
    pub(super) fn is_asked(&self) -> bool {
        self.login.as_ref().is_some_and(Login::has_own_password)
    }

    /// The customer.
    pub(super) fn customer(&self) -> Id<Customer> {
        self.customer.id
    }

    /// The association that is there already.
    pub(super) fn found(&self) -> Option<&Association> {
        self.found.as_ref()
    }

    /// The login name that the person gets. Errors: `already_there` (a user of this customer; the login name).
    pub(super) fn login_name(&self) -> Result<Option<LoginName>> {
        if let Some(found) = &self.found {
            next(found.state, AssociationEvent::Invite)?;
        }
        let mut others = self.named.iter().filter(|named| self.found.as_ref().is_none_or(|found| found.id != named.id));
        match others.next() {
            Some(_) => Err(login_name_taken()),
            None => Ok(self.invited.login_name.clone().filter(|_| !self.is_asked())),
        }
    }

    /// Whether the address may get one more mail after `waiting` others that are not counted yet. Errors: `too_often`.
    pub(super) fn check_rate(&self, work: &mut Work<'_>, waiting: u32) -> Result<()> {
        let rate = rate(work.handfast().policy());
        Limit::check(work, &scope(&self.company, self.invited.email.canonical()), &rate, waiting)
    }

    /// Invites. Errors: `already_there`, `too_often`.
    pub(super) fn invite(self, work: &mut Work<'_>, actor: Actor) -> Result<Association> {
        let style = self.company.invitation_style;
        self.invite_by(work, actor, style)
    }

    fn invite_by(self, work: &mut Work<'_>, actor: Actor, style: InvitationStyle) -> Result<Association> {
        let login_name = self.login_name()?;
        let Prospect { invited, company, customer, login, found, .. } = self;
        take_rate(work, &company, invited.email.canonical())?;
        let login = match login {
            Some(login) => login,
            None => {
                let login = Login::new(work, &invited.email, &invited.name, None)?;
                let login = Login { home: Some(company.id), ..login };
                work.insert(&login);
                login
            }
        };
        let (name, email, notes) = (invited.name.clone(), invited.email.clone(), invited.notes.clone());
        let folded = login_name.as_ref().map(folded);
        let known = found.is_some();
        let asked = match found {
            Some(old) => {
                let old = old.after(AssociationEvent::Invite, work.now())?;
                Association { name, email, login_name, folded, notes, ..old }
            }
            None => Association {
                id: work.new_id()?,
                company: company.id,
                customer: customer.id,
                login: login.id,
                name,
                email,
                login_name,
                folded,
                notes,
                state: AssociationState::Pending,
                created: work.now(),
                expires: work.now(),
                decided: None,
            },
        };
        let association = send_invitation(work, (&company, &customer), &login, style, asked)?;
        if known {
            work.put(&association)
        } else {
            work.insert(&association)
        }
        work.event(company.id, actor, EventKind::UserInvited, &association)?;
        Ok(association)
    }
}

impl Association {
    /// Whether an address may get one more mail about an account. Errors: `too_often`.
    pub(crate) fn check_rate(work: &mut Work<'_>, company: &Company, email: &EmailAddress) -> Result<()> {
        let rate = rate(work.handfast().policy());
        Limit::check(work, &scope(company, email.canonical()), &rate, 0)
    }

    /// Tells a customer of the account that the staff has created on its behalf: its first user is whoever reads the address.
    /// A link in every style, as the article has it; a person who has a login already is asked to confirm (invariant 30).
    /// Who was revoked is not let in by this: that stays with the Admins, who took the access back (invariant 32).
    /// Errors: `already_there`, `wrong_state` (revoked), `too_often`.
    pub(crate) fn on_behalf(
        work: &mut Work<'_>,
        actor: Actor,
        company: &Company,
        customer: &Customer,
    ) -> Result<Association> {
        let (email, name) = (customer.email.clone(), customer.contact.clone());
        let invited = Invited { customer: customer.id, email, name, login_name: None, notes: None };
        let prospect = Prospect::at(work, company.clone(), customer.clone(), &invited)?;
        if prospect.found().is_some_and(|found| found.state == AssociationState::Revoked) {
            return Err(Error::new(Code::WrongState));
        }
        prospect.invite_by(work, actor, InvitationStyle::Link)
    }
}

pub(super) fn login_name_taken() -> Error {
    Error::because(Code::AlreadyThere, "`login_name` is taken at this company")
}

/// Counts one more invitation of a canonical address by a company. Errors: `too_often`.
pub(super) fn take_rate(work: &mut Work<'_>, company: &Company, address: &str) -> Result<()> {
    let rate = rate(work.handfast().policy());
    Limit::take(work, &scope(company, address), &rate)
}

fn rate(policy: &Policy) -> Rate {
    let (most, window) = (policy.user_invitations_per_address, Duration::from_secs(60 * 60));
    Rate { most, window, apart: Duration::ZERO }
}

fn scope(company: &Company, address: &str) -> String {
    format!("user_invitation {} {address}", company.id)
}

/// A customer of the actor's own company and departments; any other is not there (invariants 35 and 37).
pub(super) fn own_customer(
    work: &mut Work<'_>,
    actor: Actor,
    permission: Permission,
    id: Id<Customer>,
) -> Result<(Company, Customer)> {
    let (company, customer) = work.authorised(actor, permission, (actor.company(), id))?;
    customer.must_be_within(work, actor)?;
    match permission {
        Permission::ManageUsers => customer.must_be_there().map(|()| (company, customer)),
        _ => Ok((company, customer)),
    }
}
