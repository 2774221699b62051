use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    company::Carrier,
    error::{Code, Faults, Result},
    id::Id,
    store::json_field,
    value::Weekday,
};

/// The carrier of each day of service; days without one are no days of service.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Service(BTreeMap<Weekday, Id<Carrier>>);

json_field!(Service);

impl Service {
    /// Reads days by their names. Errors: `invalid_input` with a fault for each day that is none or comes twice.
    pub fn parse(days: &[(String, Id<Carrier>)]) -> Result<Self> {
        let (mut faults, mut service) = (Faults::default(), BTreeMap::new());
        for (at, (day, carrier)) in days.iter().enumerate() {
            let field = format!("days.{at}");
            let Some(day) = faults.check(&field, Weekday::parse(day)) else { continue };
            if service.insert(day, *carrier).is_some() {
                faults.add(&field, Code::DuplicateEntry);
            }
        }
        faults.made(|| Some(Service(service)))
    }

    /// Whether there is no day of service.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The carrier of a day.
    pub fn carrier(&self, day: Weekday) -> Option<Id<Carrier>> {
        self.0.get(&day).copied()
    }

    /// The days with their carriers, Monday first.
    pub fn days(&self) -> impl Iterator<Item = (Weekday, Id<Carrier>)> {
        self.0.iter().map(|(day, carrier)| (*day, *carrier))
    }

    /// The carriers, each once.
    pub(super) fn carriers(&self) -> Vec<Id<Carrier>> {
        let mut carriers: Vec<_> = self.0.values().copied().collect();
        carriers.sort_unstable();
        carriers.dedup();
        carriers
    }
}
