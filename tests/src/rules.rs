//! What must hold in every database of the library, whatever happened to the processes that wrote it: asked in plain
//! SQL, so that a mistake of the library is not made again by its own proof.

use std::collections::BTreeSet;

use handfast::{
    Handfast,
    customer::Customer,
    order::Order,
    partner::{Designation, DesignationState},
    store::{Record, Write},
};
use handfast_sqlite::rusqlite::{Connection, Result};

use crate::every_page;

/// A rule over all rows of a database.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// What must hold.
    pub holds: &'static str,
    /// Selects what breaks it: nothing, when it holds.
    pub broken_by: &'static str,
    /// Breaks it in a database that holds the whole story, to show that it can be seen.
    pub sabotage: &'static str,
}

macro_rules! rules {
    ($($holds:literal: $broken_by:literal, sabotage $sabotage:literal;)+) => {
        /// All of them.
        pub const RULES: &[Rule] = &[$(Rule { holds: $holds, broken_by: $broken_by, sabotage: $sabotage }),+];
    };
}

rules! {
    "a request is approved if and only if it became one customer":
        "SELECT r.id FROM handfast_request r LEFT JOIN handfast_customer c ON c.id = r.customer AND c.request = r.id
         AND c.company = r.company AND c.link = r.link WHERE (r.state = 'approved') <> (c.id IS NOT NULL)
         UNION ALL
         SELECT request FROM handfast_customer WHERE request IS NOT NULL GROUP BY request HAVING count(*) <> 1
         UNION ALL
         SELECT id FROM handfast_customer WHERE (request IS NULL) <> (link IS NULL)
         UNION ALL
         SELECT id FROM handfast_customer WHERE request NOT IN (SELECT id FROM handfast_request)",
        sabotage "UPDATE handfast_request SET state = 'approved', open = NULL WHERE state = 'pending'";

    // who erases a person may have been killed before all that tells of the person was gone
    "a customer that was approved comes with one mail to the visitor and one guide for the company":
        "WITH guides AS (SELECT company, json_extract(content, '$.link') AS link FROM handfast_mail
                         WHERE kind = 'activation_guide' AND audience IS NOT NULL),
              told AS (SELECT company, substr(link, instr(link, 'customers/') + 10, 36) AS customer, count(*) AS times
                       FROM guides GROUP BY 1, 2),
              yes AS (SELECT company, recipient, count(*) AS times FROM handfast_mail WHERE kind = 'request_approved'
                      GROUP BY 1, 2)
         SELECT c.id FROM handfast_customer c
         LEFT JOIN told ON told.company = c.company AND told.customer = c.id
         LEFT JOIN yes ON yes.company = c.company AND yes.recipient = c.email
         WHERE c.request IS NOT NULL AND (told.times IS NOT 1 OR yes.times IS NOT 1)
         AND (c.state <> 'erased' OR c.email LIKE '%@erased.invalid')
         UNION ALL
         SELECT 'mails without a customer' FROM (SELECT count(*) AS times FROM handfast_customer WHERE request IS NOT NULL)
         WHERE (SELECT count(*) FROM told) <> times OR (SELECT count(*) FROM yes) <> times",
        sabotage "DELETE FROM handfast_mail WHERE kind = 'activation_guide' AND audience IS NOT NULL";

    "a request comes with one mail to the visitor and one for the company":
        "WITH told AS (SELECT company, substr(json_extract(content, '$.link'), -36) AS request, count(*) AS times
                       FROM handfast_mail WHERE kind = 'new_request' AND audience IS NOT NULL GROUP BY 1, 2)
         SELECT r.id FROM handfast_request r LEFT JOIN told ON told.company = r.company AND told.request = r.id
         WHERE told.times IS NOT 1
         UNION ALL
         SELECT c.id FROM handfast_company c
         WHERE (SELECT count(*) FROM handfast_request WHERE company = c.id)
            <> (SELECT count(*) FROM handfast_mail WHERE company = c.id AND kind = 'request_received')",
        sabotage "UPDATE handfast_mail SET kind = 'request_received' WHERE kind = 'request_rejected'";

    "the ready mail is queued once for each customer who could once order, and for no other":
        "WITH told AS (SELECT company, recipient, count(*) AS times FROM handfast_mail WHERE kind = 'ready_to_buy'
                       GROUP BY 1, 2)
         SELECT c.id FROM handfast_customer c LEFT JOIN told ON told.company = c.company AND told.recipient = c.email
         WHERE coalesce(told.times, 0) <> (c.ready IS NOT NULL)
         AND (c.state <> 'erased' OR c.email LIKE '%@erased.invalid')",
        sabotage "UPDATE handfast_customer SET ready = NULL";

    "a customer is ready from the first time it can order, and not before":
        "SELECT c.id FROM handfast_customer c WHERE ready IS NULL
         AND state = 'active' AND price_type IS NOT NULL AND service <> '{}'
         UNION ALL
         SELECT c.id FROM handfast_customer c WHERE ready IS NOT NULL AND (
             SELECT count(DISTINCT what) FROM handfast_event e WHERE e.company = c.company AND e.subject = c.id
             AND (what = 'customer_priced' OR what = 'customer_serviced'
                  OR what = 'customer_state_changed' AND json_extract(after, '$.state') = 'active')) <> 3",
        sabotage "UPDATE handfast_event SET after = '{}' WHERE what = 'customer_state_changed'";

    "a request is pending if and only if it holds its open address and is not decided":
        "SELECT r.id FROM handfast_request r JOIN handfast_visit v ON v.id = r.visit
         WHERE (r.state = 'pending') <> (r.open IS NOT NULL) OR (r.state = 'pending') <> (r.decided IS NULL)
         OR r.open IS NOT NULL AND r.open <> v.address",
        sabotage "UPDATE handfast_request SET open = NULL";

    "an address has at most one open request at a company":
        "SELECT min(r.id) FROM handfast_request r JOIN handfast_visit v ON v.id = r.visit WHERE r.state = 'pending'
         GROUP BY r.company, v.address HAVING count(*) > 1",
        sabotage "UPDATE handfast_request SET state = 'pending', visit = (SELECT min(id) FROM handfast_visit)";

    "a request is filed only after its address was verified":
        "SELECT r.id FROM handfast_request r WHERE NOT EXISTS (SELECT 1 FROM handfast_event e
         WHERE e.company = r.company AND e.subject = r.visit AND e.what = 'address_verified' AND e.at <= r.submitted)",
        sabotage "DELETE FROM handfast_event WHERE what = 'address_verified'";

    "a visit names its latest request":
        "SELECT v.id FROM handfast_visit v WHERE v.request IS NOT (
             SELECT r.id FROM handfast_request r WHERE r.visit = v.id ORDER BY r.submitted DESC LIMIT 1)",
        sabotage "UPDATE handfast_visit SET request = NULL";

    "a company counts its active Admins, who are one at least":
        "SELECT c.id FROM handfast_company c WHERE admins < 1 OR admins <> (
             SELECT count(*) FROM handfast_staff s WHERE s.company = c.id AND role = 'admin' AND state = 'active')",
        sabotage "UPDATE handfast_staff SET role = 'staff' WHERE role = 'admin'";

    "a link counts what came by it":
        "SELECT l.id FROM handfast_invite_link l
         WHERE submitted <> (SELECT count(*) FROM handfast_request r WHERE r.link = l.id)
         OR approved <> (SELECT count(*) FROM handfast_request r WHERE r.link = l.id AND state = 'approved')
         OR activated <> (SELECT count(*) FROM handfast_customer c WHERE c.link = l.id AND ready IS NOT NULL)
         UNION ALL
         SELECT c.id FROM handfast_company c
         WHERE (SELECT sum(verified) FROM handfast_invite_link l WHERE l.company = c.id)
            <> (SELECT count(*) FROM handfast_event e WHERE e.company = c.id AND what = 'address_verified')",
        sabotage "UPDATE handfast_invite_link SET verified = verified + 1";

    "a company has one link that counts, and the others are replaced":
        "SELECT c.id FROM handfast_company c WHERE 1 <> (
             SELECT count(*) FROM handfast_invite_link l WHERE l.company = c.id AND l.state <> 'replaced')
         OR NOT EXISTS (SELECT 1 FROM handfast_invite_link l
                        WHERE l.id = c.link AND l.company = c.id AND l.state <> 'replaced')",
        sabotage "UPDATE handfast_invite_link SET state = 'replaced'";

    "an event is about something that is there":
        "SELECT e.id FROM handfast_event e LEFT JOIN (
             SELECT 'company' AS kind, id, id AS company FROM handfast_company
             UNION ALL SELECT 'staff', id, company FROM handfast_staff
             UNION ALL SELECT 'price_type', id, company FROM handfast_price_type
             UNION ALL SELECT 'carrier', id, company FROM handfast_carrier
             UNION ALL SELECT 'department', id, company FROM handfast_department
             UNION ALL SELECT 'invite_link', id, company FROM handfast_invite_link
             UNION ALL SELECT 'tag', id, company FROM handfast_tag
             UNION ALL SELECT 'order', id, company FROM handfast_order
             UNION ALL SELECT 'question_place', id, company FROM handfast_question_place
             UNION ALL SELECT 'visit', id, company FROM handfast_visit
             UNION ALL SELECT 'request', id, company FROM handfast_request
             UNION ALL SELECT 'customer', id, company FROM handfast_customer
             UNION ALL SELECT 'association', id, company FROM handfast_association
             UNION ALL SELECT 'designation', id, company FROM handfast_designation
             UNION ALL SELECT 'delegation', id, company FROM handfast_delegation
             UNION ALL SELECT 'progress', id, account FROM handfast_progress
             UNION ALL SELECT 'erasure', id, company FROM handfast_erasure
             UNION ALL SELECT 'mail', id, company FROM handfast_mail) s
         ON s.kind = e.subject_kind AND s.id = e.subject AND s.company = e.company WHERE s.id IS NULL",
        sabotage "DELETE FROM handfast_price_type";

    "a customer was changed as often as its events tell":
        "SELECT c.id FROM handfast_customer c WHERE c.state <> 'erased' AND version - 1 <> (
             SELECT count(*) FROM handfast_event e WHERE e.company = c.company AND e.subject = c.id
             AND what IN ('customer_changed', 'customer_state_changed', 'customer_priced', 'customer_serviced',
                          'customer_tagged', 'customer_untagged'))
         OR 1 <> (SELECT count(*) FROM handfast_event e WHERE e.company = c.company AND e.subject = c.id
                  AND what = 'customer_created')
         OR (ready IS NOT NULL) <> (SELECT count(*) FROM handfast_event e WHERE e.company = c.company
                                    AND e.subject = c.id AND what = 'customer_ready')",
        sabotage "DELETE FROM handfast_event WHERE what = 'customer_serviced'";

    "a tag counts the customers of its company that have it":
        "WITH worn AS (SELECT c.company, t.value AS tag FROM handfast_customer c, json_each(c.tags) t)
         SELECT t.id FROM handfast_tag t
         WHERE customers <> (SELECT count(*) FROM worn WHERE worn.tag = t.id AND worn.company = t.company)
         UNION ALL
         SELECT tag FROM worn WHERE NOT EXISTS (
             SELECT 1 FROM handfast_tag t WHERE t.id = worn.tag AND t.company = worn.company)",
        sabotage "UPDATE handfast_customer SET tags = '[]'";

    "what a call tagged and has not taken back is what it counts":
        "SELECT r.id FROM handfast_tag_run r
         WHERE changed - undone - kept <> (SELECT count(*) FROM handfast_tag_mark m WHERE m.run = r.id)
         OR matched <> changed + unchanged + refused",
        sabotage "DELETE FROM handfast_tag_mark";

    "36: an order is one customer's of its company, or a guest's, as its events tell":
        "SELECT o.id FROM handfast_order o LEFT JOIN handfast_customer c ON c.id = o.customer AND c.company = o.company
         WHERE (o.state = 'guest') <> (o.customer IS NULL) OR o.customer IS NOT NULL AND c.id IS NULL
         UNION ALL
         SELECT o.id FROM handfast_order o WHERE version - 1 <> (
             SELECT count(*) FROM handfast_event e WHERE e.company = o.company AND e.subject = o.id
             AND what IN ('order_linked', 'order_unlinked'))
         OR 1 <> (SELECT count(*) FROM handfast_event e WHERE e.company = o.company AND e.subject = o.id
                  AND what = 'order_recorded')
         OR (state = 'linked') <> (SELECT coalesce(sum((what = 'order_linked') - (what = 'order_unlinked')), 0)
                                   FROM handfast_event e WHERE e.company = o.company AND e.subject = o.id)",
        sabotage "UPDATE handfast_order SET state = 'guest', customer = NULL";

    "what a customer has ordered is what its orders come to":
        "WITH own AS (SELECT customer, coalesce(department, company) AS place, currency, count(*) AS orders,
                      sum(CAST(round(amount * 10000) AS INTEGER)) AS parts
                      FROM handfast_order WHERE customer IS NOT NULL GROUP BY 1, 2, 3)
         SELECT t.id FROM handfast_order_total t LEFT JOIN own ON own.customer = t.customer AND own.place = t.place
         AND own.currency = t.currency
         WHERE t.orders <> coalesce(own.orders, 0) OR t.units * 10000 + t.parts <> coalesce(own.parts, 0)
         UNION ALL
         SELECT own.customer FROM own WHERE NOT EXISTS (
             SELECT 1 FROM handfast_order_total t WHERE t.customer = own.customer AND t.place = own.place
             AND t.currency = own.currency)",
        sabotage "UPDATE handfast_order_total SET parts = parts + 1";

    "an event names the customer that it is about":
        "SELECT e.id FROM handfast_event e LEFT JOIN handfast_association a ON a.id = e.subject
         WHERE subject_kind = 'customer' AND e.customer IS NOT e.subject
         OR subject_kind = 'association' AND e.customer IS NOT a.customer
         OR what = 'order_linked' AND e.customer IS NOT json_extract(after, '$.customer')
         OR what = 'order_unlinked' AND e.customer IS NOT json_extract(before, '$.customer')",
        sabotage "UPDATE handfast_event SET customer = NULL";

    "a place asks what its newest edition says, whose numbers have no gap, and is the company or a department of it":
        "SELECT p.id FROM handfast_question_place p
         LEFT JOIN handfast_question_edition e ON e.id = p.current
         WHERE e.company IS NOT p.company OR e.place IS NOT p.place OR e.number IS NOT p.edition
         OR p.edition <> (SELECT count(*) FROM handfast_question_edition e WHERE e.place = p.place)
         OR p.edition <> (SELECT max(number) FROM handfast_question_edition e WHERE e.place = p.place)
         OR p.edition <> (SELECT count(*) FROM handfast_event e WHERE e.company = p.company AND e.subject = p.id
                          AND e.what = 'questions_changed')
         UNION ALL
         SELECT place FROM handfast_question_edition
         WHERE place NOT IN (SELECT place FROM handfast_question_place) OR version <> 1
         UNION ALL
         SELECT p.id FROM handfast_question_place p WHERE p.place <> p.company
         AND NOT EXISTS (SELECT 1 FROM handfast_department d WHERE d.id = p.place AND d.company = p.company)",
        sabotage "DELETE FROM handfast_question_edition WHERE number = 1";

    "a request was filed once and decided at most once, as its events tell":
        "SELECT r.id FROM handfast_request r
         WHERE r.email NOT LIKE '%@erased.invalid' AND version - 1 <> (state <> 'pending')
         OR 1 <> (SELECT count(*) FROM handfast_event e WHERE e.company = r.company AND e.subject = r.id
                  AND what = 'request_submitted')
         OR (state <> 'pending') <> (SELECT count(*) FROM handfast_event e WHERE e.company = r.company
                                     AND e.subject = r.id AND what <> 'request_submitted')
         OR (state <> 'pending') <> (SELECT count(*) FROM handfast_event e WHERE e.company = r.company
                                     AND e.subject = r.id AND what = 'request_' || r.state)",
        sabotage "DELETE FROM handfast_event WHERE what = 'request_withdrawn'";

    // an invitation that is sent again changes nothing unless it says something else
    "a member of the staff was changed as often as its events tell":
        "WITH told AS (SELECT s.id, s.version, count(*) AS times, sum(e.what = 'staff_invited') AS invited
                       FROM handfast_staff s LEFT JOIN handfast_event e ON e.company = s.company
                       AND (e.subject = s.id OR e.what = 'company_signed_up' AND e.login = s.login)
                       WHERE s.email NOT LIKE '%@erased.invalid' GROUP BY s.id)
         SELECT id FROM told WHERE version NOT BETWEEN times - max(invited - 1, 0) AND times",
        sabotage "DELETE FROM handfast_event WHERE what = 'staff_joined'";

    "a mail is settled if and only if it is sent or given up, and then holds no secret":
        "SELECT id FROM handfast_mail
         WHERE (state = 'queued') <> (settled IS NULL) OR state <> 'queued' AND sealed IS NOT NULL",
        sabotage "UPDATE handfast_mail SET state = 'queued'";

    "a mail for many became one for each, once it was taken":
        "SELECT min(id) FROM handfast_mail WHERE kind IN ('new_request', 'activation_guide', 'request_withdrawn')
         GROUP BY company, kind, created, content
         HAVING sum(audience IS NOT NULL) <> 1
         OR max(audience IS NOT NULL AND state = 'sent') <> max(audience IS NULL)",
        sabotage "DELETE FROM handfast_mail WHERE kind = 'new_request' AND audience IS NULL";

    "a code has tries left while it lives":
        "SELECT id FROM handfast_one_use WHERE tries < 0 OR purpose = 'visitor_code' AND (state = 'live') AND tries = 0
         OR purpose = 'visitor_code' AND state = 'exhausted' AND tries <> 0",
        sabotage "UPDATE handfast_one_use SET state = 'exhausted'";

    "what was answered under an idempotency key is so":
        "SELECT p.id FROM handfast_replay p LEFT JOIN handfast_request r ON r.id = p.row AND r.company = p.company
         WHERE json_extract(p.answer, '$.outcome') = 'approved'
         AND json_extract(p.answer, '$.customer') IS NOT r.customer
         UNION ALL
         SELECT p.id FROM handfast_replay p WHERE NOT EXISTS (
             SELECT 1 FROM handfast_replay whole
             WHERE whole.company = p.company AND whole.key = p.key AND whole.row = p.company)",
        sabotage "DELETE FROM handfast_replay WHERE row = company";

    "13: a partner has a number of 20 digits, and nobody else has it":
        "SELECT id FROM handfast_partner WHERE length(number) <> 20 OR number GLOB '*[^0-9]*'
         UNION ALL
         SELECT min(id) FROM handfast_partner GROUP BY number HAVING count(*) > 1",
        sabotage "UPDATE handfast_partner SET number = substr(number, 2)";

    "14: a company designates one partner at most, as long as both histories tell":
        "SELECT min(id) FROM handfast_designation GROUP BY company HAVING count(*) > 1
         UNION ALL
         SELECT id FROM handfast_designation WHERE (state = 'live') <> (until IS NULL)
         UNION ALL
         SELECT d.id FROM handfast_designation d WHERE (state = 'live') <> (
             SELECT sum((what = 'partner_linked') - (what = 'partner_cleared')) FROM handfast_event e
             WHERE e.company = d.company AND e.subject = d.id)
         UNION ALL
         SELECT p.id FROM handfast_partner_event p WHERE what IN ('client_linked', 'client_cleared')
         GROUP BY partner, company HAVING sum((what = 'client_linked') - (what = 'client_cleared')) <> (
             SELECT count(*) FROM handfast_designation d
             WHERE d.company = p.company AND d.partner = p.partner AND d.state = 'live')",
        sabotage "DELETE FROM handfast_partner_event WHERE what = 'client_cleared'";

    "15: a clients list holds companies that are there, under their names":
        "SELECT d.id FROM handfast_designation d LEFT JOIN handfast_company c ON c.id = d.company
         LEFT JOIN handfast_partner p ON p.id = d.partner
         WHERE p.id IS NULL OR c.id IS NULL OR c.name <> d.name",
        sabotage "UPDATE handfast_company SET name = name || ' y Hijos'";

    "22: what a partner did names the partner and the person":
        "SELECT id FROM handfast_event
         WHERE (doer = 'partner') <> (partner IS NOT NULL) OR doer = 'partner' AND login IS NULL",
        sabotage "UPDATE handfast_event SET partner = NULL";

    "25: a tandem is known to both, and the company designates the partner":
        "SELECT m.id FROM handfast_progress m WHERE m.tandem IS NOT NULL AND NOT EXISTS (
             SELECT 1 FROM handfast_progress t
             WHERE t.account = m.tandem AND t.tandem = m.account AND t.side <> m.side)
         UNION ALL
         SELECT m.id FROM handfast_progress m WHERE m.side = 'partner' AND m.tandem IS NOT NULL AND NOT EXISTS (
             SELECT 1 FROM handfast_designation d
             WHERE d.company = m.tandem AND d.partner = m.account AND d.state = 'live')",
        sabotage "UPDATE handfast_designation SET state = 'cleared', until = 0";

    "27: what a company has completed its partner in the tandem has completed too":
        "SELECT m.id FROM handfast_progress m JOIN handfast_progress t ON t.account = m.tandem, json_each(t.done) task
         WHERE m.side = 'partner' AND NOT EXISTS (SELECT 1 FROM json_each(m.done) own WHERE own.key = task.key)",
        sabotage "UPDATE handfast_progress SET done = '{}' WHERE side = 'partner'";

    "26: a partner is certified if and only if it has the one certificate, and was told of it once":
        "SELECT p.id FROM handfast_partner p LEFT JOIN handfast_certificate c
         ON c.id = p.certificate AND c.partner = p.id WHERE (p.state = 'certified') <> (c.id IS NOT NULL)
         UNION ALL
         SELECT min(id) FROM handfast_certificate GROUP BY partner HAVING count(*) <> 1
         UNION ALL
         SELECT c.id FROM handfast_certificate c WHERE NOT EXISTS (
             SELECT 1 FROM handfast_partner p WHERE p.id = c.partner AND p.certificate = c.id)
         UNION ALL
         SELECT p.id FROM handfast_partner p WHERE (p.state = 'certified') <> (
             SELECT count(*) FROM handfast_partner_event e WHERE e.partner = p.id AND what = 'certified')
         UNION ALL
         SELECT 'mails' WHERE (SELECT count(*) FROM handfast_certificate)
            <> (SELECT count(*) FROM handfast_mail WHERE kind = 'partner_certified')",
        sabotage "DELETE FROM handfast_mail WHERE kind = 'partner_certified'";

    "nothing names what is not there, or is another company's":
        "SELECT s.id FROM handfast_staff s WHERE login NOT IN (SELECT id FROM handfast_login)
         OR company NOT IN (SELECT id FROM handfast_company)
         UNION ALL
         SELECT v.id FROM handfast_visit v LEFT JOIN handfast_invite_link l ON l.id = v.link AND l.company = v.company
         WHERE l.id IS NULL
         UNION ALL
         SELECT r.id FROM handfast_request r LEFT JOIN handfast_visit v ON v.id = r.visit AND v.company = r.company
         WHERE v.id IS NULL
         UNION ALL
         SELECT c.id FROM handfast_customer c LEFT JOIN handfast_price_type p
         ON p.id = c.price_type AND p.company = c.company WHERE c.price_type IS NOT NULL AND p.id IS NULL
         UNION ALL
         SELECT c.id FROM handfast_customer c, json_each(c.service) day LEFT JOIN handfast_carrier k
         ON k.id = day.value AND k.company = c.company WHERE k.id IS NULL
         UNION ALL
         SELECT m.id FROM handfast_member m WHERE partner NOT IN (SELECT id FROM handfast_partner)
         OR login NOT IN (SELECT id FROM handfast_login)
         UNION ALL
         SELECT v.id FROM handfast_delegation v LEFT JOIN handfast_designation d ON d.company = v.company
         WHERE d.id IS NULL OR v.era > d.era OR v.session NOT IN (SELECT id FROM handfast_session)
         OR NOT EXISTS (SELECT 1 FROM handfast_member m WHERE m.partner = v.partner AND m.login = v.login)",
        sabotage "DELETE FROM handfast_carrier";
}

