//! A partner with many clients: commerce accounts in the middle of the course, each of which it visits just now.

use std::time::Duration;

use handfast::{
    Handfast, Id, Timestamp,
    company::Company,
    course::{CourseFormat, Progress},
    login::Login,
    partner::{
        Delegation, DelegationState, Designation, DesignationState, LinkOrigin, Partner, PartnerSignUp, VisitNotice,
    },
    secret::{Keyring, Purpose},
    session::{Context, Identity, Session, SessionState},
    store::{Key, Record, ToCell, Write},
    value::{Name, fold},
};
use rusqlite::Connection;

use super::{
    Cast, course,
    history::{BEGIN, insert},
    names,
    signed_in::all,
};
use crate::Result;

/// The token of the session in which the partner is in the `number`-th client's account.
pub(crate) fn visit_token(number: u64) -> String {
    format!("v{number:041}A")
}

/// The token of the `number`-th session in which the partner is at home.
pub(crate) fn partner_token(number: u64) -> String {
    format!("p{number:041}A")
}

/// The id of the `number`-th client.
pub(crate) fn client_id(number: u64) -> Result<Id<Company>> {
    Ok(Id::new(came(number)?, 40, random(number)))
}

fn came(number: u64) -> Result<Timestamp> {
    Ok(BEGIN + Duration::from_secs(60) * u32::try_from(number)?)
}

fn random(number: u64) -> [u8; 8] {
    names::spread(number).to_be_bytes()
}

/// The partner, and the company that all its clients are alike but for their names.
#[derive(Clone)]
pub(crate) struct Network {
    partner: Id<Partner>,
    login: Id<Login>,
    pattern: Company,
}

/// Publishes the course, signs a partner up, and brings it and the company of `cast` into the middle of the course.
pub(super) fn begin(library: &Handfast, cast: &Cast) -> Result<Network> {
    library.courses().publish(&course::source()?, CourseFormat::Toml)?;
    let signed_up = library.partners().sign_up(&PartnerSignUp {
        name: "Camino Consulting".into(),
        locale: "en".into(),
        owner_name: "Carla Camino".into(),
        owner_email: "carla@camino.example".into(),
        owner_password: "correct horse battery staple".into(),
    })?;
    let (partner, login) = (signed_up.partner.id, signed_up.login);
    let done = course::of_partner(partner.cast(), BEGIN)?;
    let middle = course::in_the_middle(Id::new(BEGIN, 50, random(0)), cast.company.cast(), BEGIN)?;
    let pattern = library.change(|work| {
        let known = Progress::by_account(partner.cast());
        let (mut login, mut progress, pattern) = work.need((login, known, cast.company))?;
        login.two_factor = true;
        progress.done = done.clone();
        work.put(&login);
        work.put(&progress);
        work.insert(&middle);
        Ok(pattern)
    })?;
    Ok(Network { partner, login, pattern })
}

impl Network {
    /// Reads it from a file of this crate's; nothing where there is no partner.
    pub(crate) fn of(library: &Handfast, connection: &Connection, cast: &Cast) -> Result<Option<Self>> {
        let sql = "SELECT partner, login FROM handfast_member";
        let mut found = connection.prepare(sql)?;
        let mut rows = found.query([])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let (partner, login): (String, String) = (row.get(0)?, row.get(1)?);
        let company = library.store().read(&[Key::id(Company::TABLE, cast.company.to_cell())])?;
        let company = company.into_iter().flatten().next().ok_or("no company")?;
        Ok(Some(Network { partner: partner.parse()?, login: login.parse()?, pattern: Company::load(&company.cells)? }))
    }

    /// The `number`-th client, and the partner's visit there.
    pub(super) fn client(&self, keyring: &Keyring, number: u64) -> Result<Vec<Write>> {
        let (at, random, company) = (came(number)?, random(number), client_id(number)?);
        let name = Name::parse(&names::trader(number).input.legal_name)?;
        let folded = fold(name.as_str());
        let designation = Designation {
            id: Id::new(at, 41, random),
            company,
            partner: self.partner,
            state: DesignationState::Live,
            origin: if number.is_multiple_of(2) { LinkOrigin::Referral } else { LinkOrigin::Manual },
            since: at,
            until: None,
            era: 1,
            notice: VisitNotice::Audit,
            name: name.clone(),
            folded,
        };
        let progress: Progress = course::in_the_middle(Id::new(at, 42, random), company.cast(), at)?;
        let delegation = Delegation {
            id: Id::new(at, 43, random),
            company,
            partner: self.partner,
            login: self.login,
            session: Id::new(at, 44, random),
            era: 1,
            reason: None,
            state: DelegationState::Open,
            began: at,
            expires: Timestamp::MAX,
            ended: None,
        };
        let context = Context::Delegated { company, partner: self.partner, delegation: delegation.id };
        let session = self.session(keyring, delegation.session, (at, random), &visit_token(number), Some(context))?;
        let company = Company { id: company, name, created: at, ..self.pattern.clone() };
        Ok(vec![insert(&company), insert(&designation), insert(&progress), insert(&delegation), insert(&session)])
    }

    /// A session in which the partner is at home.
    pub(crate) fn at_home(&self, keyring: &Keyring, number: u64, at: Timestamp) -> Result<Write> {
        let random = random(number);
        let session = self.session(keyring, Id::new(at, 47, random), (at, random), &partner_token(number), None)?;
        Ok(insert(&session))
    }

    fn session(
        &self,
        keyring: &Keyring,
        id: Id<Session>,
        (at, random): (Timestamp, [u8; 8]),
        token: &str,
        visit: Option<Context>,
    ) -> Result<Session> {
        let contexts = [Some(Context::Partner { partner: self.partner }), visit];
        let identity = |(context, sequence): (Context, u16)| Identity {
            id: Id::new(at, sequence, random),
            login: self.login,
            context,
            // a login's first
            era: 0,
            two_factor: Some(at),
            added: at,
        };
        let identities: Vec<_> = contexts.into_iter().flatten().zip(45..).map(identity).collect();
        let current = identities.last().ok_or("nobody is signed in")?.id;
        Ok(Session {
            id,
            token: keyring.digest(Purpose::SessionToken, &[token.as_bytes()]),
            login: self.login,
            state: SessionState::Active,
            created: at,
            // never idle, and never due to be noted
            seen: Timestamp::MAX,
            expires: Timestamp::MAX,
            device: None,
            place: None,
            current,
            identities: all(&identities)?,
            adding: None,
        })
    }
}
