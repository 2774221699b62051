use serde::Serialize;
use serde_json::json;

use super::{Customer, CustomerState};
use crate::{
    company::Company,
    error::Result,
    event::{By, EventKind},
    mail::{Letter, MailKind},
    value::choices,
    work::Work,
};

choices! {
    /// What a customer lacks to order.
    pub enum Missing {
        /// It is not active: step one.
        Activation = "activation",
        /// It is blocked.
        Unblocking = "unblocking",
        /// It has no price type: step two.
        PriceType = "price_type",
        /// No day of service has a carrier: step three.
        DaysOfService = "days_of_service",
    }
}

/// Whether a customer can order, and if not, why not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CanOrder {
    /// Whether it can.
    pub yes: bool,
    /// What is missing; empty when it can.
    pub missing: Vec<Missing>,
}

impl Customer {
    /// The one place that answers invariant 1. A customer exists only by approval, so that is never missing.
    pub fn can_order(&self) -> CanOrder {
        let state = match self.state {
            CustomerState::Active => None,
            CustomerState::Inactive => Some(Missing::Activation),
            CustomerState::Blocked | CustomerState::Erased => Some(Missing::Unblocking),
        };
        let price_type = self.price_type.is_none().then_some(Missing::PriceType);
        let service = self.service.is_empty().then_some(Missing::DaysOfService);
        let missing: Vec<_> = [state, price_type, service].into_iter().flatten().collect();
        CanOrder { yes: missing.is_empty(), missing }
    }
}

/// Puts a customer that was changed; when it can order for the first time, tells it so in the same commit, and
/// never again (invariant 2).
pub(crate) fn settled(
    work: &mut Work<'_>,
    by: impl Into<By>,
    what: EventKind,
    company: &Company,
    (old, mut new): (&Customer, Customer),
) -> Result<Customer> {
    if new == *old {
        return Ok(new);
    }
    let (by, first) = (by.into(), new.ready.is_none() && new.can_order().yes);
    if first {
        new.ready = Some(work.now());
    }
    work.put(&new);
    work.changed(company.id, by.clone(), what, &new)?;
    if first {
        if let Some(link) = new.link {
            work.add(link, "activated", 1);
        }
        work.event(company.id, by, EventKind::CustomerReady, &new)?;
        let values = json!({ "name": new.contact, "link": work.handfast().brand().page("shop") });
        work.mail(Letter::to_visitor(MailKind::ReadyToBuy, company, &new.email, &new.locale, values))?;
    }
    Ok(new)
}