/// What is broken in a database, a line each; nothing when all holds.
pub fn broken_rules(handfast: &Handfast, connection: &Connection) -> Vec<String> {
    let mut broken = Vec::new();
    for rule in RULES {
        let offenders = rule.offenders(connection).unwrap_or_else(|error| panic!("{}: {error}", rule.holds));
        if !offenders.is_empty() {
            broken.push(format!("{}: {offenders:?}", rule.holds));
        }
    }
    let wrong = wrong_words(handfast, connection).unwrap();
    if !wrong.is_empty() {
        broken.push(format!("a customer, an order or a client is found by its own words and no others: {wrong:?}"));
    }
    broken
}

impl Rule {
    /// What breaks it: ids.
    pub fn offenders(&self, connection: &Connection) -> Result<Vec<String>> {
        texts(connection, self.broken_by)
    }
}

/// Words that a search would miss, or find in vain; each with its row.
pub fn wrong_words(handfast: &Handfast, connection: &Connection) -> Result<BTreeSet<String>> {
    let mut due = BTreeSet::new();
    for company in texts(connection, "SELECT id FROM handfast_company")? {
        let company = company.parse().unwrap();
        for customer in every_page(|paging| handfast.list(Customer::of_company(company), paging).unwrap()) {
            due.extend(words(&customer).map(|word| format!("{company} {word} {}", customer.id)));
        }
    }
    for company in texts(connection, "SELECT id FROM handfast_company")? {
        let company = company.parse().unwrap();
        for order in every_page(|paging| handfast.list(Order::of_company(company), paging).unwrap()) {
            due.extend(words(&order).map(|word| format!("{company} {word} {}", order.id)));
        }
    }
    for partner in texts(connection, "SELECT id FROM handfast_partner")? {
        let partner = partner.parse().unwrap();
        for state in DesignationState::ALL {
            let clients = every_page(|paging| handfast.list(Designation::by_age(partner, *state), paging).unwrap());
            for client in clients {
                due.extend(words(&client).map(|word| format!("{partner} {state} {word} {}", client.id)));
            }
        }
    }
    let stored = "SELECT company || ' ' || word || ' ' || id FROM handfast_customer_find
                  UNION ALL SELECT company || ' ' || word || ' ' || id FROM handfast_order_find
                  UNION ALL SELECT partner || ' ' || state || ' ' || word || ' ' || id FROM handfast_designation_find";
    let stored = texts(connection, stored)?;
    Ok(due.symmetric_difference(&stored.into_iter().collect()).cloned().collect())
}

/// The words that a row is to be found by.
fn words<T: Record>(row: &T) -> impl Iterator<Item = String> {
    let words = match Write::insert(T::TABLE, row.cells()) {
        Write::Insert { words, .. } => words,
        _ => Vec::new(),
    };
    words.into_iter().flat_map(|words| words.gained)
}

fn texts(connection: &Connection, query: &str) -> Result<Vec<String>> {
    connection.prepare(query)?.query_map([], |row| row.get(0))?.collect()
}
