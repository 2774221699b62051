//! Whether a person may act in a context, as it is now.

use super::Context;
use crate::{
    association::{Association, AssociationState},
    company::{Company, Staff, StaffState},
    customer::{Customer, CustomerState},
    error::{Code, Error, Result},
    id::Id,
    login::Login,
    store::Unique,
    work::Work,
};

/// What a context rests on.
pub(super) struct Grounds {
    company: Option<Company>,
    staff: Option<Staff>,
    association: Option<Association>,
    customer: Option<Customer>,
}

/// The keys of what a context rests on: to be read in one round trip with the rest.
pub(super) type Keys = (Option<Id<Company>>, Option<Unique<Staff>>, Option<Id<Association>>, Option<Id<Customer>>);
/// What was found under them.
pub(super) type Found =
    (Option<Option<Company>>, Option<Option<Staff>>, Option<Option<Association>>, Option<Option<Customer>>);

impl Context {
    pub(super) fn keys(self, login: Id<Login>) -> Keys {
        match self {
            Context::Person => (None, None, None, None),
            Context::Staff { company } => (Some(company), Some(Staff::by_login(company, login)), None, None),
            Context::User { company, customer, association } => {
                (Some(company), None, Some(association), Some(customer))
            }
        }
    }
}

impl Grounds {
    pub(super) fn of((company, staff, association, customer): Found) -> Self {
        Grounds {
            company: company.flatten(),
            staff: staff.flatten(),
            association: association.flatten(),
            customer: customer.flatten(),
        }
    }

    /// Reads what a context rests on.
    pub(super) fn read(work: &mut Work<'_>, login: Id<Login>, context: Context) -> Result<Self> {
        work.get(context.keys(login)).map(Grounds::of)
    }

    /// Whether the person may act so: works at the company, or activated the association (invariant 30) with an active
    /// customer. Errors: `access_ended`, `customer_inactive`.
    pub(super) fn check(&self, login: Id<Login>, context: Context) -> Result<()> {
        let ended = || Err(Error::new(Code::AccessEnded));
        match (context, self) {
            (Context::Person, _) => Ok(()),
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
                    CustomerState::Inactive | CustomerState::Blocked if own => Err(Error::new(Code::CustomerInactive)),
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

    pub(super) fn customer(&self) -> Option<&Customer> {
        self.customer.as_ref()
    }
}
