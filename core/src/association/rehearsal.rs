//! What a dry run remembers of the rows before, which it has not written.

use super::{
    UserOutcome,
    bulk::{Row, duplicate, refuse_twin},
    invite::{Invited, Prospect, login_name_taken},
};
use crate::{
    bulk::{Call, Noted},
    error::Result,
    login::folded,
    work::Work,
};

/// What earlier rows would have taken.
#[derive(Default)]
pub(super) struct Rehearsal {
    /// Rows by person and customer, rows by login name, and how many invitations by address.
    noted: Noted,
}

impl Rehearsal {
    /// Says what would come of an invitation after those of the rows before. A login name that one of those would give
    /// up still counts as taken.
    pub(super) fn invite(
        &mut self,
        work: &mut Work<'_>,
        call: &Call,
        row: &Row,
        invited: &Invited,
    ) -> Result<UserOutcome> {
        let prospect = Prospect::read(work, call.actor, invited)?;
        refuse_twin(work, call, &prospect)?;
        let address = invited.email.canonical();
        let (person, invitations) = (("person", invited.customer.uuid(), address), ("address", address));
        if let Some(first) = self.noted.of(person) {
            return Err(duplicate(first));
        }
        let login_name = prospect.login_name()?;
        let name = invited.login_name().map(|name| ("login name", folded(name)));
        if name.as_ref().is_some_and(|name| self.noted.of(name).is_some()) {
            return Err(login_name_taken());
        }
        let waiting = self.noted.of(invitations).unwrap_or_default();
        prospect.check_rate(work, waiting)?;
        self.noted.note(person, row.number);
        self.noted.note(invitations, waiting + 1);
        if let Some(name) = name.filter(|_| login_name.is_some()) {
            self.noted.note(name, row.number);
        }
        Ok(UserOutcome::WouldAdd { association: prospect.is_asked() })
    }
}
