//! People who are signed in: one session each.

use std::time::Duration;

use handfast::{
    Id, Timestamp,
    association::{Association, AssociationState},
    company::{Role, Scope, Staff, StaffState},
    login::Login,
    secret::{Keyring, Purpose},
    session::{Context, Identities, Identity, Session, SessionState},
    store::Write,
    value::{EmailAddress, Name},
};

use super::{
    Cast, customer_id,
    history::{BEGIN, insert},
    names,
};
use crate::Result;

/// The token of the `number`-th session: 43 characters of base64url, as every token.
pub(crate) fn session_token(number: u64) -> String {
    format!("s{number:041}A")
}

/// What the `number`-th person who is signed in leaves behind: even numbers work at the company, odd ones buy for one of
/// its customers, and every eighth does both and moved to the customer.
pub(super) fn person(cast: &Cast, keyring: &Keyring, number: u64, customers: u64) -> Result<Vec<Write>> {
    let at = BEGIN + Duration::from_secs(1) * u32::try_from(number)?;
    let random = names::spread(number).to_be_bytes();
    let login = login(Id::new(at, 30, random), at, number)?;
    let staff = Staff {
        id: Id::new(at, 31, random),
        company: cast.company,
        login: login.id,
        name: login.name.clone(),
        email: login.email.clone(),
        role: Role::SalesManager,
        state: StaffState::Active,
        created: at,
        scope: Scope::default(),
    };
    let association = Association {
        id: Id::new(at, 32, random),
        company: cast.company,
        customer: customer_id(number % customers.max(1))?,
        login: login.id,
        name: login.name.clone(),
        email: login.email.clone(),
        login_name: None,
        folded: None,
        notes: None,
        state: AssociationState::Active,
        created: at,
        expires: Timestamp::MAX,
        decided: Some(at),
    };
    let works = Context::Staff { company: cast.company };
    let buys = Context::User { company: cast.company, customer: association.customer, association: association.id };
    let (mut writes, mut contexts) = (vec![insert(&login)], Vec::new());
    if number.is_multiple_of(2) {
        writes.push(insert(&staff));
        contexts.push(works);
    }
    if !number.is_multiple_of(2) || number.is_multiple_of(8) {
        writes.push(insert(&association));
        contexts.push(buys);
    }
    let identities = contexts.into_iter().zip(33..).map(|(context, sequence)| Identity {
        id: Id::new(at, sequence, random),
        login: login.id,
        context,
        era: login.era,
        two_factor: number.is_multiple_of(3).then_some(at),
        added: at,
    });
    let identities: Vec<_> = identities.collect();
    let current = identities.last().ok_or("nobody is signed in")?.id;
    let session = Session {
        id: Id::new(at, 35, random),
        token: keyring.digest(Purpose::SessionToken, &[session_token(number).as_bytes()]),
        login: login.id,
        state: SessionState::Active,
        created: at,
        // never idle, and never due to be noted: what is measured is the reading
        seen: Timestamp::MAX,
        expires: Timestamp::MAX,
        device: None,
        place: None,
        current,
        identities: all(&identities)?,
        adding: None,
    };
    writes.push(insert(&session));
    Ok(writes)
}

/// As a session holds them.
pub(super) fn all(identities: &[Identity]) -> Result<Identities> {
    Ok(serde_json::from_value(serde_json::to_value(identities)?)?)
}

fn login(id: Id<Login>, at: Timestamp, number: u64) -> Result<Login> {
    let trader = names::trader(number);
    let email = EmailAddress::parse(&format!("user.{}", trader.email))?;
    Ok(Login {
        id,
        address: email.canonical().to_owned(),
        email,
        name: Name::parse(&trader.input.contact)?,
        password: None,
        verified: Some(at),
        created: at,
        home: None,
        era: 1,
        two_factor: number.is_multiple_of(3),
        disabled: None,
        locale: None,
    })
}
