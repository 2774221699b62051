use handfast::{Code, Error, Faults, Result, session as core};

use super::{
    Actor, AssociationId, CompanyId, CustomerId, DelegationId, IdentityId, LoginId, PartnerId, Role, SessionId,
};
use crate::{
    scalar::{Secret, Timestamp},
    shape::{Argument, Fits, Outward, by_value, choice, record},
};

choice! {
    /// What a person can act as.
    pub enum ContextKind {
        /// No more than the person: may look after the own login, and choose where to go.
        Person = "person",
        /// A member of a company's staff.
        Staff = "staff",
        /// A user of a company's customer.
        User = "user",
        /// One who works for a partner account.
        Partner = "partner",
        /// A Certified Partner in a client's account, which `partners.log_in` alone leads to.
        Delegated = "delegated",
    }
}

choice! {
    /// How far a sign-in has come.
    pub enum SignInStep {
        /// The person is signed in.
        Active = "active",
        /// The password was right; the sign-in waits for the second factor: `finish` it or `cancel` it.
        SecondFactor = "second_factor",
        /// The password was a temporary one: the person is to choose another with `users.choose_password`, and is not
        /// signed in.
        ChoosePassword = "choose_password",
    }
}

record! {
    /// What a person signs in with, and where.
    pub struct SignIn into core::SignIn {
        /// The e-mail address, or with `company` that company's login name.
        name: String,
        /// The password.
        password: Secret,
    } optional {
        /// The company that the person wants to go to, if the host knows.
        company: CompanyId,
        /// What the host calls the device: one line of at most 200 characters.
        device: String,
        /// Where the host believes it to be: one line of at most 200 characters.
        place: String,
    }
}

record! {
    /// What came of a sign-in.
    pub struct SignedIn by hand {
        /// How far it has come.
        step: SignInStep,
        /// What the device holds; none where a password is to be chosen first.
        held: Option<Held>,
    }
}

record! {
    /// What a device holds from now on.
    pub struct Held from core::Held {
        /// The secret that the host keeps in a cookie or the like. An older one of the same session is worth nothing.
        token: Secret,
        /// The session.
        session: SessionId,
        /// Until when it lasts, however much it is used.
        expires: Timestamp,
    }
}

impl Outward<SignedIn> for core::SignedIn {
    fn outward(self) -> SignedIn {
        let (step, held) = match self {
            core::SignedIn::Active(held) => (SignInStep::Active, Some(held)),
            core::SignedIn::SecondFactor(held) => (SignInStep::SecondFactor, Some(held)),
            core::SignedIn::ChoosePassword => (SignInStep::ChoosePassword, None),
        };
        SignedIn { step, held: held.outward() }
    }
}

record! {
    /// What a person acts as, and where.
    pub struct Context by hand {
        /// As what.
        kind: ContextKind,
    } optional {
        /// The company, of staff and users; the client, of a partner in its account.
        company: CompanyId,
        /// The customer, of a user.
        customer: CustomerId,
        /// What makes the person its user.
        association: AssociationId,
        /// The partner account, of one who works for it, also in a client's account.
        partner: PartnerId,
        /// The visit, of a partner in a client's account.
        delegation: DelegationId,
    }
}

impl Context {
    fn of(kind: ContextKind) -> Self {
        Context { kind, company: None, customer: None, association: None, partner: None, delegation: None }
    }
}

impl Outward<Context> for core::Context {
    fn outward(self) -> Context {
        match self {
            core::Context::Person => Context::of(ContextKind::Person),
            core::Context::Staff { company } => {
                Context { company: Some(company.into()), ..Context::of(ContextKind::Staff) }
            }
            core::Context::User { company, customer, association } => Context {
                company: Some(company.into()),
                customer: Some(customer.into()),
                association: Some(association.into()),
                ..Context::of(ContextKind::User)
            },
            core::Context::Partner { partner } => {
                Context { partner: Some(partner.into()), ..Context::of(ContextKind::Partner) }
            }
            core::Context::Delegated { company, partner, delegation } => Context {
                company: Some(company.into()),
                partner: Some(partner.into()),
                delegation: Some(delegation.into()),
                ..Context::of(ContextKind::Delegated)
            },
        }
    }
}

