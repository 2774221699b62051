//! What else waits for a person who has just chosen a password.

use super::{
    Association, AssociationState,
    send::{password_slot, send_invitation},
};
use crate::{
    error::Result,
    event::{By, EventKind},
    handfast::Handfast,
    id::Id,
    login::Login,
    one_use::Ticket,
    store::Paging,
    work::Work,
};

/// Associations that are asked for anew at once; the Admins of others send theirs again.
const MOST: u32 = 50;

impl Handfast {
    /// The invitations that may wait for a person who is to choose a password: to be read before the decision.
    pub(crate) fn waiting(&self, login: Id<Login>) -> Result<Vec<Id<Association>>> {
        let page = self.list(Association::of_login(login), &Paging::first(MOST))?;
        let waiting = page.items.iter().filter(|association| association.state == AssociationState::Pending);
        Ok(waiting.map(|association| association.id).collect())
    }
}

impl Login {
    /// Asks anew, by a link, where a temporary password waits: it opens nothing any more for a person who has a
    /// password by now.
    pub(crate) fn ask_again(&self, work: &mut Work<'_>, waiting: &[Id<Association>]) -> Result<()> {
        let slots: Vec<_> = waiting.iter().map(|id| password_slot(*id)).collect();
        let tickets: Vec<_> = slots.iter().map(|slot| Ticket::by_slot(slot)).collect();
        let (found, tickets) = work.get((waiting.to_vec(), tickets))?;
        let is_live = |ticket: Option<Ticket>| ticket.is_some_and(|ticket| ticket.is_live(work.now()));
        let live: Vec<_> = tickets.into_iter().map(is_live).collect();
        let waiting = found.into_iter().zip(live).filter(|(_, live)| *live).filter_map(|(association, _)| association);
        for association in waiting {
            let (company, customer) = work.need((association.company, association.customer))?;
            let asked = send_invitation(work, (&company, &customer), self, company.invitation_style, association)?;
            work.put(&asked);
            work.changed(company.id, By::System, EventKind::UserInvited, &asked)?;
        }
        Ok(())
    }
}
