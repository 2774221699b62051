use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{
    actor::Actor,
    clock::Timestamp,
    company::Company,
    course::{self, Account, Fields},
    customer::Customer,
    error::Result,
    id::Id,
    login::Login,
    partner::Partner,
    record,
    store::{Cell, CellType, Field, Record, choice_columns, json_field},
    value::choices,
    work::Work,
};

choices! {
    /// What happened.
    pub enum EventKind {
        /// A company signed up.
        CompanySignedUp = "company_signed_up",
        /// A company's own data were changed.
        CompanyChanged = "company_changed",
        /// Someone was invited to the staff.
        StaffInvited = "staff_invited",
        /// Someone accepted the invitation to the staff.
        StaffJoined = "staff_joined",
        /// A member of the staff got another role.
        StaffRoleChanged = "staff_role_changed",
        /// Someone of the staff was limited to departments, or works in the whole company again.
        StaffLimited = "staff_limited",
        /// Someone left the staff or was removed from it.
        StaffRemoved = "staff_removed",
        /// A price type, a carrier or a department was added.
        OfferAdded = "offer_added",
        /// A price type, a carrier or a department was renamed, retired or offered again.
        OfferChanged = "offer_changed",
        /// What a company or a department asks at checkout was changed.
        QuestionsChanged = "questions_changed",
        /// The invite link was replaced by a new one.
        LinkReplaced = "link_replaced",
        /// The invite link was disabled or enabled.
        LinkSwitched = "link_switched",
        /// A visitor verified an address.
        AddressVerified = "address_verified",
        /// A visitor filed a request.
        RequestSubmitted = "request_submitted",
        /// A visitor withdrew a request.
        RequestWithdrawn = "request_withdrawn",
        /// A request was approved.
        RequestApproved = "request_approved",
        /// A request was rejected.
        RequestRejected = "request_rejected",
        /// Nobody decided a request in time.
        RequestExpired = "request_expired",
        /// A customer came to be.
        CustomerCreated = "customer_created",
        /// What the staff has written down of a customer was changed.
        CustomerChanged = "customer_changed",
        /// A customer was activated, deactivated, blocked or unblocked.
        CustomerStateChanged = "customer_state_changed",
        /// A customer's price type, markup or advanced settings were changed.
        CustomerPriced = "customer_priced",
        /// A customer's days of service were changed.
        CustomerServiced = "customer_serviced",
        /// A customer can order for the first time.
        CustomerReady = "customer_ready",
        /// A customer got a tag, or got one in place of another.
        CustomerTagged = "customer_tagged",
        /// A customer lost a tag.
        CustomerUntagged = "customer_untagged",
        /// It was set who can check out in the company, or in a department.
        CheckoutSet = "checkout_set",
        /// An order was recorded.
        OrderRecorded = "order_recorded",
        /// A guest order was linked to a customer.
        OrderLinked = "order_linked",
        /// A linked order was taken from its customer.
        OrderUnlinked = "order_unlinked",
        /// A tag was created.
        TagCreated = "tag_created",
        /// A tag was renamed.
        TagRenamed = "tag_renamed",
        /// A tag was merged into another.
        TagMerged = "tag_merged",
        /// A tag was deleted.
        TagDeleted = "tag_deleted",
        /// A person was invited as user of a customer.
        UserInvited = "user_invited",
        /// A person became a user of a customer.
        UserJoined = "user_joined",
        /// A person declined to be a user of a customer, or left.
        UserDeclined = "user_declined",
        /// A person did not answer the invitation in time.
        UserExpired = "user_expired",
        /// A person's access as user of a customer was taken back.
        UserRevoked = "user_revoked",
        /// The trial was converted or cancelled.
        TrialSettled = "trial_settled",
        /// The invite link was shared.
        InviteLinkShared = "invite_link_shared",
        /// The company designated a partner.
        PartnerLinked = "partner_linked",
        /// The company designates its partner no longer.
        PartnerCleared = "partner_cleared",
        /// It was set how the company hears of its partner's visits.
        VisitNoticeSet = "visit_notice_set",
        /// The partner entered the company's account.
        PartnerEntered = "partner_entered",
        /// The company ended a visit of its partner.
        VisitEnded = "visit_ended",
        /// A task of the onboarding page was completed.
        TaskCompleted = "task_completed",
        /// A mail was given up.
        MailGivenUp = "mail_given_up",
        /// What the company held on a person was erased.
        PersonErased = "person_erased",
    }
}

