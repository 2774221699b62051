//! Whether a person may act in a context, as it is now.

use super::Context;
use crate::{
    association::{Association, AssociationState},
    company::{Company, Staff, StaffState},
    customer::{Customer, CustomerState},
    error::{Code, Error, Result},
    id::Id,
    login::Login,
    partner::{self, Member, Partner},
    store::Unique,
    work::Work,
};

/// What a context rests on.
pub(super) struct Grounds {
    company: Option<Company>,
    staff: Option<Staff>,
    association: Option<Association>,
    customer: Option<Customer>,
    /// The partner account and the person's place in it.
    partner: Option<(Option<Partner>, Option<Member>)>,
    /// A partner's visit in a client's account.
    bond: Option<partner::Found>,
}

/// The keys of what a context rests on: to be read in one round trip with the rest.
pub(super) type Keys = (
    Option<Id<Company>>,
    Option<Unique<Staff>>,
    Option<(Id<Association>, Id<Customer>)>,
    Option<(Id<Partner>, Unique<Member>)>,
    Option<partner::Keys>,
);
/// What was found under them.
pub(super) type Found = (
    Option<Option<Company>>,
    Option<Option<Staff>>,
    Option<(Option<Association>, Option<Customer>)>,
    Option<(Option<Partner>, Option<Member>)>,
    Option<partner::Found>,
);

impl Context {
    pub(super) fn keys(self, login: Id<Login>) -> Keys {
        match self {
            Context::Person => (None, None, None, None, None),
            Context::Staff { company } => (Some(company), Some(Staff::by_login(company, login)), None, None, None),
            Context::User { company, customer, association } => {
                (Some(company), None, Some((association, customer)), None, None)
            }
            Context::Partner { partner } => (None, None, None, Some((partner, Member::by_login(login))), None),
            Context::Delegated { company, .. } => {
                (Some(company), None, None, None, self.bond().map(|bond| bond.keys(login)))
            }
        }
    }
}

impl Grounds {
    pub(super) fn of((company, staff, user, partner, bond): Found) -> Self {
        let (association, customer) = user.unwrap_or_default();
        Grounds { company: company.flatten(), staff: staff.flatten(), association, customer, partner, bond }
    }

    /// Reads what a context rests on.
    pub(super) fn read(work: &mut Work<'_>, login: Id<Login>, context: Context) -> Result<Self> {
        work.get(context.keys(login)).map(Grounds::of)
    }

    /// Whether the person may act so: works at the company or for the partner account, activated the association
    /// (invariant 30) with an active customer, or is on a visit that still stands (invariant 17).
    /// Errors: `access_ended`, `customer_inactive`.
    pub(super) fn check(&self, login: Id<Login>, context: Context) -> Result<()> {
        let ended = || Err(Error::new(Code::AccessEnded));
        match (context, self) {
            (Context::Person, _) => Ok(()),
            (Context::Partner { partner }, Grounds { partner: Some((Some(_), Some(member))), .. }) => {
                if member.partner == partner { Ok(()) } else { ended() }
            }
            (Context::Delegated { .. }, Grounds { bond: Some(found), company: Some(_), .. }) => {
                context.bond().map_or_else(ended, |bond| bond.check(login, found))
            }
            (Context::Staff { .. }, Grounds { staff: Some(staff), company: Some(_), .. }) => {
                if staff.state == StaffState::Active { Ok(()) } else { ended() }
            }
            (
                Context::User { company, .. },
                Grounds { association: Some(association), customer: Some(customer), company: Some(_), .. },
            ) => {
                let own = association.login == login
                    && (association.company, association.customer) == (company, customer.id)
                    && association.state == AssociationState::Active;
                match customer.state {
                    CustomerState::Active if own => Ok(()),
                    CustomerState::Inactive | CustomerState::Blocked | CustomerState::Erased if own => {
                        Err(Error::new(Code::CustomerInactive))
                    }
                    _ => ended(),
                }
            }
            _ => ended(),
        }
    }

    pub(super) fn company(&self) -> Option<&Company> {
        self.company.as_ref()
    }

    pub(super) fn staff(&self) -> Option<&Staff> {
        self.staff.as_ref()
    }

    pub(super) fn partner(&self) -> Option<&Partner> {
        let delegated = self.bond.as_ref().and_then(|(_, partner, ..)| partner.as_ref());
        self.partner.as_ref().and_then(|(partner, _)| partner.as_ref()).or(delegated)
    }

    pub(super) fn customer(&self) -> Option<&Customer> {
        self.customer.as_ref()
    }
}
