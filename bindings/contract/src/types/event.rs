use handfast::event as core;

use super::{CompanyId, CustomerId, EventId, LoginId, PartnerId, RecordId};
use crate::{
    scalar::{Columns, Timestamp},
    shape::{Lend, choice, record},
};

choice! {
    /// What happened.
    pub enum EventKind of core::EventKind {
        /// A company signed up.
        CompanySignedUp,
        /// A company's own data were changed.
        CompanyChanged,
        /// Someone was invited to the staff.
        StaffInvited,
        /// Someone accepted the invitation to the staff.
        StaffJoined,
        /// A member of the staff got another role.
        StaffRoleChanged,
        /// Someone of the staff was limited to departments, or works in the whole company again.
        StaffLimited,
        /// Someone left the staff or was removed from it.
        StaffRemoved,
        /// A price type, a carrier or a department was added.
        OfferAdded,
        /// A price type, a carrier or a department was renamed, retired or offered again.
        OfferChanged,
        /// What a company or a department asks at checkout was changed.
        QuestionsChanged,
        /// The invite link was replaced by a new one.
        LinkReplaced,
        /// The invite link was disabled or enabled.
        LinkSwitched,
        /// A visitor verified an address.
        AddressVerified,
        /// A visitor filed a request.
        RequestSubmitted,
        /// A visitor withdrew a request.
        RequestWithdrawn,
        /// A request was approved.
        RequestApproved,
        /// A request was rejected.
        RequestRejected,
        /// Nobody decided a request in time.
        RequestExpired,
        /// A customer came to be.
        CustomerCreated,
        /// What the staff has written down of a customer was changed.
        CustomerChanged,
        /// A customer was activated, deactivated, blocked or unblocked.
        CustomerStateChanged,
        /// A customer's price type, markup or advanced settings were changed.
        CustomerPriced,
        /// A customer's days of service were changed.
        CustomerServiced,
        /// A customer can order for the first time.
        CustomerReady,
        /// A customer got a tag, or got one in place of another.
        CustomerTagged,
        /// A customer lost a tag.
        CustomerUntagged,
        /// It was set who can check out in the company, or in a department.
        CheckoutSet,
        /// An order was recorded.
        OrderRecorded,
        /// A guest order was linked to a customer.
        OrderLinked,
        /// A linked order was taken from its customer.
        OrderUnlinked,
        /// A tag was created.
        TagCreated,
        /// A tag was renamed.
        TagRenamed,
        /// A tag was merged into another.
        TagMerged,
        /// A tag was deleted.
        TagDeleted,
        /// A person was invited as user of a customer.
        UserInvited,
        /// A person became a user of a customer.
        UserJoined,
        /// A person declined to be a user of a customer, or left.
        UserDeclined,
        /// A person did not answer the invitation in time.
        UserExpired,
        /// A person's access as user of a customer was taken back.
        UserRevoked,
        /// The trial was converted or cancelled.
        TrialSettled,
        /// The invite link was shared.
        InviteLinkShared,
        /// The company designated a partner.
        PartnerLinked,
        /// The company designates its partner no longer.
        PartnerCleared,
        /// It was set how the company hears of its partner's visits.
        VisitNoticeSet,
        /// The partner entered the company's account.
        PartnerEntered,
        /// The company ended a visit of its partner.
        VisitEnded,
        /// A task of the onboarding page was completed.
        TaskCompleted,
        /// A mail was given up.
        MailGivenUp,
        /// What the company held on a person was erased.
        PersonErased,
    }
}

choice! {
    /// What kind of doer an event names.
    pub enum Doer of core::Doer {
        /// A person of the company's staff, or on the way there: see `login`.
        Staff,
        /// A user of a customer, or on the way there: see `login`.
        User,
        /// A Certified Partner in the company's account: see `login` and `partner`.
        Partner,
        /// A visitor of the invite link: see `address`.
        Visitor,
        /// The host application.
        Host,
        /// The library, by the passing of time.
        System,
    }
}

record! {
    /// One thing that happened.
    pub struct Event from core::Event {
        /// The id; ids sort by time.
        id: EventId,
        /// The company it happened at.
        company: CompanyId,
        /// When.
        at: Timestamp,
        /// What.
        what: EventKind,
        /// Who, by kind.
        doer: Doer,
        /// Who, when it was a person with a login.
        login: Option<LoginId>,
        /// On whose behalf, when not on one's own.
        on_behalf_of: Option<LoginId>,
        /// Who, when it was a visitor: the canonical address.
        address: Option<String>,
        /// What kind of record it happened to: `customer`, `request`, ...
        subject_kind: String,
        /// The record it happened to.
        subject: RecordId,
        /// The columns that changed, as they were.
        before: Option<Columns>,
        /// The same columns, as they are since.
        after: Option<Columns>,
        /// The partner account that acted, when one did.
        partner: Option<PartnerId>,
        /// The customer that it is about: itself, one of its users, an order it has or had.
        customer: Option<CustomerId>,
    }
}

record! {
    /// Which events: all of the company's unless told, the newest first.
    pub struct EventFilter into core::EventFilter {
    } optional {
        /// Only what happened to this record.
        subject: RecordId,
        /// Only what this person did. Not looked at when `subject` is given.
        login: LoginId,
        /// Only what happened then or later.
        since: Timestamp,
        /// Only what happened before.
        until: Timestamp,
    }
}

impl Lend for Option<core::EventFilter> {
    type Lent<'a> = &'a core::EventFilter;
    fn lend(&self) -> &core::EventFilter {
        const ALL: &core::EventFilter = &core::EventFilter { subject: None, login: None, since: None, until: None };
        self.as_ref().unwrap_or(ALL)
    }
}
