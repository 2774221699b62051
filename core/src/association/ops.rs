use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    Association, AssociationEvent, AssociationState, LoginName, next,
    send::{kill_secrets, send_invitation},
};
use crate::{
    actor::Actor,
    company::{Company, Permission},
    customer::Customer,
    error::{Code, Error, Faults, Result},
    event::{By, EventKind},
    handfast::Handfast,
    id::Id,
    limit::{Limit, Rate},
    login::{Login, folded},
    mail::{Letter, MailKind},
    request::given,
    store::{Page, Paging, Record, ToCell},
    value::{EmailAddress, Name, Text},
    work::Work,
};

/// The verbs of users of customers: `handfast.users()`.
#[derive(Clone, Copy, Debug)]
pub struct Users<'a>(pub(super) &'a Handfast);

impl Handfast {
    /// Users of customers: invite, answer, revoke.
    pub fn users(&self) -> Users<'_> {
        Users(self)
    }
}

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

/// What an invitation would lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Preview {
    /// Whether the person has a login already, and will be asked to confirm the association. It tells no more: not who
    /// the person is, nor which companies the person works with.
    pub association: bool,
}

/// The same as [`UserInput`], checked.
struct Invited {
    customer: Id<Customer>,
    email: EmailAddress,
    name: Name,
    login_name: Option<LoginName>,
    notes: Option<Text<2000>>,
}

