use serde::Serialize;

use super::{CheckoutInput, CheckoutWays, Switch};
use crate::{
    actor::Actor,
    company::{Company, Department, Permission},
    error::Result,
    event::EventKind,
    handfast::Handfast,
    id::Id,
    value::choices,
    work::Work,
};

/// The verbs of checkout: `handfast.checkout()`.
#[derive(Clone, Copy, Debug)]
pub struct Checkout<'a>(&'a Handfast);

impl Handfast {
    /// Checkout: who can order, and where that is set.
    pub fn checkout(&self) -> Checkout<'_> {
        Checkout(self)
    }
}

choices! {
    /// Where a setting comes from.
    pub enum SettingOrigin {
        /// From the company.
        Company = "company",
        /// From the department, which has its own.
        Department = "department",
    }
}

/// What a host shows at checkout.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct CheckoutOptions {
    /// Whether guests can check out.
    pub guests: Switch,
    /// Whether customers can, signed in to their account.
    pub accounts: Switch,
    /// Where both come from.
    pub origin: SettingOrigin,
}

impl Checkout<'_> {
    /// Who can check out in a department, or in the company as a whole, and where that is set. Who may: every role.
    ///
    /// Errors: `role_too_low`, `not_found` (the host's company, the department).
    pub fn options(&self, actor: Actor, department: Option<Id<Department>>) -> Result<CheckoutOptions> {
        self.0.view(|work| place(work, actor, Permission::ReadCustomers, department).map(|place| place.options()))
    }

    /// Sets who can check out in the company, or in one department, which then has its own setting whatever the company's
    /// is. One of both stays on. Who may: Admin, Full Access.
    ///
    /// Errors: `nobody_could_order` (both off), `role_too_low`, `not_found`.
    pub fn set(
        &self,
        actor: Actor,
        input: &CheckoutInput,
        department: Option<Id<Department>>,
    ) -> Result<CheckoutOptions> {
        let ways = input.ways()?;
        self.0.change(|work| {
            let place = place(work, actor, Permission::SetUpCompany, department)?;
            match place.department {
                Some(old) => set_department(work, actor, old, Some(ways))?,
                None if place.company.checkout == ways => {}
                None => {
                    let new = Company { checkout: ways, ..place.company };
                    work.put(&new);
                    work.changed(new.id, actor, EventKind::CheckoutSet, &new)?;
                }
            }
            CheckoutOptions::now(work, actor, department)
        })
    }

    /// Lets a department have the company's setting again. Who may: Admin, Full Access.
    ///
    /// Errors: `role_too_low`, `not_found`.
    pub fn inherit(&self, actor: Actor, department: Id<Department>) -> Result<CheckoutOptions> {
        self.0.change(|work| {
            let place = place(work, actor, Permission::SetUpCompany, Some(department))?;
            place.department.map_or(Ok(()), |old| set_department(work, actor, old, None))?;
            CheckoutOptions::now(work, actor, Some(department))
        })
    }
}

fn set_department(work: &mut Work<'_>, actor: Actor, old: Department, ways: Option<CheckoutWays>) -> Result<()> {
    let new = Department { checkout: ways, ..old.clone() };
    if new == old {
        return Ok(());
    }
    work.put(&new);
    work.changed(new.company, actor, EventKind::CheckoutSet, &new)
}

/// Where one checks out.
pub(crate) struct Place {
    pub(crate) company: Company,
    pub(crate) department: Option<Department>,
}

/// A department of the actor's company, or the company as a whole, while the actor may.
fn place(
    work: &mut Work<'_>,
    actor: Actor,
    permission: Permission,
    department: Option<Id<Department>>,
) -> Result<Place> {
    let (company, department) = work.authorised(actor, permission, (actor.company(), department))?;
    department.iter().try_for_each(|department| department.must_be_of(company.id))?;
    Ok(Place { company, department })
}

impl Place {
    /// The setting that counts here.
    pub(crate) fn options(&self) -> CheckoutOptions {
        let own = self.department.as_ref().and_then(|department| department.checkout);
        let origin = if own.is_some() { SettingOrigin::Department } else { SettingOrigin::Company };
        let ways = own.unwrap_or(self.company.checkout);
        CheckoutOptions { guests: ways.guests(), accounts: ways.accounts(), origin }
    }
}

impl CheckoutOptions {
    /// As it is after what this work has set.
    fn now(work: &mut Work<'_>, actor: Actor, department: Option<Id<Department>>) -> Result<Self> {
        let (company, department) = work.need((actor.company(), department))?;
        Ok(Place { company, department }.options())
    }
}