choices! {
    /// What kind of doer an event names.
    pub enum Doer {
        /// A person of the company's staff, or on the way there: see `login`.
        Staff = "staff",
        /// A user of a customer, or on the way there: see `login`.
        User = "user",
        /// A Certified Partner in the company's account: see `login` and `partner`.
        Partner = "partner",
        /// A visitor of the invite link: see `address`.
        Visitor = "visitor",
        /// The host application.
        Host = "host",
        /// The library, by the passing of time.
        System = "system",
    }
}

choice_columns!(EventKind, Doer);

impl EventKind {
    /// Whether it is a signal to the course, too: what a company does to set itself up, and what comes of it. What happens
    /// all day long, or is done to it, is none.
    const fn is_signal(self) -> bool {
        use EventKind::{
            CompanyChanged, CompanySignedUp, CustomerPriced, CustomerReady, CustomerServiced, CustomerStateChanged,
            InviteLinkShared, OfferAdded, PartnerEntered, PartnerLinked, RequestApproved, StaffInvited, StaffJoined,
            TrialSettled, UserInvited, UserJoined,
        };
        matches!(
            self,
            CompanySignedUp
                | CompanyChanged
                | TrialSettled
                | OfferAdded
                | InviteLinkShared
                | RequestApproved
                | CustomerStateChanged
                | CustomerPriced
                | CustomerServiced
                | CustomerReady
                | StaffInvited
                | StaffJoined
                | UserInvited
                | UserJoined
                | PartnerLinked
                | PartnerEntered
        )
    }
}

/// Some columns of a record with what they held.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Snapshot(pub Map<String, Value>);

json_field!(Snapshot);

impl Snapshot {
    /// All columns of a record but the secret ones (invariant 40).
    pub(crate) fn of<T: Record>(record: &T) -> Self {
        let columns = T::TABLE.columns.iter().zip(record.cells());
        let shown = columns.filter(|(column, _)| column.ty != CellType::Secret);
        Snapshot(shown.map(|(column, cell)| (column.name.to_owned(), shown_as(&cell, column.ty))).collect())
    }
}

record! {
    /// One thing that happened.
    #[derive(Serialize)]
    pub struct Event in "event" {
        /// The id; ids sort by time, and those of changes that were under way at once in either order.
        id: Id<Event>,
        /// The company it happened at.
        company: Id<Company>,
        /// When.
        at: Timestamp,
        /// What.
        what: EventKind,
        /// Who, by kind.
        doer: Doer,
        /// Who, when it was a person with a login.
        login: Option<Id<Login>>,
        /// On whose behalf, when not on one's own.
        on_behalf_of: Option<Id<Login>>,
        /// Who, when it was a visitor: the canonical address.
        address: Option<String>,
        /// What kind of record it happened to: `customer`, `request`, ...
        subject_kind: String,
        /// The record it happened to.
        subject: Id<()>,
        /// The columns that changed, as they were.
        before: Option<Snapshot>,
        /// The same columns, as they are since.
        after: Option<Snapshot>,
        /// The partner account that acted, when one did.
        partner: Option<Id<Partner>>,
        /// The customer that it is about: itself, one of its users, an order it has or had.
        customer: Option<Id<Customer>>,
    }
    index of_company(company: Id<Company>) by ();
    index of_subject(company: Id<Company>, subject: Id<()>) by ();
    index of_login(company: Id<Company>, login: Id<Login>) by ();
    index of_customer(company: Id<Company>, customer: Id<Customer>) by ();
}

/// Who did what an event tells of.
#[derive(Clone, Debug)]
pub(crate) enum By {
    Actor(Actor),
    Person(Id<Login>),
    User(Id<Login>),
    Visitor(String),
    System,
}

impl From<Actor> for By {
    fn from(actor: Actor) -> Self {
        By::Actor(actor)
    }
}

impl By {
    fn parts(&self) -> (Doer, Option<Id<Login>>, Option<String>) {
        match self {
            By::Actor(Actor::Partner { login, .. }) => (Doer::Partner, Some(*login), None),
            By::Actor(Actor::Staff { login, .. } | Actor::Session { login, .. }) | By::Person(login) => {
                (Doer::Staff, Some(*login), None)
            }
            By::User(login) => (Doer::User, Some(*login), None),
            By::Actor(Actor::Host { .. }) => (Doer::Host, None, None),
            By::Visitor(address) => (Doer::Visitor, None, Some(address.clone())),
            By::System => (Doer::System, None, None),
        }
    }

    fn partner(&self) -> Option<Id<Partner>> {
        match self {
            By::Actor(Actor::Partner { partner, .. }) => Some(*partner),
            By::Actor(Actor::Staff { .. } | Actor::Session { .. } | Actor::Host { .. }) => None,
            By::Person(_) | By::User(_) | By::Visitor(_) | By::System => None,
        }
    }
}

