use super::{Staff, StaffState};
use crate::{
    actor::Actor,
    error::{Code, Error, Result},
    store::{Fetch, Unique},
    value::choices,
    work::Work,
};

choices! {
    /// What a member of the staff is.
    pub enum Role {
        /// May do everything. Every company has at least one.
        Admin = "admin",
        /// Brings customers in: the invite link, the requests, the customers.
        ProcurementManager = "procurement_manager",
        /// Sets customers up and looks after them.
        SalesManager = "sales_manager",
        /// Everything but staff, the invite link and the decision on requests: what one gives a helper from outside.
        FullAccess = "full_access",
        /// Looks customers up.
        Staff = "staff",
    }
}

/// What can be allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// Add, change and remove staff.
    ManageStaff,
    /// Invite and revoke users of customers, and say how people sign in (the article: Admin).
    ManageUsers,
    /// Set how the staff gets in: with a second factor, or by what kind of invitation.
    ManageAccess,
    /// Designate the company's partner, and end its visits (the article: the Account Settings).
    DesignatePartner,
    /// Convert or cancel the trial.
    ManageBilling,
    /// Change the company's data, its price types, its carriers and what it asks visitors.
    SetUpCompany,
    /// Get, replace, disable and enable the invite link (the article: Admin and Procurement Manager).
    UseInviteLink,
    /// Approve and reject requests (the article: Admin and Procurement Manager).
    DecideRequests,
    /// Look at requests.
    ReadRequests,
    /// Activate, price, service, block customers.
    SetUpCustomers,
    /// Create, rename, merge and delete tags.
    ManageTags,
    /// Look customers up.
    ReadCustomers,
    /// List the users of all customers.
    ReadUsers,
    /// Read the audit trail.
    ReadEvents,
    /// Export and erase what the company holds on a person.
    ManagePrivacy,
}

impl Role {
    /// Whether the role includes the permission.
    pub const fn may(self, permission: Permission) -> bool {
        use Permission::{
            DecideRequests, ManageTags, ManageUsers, ReadCustomers, ReadEvents, ReadRequests, ReadUsers, SetUpCompany,
            SetUpCustomers, UseInviteLink,
        };
        let owners = permission.is_the_owners();
        match self {
            Role::Admin => true,
            Role::ProcurementManager => !owners && !matches!(permission, ManageUsers | SetUpCompany | ReadEvents),
            Role::SalesManager => {
                matches!(permission, ReadRequests | SetUpCustomers | ManageTags | ReadCustomers | ReadUsers)
            }
            Role::FullAccess => !owners && !matches!(permission, ManageUsers | UseInviteLink | DecideRequests),
            Role::Staff => matches!(permission, ReadCustomers | ReadUsers),
        }
    }
}

impl Permission {
    /// Whether it stays with the company's own Admins: a Certified Partner manages everything but passwords, two-factor,
    /// staff, the partner's number and billing (the article; invariant 23). The company answers to the people whose data it
    /// holds, so that this stays with it, too.
    pub const fn is_the_owners(self) -> bool {
        use Permission::{DesignatePartner, ManageAccess, ManageBilling, ManagePrivacy, ManageStaff};
        matches!(self, ManageStaff | ManageAccess | DesignatePartner | ManageBilling | ManagePrivacy)
    }
}

impl Permission {
    /// Whether who is limited to departments has it too, within them. All else is the whole company's.
    const fn is_of_departments(self) -> bool {
        use Permission::{ReadCustomers, SetUpCustomers};
        matches!(self, ReadCustomers | SetUpCustomers)
    }
}

impl Role {
    /// The role as people read it, in Spanish or, for every other language, in English.
    pub const fn title(self, language: &str) -> &'static str {
        let spanish = matches!(language.as_bytes(), b"es");
        match self {
            Role::Admin if spanish => "Administrador",
            Role::ProcurementManager if spanish => "Responsable de compras",
            Role::SalesManager if spanish => "Responsable de ventas",
            Role::FullAccess if spanish => "Acceso completo",
            Role::Staff if spanish => "Personal",
            Role::Admin => "Admin",
            Role::ProcurementManager => "Procurement Manager",
            Role::SalesManager => "Sales Manager",
            Role::FullAccess => "Full Access",
            Role::Staff => "Staff",
        }
    }
}

impl Actor {
    /// The key of the row that the actor's role stands in: to be read in one round trip with the rest.
    pub(crate) fn key(self) -> Option<Unique<Staff>> {
        match self {
            Actor::Staff { login, company } | Actor::Session { login, company, .. } => {
                Some(Staff::by_login(company, login))
            }
            // a partner acts as such, even where the person is on the staff too
            Actor::Partner { .. } | Actor::Host { .. } => None,
        }
    }

    /// Whether the actor, whose row was found or not, may. Errors: `role_too_low`, `delegated`.
    fn allow(self, staff: Option<Option<Staff>>, permission: Permission) -> Result<()> {
        let allowed = match (self, staff.flatten()) {
            (Actor::Host { .. }, _) => true,
            (Actor::Partner { .. }, _) if permission.is_the_owners() => return Err(Error::new(Code::Delegated)),
            (Actor::Partner { .. }, _) => true,
            (Actor::Staff { .. } | Actor::Session { .. }, Some(staff)) => {
                let within = staff.scope.is_whole() || permission.is_of_departments();
                staff.state == StaffState::Active && staff.role.may(permission) && within
            }
            (Actor::Staff { .. } | Actor::Session { .. }, None) => false,
        };
        if allowed { Ok(()) } else { Err(Error::new(Code::RoleTooLow)) }
    }
}

impl Work<'_> {
    /// Whether the actor may, read in this very work (invariant 41).
    /// Errors: `role_too_low`, `not_signed_in`, `two_factor_required`, `access_ended`, `delegated`.
    pub(crate) fn authorise(&mut self, actor: Actor, permission: Permission) -> Result<()> {
        self.authorised(actor, permission, ())
    }

    /// The same, with `what` read in the same round trip; authority is judged before absence is told, so that
    /// who may not learns nothing. Errors: `role_too_low`, `not_found`, `not_signed_in`, `two_factor_required`, `access_ended`,
    /// `delegated`.
    pub(crate) fn authorised<F: Fetch>(&mut self, actor: Actor, permission: Permission, what: F) -> Result<F::Needed> {
        F::needed(self.authorised_get(actor, permission, what)?)
    }

    /// The same, where absence is no error. Errors: `role_too_low`, `not_signed_in`, `two_factor_required`, `access_ended`,
    /// `delegated`.
    pub(crate) fn authorised_get<F: Fetch>(
        &mut self,
        actor: Actor,
        permission: Permission,
        what: F,
    ) -> Result<F::Found> {
        let bond = actor.bond().zip(actor.login()).map(|(bond, login)| bond.keys(login));
        let (session, staff, bond, found) = self.get((actor.signed_in(), actor.key(), bond, what))?;
        if let Some(session) = session {
            actor.must_stand(self, session, bond.as_ref())?;
        }
        actor.allow(staff, permission)?;
        Ok(found)
    }
}
