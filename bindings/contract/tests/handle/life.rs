use std::{sync::Arc, thread};

use handfast::{Category, Code};
use handfast_contract::{Duration, Rejection, Timestamp};

use crate::{MORNING, PASSWORD, clocked, memory, signed_up};

#[test]
fn a_closed_handle_refuses_and_can_be_closed_again() {
    let handle = memory();
    let ada = signed_up(&handle);
    handle.close();
    handle.close();
    let refused = handle.companies().get(ada).unwrap_err();
    assert_eq!((refused.code, refused.retryable), (Code::Closed, false));
    assert_eq!(handle.mails().deliver(&|_| Ok(()), 1).unwrap_err().code, Code::Closed);
}

#[test]
fn a_call_that_is_under_way_finishes_when_the_handle_is_closed() {
    let handle = memory();
    signed_up(&handle);
    let closing = |_| -> Result<(), Rejection> {
        handle.close();
        Ok(())
    };
    assert_eq!(handle.mails().deliver(&closing, 10).unwrap().sent, 1);
}

#[test]
fn a_panic_is_internal_and_the_handle_lives_on() {
    let handle = memory();
    let failure = handle.provoke_panic().unwrap_err();
    assert_eq!((failure.code, failure.category), (Code::Internal, Category::Internal));
    assert!(failure.message.contains("provoked"), "{failure}");
    signed_up(&handle);
}

#[test]
fn many_threads_share_one_handle() {
    let handle = Arc::new(memory());
    let ada = signed_up(&handle);
    let threads: Vec<_> = (0..32)
        .map(|number| {
            let (handle, ada) = (Arc::clone(&handle), ada.clone());
            thread::spawn(move || handle.price_types().add(ada, format!("Price {number}")).map(|offer| offer.id))
        })
        .collect();
    let added: Vec<_> = threads.into_iter().map(|thread| thread.join().unwrap().unwrap()).collect();
    let listed = handle.price_types().list(ada, None).unwrap();
    assert_eq!((added.len(), listed.items.len(), listed.next), (32, 32, None));
}

#[test]
fn time_is_what_the_clock_shows() {
    let (handle, clock) = clocked();
    let ada = signed_up(&handle);
    assert_eq!(handle.companies().get(ada.clone()).unwrap().created, MORNING);
    let slug = handle.invites().link(ada).unwrap().slug;
    let visit = handle.invites().start(slug, "bea@rosas.example".into(), None).unwrap().visit;
    clock.advance(Duration(10 * 60 * 1_000));
    assert_eq!(clock.now(), Timestamp(MORNING.0 + 600_000));
    let refused = handle.invites().verify(visit, "12345678".to_owned().into()).unwrap_err();
    assert_eq!((refused.code, refused.category), (Code::CodeExpired, Category::Expired));
    clock.set(Timestamp(MORNING.0 + 86_400_000));
    handle.logins().authenticate("ada@flora.example".into(), PASSWORD.to_owned().into()).unwrap();
}
