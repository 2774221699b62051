use handfast::{
    Id,
    association::{Association, FirstPassword, UserInput},
    company::{AccessInput, InvitationStyle},
    customer::Customer,
    mail::MailKind,
    session::{SignIn, SignedIn},
    store::Paging,
};

use crate::{Firm, PASSWORD, World};

/// People as users of customers, made through the verbs that a host uses.
impl World {
    /// A customer who is let in.
    pub fn active(&self, firm: &Firm, email: &str) -> Id<Customer> {
        let customer = self.approved(firm, email);
        self.customers().activate(firm.host(), customer).unwrap();
        customer
    }

    /// What an Admin types to invite somebody.
    pub fn user_input(customer: Id<Customer>, email: &str) -> UserInput {
        UserInput { customer, email: email.into(), name: "Uma Uva".into(), login_name: None, notes: None }
    }

    /// Somebody who was invited and has not answered.
    pub fn invited(&self, firm: &Firm, customer: Id<Customer>, email: &str) -> Association {
        self.users().add(firm.host(), &World::user_input(customer, email)).unwrap()
    }

    /// Somebody without a login who was invited and chose [`PASSWORD`].
    pub fn user(&self, firm: &Firm, customer: Id<Customer>, email: &str) -> Association {
        self.invited(firm, customer, email);
        let temporary = self.mailed(email, MailKind::UserPassword).temporary_password();
        self.users().choose_password(&first_password(email, &temporary)).unwrap()
    }

    /// Somebody with a login who was invited and confirmed.
    pub fn another_association(&self, firm: &Firm, customer: Id<Customer>, email: &str) -> Association {
        self.invited(firm, customer, email);
        let token = self.mailed(email, MailKind::AssociationAsked).user_token();
        self.users().confirm(&self.signed_in(email), &token).unwrap()
    }

    /// The person whose request made the customer, as its first user.
    pub fn first_user(&self, firm: &Firm, customer: Id<Customer>) -> Id<Association> {
        self.users().of_customer(firm.host(), customer, &Paging::first(1)).unwrap().items[0].id
    }

    /// Signs somebody in with [`PASSWORD`]; gives the token.
    pub fn signed_in(&self, email: &str) -> String {
        held(self.sessions().sign_in(&sign_in(email, PASSWORD)).unwrap())
    }

    /// Lets a company invite with links.
    pub fn with_links(&self, firm: &Firm) {
        let access = AccessInput { invitation_style: InvitationStyle::Link, two_factor_required: false };
        self.companies().set_access(firm.host(), &access).unwrap();
    }
}

/// What a person types to sign in.
pub fn sign_in(name: &str, password: &str) -> SignIn {
    SignIn { name: name.into(), password: password.into(), ..SignIn::default() }
}

/// What a person types to choose [`PASSWORD`] instead of a temporary one.
pub fn first_password(name: &str, temporary: &str) -> FirstPassword {
    let (name, temporary, password) = (name.into(), temporary.into(), PASSWORD.into());
    FirstPassword { name, company: None, temporary, password }
}

/// The token of who is signed in.
#[track_caller]
pub fn held(signed_in: SignedIn) -> String {
    match signed_in {
        SignedIn::Active(held) => held.token.expose().to_owned(),
        other => panic!("not signed in: {other:?}"),
    }
}
