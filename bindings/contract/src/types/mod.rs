//! The inputs and outputs of the operations, by capability.

mod actor;
mod company;
mod customer;
mod event;
mod id;
mod invite;
mod mail;
mod page;
mod request;

pub use actor::Actor;
pub use company::*;
pub use customer::*;
pub use event::*;
pub use id::*;
pub use invite::*;
pub use mail::*;
pub use page::*;
pub use request::*;

use crate::shape::{ChoiceType, RecordType};

/// Every choice.
pub const CHOICES: &[ChoiceType] = &[
    Role::TYPE,
    StaffState::TYPE,
    OfferState::TYPE,
    Weekday::TYPE,
    QuestionKind::TYPE,
    LinkState::TYPE,
    LinkStanding::TYPE,
    ErrorCorrection::TYPE,
    RequestState::TYPE,
    Verdict::TYPE,
    BulkOutcome::TYPE,
    CustomerState::TYPE,
    Missing::TYPE,
    StepKind::TYPE,
    MailState::TYPE,
    MailKind::TYPE,
    Audience::TYPE,
    EventKind::TYPE,
    Doer::TYPE,
];

/// Every record.
pub const RECORDS: &[RecordType] = &[
    SignUp::TYPE,
    CompanyInput::TYPE,
    Company::TYPE,
    SignedUp::TYPE,
    Staff::TYPE,
    StaffInput::TYPE,
    StaffInvitation::TYPE,
    PriceType::TYPE,
    Carrier::TYPE,
    QuestionInput::TYPE,
    Question::TYPE,
    Answer::TYPE,
    InviteLink::TYPE,
    Funnel::TYPE,
    QrOptions::TYPE,
    Opened::TYPE,
    Started::TYPE,
    Verified::TYPE,
    PostalAddressInput::TYPE,
    PostalAddress::TYPE,
    BusinessInput::TYPE,
    Request::TYPE,
    RequestView::TYPE,
    Decision::TYPE,
    Approved::TYPE,
    BulkDecision::TYPE,
    BulkRow::TYPE,
    Customer::TYPE,
    ServiceDay::TYPE,
    CanOrder::TYPE,
    PricingInput::TYPE,
    Tour::TYPE,
    Step::TYPE,
    Mail::TYPE,
    Delivery::TYPE,
    DeliveryFailure::TYPE,
    Message::TYPE,
    Event::TYPE,
    EventFilter::TYPE,
    Paging::TYPE,
    StaffPage::TYPE,
    PriceTypePage::TYPE,
    CarrierPage::TYPE,
    RequestPage::TYPE,
    CustomerPage::TYPE,
    MailPage::TYPE,
    EventPage::TYPE,
];
