use serde::Serialize;

use super::{Context, Identity, Session, SessionState, standing::Grounds};
use crate::{
    association::{Association, AssociationState},
    clock::Timestamp,
    company::{Role, Staff, StaffState},
    error::{Code, Error, Result},
    handfast::Handfast,
    id::Id,
    login::Login,
    partner::{Delegation, Member},
    store::{Page, Paging, Record},
    value::{EmailAddress, Line, Name},
    work::Work,
};

/// The verbs of sessions: `handfast.sessions()`.
#[derive(Clone, Copy, Debug)]
pub struct Sessions<'a>(pub(super) &'a Handfast);

impl Handfast {
    /// Sessions: sign in, see who is signed in, move between identities, sign out.
    pub fn sessions(&self) -> Sessions<'_> {
        Sessions(self)
    }
}

/// A place that a person can go to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Choice {
    /// What the person would act as.
    pub context: Context,
    /// The company's name; none of a partner account.
    pub company_name: Option<Name>,
    /// The customer's name, of a user.
    pub customer_name: Option<Name>,
    /// The partner account's name, of one who works for it.
    pub partner_name: Option<Name>,
    /// The role, of a member of the staff.
    pub role: Option<Role>,
    /// Whether the person can go there now.
    pub open: bool,
}

/// One entry of the menu in the corner.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct IdentityView {
    /// The id, to switch to it.
    pub id: Id<Identity>,
    /// The person.
    pub login: Id<Login>,
    /// The person's name.
    pub name: Name,
    /// The person's address.
    pub email: EmailAddress,
    /// What the person acts as.
    pub context: Context,
    /// The company's name.
    pub company_name: Option<Name>,
    /// The customer's name, of a user.
    pub customer_name: Option<Name>,
    /// The partner account's name, of one who works for it, also in a client's account.
    pub partner_name: Option<Name>,
    /// Whether the person can act so now.
    pub open: bool,
    /// Whether the person acts so now.
    pub current: bool,
}

/// A session as its person sees it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SessionView {
    /// The id, to end it.
    pub id: Id<Session>,
    /// What the host calls the device.
    pub device: Option<Line<200>>,
    /// Where the host believed it to be.
    pub place: Option<Line<200>>,
    /// When it began.
    pub created: Timestamp,
    /// When it was used last, to within `session_noted`.
    pub seen: Timestamp,
    /// Whether it is the one that asks.
    pub current: bool,
}

/// Places of each kind that a person sees; nobody is known to have more.
const MOST: u32 = 500;

