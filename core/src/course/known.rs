//! What is known of an account that was there before the course: it counts, as if it had been reported then.

use super::{
    Account, Fields, Progress, Published, Signal, SignalName,
    record::{PLACE, TaskKeys},
};
use crate::{
    error::Result,
    handfast::Handfast,
    partner::{Designation, DesignationState, Partner},
    store::Paging,
    two_factor::TwoFactor,
    work::Work,
};

/// Clients of a partner that are told of: more than a sensible task asks for.
const CLIENTS: u32 = 500;

impl Handfast {
    /// Writes what is known of an account into its log, once.
    pub(super) fn tell_what_is_known(&self, account: Account) -> Result<()> {
        let clients = match account {
            Account::Partner(partner) => {
                self.list(Designation::by_age(partner, DesignationState::Live), &Paging::first(CLIENTS))?.items
            }
            Account::Commerce(_) => Vec::new(),
        };
        self.change(|work| {
            let Some(head) = work.get(Published::by_place(PLACE))? else { return Ok(()) };
            // what came after the first publication was reported as it happened
            let before = |found: &Designation| found.is_live() && found.since < head.begun;
            let mut told = Vec::new();
            match account {
                Account::Commerce(company) => {
                    told.push(("company_signed_up", String::new(), Fields::default()));
                    let designation = work.get(Designation::by_company(company))?.filter(&before);
                    let fields = |found: Designation| Fields::of([("origin", found.origin.as_str())]);
                    told.extend(designation.map(|found| ("partner_linked", String::new(), fields(found))));
                }
                Account::Partner(partner) => {
                    told.push(("partner_signed_up", String::new(), Fields::default()));
                    let Partner { owner, .. } = work.need(partner)?;
                    let factor = work.get(TwoFactor::by_login(owner))?;
                    if factor.and_then(|factor| factor.since).is_some_and(|since| since < head.begun) {
                        told.push(("two_factor_enabled", String::new(), Fields::default()));
                    }
                    told.extend(clients.iter().filter(|client| before(client)).map(|client| {
                        let company = client.company.to_string();
                        let fields = [("company", company.as_str()), ("origin", client.origin.as_str())];
                        ("client_linked", company.clone(), Fields::of(fields))
                    }));
                }
            }
            tell(work, account, told)
        })
    }
}

fn tell(work: &mut Work<'_>, account: Account, told: Vec<(&str, String, Fields)>) -> Result<()> {
    // a line end keeps it apart from every key of the host's, which is one line
    let key = |name: &str, of: &str| format!("known\n{name} {of}");
    let keys: Vec<_> = told.iter().map(|(name, of, _)| Signal::by_key(account.id(), &key(name, of))).collect();
    let there = work.get(keys)?;
    let new: Vec<_> = told.into_iter().zip(there).filter(|(_, there)| there.is_none()).map(|(new, _)| new).collect();
    if new.is_empty() {
        return Ok(());
    }
    for (name, of, fields) in new {
        let (id, occurred, name_of, key) = (work.new_id()?, work.now(), SignalName::parse(name)?, Some(key(name, &of)));
        let (side, account, completed) = (account.side(), account.id(), TaskKeys::default());
        let (name, received) = (name_of, occurred);
        work.insert(&Signal { id, account, side, name, fields, occurred, received, edition: 0, key, completed });
    }
    // whoever is judging the log just now begins anew
    match work.get(Progress::by_account(account.id()))? {
        Some(old) => work.put(&Progress { waiting: old.waiting + 1, ..old }),
        None => {
            let progress = Progress { waiting: 1, ..Progress::new(work, account)? };
            work.insert(&progress);
        }
    }
    Ok(())
}
