//! Jobs of a partner with its clients, and of the course that they are in.

use std::ops::Range;

use handfast::{
    company::Company,
    course::SignalInput,
    partner::{ClientFilter, ClientOrder},
    store::Paging,
};
use rusqlite::Connection;
use serde_json::json;

use super::{Ground, Works, system_time};
use crate::{
    Result,
    dataset::{self, Network, course, names},
    job::{Job, Place},
};

/// Callers at once that report about separate accounts: each has its own part of the clients.
pub(crate) const STRIPES: u64 = 64;

/// Signals in a batch.
const BATCH: u64 = 1_000;

impl Works {
    fn network(&self) -> Result<&Network> {
        self.network.as_ref().ok_or_else(|| "there is no partner here".into())
    }

    /// A fact about any account; of 64 that follow each other no two are about one.
    pub(super) fn signal(&self, number: u64) -> Result<Job> {
        let each = (self.stock.clients / STRIPES).max(1);
        let account = number % STRIPES * each + names::spread(number) % each;
        Ok(Job::Signal { input: Box::new(fact(account % self.stock.clients, number)?) })
    }

    /// A fact about always the same account.
    pub(super) fn signal_of_one(&self, number: u64) -> Result<Job> {
        Ok(Job::Signal { input: Box::new(fact(0, number)?) })
    }

    /// A thousand facts about so many accounts, in turn.
    pub(super) fn batch(&self, number: u64, accounts: u64) -> Result<Job> {
        let first = names::spread(number) % self.stock.clients;
        let account = |at: u64| (first + at % accounts) % self.stock.clients;
        let inputs = (0..BATCH).map(|at| fact(account(at), number * BATCH + at));
        Ok(Job::SignalMany { inputs: inputs.collect::<Result<_>>()? })
    }

    /// Places spread over the whole list of clients.
    pub(super) fn clients(&self, count: usize, order: ClientOrder) -> Result<Vec<Job>> {
        let token = self.at_home(1)?.remove(0);
        let filter = ClientFilter { search: None, order: Some(order) };
        let mut place = self.place()?;
        let (mut places, mut paging) = (vec![(None, None)], Some(Paging::first(500)));
        while let Some(asked) = paging {
            let page = self.library.partners().clients(&token, &filter, &asked)?;
            // the last of all ends no page
            if let (Some(next), Some(last)) = (&page.next, page.items.last()) {
                places.push((Some(next.clone()), place(last.company)?));
            }
            paging = Paging::after(&page, 500);
        }
        let job = |at: usize| {
            let (cursor, after) = places[names::spread(at as u64) as usize % places.len()].clone();
            Job::Clients { token: token.clone(), filter: filter.clone(), cursor, after }
        };
        Ok((0..count).map(job).collect())
    }

    /// Two words that hardly another client has.
    pub(super) fn clients_search(&self, count: usize) -> Result<Vec<Job>> {
        let token = self.at_home(1)?.remove(0);
        let job = |number| {
            let trader = names::trader(number);
            let filter = ClientFilter { search: Some(format!("{} {}", trader.trade, trader.brand)), order: None };
            Job::Clients { token: token.clone(), filter, cursor: None, after: None }
        };
        Ok(self.any(count, self.stock.clients).map(job).collect())
    }

    /// A partner in a fresh session each, about to enter any client's account.
    pub(super) fn visits(&self, numbers: Range<u64>) -> Result<Vec<Job>> {
        let tokens = self.sessions(numbers.clone())?;
        let company = |number| dataset::client_id(names::spread(number) % self.stock.clients);
        tokens
            .into_iter()
            .zip(numbers)
            .map(|(token, number)| Ok(Job::LogIn { token, company: company(number)? }))
            .collect()
    }

    /// Tokens of sessions in which the partner is at home.
    fn at_home(&self, count: i64) -> Result<Vec<String>> {
        self.sessions(self.unused(count)?)
    }

    fn sessions(&self, numbers: Range<u64>) -> Result<Vec<String>> {
        let (network, keyring, now) = (self.network()?, dataset::keyring()?, system_time());
        let writes = numbers.clone().map(|number| network.at_home(&keyring, number, now));
        self.write(writes.collect::<Result<_>>()?)?;
        Ok(numbers.map(dataset::partner_token).collect())
    }

    /// By what a client stands where it does in the list, for who asks a file by hand.
    fn place(&self) -> Result<impl FnMut(handfast::Id<Company>) -> Result<Option<Place>> + use<>> {
        let connection = match &self.ground {
            Ground::File(path) => Some(Connection::open(path)?),
            Ground::New(_) => None,
        };
        Ok(move |company: handfast::Id<Company>| {
            let Some(connection) = &connection else { return Ok(None) };
            let sql = "SELECT folded, since, id FROM handfast_designation WHERE company = ?1";
            let place = connection.query_row(sql, [company.to_string()], |row| {
                Ok(Place { folded: row.get(0)?, since: row.get(1)?, id: row.get(2)? })
            });
            Ok(Some(place?))
        })
    }
}

/// The `number`-th fact, about the `account`-th client.
fn fact(account: u64, number: u64) -> Result<SignalInput> {
    let fields = json!({ "order": format!("A-{number}"), "amount": number % 900 });
    Ok(SignalInput {
        company: Some(dataset::client_id(account)?),
        partner: None,
        name: course::signal(number),
        fields: fields.as_object().cloned().unwrap_or_default(),
        occurred: None,
        key: format!("order {number}"),
    })
}
