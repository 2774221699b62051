use super::{Attribution, CarrierId, CompanyId, DepartmentId, LinkId, LoginId, PriceTypeId, Question, StaffId};
use crate::{
    scalar::{Secret, Timestamp},
    shape::{Outward, choice, record},
};

choice! {
    /// What a member of the staff is.
    pub enum Role of handfast::company::Role {
        /// May do everything. Every company has at least one.
        Admin,
        /// Brings customers in: the invite link, the requests, the customers.
        ProcurementManager,
        /// Sets customers up and looks after them.
        SalesManager,
        /// Everything but staff, the invite link and the decision on requests: what one gives a helper from outside.
        FullAccess,
        /// Looks customers up.
        Staff,
    }
}

choice! {
    /// Whether a person works at a company.
    pub enum StaffState of handfast::company::StaffState {
        /// Invited, and may do nothing yet.
        Invited,
        /// Works here.
        Active,
        /// Works here no longer, or never came.
        Removed,
    }
}

choice! {
    /// How a person who has no login yet gets in.
    pub enum InvitationStyle of handfast::company::InvitationStyle {
        /// By a link in a mail, under which the person chooses a password.
        Link,
        /// By a temporary password in a mail, which opens nothing but the choice of a password.
        TemporaryPassword,
    }
}

choice! {
    /// Whether an entry of a company's list is still offered.
    pub enum OfferState of handfast::company::OfferState {
        /// Can be chosen.
        Offered,
        /// Stays where it was chosen, and cannot be chosen anew.
        Retired,
    }
}

choice! {
    /// Where a company's trial stands.
    pub enum TrialState of handfast::company::TrialState {
        /// It never had one.
        None,
        /// It can try everything out.
        Running,
        /// It stayed.
        Converted,
        /// Its time was over before it stayed; it can still stay.
        Lapsed,
        /// It called it off.
        Cancelled,
    }
}

record! {
    /// What a company gives to sign up.
    pub struct SignUp into handfast::company::SignUp {
        /// Its name: one line of at most 120 characters.
        name: String,
        /// Its country: two letters of ISO 3166-1.
        country: String,
        /// The language of its mails: `es`, `en-US`.
        locale: String,
        /// Its IANA time zone.
        time_zone: String,
        /// The first Admin's name: one line of at most 120 characters.
        admin_name: String,
        /// The first Admin's e-mail address.
        admin_email: String,
        /// The first Admin's password; the person's own where the address has a login already.
        admin_password: Secret,
    } optional {
        /// When its trial ends, if it has one.
        trial_ends: Timestamp,
        /// What the host kept since a partner's referral link was opened, if one was.
        attribution: String,
    }
}

record! {
    /// A company's own data.
    pub struct CompanyInput into handfast::company::CompanyInput {
        /// Its name: one line of at most 120 characters.
        name: String,
        /// Its country: two letters of ISO 3166-1.
        country: String,
        /// The language of its mails: `es`, `en-US`.
        locale: String,
        /// Its IANA time zone.
        time_zone: String,
    } optional {
        /// When its trial ends, if it has one.
        trial_ends: Timestamp,
    }
}

record! {
    /// A business that sells.
    pub struct Company from handfast::company::Company {
        /// The id.
        id: CompanyId,
        /// How it is called.
        name: String,
        /// Where it is: two letters of ISO 3166-1.
        country: String,
        /// The language of its mails.
        locale: String,
        /// Where its days begin: an IANA time zone.
        time_zone: String,
        /// When its trial ends, if it has one.
        trial_ends: Option<Timestamp>,
        /// How many Admins work here.
        admins: i64,
        /// The invite link that counts now.
        link: LinkId,
        /// What it asks visitors beyond the usual.
        form: Vec<Question>,
        /// When it signed up.
        created: Timestamp,
        /// How a person who has no login yet gets in.
        invitation_style: InvitationStyle,
        /// Whether its staff needs a second factor.
        two_factor_required: bool,
        /// Where its trial stands.
        trial: TrialState,
        /// When its trial began; none when it never had one.
        trial_started: Option<Timestamp>,
    }
}

record! {
    /// How people get in.
    pub struct AccessInput into handfast::company::AccessInput {
        /// How a person who has no login yet gets in.
        invitation_style: InvitationStyle,
        /// Whether the staff needs a second factor: who of it has none can only set one up from the next call on.
        two_factor_required: bool,
    }
}

record! {
    /// What came of a sign-up.
    pub struct SignedUp from handfast::company::SignedUp {
        /// The company.
        company: Company,
        /// Its first Admin.
        admin: Staff,
        /// What came of the attribution; none when none was given.
        referral: Option<Attribution>,
    }
}

record! {
    /// A person on the staff of a company.
    pub struct Staff from handfast::company::Staff {
        /// The id.
        id: StaffId,
        /// The company.
        company: CompanyId,
        /// The person.
        login: LoginId,
        /// The person's name, as this company knows it.
        name: String,
        /// The address the person was invited at.
        email: String,
        /// What the person may do.
        role: Role,
        /// Whether the person works here yet, or still.
        state: StaffState,
        /// When the person was first invited.
        created: Timestamp,
        /// The departments that the person is limited to; none for the whole company.
        scope: Vec<DepartmentId>,
    }
}

impl Outward<Vec<DepartmentId>> for handfast::company::Scope {
    fn outward(self) -> Vec<DepartmentId> {
        self.departments().map(Outward::outward).collect()
    }
}

record! {
    /// Who is invited to the staff, and as what.
    pub struct StaffInput into handfast::company::StaffInput {
        /// The e-mail address.
        email: String,
        /// The name: one line of at most 120 characters.
        name: String,
        /// What the person is to be.
        role: Role,
    }
}

record! {
    /// What the link in an invitation shows before it is accepted.
    pub struct StaffInvitation from handfast::company::StaffInvitation {
        /// The company's name.
        company: String,
        /// What the person is to be.
        role: Role,
        /// Whether a password is to be chosen: the person has none yet, or one that was set before the address was
        /// proved.
        chooses_password: bool,
    }
}

record! {
    /// One of the prices a company sells at; every customer gets one.
    pub struct PriceType from handfast::company::PriceType {
        /// The id.
        id: PriceTypeId,
        /// The company.
        company: CompanyId,
        /// Its name, unique at the company.
        name: String,
        /// Whether it can be chosen.
        state: OfferState,
    }
}

record! {
    /// One of the carriers a company ships with; a customer has one for each day of service.
    pub struct Carrier from handfast::company::Carrier {
        /// The id.
        id: CarrierId,
        /// The company.
        company: CompanyId,
        /// Its name, unique at the company.
        name: String,
        /// Whether it can be chosen.
        state: OfferState,
    }
}

record! {
    /// A part of a company that has its own customers.
    pub struct Department from handfast::company::Department {
        /// The id.
        id: DepartmentId,
        /// The company.
        company: CompanyId,
        /// Its name, unique at the company.
        name: String,
        /// Whether it takes new customers.
        state: OfferState,
    }
}
