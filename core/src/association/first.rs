use super::{Association, AssociationState, send::send_link};
use crate::{
    actor::Actor, company::Company, customer::Customer, error::Result, event::EventKind, login::Login, mail::MailKind,
    work::Work,
};

impl Association {
    /// Makes the person whose request was approved the customer's first user. The address was verified and the person
    /// asked for it, so there is nothing left to confirm; a person without a password of one's own gets a link to choose
    /// one. Of use once the customer is active.
    ///
    /// Where somebody signs in with the address who never proved it, the person is a user once the link is answered.
    pub(crate) fn first(work: &mut Work<'_>, actor: Actor, company: &Company, customer: &Customer) -> Result<Self> {
        let login = match work.get(Login::by_address(&customer.address))? {
            Some(mut login) => {
                login.joins(company.id);
                work.put(&login);
                login
            }
            None => {
                let login = Login::new(work, &customer.email, &customer.contact, None)?;
                let login = Login { home: Some(company.id), ..login };
                work.insert(&login);
                login
            }
        };
        let squatted = login.password.is_some() && !login.has_own_password();
        let state = if squatted { AssociationState::Pending } else { AssociationState::Active };
        let association = Association {
            id: work.new_id()?,
            company: company.id,
            customer: customer.id,
            login: login.id,
            name: customer.contact.clone(),
            email: customer.email.clone(),
            login_name: None,
            folded: None,
            notes: None,
            state,
            created: work.now(),
            expires: work.now(),
            decided: (!squatted).then_some(work.now()),
        };
        let association = match login.has_own_password() {
            true => association,
            false => send_link(work, MailKind::UserInvited, company, customer, &login, association)?,
        };
        work.insert(&association);
        let what = if squatted { EventKind::UserInvited } else { EventKind::UserJoined };
        work.event(company.id, actor, what, &association)?;
        Ok(association)
    }
}
