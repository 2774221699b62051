use super::{AddressChange, Login, email, present, reset};
use crate::{error::Result, limit::Limit, one_use::Ticket, two_factor, work::Work};

impl Login {
    /// The counts that are kept by the login and by its address.
    pub(crate) fn scopes(&self) -> Vec<String> {
        let by_address = [present::tries_of(&self.address), reset::slot(&self.email)];
        by_address.into_iter().chain([email::slot(self.id), two_factor::scope(self.id)]).collect()
    }

    /// Forgets what could still open or change a login: what mails hold, the address that waits, the second factor and its
    /// codes, and the counts kept by the address. The login is no longer asked for a second factor; put it after.
    pub(crate) fn forget(&self, work: &mut Work<'_>) -> Result<()> {
        let slots = [reset::slot(&self.email), email::slot(self.id)];
        let tickets = slots.iter().map(|slot| Ticket::by_slot(slot)).collect::<Vec<_>>();
        let (tickets, waiting) = work.get((tickets, AddressChange::by_login(self.id)))?;
        tickets.into_iter().flatten().for_each(|ticket| work.delete(ticket.id));
        waiting.into_iter().for_each(|waiting| work.delete(waiting.id));
        two_factor::forget(work, self.id)?;
        Limit::forget(work, self.scopes())
    }
}
