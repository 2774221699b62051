use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Company, Permission, Role, Scope, Staff, StaffEvent, StaffState, next};
use crate::{
    actor::Actor,
    association::Association,
    error::{Code, Error, Faults, Result},
    event::{By, EventKind},
    handfast::Handfast,
    id::Id,
    login::Login,
    mail::{Letter, MailKind},
    one_use::{Ticket, TicketPurpose},
    secret::PasswordHash,
    store::{Page, Paging, Record},
    value::{EmailAddress, Name},
    work::Work,
};

/// The verbs of staff: `handfast.staff()`.
#[derive(Clone, Copy, Debug)]
pub struct StaffMembers<'a>(pub(super) &'a Handfast);

impl Handfast {
    /// The staff of a company: invite, accept, change the role, remove.
    pub fn staff(&self) -> StaffMembers<'_> {
        StaffMembers(self)
    }
}

/// Who is invited to the staff, and as what.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StaffInput {
    /// The e-mail address.
    pub email: String,
    /// The name: one line of at most 120 characters.
    pub name: String,
    /// What the person is to be.
    pub role: Role,
}

/// What the link in an invitation shows before it is accepted.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StaffInvitation {
    /// The company's name.
    pub company: Name,
    /// What the person is to be.
    pub role: Role,
    /// Whether a password is to be chosen: the person has none yet, or one that was set before the address was
    /// proved and may be a stranger's.
    pub chooses_password: bool,
}

impl StaffMembers<'_> {
    /// Invites a person to the staff, by a mail with a link that is good for `staff_invitation_lifetime`. An
    /// invitation that is still open, or a person who left, is invited anew; the older link dies.
    ///
    /// The answer is the same whether or not the address has a login already (invariant 35). Who may: Admin.
    ///
    /// Errors: `invalid_input` with every fault at once, `role_too_low`, `not_found` (the host names no company),
    /// `already_staff`.
    pub fn invite(&self, actor: Actor, input: &StaffInput) -> Result<Staff> {
        let mut faults = Faults::default();
        let name = faults.check("name", Name::parse(&input.name));
        let email = faults.check("email", EmailAddress::parse(&input.email));
        let (name, email) = faults.made(|| Some((name?, email?)))?;
        self.0.change(|work| invited(work, actor, &email, &name, input.role))
    }

    /// What the link of an invitation is about. Opening it consumes nothing.
    ///
    /// Errors: `unknown_token`, `token_expired`, `token_spent`.
    pub fn invitation(&self, token: &str) -> Result<StaffInvitation> {
        self.0.view(|work| {
            let (_, staff, company, login) = opened(work, token)?;
            let chooses_password = !login.has_own_password();
            Ok(StaffInvitation { company: company.name, role: staff.role, chooses_password })
        })
    }

    /// Accepts an invitation: from now on the person works here. Consumes the link.
    ///
    /// `password` is what a person chooses who has none, or one from before the address was proved; who has one
    /// keeps it, and it is not looked at.
    ///
    /// Errors: `unknown_token`, `token_expired`, `token_spent`, `wrong_state`, `required` (a password is to be
    /// chosen), `too_short`, `too_long`, `weak_password`.
    pub fn accept(&self, token: &str, password: Option<&str>) -> Result<Staff> {
        let (_, staff, company, login) = self.0.view(|work| opened(work, token))?;
        let about = [staff.name.as_str(), staff.email.original(), company.name.as_str()];
        let chosen = match (login.has_own_password(), password) {
            (true, _) => None,
            (false, Some(password)) => Some(self.0.hash_password(&self.0.choose_password(password, &about)?)?),
            (false, None) => return Err(Error::because(Code::Required, "`password` is required")),
        };
        let waiting = if chosen.is_some() { self.0.waiting(login.id)? } else { Vec::new() };
        self.0.change(|work| accepted(work, token, chosen.as_ref(), &waiting))
    }

    /// Gives a member of the staff another role. Who may: Admin.
    ///
    /// Errors: `role_too_low`, `not_found`, `last_admin`, `wrong_state` (the person works here no longer).
    pub fn set_role(&self, actor: Actor, staff: Id<Staff>, role: Role) -> Result<Staff> {
        self.0.change(|work| {
            let (company, old) = member(work, actor, Permission::ManageStaff, staff)?;
            if old.state == StaffState::Removed {
                return Err(Error::new(Code::WrongState));
            }
            let scope = if role.can_be_limited() { old.scope.clone() } else { Scope::default() };
            let new = Staff { role, scope, ..old.clone() };
            if new == old {
                return Ok(old);
            }
            keep_admins(work, company.clone(), &old, &new)?;
            work.put(&new);
            work.changed(company.id, actor, EventKind::StaffRoleChanged, &new)?;
            let values = json!({ "role": role.title(company.locale.language()) });
            work.mail(Letter::to_person(MailKind::StaffRoleChanged, &company, &new.email, &new.name, values))?;
            Ok(new)
        })
    }

    /// Removes a member of the staff, or takes an invitation back. What the person may do here ends at once.
    /// Who may: Admin; and everyone for oneself.
    ///
    /// Errors: `role_too_low`, `not_found`, `last_admin`, `wrong_state` (removed before).
    pub fn remove(&self, actor: Actor, staff: Id<Staff>) -> Result<()> {
        self.0.change(|work| {
            let own = work.get(actor.key())?.flatten().filter(|own| own.id == staff);
            let permission = if own.is_some() { Permission::ReadCustomers } else { Permission::ManageStaff };
            let (company, old) = member(work, actor, permission, staff)?;
            let new = Staff { state: next(old.state, StaffEvent::Remove)?, ..old.clone() };
            keep_admins(work, company.clone(), &old, &new)?;
            work.put(&new);
            Ticket::kill(work, &slot(&new))?;
            work.changed(company.id, actor, EventKind::StaffRemoved, &new)?;
            work.mail(Letter::to_person(MailKind::StaffRemoved, &company, &new.email, &new.name, json!({})))
        })
    }

    /// The staff, in the order they came, those who left included. Who may: every role.
    ///
    /// Errors: `role_too_low`, `not_a_cursor`.
    pub fn list(&self, actor: Actor, paging: &Paging) -> Result<Page<Staff>> {
        self.0.view(|work| work.authorise(actor, Permission::ReadCustomers))?;
        self.0.list(Staff::of_company(actor.company()), paging)
    }
}

