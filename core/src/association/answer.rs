//! The person's side: answer an invitation, leave.

use serde::{Deserialize, Serialize};

use super::{Association, AssociationEvent, AssociationState, Users, send::kill_secrets};
use crate::{
    company::Company,
    customer::Customer,
    error::{Code, Error, Result},
    event::{By, EventKind},
    id::Id,
    login::{Admitted, Login, SignInName},
    one_use::{Ticket, TicketPurpose},
    secret::PasswordHash,
    session::Session,
    store::{Page, Paging, Record},
    value::Name,
    work::Work,
};

/// What the link in an invitation shows before it is answered.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UserInvitation {
    /// The company's name.
    pub company: Name,
    /// The customer's name.
    pub customer: Name,
    /// The person's name, as the company knows it.
    pub name: Name,
    /// Whether the person chooses a password with [`accept`](Users::accept); if not, the person has one, and signs in to
    /// [`confirm`](Users::confirm).
    pub chooses_password: bool,
}

/// A name and a temporary password, and the password that is to take its place.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FirstPassword {
    /// The address, or the company's login name.
    pub name: String,
    /// The company, where `name` is a login name.
    #[serde(default)]
    pub company: Option<Id<Company>>,
    /// The temporary password of the mail.
    pub temporary: String,
    /// What the person chooses.
    pub password: String,
}

impl std::fmt::Debug for FirstPassword {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FirstPassword").field("name", &self.name).finish_non_exhaustive()
    }
}

/// One of a person's own associations.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OwnAssociation {
    /// The id.
    pub id: Id<Association>,
    /// The company.
    pub company: Id<Company>,
    /// Its name.
    pub company_name: Name,
    /// The customer's name.
    pub customer_name: Name,
    /// Where it stands.
    pub state: AssociationState,
}

impl Users<'_> {
    /// What the link of an invitation is about. Opening it consumes nothing.
    ///
    /// Errors: `unknown_token`, `token_expired`, `token_spent`.
    pub fn invitation(&self, token: &str) -> Result<UserInvitation> {
        self.0.view(|work| {
            let Opened { association, company, customer, login, .. } = opened(work, token)?;
            let (company, customer) = (company.name, customer.display_name().clone());
            Ok(UserInvitation {
                company,
                customer,
                name: association.name,
                chooses_password: !login.has_own_password(),
            })
        })
    }

    /// Accepts the invitation of a person who has no password: the person chooses one, and is a user from now on.
    /// Consumes the link, and ends whatever was signed in with this login before.
    ///
    /// Errors: `unknown_token`, `token_expired`, `token_spent`, `sign_in_first` (the person has a password: see
    /// `confirm`), `too_short`, `too_long`, `weak_password`.
    pub fn accept(&self, token: &str, password: &str) -> Result<Association> {
        let Opened { association, company, login, .. } = self.0.view(|work| opened(work, token))?;
        must_lack_password(&login)?;
        let (chosen, waiting) = (self.hash_first(password, &association, &company)?, self.0.waiting(login.id)?);
        self.0.change(|work| {
            let Opened { ticket, association, login, .. } = opened(work, token)?;
            must_lack_password(&login)?;
            ticket.use_up(work)?;
            joined(work, association, login, Some((&chosen, &waiting)))
        })
    }

    /// Lets a password of the person's own take the place of a temporary one, which opens nothing else (invariant 31).
    /// The person is a user from now on. Wrong tries count as at sign-in. Other temporary passwords of the person are
    /// worth nothing then: links are sent in their place.
    ///
    /// Errors: `wrong_password` (also for a temporary password that is used, expired or replaced), `too_short`,
    /// `too_long`, `weak_password`.
    pub fn choose_password(&self, input: &FirstPassword) -> Result<Association> {
        let name = SignInName::parse(&input.name, input.company)?;
        let presented = self.0.present(name, &input.temporary)?;
        let refused = || Error::new(Code::WrongPassword);
        // what is chosen is judged only once the temporary password is known to be right
        let admitted = self.0.change(|work| presented.admit(work))?;
        let Some(Admitted::Temporary { ticket, .. }) = admitted else { return Err(refused()) };
        let (association, company) = self.0.view(|work| {
            let association = work.need(ticket.subject.cast::<Association>())?;
            let company = work.need(association.company)?;
            Ok((association, company))
        })?;
        let chosen = self.hash_first(&input.password, &association, &company)?;
        let waiting = self.0.waiting(association.login)?;
        let decided = self.0.change(|work| {
            let Some(Admitted::Temporary { login, ticket }) = presented.admit(work)? else { return Ok(None) };
            let association = work.need(ticket.subject.cast::<Association>())?;
            ticket.use_up(work)?;
            joined(work, association, login, Some((&chosen, &waiting))).map(Some)
        });
        decided?.ok_or_else(refused)
    }

    /// Confirms an association, signed in as the person who was asked. Consumes the link.
    ///
    /// Errors: `not_signed_in`, `second_factor_needed`, `unknown_token` (also when it was sent to somebody else),
    /// `token_expired`, `token_spent`, `wrong_state` (the password was never proved to be the person's own: accept with
    /// a new one).
    pub fn confirm(&self, session_token: &str, token: &str) -> Result<Association> {
        self.0.change(|work| {
            let (_, person) = Session::person(work, session_token)?;
            let Opened { ticket, association, login, .. } = opened(work, token)?;
            if person.id != login.id {
                return Err(Error::new(Code::UnknownToken));
            }
            if !login.has_own_password() {
                return Err(Error::because(Code::WrongState, "this person is to choose a password first"));
            }
            ticket.use_up(work)?;
            joined(work, association, login, None)
        })
    }

    /// Declines an invitation. Consumes the link; the company may ask again.
    ///
    /// Errors: `unknown_token`, `token_expired`, `token_spent`, `wrong_state`.
    pub fn decline(&self, token: &str) -> Result<()> {
        self.0.change(|work| {
            let Opened { association, login, .. } = opened(work, token)?;
            if association.state != AssociationState::Pending {
                return Err(Error::new(Code::WrongState));
            }
            declined(work, &association, &login)
        })
    }

    /// The signed-in person's own associations, whatever their state; none, while the address was never proved to be the
    /// person's. Errors: `not_signed_in`, `second_factor_needed`,
    /// `not_a_cursor`.
    pub fn mine(&self, session_token: &str, paging: &Paging) -> Result<Page<OwnAssociation>> {
        let (_, person) = self.0.view(|work| Session::person(work, session_token))?;
        if !person.has_own_password() {
            return Ok(Page { items: Vec::new(), next: None });
        }
        let page = self.0.list(Association::of_login(person.id), paging)?;
        let ids =
            || page.items.iter().map(|association| (association.company, association.customer)).collect::<Vec<_>>();
        let (named, now) = (self.0.view(|work| work.need(ids()))?, self.0.now());
        let items = page.items.into_iter().map(|association| association.seen_at(now)).zip(named);
        let items = items.map(|(association, (company, customer))| OwnAssociation {
            id: association.id,
            company: company.id,
            company_name: company.name,
            customer_name: customer.display_name().clone(),
            state: association.state,
        });
        Ok(Page { items: items.collect(), next: page.next })
    }

    /// Leaves a customer, or declines an invitation that waits; the person's other associations stay.
    ///
    /// Errors: `not_signed_in`, `second_factor_needed`, `not_found`, `wrong_state`.
    pub fn leave(&self, session_token: &str, association: Id<Association>) -> Result<()> {
        self.0.change(|work| {
            let (_, person) = Session::person(work, session_token)?;
            let own = |association: &Association| association.login == person.id && person.has_own_password();
            let found = work.get(association)?.filter(own);
            let association = found.map_or_else(Association::missing, Ok)?;
            declined(work, &association, &person)
        })
    }

    fn hash_first(&self, password: &str, association: &Association, company: &Company) -> Result<PasswordHash> {
        let about = [association.name.as_str(), association.email.original(), company.name.as_str()];
        self.0.hash_password(&self.0.choose_password(password, &about)?)
    }
}

