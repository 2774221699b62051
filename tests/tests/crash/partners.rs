//! What must hold of partners, their clients and the e-course after a process was killed.

use handfast::{Code, Handfast, course::SignalInput, session::Context};
use handfast_sqlite::rusqlite::Connection;

/// Panics unless what is left of each thing that was said works on.
pub(crate) fn must_stand(handfast: &Handfast, connection: &Connection, said: &[String]) {
    for line in said {
        match line.split(' ').collect::<Vec<_>>()[..] {
            ["signalling", account, name, key] => must_count_once(handfast, connection, (account, name, key)),
            ["tandem", partner, company] => must_be_what_the_log_says(handfast, partner, company),
            ["shut_out", token] => must_stay_out(handfast, token),
            _ => {}
        }
    }
}

/// A fact that was being reported is reported again: it counts, once (invariant 39).
fn must_count_once(handfast: &Handfast, connection: &Connection, (account, name, key): (&str, &str, &str)) {
    let known = "SELECT EXISTS (SELECT 1 FROM handfast_partner WHERE id = ?1)";
    let is_partner: bool = connection.query_row(known, [account], |row| row.get(0)).unwrap();
    let (company, partner) = if is_partner { (None, account.parse().ok()) } else { (account.parse().ok(), None) };
    let fields = serde_json::Map::new();
    let signal = SignalInput { company, partner, name: name.into(), fields, occurred: None, key: key.into() };
    let first = handfast.courses().signal(&signal).unwrap();
    assert_eq!(handfast.courses().signal(&signal).unwrap(), first, "{signal:?}");
    let counted = "SELECT count(*) FROM handfast_signal WHERE account = ?1 AND key = ?2";
    let counted: u32 = connection.query_row(counted, [account, key], |row| row.get(0)).unwrap();
    assert_eq!(counted, 1, "{signal:?}");
}

/// Progress and log were committed together or not at all (invariant 38).
fn must_be_what_the_log_says(handfast: &Handfast, partner: &str, company: &str) {
    let rebuilt = [
        handfast.courses().rebuild_company(company.parse().unwrap()).unwrap(),
        handfast.courses().rebuild_partner(partner.parse().unwrap()).unwrap(),
    ];
    let sound = rebuilt.iter().all(|each| each.added.is_empty() && each.unfounded.is_empty());
    assert!(sound, "{company} {partner}: {rebuilt:?}");
}

/// Whose visit was ended by the client gets in again by a new visit at most (invariant 17).
fn must_stay_out(handfast: &Handfast, token: &str) {
    match handfast.sessions().resolve(token) {
        Ok(who) => assert!(matches!(who.context, Context::Partner { .. }), "{who:?}"),
        Err(error) => assert_eq!(error.code(), Code::AccessEnded),
    }
}
