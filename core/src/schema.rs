//! The tables of the library.

use crate::{
    association::Association,
    company::{Carrier, Company, Department, PriceType, Staff},
    course::{Certificate, CourseVersion, Progress, Published, Signal},
    customer::Customer,
    event::Event,
    invite::{InviteLink, Visit},
    limit::Limit,
    login::{AddressChange, Login, LoginEvent},
    mail::Mail,
    one_use::Ticket,
    partner::{Delegation, Designation, Member, Partner, PartnerHistory},
    replay::Replay,
    request::Request,
    session::Session,
    store::{Record, Schema, SchemaVersion, Table},
    two_factor::{StoredCode, TwoFactor},
};

/// All tables of the library, for [`Store::migrate`](crate::store::Store::migrate). The version grows by one with each
/// migration of the SQL stores.
pub static SCHEMA: Schema = Schema { name: "handfast", version: SchemaVersion(4), tables: TABLES };

const TABLES: &[&Table] = &[
    Login::TABLE,
    Company::TABLE,
    Staff::TABLE,
    PriceType::TABLE,
    Carrier::TABLE,
    InviteLink::TABLE,
    Visit::TABLE,
    Request::TABLE,
    Customer::TABLE,
    Association::TABLE,
    Session::TABLE,
    LoginEvent::TABLE,
    AddressChange::TABLE,
    TwoFactor::TABLE,
    StoredCode::TABLE,
    Ticket::TABLE,
    Limit::TABLE,
    Replay::TABLE,
    Event::TABLE,
    Mail::TABLE,
    Partner::TABLE,
    Member::TABLE,
    Designation::TABLE,
    Delegation::TABLE,
    PartnerHistory::TABLE,
    Published::TABLE,
    CourseVersion::TABLE,
    Progress::TABLE,
    Signal::TABLE,
    Certificate::TABLE,
    Department::TABLE,
];
