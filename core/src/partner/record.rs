use serde::Serialize;

use super::{DelegationState, DesignationState, PartnerNumber, PartnerStanding, PartnerState};
use crate::{
    clock::Timestamp,
    company::Company,
    course::Certificate,
    id::Id,
    login::Login,
    record,
    secret::LinkSlug,
    session::Session,
    store::choice_columns,
    value::{EmailAddress, Line, Locale, Name, choices},
};

choices! {
    /// How a commerce account came to designate its partner.
    pub enum LinkOrigin {
        /// It signed up by the partner's referral link.
        Referral = "referral",
        /// An Admin pasted the partner's number.
        Manual = "manual",
    }
}

choices! {
    /// How a commerce account hears of its partner's visits; they stand in its audit trail either way.
    pub enum VisitNotice {
        /// In the audit trail alone.
        Audit = "audit",
        /// By a mail to the Admins, too.
        Mail = "mail",
    }
}

choice_columns!(PartnerState, PartnerStanding, DesignationState, DelegationState, LinkOrigin, VisitNotice);

/// Why a partner enters a client's account: one line of at most 200 characters.
pub type Reason = Line<200>;

record! {
    /// A partner account.
    #[derive(Serialize)]
    pub struct Partner in "partner" {
        /// The id.
        id: Id<Partner>,
        /// The number that clients designate it by; it never changes.
        number: PartnerNumber,
        /// How it is called.
        name: Name,
        /// The language of its mails.
        locale: Locale,
        /// The last part of its referral link; permanent.
        slug: LinkSlug,
        /// Who signed it up.
        owner: Id<Login>,
        /// How far it has come.
        state: PartnerState,
        /// Whether it is in good standing.
        standing: PartnerStanding,
        /// Its certificate, once there is one.
        certificate: Option<Id<Certificate>>,
        /// When it signed up.
        created: Timestamp,
        /// How often its referral link was opened.
        opened: i64,
        /// Commerce accounts that signed up by it.
        referred: i64,
    }
    unique by_number(number: &PartnerNumber);
    unique by_slug(slug: &LinkSlug);
    counts (opened, referred);
}

record! {
    /// A person who works for a partner account; a person works for one at most.
    #[derive(Serialize)]
    pub struct Member in "member" {
        /// The id.
        id: Id<Member>,
        /// The partner account.
        partner: Id<Partner>,
        /// The person.
        login: Id<Login>,
        /// The person's name, as this account knows it.
        name: Name,
        /// The address the person signed up with.
        email: EmailAddress,
        /// Since when.
        created: Timestamp,
    }
    unique by_login(login: Id<Login>);
    index of_partner(partner: Id<Partner>) by ();
}

record! {
    /// Which partner a commerce account designates: one row an account, so that there is one partner at most
    /// (invariant 14), and the partner's clients list is just the rows that name it now (invariant 15).
    #[derive(Serialize)]
    pub struct Designation in "designation" {
        /// The id.
        id: Id<Designation>,
        /// The commerce account.
        company: Id<Company>,
        /// The partner it designates, or designated last.
        partner: Id<Partner>,
        /// Whether it does now.
        state: DesignationState,
        /// How it came to.
        origin: LinkOrigin,
        /// Since when.
        since: Timestamp,
        /// Until when, once it was cleared.
        until: Option<Timestamp>,
        /// Grows with every change of the partner: a visit of an earlier era is over (invariant 17).
        era: i64,
        /// How the account hears of visits.
        notice: VisitNotice,
        /// The account's name, for the clients list.
        name: Name,
        /// The same without case and accents, which sorts it.
        folded: String,
    }
    unique by_company(company: Id<Company>);
    index by_name(partner: Id<Partner>, state: DesignationState) by (folded);
    index by_age(partner: Id<Partner>, state: DesignationState) by (since);
    search find(partner: Id<Partner>, state: DesignationState) over (name);
}

record! {
    /// A partner's visit in a client's account: one login by one click.
    #[derive(Serialize)]
    pub struct Delegation in "delegation" {
        /// The id.
        id: Id<Delegation>,
        /// The client.
        company: Id<Company>,
        /// The partner account.
        partner: Id<Partner>,
        /// The person.
        login: Id<Login>,
        /// The session it was begun in.
        session: Id<Session>,
        /// The era of the designation it was begun under.
        era: i64,
        /// Why, if the partner said so.
        reason: Option<Reason>,
        /// Where it stands.
        state: DelegationState,
        /// When it began.
        began: Timestamp,
        /// When it ends at the latest: with the session.
        expires: Timestamp,
        /// When the partner left or the client ended it.
        ended: Option<Timestamp>,
    }
    index of_company(company: Id<Company>) by ();
    index of_partner(partner: Id<Partner>) by ();
}
