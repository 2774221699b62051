use handfast_sqlite::rusqlite::{Connection, params_from_iter};

/// Whether what a worker said is so. What it says is never taken back later, so it can be asked at any time.
pub(crate) fn is_kept(connection: &Connection, line: &str) -> bool {
    let mut words = line.split(' ');
    let Some(query) = words.next().and_then(query) else { return true };
    let mut statement = connection.prepare_cached(query).unwrap();
    statement.exists(params_from_iter(words)).unwrap()
}

/// Finds what a word promises; `None` when it promises nothing.
fn query(word: &str) -> Option<&'static str> {
    Some(match word {
        "begun" | "did" | "refused" | "handed" | "asking" | "opened" | "signalling" | "shut_out" => return None,
        "signed_up" => {
            "SELECT 1 FROM handfast_company c JOIN handfast_staff s ON s.company = c.id WHERE c.id = ?1 AND s.id = ?2"
        }
        "invited" => "SELECT 1 FROM handfast_staff WHERE id = ?1",
        "joined" => "SELECT 1 FROM handfast_event WHERE subject = ?1 AND what = 'staff_joined'",
        "promoted" => {
            "SELECT 1 FROM handfast_event e JOIN handfast_staff s ON s.id = e.subject AND role = 'procurement_manager'
             WHERE subject = ?1 AND what = 'staff_role_changed'"
        }
        "removed" => "SELECT 1 FROM handfast_staff WHERE id = ?1 AND state = 'removed'",
        "started" => "SELECT 1 FROM handfast_visit v JOIN handfast_one_use o ON o.subject = v.id WHERE v.id = ?1",
        "verified" => "SELECT 1 FROM handfast_visit WHERE id = ?1 AND pass IS NOT NULL",
        "submitted" => "SELECT 1 FROM handfast_request WHERE id = ?1 AND visit = ?2",
        "approved" => "SELECT 1 FROM handfast_request WHERE id = ?1 AND state = 'approved' AND customer = ?2",
        "rejected" => "SELECT 1 FROM handfast_request WHERE id = ?1 AND state = 'rejected'",
        "withdrawn" => "SELECT 1 FROM handfast_request WHERE id = ?1 AND state = 'withdrawn'",
        "priced_at" => "SELECT 1 FROM handfast_price_type WHERE id = ?1",
        "carried_by" => "SELECT 1 FROM handfast_carrier WHERE id = ?1",
        "activated" => "SELECT 1 FROM handfast_event WHERE subject = ?1 AND json_extract(after, '$.state') = 'active'",
        "priced" => "SELECT 1 FROM handfast_customer WHERE id = ?1 AND price_type IS NOT NULL",
        "serviced" => "SELECT 1 FROM handfast_customer WHERE id = ?1 AND service <> '{}'",
        "ready" => "SELECT 1 FROM handfast_customer WHERE id = ?1 AND ready IS NOT NULL",
        "deactivated" => "SELECT 1 FROM handfast_customer WHERE id = ?1 AND state <> 'active'",
        "blocked" => "SELECT 1 FROM handfast_customer WHERE id = ?1 AND state = 'blocked'",
        "partner" => "SELECT 1 FROM handfast_partner WHERE id = ?1 AND number = ?2",
        "linked" => {
            "SELECT 1 FROM handfast_partner_event WHERE company = ?1 AND partner = ?2 AND what = 'client_linked'"
        }
        "tandem" => {
            "SELECT 1 FROM handfast_partner_event WHERE partner = ?1 AND company = ?2 AND what = 'course_enabled'"
        }
        "signalled" => {
            "SELECT 1 FROM handfast_signal
             WHERE account = ?1 AND key = ?2 AND json_array_length(completed) = CAST(?3 AS INTEGER)"
        }
        "entered" => "SELECT 1 FROM handfast_delegation WHERE id = ?1 AND company = ?2",
        "certified" => "SELECT 1 FROM handfast_partner WHERE id = ?1 AND state = 'certified'",
        // a visit of an earlier era is over, whatever came after
        "cleared" => {
            "SELECT 1 FROM handfast_designation d JOIN handfast_delegation v ON v.company = d.company
             WHERE d.company = ?1 AND v.id = ?2 AND d.era > v.era"
        }
        // or the person was erased while it was on its way
        "sent" => {
            "SELECT 1 FROM handfast_mail WHERE id = ?1
             AND (state = 'sent' OR failure = 'who it is to or about is erased')"
        }
        _ => panic!("nobody knows what `{word}` promises"),
    })
}
