//! The inputs and outputs of the operations, by capability.

mod actor;
mod client;
mod company;
mod copy;
mod course;
mod customer;
mod event;
mod id;
mod invite;
mod login;
mod mail;
mod order;
mod page;
mod partner;
mod privacy;
mod question;
mod request;
mod session;
mod signal;
mod table;
mod tag;
mod user;

pub use actor::Actor;
pub use client::*;
pub use company::*;
pub use copy::*;
pub use course::*;
pub use customer::*;
pub use event::*;
pub use id::*;
pub use invite::*;
pub use login::*;
pub use mail::*;
pub use order::*;
pub use page::*;
pub use partner::*;
pub use privacy::*;
pub use question::*;
pub use request::*;
pub use session::*;
pub use signal::*;
pub use table::*;
pub use tag::*;
pub use user::*;

use crate::{
    open::Touch,
    shape::{ChoiceType, RecordType},
};

/// Every choice.
pub const CHOICES: &[ChoiceType] = &[
    Role::TYPE,
    StaffState::TYPE,
    InvitationStyle::TYPE,
    OfferState::TYPE,
    TrialState::TYPE,
    Weekday::TYPE,
    QuestionKind::TYPE,
    AnswerForm::TYPE,
    LinkState::TYPE,
    LinkStanding::TYPE,
    ErrorCorrection::TYPE,
    RequestState::TYPE,
    Verdict::TYPE,
    BulkOutcome::TYPE,
    CustomerState::TYPE,
    Notice::TYPE,
    Creation::TYPE,
    TableFormat::TYPE,
    OnFound::TYPE,
    ImportOutcome::TYPE,
    Missing::TYPE,
    StepKind::TYPE,
    AssociationState::TYPE,
    BulkMode::TYPE,
    Switch::TYPE,
    SettingOrigin::TYPE,
    OrderState::TYPE,
    TagChange::TYPE,
    TagOutcome::TYPE,
    UserOutcome::TYPE,
    ContextKind::TYPE,
    SignInStep::TYPE,
    TwoFactorState::TYPE,
    LoginEventKind::TYPE,
    PartnerState::TYPE,
    PartnerStanding::TYPE,
    LinkOrigin::TYPE,
    VisitNotice::TYPE,
    Attribution::TYPE,
    PartnerEventKind::TYPE,
    ClientOrder::TYPE,
    Tandem::TYPE,
    LoginObstacle::TYPE,
    DelegationState::TYPE,
    CourseFormat::TYPE,
    Side::TYPE,
    TaskNeed::TYPE,
    TaskState::TYPE,
    Touch::TYPE,
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
    AccessInput::TYPE,
    Staff::TYPE,
    StaffInput::TYPE,
    StaffInvitation::TYPE,
    PriceType::TYPE,
    Department::TYPE,
    CustomerFilter::TYPE,
    CustomerInput::TYPE,
    CreatedCustomer::TYPE,
    ExportPage::TYPE,
    ImportInput::TYPE,
    CustomerRow::TYPE,
    Tag::TYPE,
    CheckoutInput::TYPE,
    CheckoutOptions::TYPE,
    OrderInput::TYPE,
    Order::TYPE,
    OrderFilter::TYPE,
    LookedUp::TYPE,
    OrderTotal::TYPE,
    CustomerOverview::TYPE,
    TagFilter::TYPE,
    BulkTag::TYPE,
    TagRow::TYPE,
    BulkTagged::TYPE,
    TagsUndone::TYPE,
    Carrier::TYPE,
    QuestionInput::TYPE,
    Question::TYPE,
    Answer::TYPE,
    AnswerLimits::TYPE,
    ChoiceInput::TYPE,
    CheckoutQuestionInput::TYPE,
    QuestionChoice::TYPE,
    CheckoutQuestion::TYPE,
    Questionnaire::TYPE,
    AskedChoice::TYPE,
    AskedQuestion::TYPE,
    CheckoutAnswer::TYPE,
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
    UserInput::TYPE,
    UserPreview::TYPE,
    BulkUsers::TYPE,
    UserRow::TYPE,
    RowFault::TYPE,
    Association::TYPE,
    UserInvitation::TYPE,
    FirstPassword::TYPE,
    OwnAssociation::TYPE,
    SignIn::TYPE,
    SignedIn::TYPE,
    Held::TYPE,
    Context::TYPE,
    Resolved::TYPE,
    Destination::TYPE,
    IdentityView::TYPE,
    SessionView::TYPE,
    LoginEvent::TYPE,
    ResetLink::TYPE,
    EmailChange::TYPE,
    Enrolment::TYPE,
    TwoFactorStatus::TYPE,
    PartnerSignUp::TYPE,
    PartnerInput::TYPE,
    PartnerSignedUp::TYPE,
    PartnerView::TYPE,
    Referral::TYPE,
    DesignatedPartner::TYPE,
    PartnerEvent::TYPE,
    ClientFilter::TYPE,
    Client::TYPE,
    CanLogIn::TYPE,
    Visit::TYPE,
    PublishedCourse::TYPE,
    TaskCount::TYPE,
    CoursePage::TYPE,
    TandemView::TYPE,
    SectionView::TYPE,
    ItemView::TYPE,
    Directive::TYPE,
    CanCertify::TYPE,
    MissingTask::TYPE,
    CertificateView::TYPE,
    VerifiedCertificate::TYPE,
    SignalField::TYPE,
    SignalInput::TYPE,
    Signalled::TYPE,
    SignalRow::TYPE,
    Rebuilt::TYPE,
    Mail::TYPE,
    Delivery::TYPE,
    DeliveryFailure::TYPE,
    Message::TYPE,
    Event::TYPE,
    EventFilter::TYPE,
    HeldRow::TYPE,
    Erasure::TYPE,
    Paging::TYPE,
    StaffPage::TYPE,
    PriceTypePage::TYPE,
    DepartmentPage::TYPE,
    CarrierPage::TYPE,
    RequestPage::TYPE,
    CustomerPage::TYPE,
    OrderPage::TYPE,
    TagPage::TYPE,
    AssociationPage::TYPE,
    OwnAssociationPage::TYPE,
    SessionPage::TYPE,
    LoginEventPage::TYPE,
    PartnerEventPage::TYPE,
    ClientPage::TYPE,
    VisitPage::TYPE,
    MailPage::TYPE,
    EventPage::TYPE,
    HeldPage::TYPE,
    Copied::TYPE,
    CopiedTable::TYPE,
];
