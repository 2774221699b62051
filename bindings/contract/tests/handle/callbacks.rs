use std::sync::{
    Mutex,
    atomic::{AtomicU32, Ordering},
};

use handfast::Code;
use handfast_contract::{
    BulkDecision, BulkOutcome, Duration, MailKind, MailState, Message, Permanence, Rejection, RequestId, Verdict,
};

use crate::{clocked, max, memory, signed_up};

fn refusing(permanence: Permanence) -> impl Fn(Message) -> Result<(), Rejection> + Send + Sync {
    move |_| Err(Rejection { reason: "the server is on fire".into(), permanence })
}

#[test]
fn a_failing_mailer_leaves_the_mail_in_the_outbox_with_what_it_said() {
    let (handle, clock) = clocked();
    signed_up(&handle);
    let delivery = handle.mails().deliver(&refusing(Permanence::Temporary), 10).unwrap();
    assert_eq!((delivery.sent, delivery.waiting, delivery.given_up), (0, 1, 0));
    let failure = &delivery.failures[0];
    assert_eq!((failure.code.as_str(), failure.reason.as_str()), ("mailer_failed", "the server is on fire"));
    let queued = handle.mails().list(MailState::Queued, None).unwrap().items;
    assert_eq!((&queued[0].id, queued[0].failure.as_deref()), (&failure.mail, Some("the server is on fire")));
    clock.advance(Duration(60_000));
    assert_eq!(crate::mails(&handle)[0].kind, MailKind::CompanyWelcome);
}

#[test]
fn what_is_never_to_be_tried_again_is_given_up() {
    let handle = memory();
    signed_up(&handle);
    let delivery = handle.mails().deliver(&refusing(Permanence::Permanent), 10).unwrap();
    assert_eq!((delivery.waiting, delivery.given_up), (0, 1));
    let dead = handle.mails().list(MailState::Dead, None).unwrap().items;
    assert_eq!(dead[0].kind, MailKind::CompanyWelcome);
    assert_eq!(handle.mails().revive(dead[0].id.clone()).unwrap().state, MailState::Queued);
}

#[test]
fn a_mailer_that_panics_is_internal_and_its_mail_is_tried_again_after_the_lease() {
    let (handle, clock) = clocked();
    signed_up(&handle);
    let failure = handle.mails().deliver(&|_| panic!("the mailer broke"), 10).unwrap_err();
    assert_eq!(failure.code, Code::Internal);
    assert!(failure.message.contains("the mailer broke"), "{failure}");
    assert!(crate::mails(&handle).is_empty());
    clock.advance(Duration(5 * 60_000));
    assert_eq!(crate::mails(&handle).len(), 1);
}

#[test]
fn a_mailer_may_call_the_handle() {
    let handle = memory();
    let ada = signed_up(&handle);
    let calling = |message: Message| -> Result<(), Rejection> {
        let failed = |reason: String| Rejection { reason, permanence: Permanence::Permanent };
        handle.price_types().add(ada.clone(), message.id).map(drop).map_err(|failure| failed(failure.to_string()))
    };
    let delivery = handle.mails().deliver(&calling, 10).unwrap();
    assert_eq!((delivery.sent, delivery.failures.len()), (1, 0));
    assert_eq!(handle.price_types().list(ada, None).unwrap().items.len(), 1);
}

#[test]
fn no_more_is_delivered_than_was_asked_for() {
    let handle = memory();
    let ada = signed_up(&handle);
    handle.staff().invite(ada, max()).unwrap();
    let taken = AtomicU32::new(0);
    let counting = |_| -> Result<(), Rejection> {
        taken.fetch_add(1, Ordering::Relaxed);
        Ok(())
    };
    assert_eq!(handle.mails().deliver(&counting, 1).unwrap().sent, 1);
    assert_eq!(handle.mails().deliver(&counting, 0).unwrap().sent, 0);
    assert_eq!(taken.load(Ordering::Relaxed), 1);
}

#[test]
fn progress_is_told_after_every_row_and_may_call_the_handle() {
    let handle = memory();
    let ada = signed_up(&handle);
    let missing = |number: u8| RequestId::from(format!("019a2b3c-4d5e-7f60-8a1b-2c3d4e5f60{number:02}"));
    let requests: Vec<_> = (10..13).map(missing).collect();
    let decisions = BulkDecision { requests: requests.clone(), verdict: Verdict::Approve, decision: None };
    let told = Mutex::new(Vec::new());
    let tell = |done, total| {
        handle.companies().get(ada.clone()).unwrap();
        told.lock().unwrap().push((done, total));
    };
    let rows = handle.requests().decide_many(ada.clone(), "key".into(), decisions, &tell).unwrap();
    assert_eq!(*told.lock().unwrap(), [(1, 3), (2, 3), (3, 3)]);
    assert_eq!(rows.iter().map(|row| row.request.clone()).collect::<Vec<_>>(), requests);
    assert!(rows.iter().all(|row| row.outcome == BulkOutcome::Refused && row.code.as_deref() == Some("not_found")));
}
