//! A partner enters a client's account by one click.

use rusqlite::{Connection, OptionalExtension, params};

use super::{
    Hand, Ids, Verb,
    at_home::{AtHome, Held, LOGIN_VERSION, MEMBER_VERSION, PARTNER_VERSION, SESSION_VERSION, at_home},
    course::{HEAD_VERSION, Head, PROGRESS_VERSION, Progress, Signal, head, keep, progress},
    rows::{COMPANY_VERSION, Doer, Event, company_version, event, stand},
};
use crate::Result;

pub(super) struct LogIn<'a> {
    pub(super) token: &'a str,
    pub(super) company: String,
}

pub(super) struct Found {
    own: AtHome,
    company_version: i64,
    designation: Designation,
    head: Head,
    theirs: Progress,
    mine: Progress,
}

struct Designation {
    version: i64,
    id: String,
    era: i64,
}

const DESIGNATION_VERSION: &str = "SELECT version FROM handfast_designation WHERE id = ?1";

fn designation(db: &Connection, company: &str, partner: &str) -> Result<Designation> {
    let mut statement = db.prepare_cached(
        "SELECT version, id, era, partner, state, notice FROM handfast_designation WHERE company = ?1",
    )?;
    let found = statement.query_row([company], |row| {
        let live = row.get_ref(3)?.as_str()? == partner && row.get_ref(4)?.as_str()? == "live";
        // who wants a mail is not what is measured here
        let audit = row.get_ref(5)?.as_str()? == "audit";
        Ok((live && audit).then_some(Designation { version: row.get(0)?, id: row.get(1)?, era: row.get(2)? }))
    });
    found.optional()?.flatten().ok_or_else(|| "no client".into())
}

impl Verb for LogIn<'_> {
    type Found = Found;

    fn read(&self, hand: &Hand, db: &Connection) -> Result<Found> {
        let own = at_home(hand, db, self.token)?;
        let designation = designation(db, &self.company, &own.partner)?;
        let company_version = company_version(db, &self.company)?;
        let held: Vec<Held<'_>> = serde_json::from_str(&own.identities)?;
        let there = held.iter().any(|held| held.context.company == Some(self.company.as_str()));
        if !own.can_log_in || there || held.len() >= hand.policy.session_identities as usize {
            return Err("cannot log in".into());
        }
        let head = head(hand, db)?.ok_or("no course")?;
        let (mut theirs, mut mine) = (progress(db, &self.company, &head)?, progress(db, &own.partner, &head)?);
        theirs.count(&head.course, "partner_entered")?;
        mine.count(&head.course, "client_logged_in")?;
        Ok(Found { own, company_version, designation, head, theirs, mine })
    }

    fn stands(&self, db: &Connection, found: &Found) -> Result<bool> {
        let Found { own, company_version, designation, head, theirs, mine } = found;
        stand(
            db,
            &[
                (SESSION_VERSION, &own.session, own.session_version),
                (LOGIN_VERSION, &own.login, own.login_version),
                (MEMBER_VERSION, &own.member.0, own.member.1),
                (PARTNER_VERSION, &own.partner, own.partner_version),
                (COMPANY_VERSION, &self.company, *company_version),
                (DESIGNATION_VERSION, &designation.id, designation.version),
                (HEAD_VERSION, &head.id, head.version),
                (PROGRESS_VERSION, &theirs.id, theirs.version),
                (PROGRESS_VERSION, &mine.id, mine.version),
            ],
        )
    }

    fn write(&self, hand: &Hand, db: &Connection, found: Found) -> Result<()> {
        let Found { own, designation, head, theirs, mine, .. } = found;
        let (now, company, partner) = (hand.now(), self.company.as_str(), own.partner.as_str());
        let mut ids = Ids::new(now)?;
        let visit = ids.next()?;
        db.prepare_cached(
            "INSERT INTO handfast_delegation (version, id, company, partner, login, session, era, state, began, expires) \
             VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, 'open', ?7, ?8)",
        )?
        .execute(params![
            visit,
            company,
            partner,
            own.login,
            own.session,
            designation.era,
            now.millis(),
            own.expires
        ])?;
        enter(db, &own, &ids.next()?, &added(&own, company, &visit, &now.to_string()))?;
        let doer = Doer::Partner(&own.login, partner);
        let (subject, after) = (visit.as_str(), Some(r#"{"reason":null}"#.to_owned()));
        let entered =
            Event { what: "partner_entered", doer, kind: "delegation", subject, customer: None, before: None, after };
        event(db, &ids.next()?, company, now, &entered)?;
        let signal = |account, side, name, fields| Signal {
            account,
            side,
            name,
            fields,
            occurred: now,
            edition: head.edition,
            key: None,
        };
        let fields = format!(r#"{{"subject":"{visit}","subject_kind":"delegation"}}"#);
        keep(db, &ids.next()?, now, &signal(company, "commerce", "partner_entered", &fields))?;
        theirs.write(db)?;
        db.prepare_cached(
            "INSERT INTO handfast_partner_event (version, id, partner, at, what, login, company) \
             VALUES (1, ?1, ?2, ?3, 'client_entered', ?4, ?5)",
        )?
        .execute(params![ids.next()?, partner, now.millis(), own.login, company])?;
        let fields = format!(r#"{{"company":"{company}"}}"#);
        keep(db, &ids.next()?, now, &signal(partner, "partner", "client_logged_in", &fields))?;
        mine.write(db)
    }
}

/// The identity of the visit, but for its id.
fn added(own: &AtHome, company: &str, visit: &str, now: &str) -> String {
    let AtHome { login, partner, era, .. } = own;
    let two_factor = own.two_factor.as_ref().map_or_else(|| "null".to_owned(), |at| format!("\"{at}\""));
    format!(
        r#""login":"{login}","context":{{"as":"delegated","company":"{company}","partner":"{partner}","delegation":"{visit}"}},"era":{era},"two_factor":{two_factor},"added":"{now}""#
    )
}

/// The session goes on as one more identity.
fn enter(db: &Connection, own: &AtHome, identity: &str, added: &str) -> Result<()> {
    let before = own.identities.strip_suffix(']').ok_or("no identities")?;
    let identities = format!(r#"{before},{{"id":"{identity}",{added}}}]"#);
    let updated = db
        .prepare_cached(
            "UPDATE handfast_session SET version = version + 1, current = ?3, identities = ?4 \
             WHERE id = ?1 AND version = ?2",
        )?
        .execute(params![own.session, own.session_version, identity, identities])?;
    if updated == 1 { Ok(()) } else { Err("the session has changed".into()) }
}
