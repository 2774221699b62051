use serde::Serialize;
use serde_json::json;

use super::{
    Association, AssociationEvent, AssociationState, UserInput,
    invite::{Prospect, own_customer, take_rate},
    send::{kill_secrets, send_invitation},
};
use crate::{
    actor::Actor,
    company::{Company, Permission},
    customer::Customer,
    error::{Code, Error, Result},
    event::{By, EventKind},
    handfast::Handfast,
    id::Id,
    mail::{Letter, MailKind},
    progress::Listener,
    store::{Page, Paging, Record, ToCell},
    work::Work,
};

/// The verbs of users of customers: `handfast.users()`.
#[derive(Clone, Copy, Debug)]
pub struct Users<'a>(pub(super) &'a Handfast, pub(super) Listener<'a>);

impl Handfast {
    /// Users of customers: invite, answer, revoke.
    pub fn users(&self) -> Users<'_> {
        Users(self, Listener::default())
    }
}

/// What an invitation would lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Preview {
    /// Whether the person has a login already, and will be asked to confirm the association. It tells no more: not who
    /// the person is, nor which companies the person works with.
    pub association: bool,
}

impl Users<'_> {
    /// Checks an invitation and says what it would lead to; changes nothing. Who may: Admin.
    ///
    /// Errors: `invalid_input` with every fault at once, `role_too_low`, `not_found` (the customer), `already_there`
    /// (a user of this customer; the login name).
    pub fn preview(&self, actor: Actor, input: &UserInput) -> Result<Preview> {
        let invited = input.parse()?;
        self.0.view(|work| {
            let prospect = Prospect::read(work, actor, &invited)?;
            prospect.login_name()?;
            Ok(Preview { association: prospect.is_asked() })
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
        self.0.change(|work| Prospect::read(work, actor, &invited)?.invite(work, actor))
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
            take_rate(work, &company, &login.address)?;
            let new = old.after(AssociationEvent::Invite, work.now())?;
            let new = send_invitation(work, (&company, &customer), &login, company.invitation_style, new)?;
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
            let found = own(work, actor, Permission::ReadCustomers, association).map(|(_, found)| found);
            let found = within(work, actor, association, found)?;
            Ok(found.seen_at(work.now()))
        })
    }

    /// The company's associations of one state, in the order they were made. Those whose time is over stand among the
    /// pending ones until [`expire`](Self::expire) wrote that down, and show as expired.
    /// Who may: every role; not who is limited to departments. Errors: `role_too_low`, `not_a_cursor`.
    pub fn list(&self, actor: Actor, state: AssociationState, paging: &Paging) -> Result<Page<Association>> {
        self.0.view(|work| work.authorise(actor, Permission::ReadUsers))?;
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
        self.0.work_off(&overdue, limit, expire)
    }
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

/// The same, where the actor may know of the customer: read alike where there is none (invariants 35 and 37).
fn within(work: &mut Work<'_>, actor: Actor, id: Id<Association>, found: Result<Association>) -> Result<Association> {
    let told = found.as_ref().err().is_some_and(|error| error.code() != Code::NotFound);
    if told || work.scope(actor)?.is_whole() {
        return found;
    }
    let customer = work.get(found.as_ref().map_or_else(|_| id.cast::<Customer>(), |found| found.customer))?;
    let within = customer.is_some_and(|customer| customer.must_be_within(work, actor).is_ok());
    found.and_then(|found| if within { Ok(found) } else { Association::missing() })
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
