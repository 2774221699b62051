use handfast::partner as core;

use super::{CompanyId, LoginId, PartnerEventId, PartnerId};
use crate::{
    scalar::{Secret, Timestamp},
    shape::{choice, record},
};

choice! {
    /// How far a partner account has come.
    pub enum PartnerState of core::PartnerState {
        /// Signed up; the e-course is not finished.
        Provisional,
        /// Certified, and so fully activated: for good.
        Certified,
    }
}

choice! {
    /// Whether a partner account is in good standing.
    pub enum PartnerStanding of core::PartnerStanding {
        /// It is.
        Good,
        /// The host has suspended it: it works for no client, and gets no new one.
        Suspended,
    }
}

choice! {
    /// How a commerce account came to designate its partner.
    pub enum LinkOrigin of core::LinkOrigin {
        /// It signed up by the partner's referral link.
        Referral,
        /// An Admin pasted the partner's number.
        Manual,
    }
}

choice! {
    /// How a commerce account hears of its partner's visits; they stand in its audit trail either way.
    pub enum VisitNotice of core::VisitNotice {
        /// In the audit trail alone.
        Audit,
        /// By a mail to the Admins, too.
        Mail,
    }
}

choice! {
    /// What came of the attribution that a commerce account signed up with.
    pub enum Attribution of core::Attribution {
        /// The account designates the partner from the beginning.
        Linked,
        /// It was altered, or was none.
        Forged,
        /// It was made with a key that is not in the keyring, or for a partner who is not here.
        Foreign,
        /// It was too old.
        Expired,
        /// The partner is suspended.
        Suspended,
    }
}

choice! {
    /// What happened to a partner account.
    pub enum PartnerEventKind of core::PartnerEventKind {
        /// It signed up.
        SignedUp,
        /// Its own data were changed.
        Changed,
        /// A commerce account designated it.
        ClientLinked,
        /// A commerce account designates it no longer.
        ClientCleared,
        /// It works on the e-course in tandem with a commerce account from now on.
        CourseEnabled,
        /// It works in tandem with that commerce account no longer.
        CourseDisabled,
        /// A task of the e-course was completed.
        TaskCompleted,
        /// It was certified.
        Certified,
        /// Someone of it entered a client's account.
        ClientEntered,
        /// The client ended such a visit.
        VisitEnded,
        /// The host suspended it.
        Suspended,
        /// The host let it work again.
        Restored,
    }
}

record! {
    /// What a partner gives to sign up.
    pub struct PartnerSignUp into core::PartnerSignUp {
        /// The name of the account: one line of at most 120 characters.
        name: String,
        /// The language of its mails: `es`, `en-US`.
        locale: String,
        /// The owner's name: one line of at most 120 characters.
        owner_name: String,
        /// The owner's e-mail address.
        owner_email: String,
        /// The owner's password; the person's own where the address has a login already.
        owner_password: Secret,
    }
}

record! {
    /// A partner account's own data.
    pub struct PartnerInput into core::PartnerInput {
        /// The name of the account: one line of at most 120 characters.
        name: String,
        /// The language of its mails: `es`, `en-US`.
        locale: String,
    }
}

record! {
    /// What came of a partner's sign-up.
    pub struct PartnerSignedUp from core::PartnerSignedUp {
        /// The partner account.
        partner: PartnerView,
        /// Its owner.
        login: LoginId,
    }
}

record! {
    /// A partner account as its own people see it on their settings page.
    pub struct PartnerView from core::PartnerView {
        /// The id.
        id: PartnerId,
        /// How it is called.
        name: String,
        /// The language of its mails.
        locale: String,
        /// The number that clients designate it by: 20 digits.
        number: String,
        /// The same in groups of four, to be read.
        grouped: String,
        /// The referral link to share: on the host's base address. It is permanent.
        referral_url: String,
        /// Its last part.
        slug: String,
        /// How far the account has come.
        state: PartnerState,
        /// Whether it is in good standing.
        standing: PartnerStanding,
        /// When it signed up.
        created: Timestamp,
        /// How often the referral link was opened.
        opened: i64,
        /// Commerce accounts that signed up by it.
        referred: i64,
    }
}

record! {
    /// What opening a referral link gives.
    pub struct Referral from core::Referral {
        /// The partner's name.
        partner: String,
        /// What the host keeps (in a cookie, say) until the visitor signs a commerce account up. It holds no personal data
        /// and is signed, so that nobody can make one up.
        attribution: String,
        /// Until when it counts.
        expires: Timestamp,
    }
}

record! {
    /// The partner whom a commerce account designates, as its people see it in their account settings.
    pub struct DesignatedPartner from core::DesignatedPartner {
        /// The partner.
        partner: PartnerId,
        /// How it is called.
        name: String,
        /// Its number: 20 digits.
        number: String,
        /// The same in groups of four, to be read.
        grouped: String,
        /// Whether it is in good standing: while suspended, it cannot enter the account.
        standing: PartnerStanding,
        /// How the account came to designate it.
        origin: LinkOrigin,
        /// Since when.
        since: Timestamp,
        /// How the account hears of its visits.
        notice: VisitNotice,
    }
}

record! {
    /// One thing that happened to a partner account.
    pub struct PartnerEvent from core::PartnerHistory {
        /// The id; ids sort by time.
        id: PartnerEventId,
        /// The partner account.
        partner: PartnerId,
        /// When.
        at: Timestamp,
        /// What.
        what: PartnerEventKind,
        /// Who of the partner's people, where one did it.
        login: Option<LoginId>,
        /// The commerce account it is about, where there is one.
        company: Option<CompanyId>,
        /// The task, or the number of the certificate.
        detail: Option<String>,
    }
}