/// What stands behind the link of an invitation.
struct Opened {
    ticket: Ticket,
    association: Association,
    company: Company,
    customer: Customer,
    login: Login,
}

fn opened(work: &mut Work<'_>, token: &str) -> Result<Opened> {
    let ticket = Ticket::find(work, TicketPurpose::UserInvitation, token)?;
    let association = work.need(ticket.subject.cast::<Association>())?;
    let (company, customer, login) = work.need((association.company, association.customer, association.login))?;
    login.must_have(&association.email)?;
    Ok(Opened { ticket, association, company, customer, login })
}

fn must_lack_password(login: &Login) -> Result<()> {
    if login.has_own_password() { Err(Error::new(Code::SignInFirst)) } else { Ok(()) }
}

/// The person is a user: with the password that the person has just chosen, if one was to be chosen, and what else may
/// wait for one.
fn joined(
    work: &mut Work<'_>,
    old: Association,
    mut login: Login,
    chosen: Option<(&PasswordHash, &[Id<Association>])>,
) -> Result<Association> {
    if let Some((chosen, _)) = chosen {
        login.password = Some(chosen.clone());
        login.verified = Some(work.now());
        // whoever was signed in before was not the person to whom the mail went
        login.end_sessions();
    }
    login.joins(old.company);
    work.put(&login);
    chosen.map_or(Ok(()), |(_, waiting)| login.ask_again(work, waiting))?;
    // the first user of a customer is one already, and lacks no more than a password
    if old.state == AssociationState::Active {
        return Ok(old);
    }
    let new = old.after(AssociationEvent::Confirm, work.now())?;
    work.put(&new);
    work.changed(new.company, By::User(login.id), EventKind::UserJoined, &new)?;
    Ok(new)
}

fn declined(work: &mut Work<'_>, old: &Association, login: &Login) -> Result<()> {
    let new = old.after(AssociationEvent::Decline, work.now())?;
    kill_secrets(work, old)?;
    work.put(&new);
    work.changed(new.company, By::User(login.id), EventKind::UserDeclined, &new)
}
