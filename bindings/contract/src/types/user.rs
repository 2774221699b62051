use handfast::association as core;

use super::{AssociationId, CompanyId, CustomerId, LoginId};
use crate::{
    scalar::{Secret, Timestamp},
    shape::{choice, record},
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
