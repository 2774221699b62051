use serde::{Deserialize, Serialize};

use super::{Designation, DesignationState, LinkOrigin, Partners, bond::CanLogIn};
use crate::{
    clock::Timestamp,
    company::{Company, TrialState},
    course::{self, Account, TaskCount},
    error::Result,
    id::Id,
    session::Session,
    store::{Page, Paging},
    value::{Name, choices},
};

choices! {
    /// The order of a clients list.
    pub enum ClientOrder {
        /// By name.
        Name = "name",
        /// By name, from the end of the alphabet.
        NameDescending = "name_descending",
        /// Who came last first.
        Newest = "newest",
        /// Who came first first.
        Oldest = "oldest",
    }
}

choices! {
    /// Whether a client is the one that the partner works on the e-course with.
    pub enum Tandem {
        /// It is: its tasks count for the partner.
        Enabled = "enabled",
        /// It is not.
        Off = "off",
    }
}

/// Which clients, and in which order.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ClientFilter {
    /// Only those whose names have words that begin so; they come in the order of the words found.
    pub search: Option<String>,
    /// The order; by name unless told. Not looked at when `search` is given.
    pub order: Option<ClientOrder>,
}

/// One line of a clients list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Client {
    /// The commerce account.
    pub company: Id<Company>,
    /// How it is called.
    pub name: Name,
    /// How it came to designate the partner.
    pub origin: LinkOrigin,
    /// Since when it does.
    pub since: Timestamp,
    /// Where its trial stands.
    pub trial: TrialState,
    /// When its trial ends or ended, if it has one.
    pub trial_ends: Option<Timestamp>,
    /// How far it has come on its onboarding page. After a newer version of the course was published, what that version
    /// would find in the past counts from the client's next signal or look at its page on: a look at the list moves nobody on,
    /// and so takes no longer after a publication.
    pub onboarding: TaskCount,
    /// Whether it is the one that the partner works on the e-course with.
    pub tandem: Tandem,
    /// Whether one click lets the partner in, and if not, exactly why.
    pub login: CanLogIn,
}

impl Partners<'_> {
    /// The commerce accounts that designate the partner now (invariant 15), and how each of them is doing. Looking at one
    /// is a signal to the course, while a task waits for it.
    ///
    /// Errors: `not_signed_in`, `second_factor_needed`, `partner_only`, `not_a_cursor`.
    pub fn clients(&self, session_token: &str, filter: &ClientFilter, paging: &Paging) -> Result<Page<Client>> {
        let ((session, login, partner), asked) = self.0.view(|work| {
            let more = |partner| course::reads([Account::Partner(partner)]);
            let found = Session::partner_with(work, session_token, more)?;
            let asked = course::asks(work, Account::Partner(found.2.id), "clients_viewed")?;
            Ok((found, asked))
        })?;
        let live = DesignationState::Live;
        let (by_name, by_age) = (Designation::by_name, Designation::by_age);
        let listing = match (&filter.search, filter.order.unwrap_or(ClientOrder::Name)) {
            (Some(text), _) => Designation::find(partner.id, live, text),
            (None, ClientOrder::Name) => by_name(partner.id, live),
            (None, ClientOrder::NameDescending) => by_name(partner.id, live).descending(),
            (None, ClientOrder::Newest) => by_age(partner.id, live).descending(),
            (None, ClientOrder::Oldest) => by_age(partner.id, live),
        };
        let Page { items, next } = self.0.list(listing, paging)?;
        if asked && !items.is_empty() {
            self.0.notice(Account::Partner(partner.id), "clients_viewed");
        }
        self.0.view(|work| {
            let companies: Vec<_> = items.iter().map(|each| each.company).collect();
            work.ahead(&(companies.clone(), course::reads(companies.iter().copied().map(Account::Commerce))))?;
            let onboarding = course::counts(work, &companies)?;
            let companies = work.get(companies)?;
            let each = items.iter().zip(companies).zip(onboarding);
            let now = work.now();
            let line = |((found, company), (onboarding, tandem)): ((&Designation, Option<Company>), _)| {
                let company = company?;
                let found = found.clone();
                Some(Client {
                    company: company.id,
                    origin: found.origin,
                    since: found.since,
                    trial: company.trial_at(now),
                    trial_ends: company.trial_ends,
                    onboarding,
                    tandem: if tandem == Some(partner.id) { Tandem::Enabled } else { Tandem::Off },
                    login: CanLogIn::of(&session, &login, &partner),
                    name: found.name,
                })
            };
            Ok(Page { items: each.filter_map(line).collect(), next: next.clone() })
        })
    }
}