impl Sessions<'_> {
    /// Where the person whom the session acts as can go: the companies where the person works, the customers whose user
    /// the person is, and the partner account. Errors: `not_signed_in`, `second_factor_needed`.
    pub fn choices(&self, session_token: &str) -> Result<Vec<Choice>> {
        let (_, person) = self.0.view(|work| Session::person(work, session_token))?;
        let contexts = self.contexts_of(Some(person.id))?;
        self.0.view(|work| {
            let keys: Vec<_> = contexts.iter().map(|context| context.keys(person.id)).collect();
            let found = work.get(keys)?.into_iter().map(Grounds::of);
            let choice = |(context, grounds): (Context, Grounds)| {
                Some(Choice {
                    context,
                    company_name: grounds.company().map(|company| company.name.clone()),
                    customer_name: grounds.customer().map(|customer| customer.display_name().clone()),
                    partner_name: grounds.partner().map(|partner| partner.name.clone()),
                    role: grounds.staff().map(|staff| staff.role),
                    open: grounds.check(person.id, context).is_ok(),
                })
            };
            Ok(contexts.iter().copied().zip(found).filter_map(choice).collect())
        })
    }

    /// Goes on in another context of the same person, and remembers it as an identity.
    ///
    /// A client's account is entered by [`log_in`](crate::partner::Partners::log_in) alone.
    ///
    /// Errors: `not_signed_in`, `second_factor_needed`, `access_ended`, `customer_inactive`, `too_many`
    /// (`session_identities`).
    pub fn enter(&self, session_token: &str, context: Context) -> Result<Id<Identity>> {
        self.0.change(|work| {
            let (mut session, person) = Session::person(work, session_token)?;
            if context.bond().is_some() {
                return Err(Error::new(Code::AccessEnded));
            }
            Grounds::read(work, person.id, context)?.check(person.id, context)?;
            let had = session.identity()?.two_factor;
            let identity = Identity { two_factor: had, ..Identity::new(work, &person, context)? };
            session.go_on_as(work, identity)?;
            work.put(&session);
            Ok(session.current)
        })
    }

    /// Everyone whom the session holds, in the order they came: what a menu in the corner shows.
    /// Errors: `not_signed_in`, `second_factor_needed`.
    pub fn identities(&self, session_token: &str) -> Result<Vec<IdentityView>> {
        self.0.view(|work| {
            let session = Session::signed_in(work, session_token)?;
            let all = session.identities.all();
            let keys: Vec<_> = all.iter().map(|each| (each.login, each.context.keys(each.login))).collect();
            let found = work.get(keys)?;
            let view = |(each, (login, found)): (&Identity, (Option<Login>, _))| {
                let (login, grounds) = (login?, Grounds::of(found));
                Some(IdentityView {
                    id: each.id,
                    login: login.id,
                    context: each.context,
                    company_name: grounds.company().map(|company| company.name.clone()),
                    customer_name: grounds.customer().map(|customer| customer.display_name().clone()),
                    partner_name: grounds.partner().map(|partner| partner.name.clone()),
                    open: each.is_of_era(&login)
                        && (each.context.bond().is_none() || session.lets_delegate(each, &login))
                        && grounds.check(login.id, each.context).is_ok(),
                    current: each.id == session.current,
                    name: login.name,
                    email: login.email,
                })
            };
            Ok(all.iter().zip(found).filter_map(view).collect())
        })
    }

    /// Goes on as another identity of the session. It adds no right, and the session ends when it would have ended.
    ///
    /// Errors: `not_signed_in`, `second_factor_needed`, `not_found`, `access_ended`, `customer_inactive`.
    pub fn switch_to(&self, session_token: &str, identity: Id<Identity>) -> Result<()> {
        self.0.change(|work| {
            let mut session = Session::signed_in(work, session_token)?;
            let wanted = session.identities.get(identity).cloned().ok_or_else(|| Error::new(Code::NotFound))?;
            let login = work.need(wanted.login)?;
            session.must_hold(work, &wanted, &login)?;
            Grounds::read(work, login.id, wanted.context)?.check(login.id, wanted.context)?;
            session.current = wanted.id;
            work.put(&session);
            Ok(())
        })
    }

    /// Signs out of one identity, and goes on as the one that came last of those left; without one, or when it was the
    /// last, ends the session. What is no longer signed in stays so. Errors: `not_signed_in`, `not_found`.
    pub fn sign_out(&self, session_token: &str, identity: Option<Id<Identity>>) -> Result<()> {
        self.0.change(|work| {
            let mut session = Session::open(work, session_token)?;
            match identity {
                None => {
                    session.leave_clients(work, |_| true)?;
                    session.end()?;
                }
                Some(identity) if session.identities.get(identity).is_none() => {
                    return Err(Error::new(Code::NotFound));
                }
                Some(identity) => {
                    session.leave_clients(work, |held| held.id == identity)?;
                    session.leave(identity)?;
                }
            }
            work.put(&session);
            Ok(())
        })
    }

    /// The sessions that the person whom the session acts as began, in that order; not those that others began and let
    /// the person into.
    ///
    /// Errors: `not_signed_in`, `second_factor_needed`, `not_a_cursor`.
    pub fn list(&self, session_token: &str, paging: &Paging) -> Result<Page<SessionView>> {
        let (own, person) = self.0.view(|work| Session::person(work, session_token))?;
        let Page { items, next } = self.0.list(Session::of_login(person.id, SessionState::Active), paging)?;
        let (now, policy) = (self.0.now(), self.0.policy());
        let lives = |session: &Session| {
            session.is_open(now, policy) && session.root().is_some_and(|root| root.is_of_era(&person))
        };
        let view = |session: Session| SessionView {
            id: session.id,
            device: session.device,
            place: session.place,
            created: session.created,
            seen: session.seen,
            current: session.id == own.id,
        };
        Ok(Page { items: items.into_iter().filter(lives).map(view).collect(), next })
    }

    /// Ends one of the person's own sessions. Errors: `not_signed_in`, `second_factor_needed`, `not_found`.
    pub fn end(&self, session_token: &str, session: Id<Session>) -> Result<()> {
        self.0.change(|work| {
            let (_, person) = Session::person(work, session_token)?;
            let found = work.get(session)?.filter(|session| session.login == person.id);
            let mut session = found.map_or_else(Session::missing, Ok)?;
            session.end()?;
            work.put(&session);
            Ok(())
        })
    }

    /// Ends everything that the person is signed in with elsewhere. Errors: `not_signed_in`, `second_factor_needed`.
    pub fn end_others(&self, session_token: &str) -> Result<()> {
        self.0.change(|work| {
            let (mut session, mut person) = Session::person(work, session_token)?;
            person.end_sessions();
            session.follow(&person);
            work.put(&person);
            work.put(&session);
            Ok(())
        })
    }

    /// The contexts of a person, as lists tell: for people to choose from, never to decide by.
    /// Nobody's are looked for too, so that a sign-in costs the same whoever tries.
    pub(super) fn contexts_of(&self, login: Option<Id<Login>>) -> Result<Vec<Context>> {
        let login = login.unwrap_or_else(|| Id::first_at(Timestamp::MIN));
        let staff = self.0.list(Staff::of_login(login), &Paging::first(MOST))?.items;
        let staff = staff.into_iter().filter(|staff| staff.state == StaffState::Active);
        let staff = staff.map(|staff| Context::Staff { company: staff.company });
        let users = self.0.list(Association::of_login(login), &Paging::first(MOST))?.items;
        let users = users.into_iter().filter(|user| user.state == AssociationState::Active);
        let users =
            users.map(|Association { id, company, customer, .. }| Context::User { company, customer, association: id });
        let member = self.0.view(|work| work.get(Member::by_login(login)))?;
        let partner = member.map(|member| Context::Partner { partner: member.partner });
        Ok(staff.chain(users).chain(partner).collect())
    }
}

