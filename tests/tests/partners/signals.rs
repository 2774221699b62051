//! Facts that the host reports: once each, in their order, and what is wrong with one is told.

use std::time::Duration;

use handfast::{
    Code, Timestamp,
    course::{SignalInput, SignalRow},
};
use handfast_tests::{World, fact, on_every_store, refusal};
use serde_json::json;

use crate::common::{TASKS, completed, happened, in_tandem, linked, onboarded, own_fact, publish, tables};

fn at(signal: SignalInput, occurred: Timestamp) -> SignalInput {
    SignalInput { occurred: Some(occurred), ..signal }
}

fn with(mut signal: SignalInput, field: &str, value: serde_json::Value) -> SignalInput {
    signal.fields.insert(field.into(), value);
    signal
}

fn codes(rows: &[SignalRow]) -> Vec<Option<&str>> {
    rows.iter().map(|row| row.code.as_deref()).collect()
}

/// The faults of a signal, by field.
fn faults(world: &World, signal: &SignalInput) -> Vec<(String, Code)> {
    let (error, committed) = world.store.committed(|| world.courses().signal(signal).unwrap_err());
    assert!(committed.is_empty());
    assert_eq!(error.code(), Code::InvalidInput, "{error}");
    error.faults().iter().map(|fault| (fault.field.clone(), fault.code)).collect()
}

