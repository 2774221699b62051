use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Company, Department, Permission, Role, Staff, StaffMembers, StaffState, staff::member};
use crate::{
    actor::Actor,
    error::{Code, Error, Result},
    event::EventKind,
    handfast::Handfast,
    id::Id,
    store::{Listing, Record, json_field},
    work::Work,
};

/// Departments that one member of the staff can be limited to, at most.
const MOST: usize = 20;

/// Where a member of the staff works: in the whole company, or only in some of its departments.
///
/// Who is limited sees the customers of those departments, and nothing else of the company's customers; a customer without
/// a department belongs to the company as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Scope(BTreeSet<Id<Department>>);

json_field!(Scope);

impl Scope {
    /// The departments, none for the whole company.
    pub fn departments(&self) -> impl Iterator<Item = Id<Department>> {
        self.0.iter().copied()
    }

    /// Whether it is the whole company.
    pub fn is_whole(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether what belongs to `department`, or to the company as a whole, is within.
    pub fn includes(&self, department: Option<Id<Department>>) -> bool {
        self.is_whole() || department.is_some_and(|department| self.0.contains(&department))
    }

    /// The lists that show what is within: the whole company's, or one of each department.
    pub(crate) fn narrowed<T>(&self, whole: impl Fn() -> T, within: impl Fn(Id<Department>) -> T) -> Vec<T> {
        if self.is_whole() { vec![whole()] } else { self.departments().map(within).collect() }
    }

    /// The same of one department, where one is named; nothing, where that is not within.
    pub(crate) fn narrow_to<T: Record + Clone>(
        &self,
        department: Option<Id<Department>>,
        found: &Listing<T>,
    ) -> Vec<Listing<T>> {
        match department {
            Some(id) if self.includes(Some(id)) => vec![found.clone().marked("department", &id.to_string())],
            Some(_) => Vec::new(),
            None => self.narrow(found),
        }
    }

    /// What a search finds within: all of it, or the part of each department.
    pub(crate) fn narrow<T: Record + Clone>(&self, found: &Listing<T>) -> Vec<Listing<T>> {
        let within = |department: Id<Department>| found.clone().marked("department", &department.to_string());
        self.narrowed(|| found.clone(), within)
    }
}

impl Role {
    /// Whether one of this role can be limited to departments: who looks after customers. The others have the whole company
    /// in their hands.
    pub const fn can_be_limited(self) -> bool {
        match self {
            Role::SalesManager | Role::Staff => true,
            Role::Admin | Role::ProcurementManager | Role::FullAccess => false,
        }
    }
}

impl StaffMembers<'_> {
    /// Limits a member of the staff to some departments, at most 20; none is the whole company. It holds from the next call
    /// on. Who gets a role that cannot be limited works in the whole company again. Who may: Admin.
    ///
    /// Errors: `too_many`, `role_too_low`, `not_found` (the member, a department), `wrong_state` (the person works here no
    /// longer, or has a role that is not limited: only Sales Manager and Staff are).
    pub fn limit(&self, actor: Actor, staff: Id<Staff>, departments: &[Id<Department>]) -> Result<Staff> {
        let scope = Scope(departments.iter().copied().collect());
        if scope.0.len() > MOST {
            return Err(Error::because(Code::TooMany, format!("`departments` has more than {MOST} entries")));
        }
        self.0.change(|work| {
            let (company, old) = member(work, actor, Permission::ManageStaff, staff)?;
            let places = work.need(scope.departments().collect::<Vec<_>>())?;
            places.iter().try_for_each(|place| place.must_be_of(company.id))?;
            if old.state == StaffState::Removed || !old.role.can_be_limited() {
                return Err(Error::new(Code::WrongState));
            }
            let new = Staff { scope: scope.clone(), ..old.clone() };
            if new != old {
                work.put(&new);
                work.changed(company.id, actor, EventKind::StaffLimited, &new)?;
            }
            Ok(new)
        })
    }
}

impl Handfast {
    /// Where the actor may look customers and their orders up. Errors: `role_too_low`.
    pub(crate) fn reading_scope(&self, actor: Actor) -> Result<Scope> {
        self.view(|work| {
            work.authorise(actor, Permission::ReadCustomers)?;
            work.scope(actor)
        })
    }
}

impl Department {
    /// A department of another company is not there (invariant 35). Errors: `not_found`.
    pub(crate) fn must_be_of(&self, company: Id<Company>) -> Result<()> {
        if self.company == company { Ok(()) } else { Department::missing() }
    }
}

impl Work<'_> {
    /// Where the actor works, as it stands in the row that the authority was read from. A partner and the host are in the
    /// whole company.
    pub(crate) fn scope(&mut self, actor: Actor) -> Result<Scope> {
        Ok(self.get(actor.key())?.flatten().map(|staff| staff.scope).unwrap_or_default())
    }

    /// A department that the actor works in, or none, who works in the whole company.
    /// Errors: `not_found`, `required` (who is limited names a department).
    pub(crate) fn within(&mut self, actor: Actor, department: Option<Id<Department>>) -> Result<Option<Department>> {
        let scope = self.scope(actor)?;
        let Some(id) = department else {
            let required = || Error::because(Code::Required, "`department` is required of who works in some only");
            return if scope.is_whole() { Ok(None) } else { Err(required()) };
        };
        let department = self.need(id)?;
        department.must_be_of(actor.company())?;
        if scope.includes(Some(id)) { Ok(Some(department)) } else { Department::missing() }
    }
}