impl Session {
    /// The session of a token, while its own person is signed in; whom it acts as now may not stand any more.
    ///
    /// Errors: `not_signed_in`, `second_factor_needed`.
    pub(crate) fn signed_in(work: &mut Work<'_>, token: &str) -> Result<Self> {
        let session = Session::open(work, token)?;
        session.must_be_active()?;
        let root = session.root().cloned().ok_or_else(|| Error::new(Code::Corrupt))?;
        match work.get(session.login)?.is_some_and(|login| root.is_of_era(&login)) {
            true => Ok(session),
            false => Err(Error::new(Code::NotSignedIn)),
        }
    }

    /// Notes that the partner left those clients' accounts which are chosen.
    fn leave_clients(&self, work: &mut Work<'_>, chosen: impl Fn(&Identity) -> bool) -> Result<()> {
        let held = self.identities.all().iter().filter(|held| chosen(held));
        held.filter_map(|held| held.context.bond()).try_for_each(|bond| Delegation::leave(work, bond.delegation))
    }

    /// Goes on without an identity. When its own person has left, it is the session of whoever came first of those left.
    fn leave(&mut self, identity: Id<Identity>) -> Result<()> {
        self.identities.keep(|kept| kept.id != identity);
        let (Some(first), Some(last)) = (self.identities.all().first(), self.identities.all().last()) else {
            return self.end();
        };
        if self.current == identity {
            self.current = last.id;
        }
        if self.root().is_none() {
            self.login = first.login;
        }
        Ok(())
    }
}