impl Work<'_> {
    /// Notes what happens to a record in this change.
    pub(crate) fn event<T: Record>(
        &mut self,
        company: Id<Company>,
        by: impl Into<By>,
        what: EventKind,
        subject: &T,
    ) -> Result<()> {
        self.note(company, by.into(), what, subject, (None, None))
    }

    /// The same, with something to be said of it.
    pub(crate) fn told<T: Record>(
        &mut self,
        company: Id<Company>,
        by: impl Into<By>,
        what: EventKind,
        subject: &T,
        (name, value): (&str, Value),
    ) -> Result<()> {
        let after = Snapshot([(name.to_owned(), value)].into_iter().collect());
        self.note(company, by.into(), what, subject, (None, Some(after)))
    }

    /// Notes that a record which this work has put is changed, and how it differs from what was read.
    pub(crate) fn changed<T: Record>(
        &mut self,
        company: Id<Company>,
        by: impl Into<By>,
        what: EventKind,
        new: &T,
    ) -> Result<()> {
        let (before, after) = self.change_of(new.id()).map(|(old, new)| difference::<T>(old, new)).unzip();
        self.note(company, by.into(), what, new, (before, after))
    }

    fn note<T: Record>(
        &mut self,
        company: Id<Company>,
        by: By,
        what: EventKind,
        subject: &T,
        (before, after): (Option<Snapshot>, Option<Snapshot>),
    ) -> Result<()> {
        let fields = after.as_ref().map(Fields::of_snapshot).unwrap_or_default();
        self.write(company, by, what, subject, (before, after))?;
        self.signal(company, what, subject, fields)
    }

    /// What happens to a company is a signal to the course, which so completes by using the product.
    fn signal<T: Record>(&mut self, company: Id<Company>, what: EventKind, subject: &T, fields: Fields) -> Result<()> {
        if !what.is_signal() {
            return Ok(());
        }
        let subject = subject.id().to_string();
        let fields = fields.and([("subject_kind", T::TABLE.name), ("subject", subject.as_str())]);
        course::note(self, Account::Commerce(company), what.as_str(), fields)
    }

    fn write<T: Record>(
        &mut self,
        company: Id<Company>,
        by: By,
        what: EventKind,
        subject: &T,
        (before, after): (Option<Snapshot>, Option<Snapshot>),
    ) -> Result<()> {
        let (partner, (doer, login, address)) = (by.partner(), by.parts());
        let customer = self.customer_of(subject.id());
        self.insert(&Event {
            id: self.new_id()?,
            company,
            at: self.now(),
            what,
            doer,
            login,
            on_behalf_of: None,
            address,
            subject_kind: T::TABLE.name.to_owned(),
            subject: subject.id().cast(),
            before,
            after,
            partner,
            customer,
        });
        Ok(())
    }

    /// The customer that a record of this work is, or belongs to, or did before it was changed.
    fn customer_of<T: Record>(&self, id: Id<T>) -> Option<Id<Customer>> {
        if T::TABLE.is(Customer::TABLE) {
            return Some(id.cast());
        }
        let column = T::TABLE.columns.iter().position(|column| column.name == "customer")?;
        let held = |cells: &[Cell]| Option::<Id<Customer>>::from_cell(cells.get(column)?).ok().flatten();
        self.states_of(id).into_iter().flatten().find_map(held)
    }
}

/// The columns that differ, before and after. Secrets are left out (invariant 40).
fn difference<T: Record>(old: &[Cell], new: &[Cell]) -> (Snapshot, Snapshot) {
    let shown = T::TABLE
        .columns
        .iter()
        .zip(old.iter().zip(new))
        .filter(|(column, (old, new))| column.ty != CellType::Secret && old != new);
    let pairs = shown.map(|(column, (old, new))| {
        let value = |cell| (column.name.to_owned(), shown_as(cell, column.ty));
        (value(old), value(new))
    });
    let (before, after): (Map<_, _>, Map<_, _>) = pairs.unzip();
    (Snapshot(before), Snapshot(after))
}

fn shown_as(cell: &Cell, ty: CellType) -> Value {
    match (cell, ty) {
        (Cell::Null, _) => Value::Null,
        (Cell::Int(int), CellType::Bool) => Value::Bool(*int != 0),
        (Cell::Int(millis), CellType::Time) => Value::String(Timestamp::from_millis(*millis).to_string()),
        (Cell::Int(int), _) => Value::from(*int),
        (Cell::Id(id), _) => Value::String(id.to_string()),
        (Cell::Text(text), CellType::Json) => serde_json::from_str(text).unwrap_or(Value::Null),
        (Cell::Text(text), _) => Value::String(text.clone()),
    }
}