fn invited(work: &mut Work<'_>, actor: Actor, email: &EmailAddress, name: &Name, role: Role) -> Result<Staff> {
    let company = work.authorised(actor, Permission::ManageStaff, actor.company())?;
    let login = match work.get(Login::by_address(email.canonical()))? {
        Some(login) => login,
        None => {
            let login = Login::new(work, email, name, None)?.reading(&company.locale);
            work.insert(&login);
            login
        }
    };
    let found = work.get(Staff::by_login(company.id, login.id))?;
    let staff = match &found {
        Some(old) => {
            let (state, name, scope) = (next(old.state, StaffEvent::Invite)?, name.clone(), Scope::default());
            Staff { state, role, name, scope, ..old.clone() }
        }
        None => {
            let (id, state, created) = (work.new_id()?, StaffState::Invited, work.now());
            let (name, email) = (name.clone(), email.clone());
            Staff {
                id,
                company: company.id,
                login: login.id,
                name,
                email,
                role,
                state,
                created,
                scope: Scope::default(),
            }
        }
    };
    match found {
        Some(_) => work.put(&staff),
        None => work.insert(&staff),
    }
    work.event(company.id, actor, EventKind::StaffInvited, &staff)?;
    send_invitation(work, actor, &company, &staff)?;
    Ok(staff)
}

fn send_invitation(work: &mut Work<'_>, actor: Actor, company: &Company, staff: &Staff) -> Result<()> {
    let lifetime = work.handfast().policy().staff_invitation_lifetime;
    let token = Ticket::issue(work, &slot(staff), TicketPurpose::StaffInvitation, staff.id.cast(), lifetime)?;
    let inviter = work.get(actor.key())?.flatten().map_or_else(|| company.name.clone(), |staff| staff.name);
    let days = lifetime.as_secs().div_ceil(24 * 60 * 60);
    let values = json!({ "inviter": inviter, "role": staff.role.title(company.locale.language()), "days": days });
    let link = work.handfast().brand().page(&format!("staff/invitation#{}", token.expose()));
    let letter = Letter::to_person(MailKind::StaffInvited, company, &staff.email, &staff.name, values);
    work.mail(letter.with_secret("link", link))
}

impl Staff {
    /// Takes an invitation back.
    pub(crate) fn kill_secrets(&self, work: &mut Work<'_>) -> Result<()> {
        Ticket::kill(work, &slot(self))
    }
}

/// One live invitation for each member.
fn slot(staff: &Staff) -> String {
    format!("staff_invitation {}", staff.id)
}

type Opened = (Ticket, Staff, Company, Login);

fn opened(work: &mut Work<'_>, token: &str) -> Result<Opened> {
    let ticket = Ticket::find(work, TicketPurpose::StaffInvitation, token)?;
    let staff = work.need(ticket.subject.cast::<Staff>())?;
    let (company, login) = work.need((staff.company, staff.login))?;
    login.must_have(&staff.email)?;
    Ok((ticket, staff, company, login))
}

fn accepted(
    work: &mut Work<'_>,
    token: &str,
    chosen: Option<&PasswordHash>,
    waiting: &[Id<Association>],
) -> Result<Staff> {
    let (ticket, old, mut company, mut login) = opened(work, token)?;
    let new = Staff { state: next(old.state, StaffEvent::Accept)?, ..old.clone() };
    if !login.has_own_password() {
        let chosen = chosen.ok_or_else(|| Error::because(Code::Required, "`password` is required"))?;
        login.password = Some(chosen.clone());
        login.verified = Some(work.now());
        // whoever was signed in before was not the person to whom the mail went
        login.end_sessions();
        work.put(&login);
        login.ask_again(work, waiting)?;
    }
    if new.role == Role::Admin {
        company.admins = company.admins_after(1)?;
        work.put(&company);
    }
    ticket.use_up(work)?;
    work.put(&new);
    work.changed(company.id, By::Person(login.id), EventKind::StaffJoined, &new)?;
    let values = json!({ "role": new.role.title(company.locale.language()) });
    work.mail(Letter::to_person(MailKind::StaffAdded, &company, &new.email, &new.name, values))?;
    Ok(new)
}

/// A member of the actor's own company; one of another is not there.
pub(super) fn member(
    work: &mut Work<'_>,
    actor: Actor,
    permission: Permission,
    id: Id<Staff>,
) -> Result<(Company, Staff)> {
    let (company, staff) = work.authorised(actor, permission, (actor.company(), id))?;
    match staff.company == company.id {
        true => Ok((company, staff)),
        false => Staff::missing(),
    }
}

/// Counts the Admins anew. Errors: `last_admin`.
fn keep_admins(work: &mut Work<'_>, mut company: Company, old: &Staff, new: &Staff) -> Result<()> {
    let counts = |staff: &Staff| i64::from(staff.role == Role::Admin && staff.state == StaffState::Active);
    match counts(new) - counts(old) {
        0 => {}
        came => {
            company.admins = company.admins_after(came)?;
            work.put(&company);
        }
    }
    Ok(())
}