on_every_store! {
    fn rule_39_a_fact_reported_again_changes_nothing_and_gets_the_first_answer(world: &World) {
        let (firm, agency) = in_tandem(world, TASKS);
        let signal = with(fact(&firm, "shop_opened", "one"), "city", json!("Quito"));
        let first = world.courses().signal(&signal).unwrap();
        assert_eq!(first.completed.len(), 1);
        let then = world.now();
        world.later(Duration::from_secs(60));
        let (_, committed) = world.store.committed(|| {
            assert_eq!(world.courses().signal(&signal).unwrap(), first);
            assert_eq!(world.courses().signal(&at(signal.clone(), then)).unwrap(), first);
            let rows = world.courses().signal_many(&[signal.clone(), signal.clone()]).unwrap();
            assert!(rows.iter().all(|row| row.completed == first.completed && row.code.is_none()));
        });
        assert!(committed.is_empty());
        assert_eq!(completed(world, &agency), ["open"]);
        // the answer stays what it was, whatever the course says by then
        publish(world, 2, &["other partner otherwise"]);
        assert_eq!(world.courses().signal(&signal).unwrap(), first);
    }

    fn rule_39_a_key_that_comes_with_another_fact_is_refused(world: &World) {
        let (firm, _) = in_tandem(world, TASKS);
        let signal = with(fact(&firm, "sold", "one"), "city", json!("Quito"));
        world.courses().signal(&signal).unwrap();
        let others = [
            SignalInput { name: "shop_opened".into(), ..signal.clone() },
            with(signal.clone(), "city", json!("Loja")),
            with(signal.clone(), "more", json!(true)),
            SignalInput { fields: Default::default(), ..signal.clone() },
            at(signal.clone(), world.now() + Duration::from_secs(1)),
        ];
        let (_, committed) = world.store.committed(|| {
            for other in &others {
                assert_eq!(refusal(world.courses().signal(other)), Code::KeyReused, "{other:?}");
            }
            let rows = world.courses().signal_many(&others).unwrap();
            assert_eq!(codes(&rows), [Some("idempotency_key_reused"); 5]);
        });
        assert!(committed.is_empty());
        assert_eq!(onboarded(world, &firm), [""; 0], "one sale alone");
    }

    fn rule_39_a_key_belongs_to_one_account(world: &World) {
        let (firm, agency) = in_tandem(world, TASKS);
        let second = world.firm("Frutas del Sur");
        assert_eq!(happened(world, &firm, "shop_opened", "monday"), ["open"]);
        assert_eq!(happened(world, &second, "shop_opened", "monday"), ["open"]);
        let own = world.courses().signal(&own_fact(&agency, "greeted", "monday")).unwrap();
        assert_eq!(own.completed.len(), 1);
    }

    fn rule_39_one_key_twice_in_one_call_is_one_fact(world: &World) {
        let (firm, _) = in_tandem(world, TASKS);
        let now = world.now();
        let sold = |key: &str| fact(&firm, "sold", key);
        let rows = world.courses().signal_many(&[
            sold("one"),
            sold("one"),
            // the time that it gets of itself is the time that it is reported at
            at(sold("one"), now),
            with(sold("one"), "city", json!("Loja")),
            at(sold("two"), now),
            sold("two"),
            at(sold("two"), now + Duration::from_secs(1)),
        ]);
        let rows = rows.unwrap();
        let reused = Some("idempotency_key_reused");
        assert_eq!(codes(&rows), [None, None, None, reused, None, None, reused]);
        assert_eq!(rows.iter().map(|row| row.row).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6, 7]);
        assert_eq!(rows.iter().map(|row| row.completed.len()).collect::<Vec<_>>(), [0, 0, 0, 0, 1, 1, 0]);
        assert_eq!(onboarded(world, &firm), ["sell"]);
    }

    fn what_is_wrong_with_one_row_does_not_touch_the_others(world: &World) {
        let (firm, agency) = in_tandem(world, TASKS);
        let nobody = SignalInput {
            company: Some("019a0000-0000-7000-8000-000000000099".parse().unwrap()),
            ..fact(&firm, "sold", "lost")
        };
        let rows = world.courses().signal_many(&[
            fact(&firm, "sold", "one"),
            fact(&firm, "NO NAME", "two"),
            nobody.clone(),
            SignalInput { company: None, ..fact(&firm, "sold", "three") },
            SignalInput { partner: Some(agency.partner), ..fact(&firm, "sold", "four") },
            fact(&firm, "sold", ""),
            at(fact(&firm, "sold", "six"), world.now() + Duration::from_secs(3_600)),
            with(fact(&firm, "sold", "seven"), "list", json!([1])),
            own_fact(&agency, "greeted", "eight"),
            fact(&firm, "sold", "nine"),
        ]);
        let rows = rows.unwrap();
        let invalid = Some("invalid_input");
        let due = [None, invalid, Some("not_found"), invalid, invalid, invalid, invalid, invalid, None, None];
        assert_eq!(codes(&rows), due);
        assert!(rows.iter().all(|row| row.message.is_some() == row.code.is_some()));
        assert_eq!(completed(world, &agency), ["greet", "sell"]);
        assert_eq!(refusal(world.courses().signal(&nobody)), Code::NotFound);
    }

    fn every_fault_of_a_signal_is_told_at_once(world: &World) {
        let (firm, agency) = linked(world);
        let mut bad = fact(&firm, "Not A Name", "");
        (bad.company, bad.occurred) = (None, Some(world.now() + Duration::from_secs(3_600)));
        bad = with(bad, "price", json!(1.5));
        let found: Vec<_> = faults(world, &bad).into_iter().map(|(field, _)| field).collect();
        for field in ["company", "name", "key", "occurred"] {
            assert!(found.iter().any(|found| found == field), "{field}: {found:?}");
        }
        assert!(found.iter().any(|field| field.starts_with("fields")), "{found:?}");
        let both = SignalInput { partner: Some(agency.partner), ..fact(&firm, "sold", "one") };
        assert_eq!(faults(world, &both), [("partner".to_owned(), Code::UnknownField)]);
        let many = (0..21).fold(fact(&firm, "sold", "one"), |signal, number| {
            with(signal, &format!("field{number}"), json!(number))
        });
        assert_eq!(faults(world, &many).len(), 1);
        let long = with(fact(&firm, "sold", "one"), "text", json!("a".repeat(201)));
        assert_eq!(faults(world, &long).len(), 1);
    }

    fn a_fact_may_have_occurred_long_ago_and_hardly_ahead_of_the_clock(world: &World) {
        let (firm, _) = in_tandem(world, TASKS);
        let ahead = world.now() + world.policy().signal_ahead;
        let late = at(fact(&firm, "sold", "late"), Timestamp::from_millis(ahead.millis() + 1));
        assert_eq!(faults(world, &late), [("occurred".to_owned(), Code::OutOfRange)]);
        world.courses().signal(&at(fact(&firm, "sold", "just"), ahead)).unwrap();
        let old = at(fact(&firm, "sold", "old"), Timestamp::from_millis(0));
        assert_eq!(world.courses().signal(&old).unwrap().completed.len(), 1);
    }

    fn a_call_with_too_many_rows_is_refused_as_a_whole_and_a_long_one_is_committed_in_groups(world: &World) {
        let world = &World::with(world.kind, |policy| policy.bulk_rows = 600);
        let (firm, _) = in_tandem(world, &["sell commerce sold 600"]);
        let many = |count: usize| {
            (0..count).map(|number| fact(&firm, "sold", &format!("{number}"))).collect::<Vec<_>>()
        };
        let (given, committed) = world.store.committed(|| world.courses().signal_many(&many(601)));
        assert_eq!(given.unwrap_err().faults()[0].field, "signals");
        assert!(committed.is_empty());
        let heard = std::sync::Mutex::new(Vec::new());
        let tell = |told: handfast::Progress| heard.lock().unwrap().push((told.done, told.total));
        let telling = || world.courses().telling(&tell).signal_many(&many(600)).unwrap();
        let (rows, committed) = world.store.committed(telling);
        assert_eq!((rows.len(), committed.len()), (600, 3));
        assert_eq!(*heard.lock().unwrap(), [(250, 600), (500, 600), (600, 600)]);
        assert_eq!(rows[599].completed.len(), 1);
        assert_eq!(world.courses().signal_many(&[]).unwrap(), []);
    }

    fn counts_distinct_values_and_fields_are_asked_for_as_the_course_says(world: &World) {
        let (firm, _) = in_tandem(world, &["cities commerce delivered 3 *city", "sell commerce sold 2"]);
        let deliver = |key: &str, city: serde_json::Value| {
            let signal = with(fact(&firm, "delivered", key), "city", city);
            world.courses().signal(&signal).unwrap().completed.len()
        };
        let given = [
            deliver("1", json!("Quito")),
            deliver("2", json!("Quito")),
            deliver("3", json!(7)),
            deliver("4", json!("7")),
            happened(world, &firm, "delivered", "5").len(),
            deliver("6", json!("Loja")),
            deliver("7", json!("Cuenca")),
        ];
        assert_eq!(given, [0, 0, 0, 0, 0, 1, 0]);
    }

    fn the_library_reports_by_itself_what_is_done_in_the_product(world: &World) {
        let tasks = [
            "profile commerce company_changed",
            "offers commerce offer_added 2 *subject",
            "share commerce invite_link_shared",
            "approve commerce request_approved",
            "activate commerce customer_state_changed",
            "price commerce customer_priced",
            "service commerce customer_serviced",
            "ready commerce customer_ready",
            "staff commerce staff_joined",
            "invite commerce user_invited",
            "user commerce user_joined",
            "link commerce partner_linked",
            "visit commerce partner_entered",
            "factor partner two_factor_enabled",
            "clients partner clients_viewed",
            "client partner client_linked",
            "course partner course_enabled",
            "login partner client_logged_in",
            "hello partner partner_signed_up",
        ];
        publish(world, 1, &tasks);
        let (firm, agency) = linked(world);
        world.courses().enable(&agency.session, firm.company).unwrap();
        world.member(&firm, handfast::company::Role::Staff, "pia@flora.example");
        let customer = world.ready(&firm, "buyer@rosas.example");
        world.user(&firm, customer, "uma@users.example");
        world.invites().share(firm.admin).unwrap();
        let company = world.companies().get(firm.admin).unwrap();
        let input = handfast::company::CompanyInput {
            name: "Flora".into(),
            country: "EC".into(),
            locale: "en".into(),
            time_zone: company.time_zone.to_string(),
            trial_ends: None,
        };
        world.companies().update(firm.admin, &input).unwrap();
        crate::common::clients(world, &agency);
        world.entered(&agency, &firm);
        world.switch_back(&agency);
        let missing = world.courses().can_certify(&agency.session).unwrap().missing;
        assert_eq!(missing, []);
    }

    fn a_look_is_noted_only_while_a_task_waits_for_it(world: &World) {
        let (_, agency) = in_tandem(world, &["clients partner clients_viewed 2"]);
        let look = || world.store.committed(|| crate::common::clients(world, &agency)).1;
        assert!(look().iter().any(|changes| tables(changes).contains(&"signal")));
        assert_eq!(look().len(), 1);
        assert!(look().is_empty(), "it is done");
        let nobody = world.agency("Sendero Partners");
        let (_, committed) = world.store.committed(|| crate::common::clients(world, &nobody));
        assert!(committed.is_empty(), "there is nothing to see");
    }
}
