use super::{CanOrder, Customer, CustomerEvent, PricingInput, Service, Tour, next, pricing::Pricing, settled};
use crate::{
    actor::Actor,
    company::{Carrier, Company, Offer, OfferState, Permission},
    error::{Code, Error, Result},
    event::EventKind,
    handfast::Handfast,
    id::Id,
    store::Record,
    work::Work,
};

/// The verbs of customers: `handfast.customers()`.
#[derive(Clone, Copy, Debug)]
pub struct Customers<'a>(pub(super) &'a Handfast);

impl Handfast {
    /// Customers: look up, set up, activate.
    pub fn customers(&self) -> Customers<'_> {
        Customers(self)
    }
}

impl Customers<'_> {
    /// One customer. Who may: every role. Errors: `role_too_low`, `not_found`.
    pub fn get(&self, actor: Actor, customer: Id<Customer>) -> Result<Customer> {
        self.0.view(|work| own(work, actor, Permission::ReadCustomers, customer))
    }

    /// Whether the customer can order, and what is missing if not. Who may: every role.
    /// Errors: `role_too_low`, `not_found`.
    pub fn can_order(&self, actor: Actor, customer: Id<Customer>) -> Result<CanOrder> {
        self.get(actor, customer).map(|customer| customer.can_order())
    }

    /// The guided tour of the customer's activation, in `language` (`en`, `es`; English for others), the company's own
    /// when `None`. Who may: every role. Errors: `role_too_low`, `not_found`.
    pub fn tour(&self, actor: Actor, customer: Id<Customer>, language: Option<&str>) -> Result<Tour> {
        self.0.view(|work| {
            let (company, customer) = with_company(work, actor, Permission::ReadCustomers, customer)?;
            let language = language.unwrap_or(company.locale.language());
            Ok(Tour::of(work.handfast().brand(), &customer, language))
        })
    }

    /// Lets the customer in: step one. Who was let in before needs no second approval.
    /// Who may: Admin, Procurement Manager, Sales Manager, Full Access.
    /// Errors: `role_too_low`, `not_found`, `wrong_state` (blocked).
    pub fn activate(&self, actor: Actor, customer: Id<Customer>) -> Result<Customer> {
        self.step(actor, customer, CustomerEvent::Activate)
    }

    /// Stops the customer's ordering at once. Who may: as for `activate`.
    /// Errors: `role_too_low`, `not_found`, `wrong_state` (blocked).
    pub fn deactivate(&self, actor: Actor, customer: Id<Customer>) -> Result<Customer> {
        self.step(actor, customer, CustomerEvent::Deactivate)
    }

    /// Keeps the customer out until it is unblocked. Who may: as for `activate`. Errors: `role_too_low`, `not_found`.
    pub fn block(&self, actor: Actor, customer: Id<Customer>) -> Result<Customer> {
        self.step(actor, customer, CustomerEvent::Block)
    }

    /// Ends a block; the customer is inactive then. Who may: as for `activate`.
    /// Errors: `role_too_low`, `not_found`, `wrong_state` (not blocked).
    pub fn unblock(&self, actor: Actor, customer: Id<Customer>) -> Result<Customer> {
        self.step(actor, customer, CustomerEvent::Unblock)
    }

    /// Sets the price type, the markup and the advanced settings: step two. Replaces what was set before.
    /// Who may: as for `activate`. Errors: `invalid_input` with every fault at once, `role_too_low`, `not_found` (the
    /// customer, the price type), `retired` (the price type is no longer offered, and is not the one it has).
    pub fn set_pricing(&self, actor: Actor, customer: Id<Customer>, input: &PricingInput) -> Result<Customer> {
        let pricing = Pricing::parse(input)?;
        self.0.change(|work| {
            let (company, old) = with_company(work, actor, Permission::SetUpCustomers, customer)?;
            let price_type = work.need(pricing.price_type)?;
            own_offer(&price_type, &company)?;
            choosable(&price_type, old.price_type == Some(price_type.id))?;
            let Pricing { markup, credit_limit, minimum_order, tax_exempt, notes, extra, .. } = pricing.clone();
            let price_type = Some(price_type.id);
            let set =
                Customer { price_type, markup, credit_limit, minimum_order, tax_exempt, notes, extra, ..old.clone() };
            settled(work, actor, EventKind::CustomerPriced, &company, (&old, set))
        })
    }

    /// Sets the days of service, each with its carrier: step three. Replaces what was set before; no days at all
    /// stop the customer's ordering. Who may: as for `activate`.
    /// Errors: `invalid_input` (`days.<position>`), `role_too_low`, `not_found` (the customer, a carrier), `retired`
    /// (a carrier is no longer offered, and is none of those it has).
    pub fn set_service(
        &self,
        actor: Actor,
        customer: Id<Customer>,
        days: &[(String, Id<Carrier>)],
    ) -> Result<Customer> {
        let service = Service::parse(days)?;
        self.0.change(|work| {
            let (company, old) = with_company(work, actor, Permission::SetUpCustomers, customer)?;
            let had = old.service.carriers();
            let carriers = work.need(service.carriers())?;
            // a foreign one is answered like a missing one before anything is told of the company's own
            carriers.iter().try_for_each(|carrier| own_offer(carrier, &company))?;
            carriers.iter().try_for_each(|carrier| choosable(carrier, had.contains(&carrier.id)))?;
            let set = Customer { service: service.clone(), ..old.clone() };
            settled(work, actor, EventKind::CustomerServiced, &company, (&old, set))
        })
    }

    fn step(&self, actor: Actor, customer: Id<Customer>, event: CustomerEvent) -> Result<Customer> {
        self.0.change(|work| {
            let (company, old) = with_company(work, actor, Permission::SetUpCustomers, customer)?;
            let set = Customer { state: next(old.state, event)?, ..old.clone() };
            settled(work, actor, EventKind::CustomerStateChanged, &company, (&old, set))
        })
    }
}

/// A customer of the actor's own company and departments; any other is not there (invariants 35 and 37).
fn own(work: &mut Work<'_>, actor: Actor, permission: Permission, id: Id<Customer>) -> Result<Customer> {
    let customer = work.authorised(actor, permission, id)?;
    customer.must_be_within(work, actor).map(|()| customer)
}

pub(super) fn with_company(
    work: &mut Work<'_>,
    actor: Actor,
    permission: Permission,
    id: Id<Customer>,
) -> Result<(Company, Customer)> {
    let (company, customer) = work.authorised(actor, permission, (actor.company(), id))?;
    customer.must_be_within(work, actor).map(|()| (company, customer))
}

impl Customer {
    /// Whether it is one of those that the actor may know of: what is another company's, or outside the departments where
    /// the actor works, is not there (invariants 35 and 37). Errors: `not_found`.
    pub(crate) fn must_be_within(&self, work: &mut Work<'_>, actor: Actor) -> Result<()> {
        let within = self.company == actor.company() && work.scope(actor)?.includes(self.department);
        if within { Ok(()) } else { Customer::missing() }
    }
}

/// An entry of another company's list is not there (invariant 35).
fn own_offer<T: Offer>(offer: &T, company: &Company) -> Result<()> {
    if offer.company() == company.id { Ok(()) } else { T::missing() }
}

/// Whether an entry of a list can be chosen: it is offered, or had already.
fn choosable<T: Offer>(offer: &T, had: bool) -> Result<()> {
    match offer.state() {
        OfferState::Retired if !had => Err(Error::new(Code::Retired)),
        OfferState::Offered | OfferState::Retired => Ok(()),
    }
}