impl UserInput {
    fn parse(&self) -> Result<Invited> {
        let mut faults = Faults::default();
        let email = faults.check("email", EmailAddress::parse(&self.email));
        let name = faults.check("name", Name::parse(&self.name));
        let login_name = faults.check_optional("login_name", given(&self.login_name), login_name);
        let notes = faults.check_optional("notes", given(&self.notes), Text::parse);
        let customer = self.customer;
        faults.made(|| Some(Invited { customer, email: email?, name: name?, login_name: login_name?, notes: notes? }))
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

impl Users<'_> {
    /// Checks an invitation and says what it would lead to; changes nothing. Who may: Admin.
    ///
    /// Errors: `invalid_input` with every fault at once, `role_too_low`, `not_found` (the customer), `already_there`
    /// (a user of this customer; the login name).
    pub fn preview(&self, actor: Actor, input: &UserInput) -> Result<Preview> {
        let invited = input.parse()?;
        self.0.view(|work| {
            let (company, customer) = own_customer(work, actor, Permission::ManageUsers, invited.customer)?;
            let login = work.get(Login::by_address(invited.email.canonical()))?;
            let known = login.as_ref().is_some_and(Login::has_own_password);
            // a person who is not there yet has no association; the same is read as if
            let person = login.map_or_else(|| company.id.cast(), |login| login.id);
            settle(work, &company, &customer, person, &invited, known)?;
            Ok(Preview { association: known })
        })
    }

    /// Invites a person as user of a customer. A person without a login gets a mail with a temporary password or with a
    /// link to choose one, as the company's `invitation_style` says; a person with a login gets a link to confirm the
    /// association, which works only signed in. Who was invited before, and is no user now, is invited anew.
    ///
    /// Known and unknown addresses cost the same (invariant 35). Who may: Admin (invariant 32).
    ///
    /// Errors: `invalid_input` with every fault at once, `role_too_low`, `not_found` (the customer), `already_there`
    /// (a user of this customer; the login name), `too_often`.
    pub fn add(&self, actor: Actor, input: &UserInput) -> Result<Association> {
        let invited = input.parse()?;
        self.0.change(|work| added(work, actor, &invited))
    }

    /// Sends a new mail for an invitation that waits or has expired; what the older one held is worth nothing from now
    /// on. Who may: Admin. Errors: `role_too_low`, `not_found`, `wrong_state`, `too_often`.
    pub fn resend(&self, actor: Actor, association: Id<Association>) -> Result<Association> {
        self.0.change(|work| {
            let (company, old) = own(work, actor, Permission::ManageUsers, association)?;
            if !matches!(old.state, AssociationState::Pending | AssociationState::Expired) {
                return Err(Error::new(Code::WrongState));
            }
            let (customer, login) = work.need((old.customer, old.login))?;
            // whoever signs in with another address now may be nobody whom the company knows
            if login.address != old.email.canonical() {
                return Err(Error::because(
                    Code::WrongState,
                    "the address has changed: revoke this one and invite anew",
                ));
            }
            take_rate(work, &company, &login)?;
            let new = old.after(AssociationEvent::Invite, work.now())?;
            let new = send_invitation(work, &company, &customer, &login, new)?;
            work.put(&new);
            work.changed(company.id, actor, EventKind::UserInvited, &new)?;
            Ok(new)
        })
    }

    /// Takes an association or an invitation back: what the person may do there ends at the next call, what the person
    /// may do elsewhere stays (invariant 30). Who may: Admin. Errors: `role_too_low`, `not_found`, `wrong_state`.
    pub fn revoke(&self, actor: Actor, association: Id<Association>) -> Result<Association> {
        self.0.change(|work| {
            let (company, old) = own(work, actor, Permission::ManageUsers, association)?;
            let (customer, login) = work.need((old.customer, old.login))?;
            let new = old.after(AssociationEvent::Revoke, work.now())?;
            kill_secrets(work, &old)?;
            work.put(&new);
            work.changed(company.id, actor, EventKind::UserRevoked, &new)?;
            if old.state == AssociationState::Active {
                let values = json!({ "customer": customer.display_name() });
                let whom = (&login.email, &old.name);
                work.mail(Letter::to_user(MailKind::UserRemoved, &company, whom, &customer.locale, values))?;
            }
            Ok(new)
        })
    }

    /// One association. Who may: every role. Errors: `role_too_low`, `not_found`.
    pub fn get(&self, actor: Actor, association: Id<Association>) -> Result<Association> {
        self.0.view(|work| {
            let (_, found) = own(work, actor, Permission::ReadCustomers, association)?;
            Ok(found.seen_at(work.now()))
        })
    }

    /// The company's associations of one state, in the order they were made. Those whose time is over stand among the
    /// pending ones until [`expire`](Self::expire) wrote that down, and show as expired.
    /// Who may: every role. Errors: `role_too_low`, `not_a_cursor`.
    pub fn list(&self, actor: Actor, state: AssociationState, paging: &Paging) -> Result<Page<Association>> {
        self.0.view(|work| work.authorise(actor, Permission::ReadCustomers))?;
        let page = self.0.list(Association::of_state(actor.company(), state), paging)?;
        Ok(page.map(|association| association.seen_at(self.0.now())))
    }

    /// The associations of one customer, whatever their state. Who may: every role.
    /// Errors: `role_too_low`, `not_found`, `not_a_cursor`.
    pub fn of_customer(&self, actor: Actor, customer: Id<Customer>, paging: &Paging) -> Result<Page<Association>> {
        self.0.view(|work| own_customer(work, actor, Permission::ReadCustomers, customer))?;
        let page = self.0.list(Association::of_customer(customer), paging)?;
        Ok(page.map(|association| association.seen_at(self.0.now())))
    }

    /// Writes down that invitations whose time is over have expired; at most `limit` of them. For the host's own
    /// clockwork. Gives how many.
    pub fn expire(&self, limit: u32) -> Result<u32> {
        let overdue =
            Association::waiting(AssociationState::Pending).between(None, Some(self.0.now().next().to_cell()));
        let mut expired = 0;
        // what is expired leaves the list, so that the next page is its beginning again
        while expired < limit {
            let page = self.0.list(overdue.clone(), &Paging::first(limit - expired))?;
            let before = expired;
            for candidate in page.items {
                expired += u32::from(self.0.change(|work| expire(work, candidate.id))?);
            }
            if expired == before {
                break;
            }
        }
        Ok(expired)
    }
}

fn added(work: &mut Work<'_>, actor: Actor, invited: &Invited) -> Result<Association> {
    let (company, customer) = own_customer(work, actor, Permission::ManageUsers, invited.customer)?;
    let login = match work.get(Login::by_address(invited.email.canonical()))? {
        Some(login) => login,
        None => {
            let login = Login::new(work, &invited.email, &invited.name, None)?;
            let login = Login { home: Some(company.id), ..login };
            work.insert(&login);
            login
        }
    };
    let (found, login_name) = settle(work, &company, &customer, login.id, invited, login.has_own_password())?;
    take_rate(work, &company, &login)?;
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
    let association = send_invitation(work, &company, &customer, &login, asked)?;
    if known {
        work.put(&association)
    } else {
        work.insert(&association)
    }
    work.event(company.id, actor, EventKind::UserInvited, &association)?;
    Ok(association)
}

/// The association that is there already, and the login name that the person gets.
/// Errors: `already_there` (a user of this customer; the login name).
fn settle(
    work: &mut Work<'_>,
    company: &Company,
    customer: &Customer,
    login: Id<Login>,
    invited: &Invited,
    known: bool,
) -> Result<(Option<Association>, Option<LoginName>)> {
    let by_name = invited.login_name.as_ref().map(|name| Association::by_login_name(company.id, &folded(name)));
    let (found, named) = work.get((Association::by_user(customer.id, login), by_name))?;
    if let Some(found) = &found {
        next(found.state, AssociationEvent::Invite)?;
    }
    let other = named.flatten().filter(|named| found.as_ref().is_none_or(|found| found.id != named.id));
    match other {
        Some(_) => Err(Error::because(Code::AlreadyThere, "`login_name` is taken at this company")),
        None => Ok((found, invited.login_name.clone().filter(|_| !known))),
    }
}

fn take_rate(work: &mut Work<'_>, company: &Company, login: &Login) -> Result<()> {
    let most = work.handfast().policy().user_invitations_per_address;
    let window = std::time::Duration::from_secs(60 * 60);
    let rate = Rate { most, window, apart: std::time::Duration::ZERO };
    Limit::take(work, &format!("user_invitation {} {}", company.id, login.address), &rate)
}

/// An association at the actor's own company; one of another is not there (invariant 35).
fn own(
    work: &mut Work<'_>,
    actor: Actor,
    permission: Permission,
    id: Id<Association>,
) -> Result<(Company, Association)> {
    let (company, found) = work.authorised(actor, permission, (actor.company(), id))?;
    if found.company == company.id { Ok((company, found)) } else { Association::missing() }
}

fn own_customer(
    work: &mut Work<'_>,
    actor: Actor,
    permission: Permission,
    id: Id<Customer>,
) -> Result<(Company, Customer)> {
    let (company, customer) = work.authorised(actor, permission, (actor.company(), id))?;
    if customer.company == company.id { Ok((company, customer)) } else { Customer::missing() }
}

fn expire(work: &mut Work<'_>, id: Id<Association>) -> Result<bool> {
    let old = work.need(id)?;
    if !old.is_overdue(work.now()) {
        return Ok(false);
    }
    let new = old.after(AssociationEvent::Expire, work.now())?;
    kill_secrets(work, &old)?;
    work.put(&new);
    work.changed(new.company, By::System, EventKind::UserExpired, &new)?;
    Ok(true)
}
