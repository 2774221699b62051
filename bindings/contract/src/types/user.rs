use handfast::association as core;

use super::{AssociationId, CompanyId, CustomerId, LoginId};
use crate::{
    scalar::{Secret, Timestamp},
    shape::{Argument, Fits, Lend, Outward, choice, record},
};

choice! {
    /// Where an association stands.
    pub enum AssociationState of core::AssociationState {
        /// Waits for the person; opens nothing.
        Pending,
        /// The person works with this customer.
        Active,
        /// The person did not want to, or wants to no longer.
        Declined,
        /// The person did not answer in time.
        Expired,
        /// The company took it back.
        Revoked,
    }
}

record! {
    /// Who is to be a user of a customer.
    pub struct UserInput into core::UserInput {
        /// The customer.
        customer: CustomerId,
        /// The e-mail address.
        email: String,
        /// The name: one line of at most 120 characters.
        name: String,
    } optional {
        /// What the person may sign in with beside the address, unique at the company: one line of at most 60
        /// characters without `@`. Not looked at for a person who has a login already: that login is the address.
        login_name: String,
        /// What the company notes for itself: at most 2,000 characters.
        notes: String,
    }
}

record! {
    /// What an invitation would lead to.
    pub struct UserPreview from core::Preview {
        /// Whether the person has a login already, and will be asked to confirm the association. It tells no more: not
        /// who the person is, nor which companies the person works with.
        association: bool,
    }
}

choice! {
    /// Whether it is done or only tried.
    pub enum BulkMode of core::BulkMode {
        /// Do it.
        Apply,
        /// Say what would come of it, and write nothing.
        DryRun,
    }
}

record! {
    /// Many people to be users of customers: as rows, or as the text of a CSV file.
    pub struct BulkUsers by hand {
        /// Whether they are added or only tried.
        mode: BulkMode,
    } optional {
        /// The rows, at most 1,000 (`bulk_rows`).
        users: Vec<UserInput>,
        /// The same as CSV, in place of `users`: its first line names the columns `customer`, `email`, `name`,
        /// `login_name` and `notes`, the last two if they are there.
        csv: String,
        /// The number of the first row; more than 1 where an earlier call under the same key was given the rows before.
        first_row: u32,
    }
}

impl Argument for BulkUsers {
    type Core = core::BulkUsers;
    fn core(self) -> handfast::Result<core::BulkUsers> {
        let mut faults = handfast::Faults::default();
        let users = faults.check("users", self.users.unwrap_or_default().fit());
        let (mode, csv, first_row) = (self.mode.fit()?, self.csv, self.first_row.unwrap_or(1));
        faults.made(|| Some(core::BulkUsers { users: users?, csv, mode, first_row }))
    }
}

impl Lend for core::BulkUsers {
    type Lent<'a> = &'a core::BulkUsers;
    fn lend(&self) -> &core::BulkUsers {
        self
    }
}

choice! {
    /// What came of one person among many.
    pub enum UserOutcome {
        /// The person was invited.
        Added = "added",
        /// A dry run: the person would be invited.
        WouldAdd = "would_add",
        /// Nothing was done.
        Refused = "refused",
    }
}

record! {
    /// What came of one row.
    pub struct UserRow by hand {
        /// Which row, counted from 1; the header of a CSV file is none.
        row: u32,
        /// The address as it was given; none when the row could not be read.
        email: Option<String>,
        /// What came of it.
        outcome: UserOutcome,
        /// The invitation, when the person was invited.
        association: Option<AssociationId>,
        /// Of a dry run: whether the person has a login already, and would be asked to confirm the association.
        asks_association: Option<bool>,
        /// Why it was refused: a code.
        code: Option<String>,
        /// The same for a person.
        message: Option<String>,
        /// The same field by field, where it is about fields.
        faults: Vec<RowFault>,
    }
}

record! {
    /// What is wrong with one field of a row.
    pub struct RowFault by hand {
        /// The field.
        field: String,
        /// The code.
        code: String,
        /// The same for a person.
        message: String,
    }
}

impl Outward<RowFault> for handfast::Fault {
    fn outward(self) -> RowFault {
        RowFault { field: self.field, code: self.code.outward(), message: self.message }
    }
}

impl Outward<UserRow> for core::UserRow {
    fn outward(self) -> UserRow {
        let row = UserRow {
            row: self.row,
            email: self.email,
            outcome: UserOutcome::Refused,
            association: None,
            asks_association: None,
            code: None,
            message: None,
            faults: Vec::new(),
        };
        match self.outcome {
            core::UserOutcome::Added { association } => {
                UserRow { outcome: UserOutcome::Added, association: Some(association.into()), ..row }
            }
            core::UserOutcome::WouldAdd { association } => {
                UserRow { outcome: UserOutcome::WouldAdd, asks_association: Some(association), ..row }
            }
            core::UserOutcome::Refused { code, message, faults } => {
                UserRow { code: Some(code.outward()), message: Some(message), faults: faults.outward(), ..row }
            }
        }
    }
}

record! {
    /// A person as user of a customer.
    pub struct Association from core::Association {
        /// The id.
        id: AssociationId,
        /// The company.
        company: CompanyId,
        /// The customer.
        customer: CustomerId,
        /// The person.
        login: LoginId,
        /// The person's name, as this company knows it.
        name: String,
        /// The address, as this company knows it.
        email: String,
        /// What the person may sign in with beside the address, while this is the person's only company.
        login_name: Option<String>,
        /// What the company notes for itself.
        notes: Option<String>,
        /// Where it stands.
        state: AssociationState,
        /// When it was first asked for.
        created: Timestamp,
        /// Until when the person can answer.
        expires: Timestamp,
        /// When it was last confirmed, declined, revoked or seen expired.
        decided: Option<Timestamp>,
    }
}

record! {
    /// What the link in an invitation shows before it is answered.
    pub struct UserInvitation from core::UserInvitation {
        /// The company's name.
        company: String,
        /// The customer's name.
        customer: String,
        /// The person's name, as the company knows it.
        name: String,
        /// Whether the person chooses a password with `accept`; if not, the person has one, and signs in to `confirm`.
        chooses_password: bool,
    }
}

record! {
    /// A name and a temporary password, and the password that is to take its place.
    pub struct FirstPassword into core::FirstPassword {
        /// The address, or the company's login name.
        name: String,
        /// The temporary password of the mail.
        temporary: Secret,
        /// What the person chooses.
        password: Secret,
    } optional {
        /// The company, where `name` is a login name.
        company: CompanyId,
    }
}

record! {
    /// One of a person's own associations.
    pub struct OwnAssociation from core::OwnAssociation {
        /// The id.
        id: AssociationId,
        /// The company.
        company: CompanyId,
        /// Its name.
        company_name: String,
        /// The customer's name.
        customer_name: String,
        /// Where it stands.
        state: AssociationState,
    }
}
