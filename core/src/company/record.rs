use serde::Serialize;

use super::{Role, Scope, StaffState, TrialState};
use crate::{
    checkout::CheckoutWays,
    clock::Timestamp,
    id::Id,
    invite::{InviteLink, RequestForm},
    login::Login,
    record,
    store::choice_columns,
    value::{Country, EmailAddress, Locale, Name, TimeZone, choices},
};

choices! {
    /// How a person who has no login yet gets in.
    pub enum InvitationStyle {
        /// By a link in a mail, under which the person chooses a password.
        Link = "link",
        /// By a temporary password in a mail, which opens nothing but the choice of a password.
        TemporaryPassword = "temporary_password",
    }
}

choice_columns!(InvitationStyle, Role, StaffState, TrialState);

record! {
    /// A business that sells.
    #[derive(Serialize)]
    pub struct Company in "company" {
        /// The id.
        id: Id<Company>,
        /// How it is called.
        name: Name,
        /// Where it is.
        country: Country,
        /// The language of its mails.
        locale: Locale,
        /// Where its days begin.
        time_zone: TimeZone,
        /// When its trial ends; `None` when it has none.
        trial_ends: Option<Timestamp>,
        /// How many Admins work here: a number in a row, because a decision must not rest on a list (invariant 42).
        admins: i64,
        /// The invite link that counts now.
        link: Id<InviteLink>,
        /// What it asks visitors beyond the usual.
        form: RequestForm,
        /// When it signed up.
        created: Timestamp,
        /// How a person who has no login yet gets in.
        invitation_style: InvitationStyle,
        /// Whether its staff needs a second factor.
        two_factor_required: bool,
        /// Where its trial stands.
        trial: TrialState,
        /// When its trial began; `None` when it never had one.
        trial_started: Option<Timestamp>,
        /// Who can check out, where a department does not say otherwise.
        checkout: CheckoutWays,
    }
}

record! {
    /// A person on the staff of a company.
    #[derive(Serialize)]
    pub struct Staff in "staff" {
        /// The id.
        id: Id<Staff>,
        /// The company.
        company: Id<Company>,
        /// The person.
        login: Id<Login>,
        /// The person's name, as this company knows it.
        name: Name,
        /// The address the person was invited at.
        email: EmailAddress,
        /// What the person may do.
        role: Role,
        /// Whether the person works here yet, or still.
        state: StaffState,
        /// When the person was first invited.
        created: Timestamp,
        /// Where the person works: whose customers and orders it sees.
        scope: Scope,
    }
    unique by_login(company: Id<Company>, login: Id<Login>);
    index of_company(company: Id<Company>) by ();
    index of_role(company: Id<Company>, state: StaffState, role: Role) by ();
    index of_login(login: Id<Login>) by ();
}
