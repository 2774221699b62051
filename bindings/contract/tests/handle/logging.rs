use std::sync::{Arc, Mutex};

use handfast_contract::{Handle, LogLevel, LogRecord, ManualClock, Permanence, Rejection};

use crate::{MORNING, PASSWORD, max, quick, signed_up};

/// A handle with a logger, and what that has heard.
fn heard() -> (Handle, Arc<Mutex<Vec<LogRecord>>>) {
    let heard = Arc::new(Mutex::new(Vec::new()));
    let logger = Arc::clone(&heard);
    let logger = Arc::new(move |record| logger.lock().unwrap().push(record));
    (Handle::open_with("memory:", quick(), Some(ManualClock::new(MORNING)), Some(logger)).unwrap(), heard)
}

fn lines(heard: &Mutex<Vec<LogRecord>>) -> Vec<(LogLevel, String)> {
    heard.lock().unwrap().drain(..).map(|record| (record.level, record.message)).collect()
}

#[test]
fn a_logger_hears_of_every_call_and_of_every_refusal() {
    let (handle, heard) = heard();
    let ada = signed_up(&handle);
    assert!(lines(&heard).contains(&(LogLevel::Debug, "done operation=companies.sign_up".into())));
    handle.customers().get(ada, "7".to_owned().into()).unwrap_err();
    assert!(lines(&heard).contains(&(LogLevel::Debug, "refused operation=customers.get code=not_an_id".into())));
}

#[test]
fn a_logger_hears_of_mails_that_were_not_taken() {
    let (handle, heard) = heard();
    signed_up(&handle);
    let refusing = |_| Err(Rejection { reason: "no route".into(), permanence: Permanence::Temporary });
    handle.mails().deliver(&refusing, 10).unwrap();
    let warned = lines(&heard).into_iter().filter(|(level, _)| *level == LogLevel::Warn).collect::<Vec<_>>();
    assert_eq!(warned.len(), 1);
    assert!(warned[0].1.contains("a mail was not taken") && warned[0].1.contains("no route"), "{warned:?}");
}

#[test]
fn each_handle_has_a_logger_of_its_own() {
    let ((one, to_one), (_other, to_other)) = (heard(), heard());
    signed_up(&one);
    assert!(!lines(&to_one).is_empty());
    assert_eq!(lines(&to_other), []);
}

#[test]
fn no_line_holds_a_password_a_token_or_what_a_person_typed() {
    let (handle, heard) = heard();
    let ada = signed_up(&handle);
    handle.staff().invite(ada, max()).unwrap();
    let token = crate::token(&handle);
    handle.staff().accept(token.clone().into(), Some(PASSWORD.to_owned().into())).unwrap();
    handle.logins().authenticate("max@flora.example".into(), "a wrong password".to_owned().into()).unwrap_err();
    let lines = lines(&heard);
    assert!(lines.len() > 4);
    for (_, line) in lines {
        for secret in [PASSWORD, &token, "a wrong password", "max@flora.example", "Max Cruz"] {
            assert!(!line.contains(secret), "{line}");
        }
    }
}