impl Argument for Context {
    type Core = core::Context;
    /// Errors: `invalid_input` for what is missing or no id; what the kind has no use for is not looked at.
    fn core(self) -> Result<core::Context> {
        fn needed<Core>(faults: &mut Faults, field: &str, id: Option<impl Fits<Core>>) -> Option<Core> {
            faults.check(field, id.map_or_else(|| Err(Error::new(Code::Required)), Fits::fit))
        }
        let mut faults = Faults::default();
        match self.kind {
            ContextKind::Person => Ok(core::Context::Person),
            ContextKind::Staff => {
                let company = needed(&mut faults, "company", self.company);
                faults.made(|| Some(core::Context::Staff { company: company? }))
            }
            ContextKind::User => {
                let company = needed(&mut faults, "company", self.company);
                let customer = needed(&mut faults, "customer", self.customer);
                let association = needed(&mut faults, "association", self.association);
                let made = || Some((company?, customer?, association?));
                let (company, customer, association) = faults.made(made)?;
                Ok(core::Context::User { company, customer, association })
            }
            ContextKind::Partner => {
                let partner = needed(&mut faults, "partner", self.partner);
                faults.made(|| Some(core::Context::Partner { partner: partner? }))
            }
            ContextKind::Delegated => {
                let company = needed(&mut faults, "company", self.company);
                let partner = needed(&mut faults, "partner", self.partner);
                let delegation = needed(&mut faults, "delegation", self.delegation);
                let made = || Some((company?, partner?, delegation?));
                let (company, partner, delegation) = faults.made(made)?;
                Ok(core::Context::Delegated { company, partner, delegation })
            }
        }
    }
}

by_value!(core::Context);

record! {
    /// Who is signed in.
    pub struct Resolved by hand {
        /// The session.
        session: SessionId,
        /// The identity that the person acts as now.
        identity: IdentityId,
        /// The person.
        login: LoginId,
        /// The person's name.
        name: String,
        /// The person's address.
        email: String,
        /// What the person acts as.
        context: Context,
        /// Who acts on a company's side; none unless the person acts as a member of its staff, or as its partner.
        actor: Option<Actor>,
        /// The role, of a member of a company's staff.
        role: Option<Role>,
        /// Whether the person gave a second factor for it.
        two_factor: bool,
        /// When the session ends, however much it is used.
        expires: Timestamp,
    }
}

impl Outward<Resolved> for core::Resolved {
    fn outward(self) -> Resolved {
        let actor = self.actor().outward();
        Resolved {
            session: self.session.outward(),
            identity: self.identity.outward(),
            login: self.login.outward(),
            name: self.name.outward(),
            email: self.email.outward(),
            context: self.context.outward(),
            actor,
            role: self.role.outward(),
            two_factor: self.two_factor,
            expires: self.expires.outward(),
        }
    }
}

record! {
    /// A place that a person can go to.
    pub struct Destination from core::Choice {
        /// What the person would act as: to be handed to `enter`.
        context: Context,
        /// The company's name; none of a partner account.
        company_name: Option<String>,
        /// The customer's name, of a user.
        customer_name: Option<String>,
        /// The partner account's name, of one who works for it.
        partner_name: Option<String>,
        /// The role, of a member of the staff.
        role: Option<Role>,
        /// Whether the person can go there now.
        open: bool,
    }
}

record! {
    /// One entry of the menu in the corner.
    pub struct IdentityView from core::IdentityView {
        /// The id, to switch to it.
        id: IdentityId,
        /// The person.
        login: LoginId,
        /// The person's name.
        name: String,
        /// The person's address.
        email: String,
        /// What the person acts as.
        context: Context,
        /// The company's name, where there is one.
        company_name: Option<String>,
        /// The customer's name, of a user.
        customer_name: Option<String>,
        /// The partner account's name, of one who works for it, also in a client's account.
        partner_name: Option<String>,
        /// Whether the person can act so now.
        open: bool,
        /// Whether the person acts so now.
        current: bool,
    }
}

record! {
    /// A session as its person sees it.
    pub struct SessionView from core::SessionView {
        /// The id, to end it.
        id: SessionId,
        /// What the host calls the device.
        device: Option<String>,
        /// Where the host believed it to be.
        place: Option<String>,
        /// When it began.
        created: Timestamp,
        /// When it was used last, to within `session_noted`.
        seen: Timestamp,
        /// Whether it is the one that asks.
        current: bool,
    }
}
