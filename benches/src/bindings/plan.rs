use base64::prelude::{BASE64_STANDARD, Engine as _};
use handfast::{Id, company::Company, customer::Customer, login::Login, request::BusinessInput};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{CALLERS, Extent};
use crate::{Result, dataset, job::Job, operation::Operation, shop::Shop};

/// What a program is to do, as it reads it.
#[derive(Deserialize, Serialize)]
pub(crate) struct Plan {
    /// The database.
    pub(super) url: String,
    root_key: String,
    pub(super) login: Id<Login>,
    pub(super) company: Id<Company>,
    pub(super) customers: Vec<Id<Customer>>,
    /// The tokens of people who are signed in.
    pub(super) tokens: Vec<String>,
    pub(super) rounds: usize,
    pub(super) slices: usize,
    pub(super) calls: usize,
    pub(super) pages: usize,
    pub(super) memory_calls: usize,
    pub(super) callers: usize,
    /// The passes of visitors who file, round by round: one after another, and many at once.
    pub(super) alone: Vec<Vec<String>>,
    pub(super) together: Vec<Vec<String>>,
    /// What they file.
    business: Value,
}

impl Plan {
    pub(super) fn of(shop: &Shop, extent: Extent) -> Result<Self> {
        let customers = shop.works.jobs(Operation::CanOrder, 1_000)?.into_iter().filter_map(|job| match job {
            Job::CanOrder { customer } => Some(customer),
            _ => None,
        });
        let customers = customers.collect();
        let tokens = shop.works.jobs(Operation::Resolve, 1_000)?.into_iter().filter_map(|job| match job {
            Job::Resolve { token } => Some(token),
            _ => None,
        });
        let tokens = tokens.collect();
        let passes = |count| -> Result<Vec<String>> {
            let jobs = shop.works.jobs(Operation::Submit, count)?.into_iter();
            Ok(jobs.filter_map(|job| if let Job::Submit { pass, .. } = job { Some(pass) } else { None }).collect())
        };
        let rounds = |count| (0..extent.rounds).map(|_| passes(count)).collect::<Result<Vec<_>>>();
        let login = shop.works.actor.login().ok_or("the actor is nobody")?;
        Ok(Plan {
            url: shop.path.to_string_lossy().into_owned(),
            root_key: BASE64_STANDARD.encode(dataset::ROOT_KEY),
            login,
            company: shop.works.actor.company(),
            customers,
            tokens,
            rounds: extent.rounds,
            slices: extent.slices,
            calls: extent.calls,
            pages: extent.pages,
            memory_calls: extent.memory_calls,
            callers: CALLERS,
            alone: rounds(extent.alone)?,
            together: rounds(extent.together)?,
            business: json!({
                "legal_name": "Rosas del Sur", "contact": "Bea Rosas", "phone": "+593 2 600 1122",
                "billing": { "line1": "Av. Amazonas 12", "city": "Quito", "country": "EC" },
                "tax_id": "1790012345001", "website": "https://rosas.example", "message": "We would like to buy roses."
            }),
        })
    }

    pub(super) fn business(&self) -> Result<BusinessInput> {
        Ok(serde_json::from_value(self.business.clone())?)
    }
}
