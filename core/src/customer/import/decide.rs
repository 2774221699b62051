use std::collections::BTreeSet;

use super::{
    ImportHow, ImportOutcome, OnFound,
    row::{Row, Said, taken_address, taken_number},
};
use crate::{
    actor::Actor,
    bulk::{BulkMode, Call, Noted, asked},
    company::{Company, Department, Permission},
    customer::{
        Creation, Customer,
        create::{CustomerDetails, created, number_key, number_taken, updated},
    },
    error::{Code, Error, Result},
    id::Id,
    replay::CallKey,
    tag::Tag,
    work::Work,
};

/// What the call is known by in its replay.
const CALL: &str = "customers.import_many";

/// One import, or several under one key.
pub(super) struct Import {
    pub(super) call: Call,
    how: ImportHow,
}

impl Import {
    pub(super) fn new(actor: Actor, key: CallKey, how: ImportHow) -> Result<Self> {
        let asked = asked(&(CALL, how.on_found, how.notice))?;
        let call = Call { actor, key, mode: how.mode, permission: Permission::SetUpCustomers, asked };
        Ok(Import { call, how })
    }

    /// Decides each row once, after what a dry run noted of those `before`; a refusal is kept too. A refused row has written
    /// nothing, so the others go on.
    pub(super) fn decide(&self, work: &mut Work<'_>, batch: &[Row], before: &Noted) -> Result<Vec<ImportOutcome>> {
        let company = work.authorised(self.call.actor, self.call.permission, self.call.actor.company())?;
        self.read_ahead(work, batch)?;
        let mut decide = |row: &Row| {
            self.call.once(work, row.number, &row.asked, |work| match &row.said {
                Ok(said) => self.row(work, &company, (row.number, said), before).or_else(ImportOutcome::refused),
                Err(refused) => Ok(refused.clone()),
            })
        };
        batch.iter().map(&mut decide).collect()
    }

    /// What every row asks for first, in one round trip.
    fn read_ahead(&self, work: &mut Work<'_>, batch: &[Row]) -> Result<()> {
        let company = self.call.actor.company();
        let said: Vec<_> = batch.iter().filter_map(|row| row.said.as_ref().ok()).collect();
        let details = || said.iter().filter_map(|said| said.details.as_ref());
        let addresses = details().map(|details| Customer::by_address(company, details.email.canonical()));
        let numbers = details().filter_map(|details| details.number.as_ref());
        let numbers = numbers.map(|number| Customer::by_number(company, &number_key(number)));
        let (mut departments, mut tags) = (BTreeSet::new(), BTreeSet::new());
        for (department, named) in said.iter().map(|said| said.names()) {
            departments.extend(department);
            tags.extend(named);
        }
        let departments = departments.iter().map(|name| Department::by_name(company, name));
        let tags = tags.iter().map(|name| Tag::by_name(company, name));
        let answers = self.call.answers(batch.iter().map(|row| row.number));
        let customers: Vec<_> = addresses.chain(numbers).collect();
        work.get((answers, customers, departments.collect::<Vec<_>>(), tags.collect::<Vec<_>>())).map(drop)
    }

    fn row(
        &self,
        work: &mut Work<'_>,
        company: &Company,
        (number, said): (u32, &Said),
        before: &Noted,
    ) -> Result<ImportOutcome> {
        let actor = self.call.actor;
        let address = said.details.as_ref().map(|details| Customer::by_address(company.id, details.email.canonical()));
        let found = work.get(address)?.flatten();
        if found.as_ref().is_some_and(|found| found.must_be_within(work, actor).is_err()) {
            return Err(Error::new(Code::AlreadyCustomer));
        }
        let details = said.in_full(work, actor, found.as_ref())?;
        let twin = match &found {
            Some(found) => self.call.twin(work, found.id.cast())?,
            None => None,
        };
        if let Some(first) = twin.or_else(|| before.of(taken_address(&details)).map(u64::from)) {
            let message = format!("row {first} has this address already");
            return Err(Error::because(Code::DuplicateEntry, message));
        }
        let taken = taken_number(&details).is_some_and(|number| before.of(number).is_some());
        let (outcome, customer) = match found {
            Some(found) if self.how.on_found == OnFound::Keep => {
                (ImportOutcome::Found { customer: found.id }, found.id)
            }
            _ if taken => return Err(number_taken()),
            Some(found) => (self.updated(work, company, &found, &details)?, found.id),
            None => self.created(work, &details)?,
        };
        self.call.note(work, customer.cast(), number)?;
        Ok(outcome)
    }

    fn created(&self, work: &mut Work<'_>, details: &CustomerDetails) -> Result<(ImportOutcome, Id<Customer>)> {
        let (creation, Customer { id: customer, .. }) = created(work, self.call.actor, details, self.how.notice)?;
        let outcome = match (creation, self.call.mode) {
            (Creation::Found, _) => ImportOutcome::Found { customer },
            (Creation::Created, BulkMode::Apply) => ImportOutcome::Created { customer },
            (Creation::Created, BulkMode::DryRun) => ImportOutcome::WouldCreate,
        };
        Ok((outcome, customer))
    }

    fn updated(
        &self,
        work: &mut Work<'_>,
        company: &Company,
        found: &Customer,
        details: &CustomerDetails,
    ) -> Result<ImportOutcome> {
        let new = updated(work, self.call.actor, company, found, details)?;
        let customer = found.id;
        Ok(match self.call.mode {
            _ if new == *found => ImportOutcome::Found { customer },
            BulkMode::Apply => ImportOutcome::Updated { customer },
            BulkMode::DryRun => ImportOutcome::WouldUpdate { customer },
        })
    }
}
