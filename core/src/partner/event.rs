//! What happened to a partner account: its own history, beside those of its clients.

use serde::Serialize;

use super::Partner;
use crate::{
    clock::Timestamp, company::Company, error::Result, id::Id, login::Login, record, store::choice_columns,
    value::choices, work::Work,
};

choices! {
    /// What happened to a partner account.
    pub enum PartnerEventKind {
        /// It signed up.
        SignedUp = "signed_up",
        /// Its own data were changed.
        Changed = "changed",
        /// A commerce account designated it.
        ClientLinked = "client_linked",
        /// A commerce account designates it no longer.
        ClientCleared = "client_cleared",
        /// It works on the e-course in tandem with a commerce account from now on.
        CourseEnabled = "course_enabled",
        /// It works in tandem with that commerce account no longer.
        CourseDisabled = "course_disabled",
        /// A task of the e-course was completed.
        TaskCompleted = "task_completed",
        /// It was certified.
        Certified = "certified",
        /// Someone of it entered a client's account.
        ClientEntered = "client_entered",
        /// The client ended such a visit.
        VisitEnded = "visit_ended",
        /// The host suspended it.
        Suspended = "suspended",
        /// The host let it work again.
        Restored = "restored",
    }
}

choice_columns!(PartnerEventKind);

record! {
    /// One thing that happened to a partner account.
    #[derive(Serialize)]
    pub struct PartnerHistory in "partner_event" {
        /// The id; ids sort by time.
        id: Id<PartnerHistory>,
        /// The partner account.
        partner: Id<Partner>,
        /// When.
        at: Timestamp,
        /// What.
        what: PartnerEventKind,
        /// Who of the partner's people, where one did it.
        login: Option<Id<Login>>,
        /// The commerce account it is about, where there is one.
        company: Option<Id<Company>>,
        /// The task, or the number of the certificate.
        detail: Option<String>,
    }
    index of_partner(partner: Id<Partner>) by ();
}

/// What a partner's event is about, beside the partner.
#[derive(Clone, Debug, Default)]
pub(crate) struct About {
    pub(crate) login: Option<Id<Login>>,
    pub(crate) company: Option<Id<Company>>,
    pub(crate) detail: Option<String>,
}

impl About {
    pub(crate) fn company(company: Id<Company>) -> Self {
        About { company: Some(company), ..About::default() }
    }

    pub(crate) fn by(self, login: Option<Id<Login>>) -> Self {
        About { login, ..self }
    }
}

impl Work<'_> {
    /// Notes what happens to a partner account in this change.
    pub(crate) fn partner_event(&mut self, partner: Id<Partner>, what: PartnerEventKind, about: About) -> Result<()> {
        let About { login, company, detail } = about;
        let (id, at) = (self.new_id()?, self.now());
        self.insert(&PartnerHistory { id, partner, at, what, login, company, detail });
        Ok(())
    }
}
