//! Numbers at their ends.

use handfast::{
    Code, Timestamp,
    association::{BulkMode, BulkUsers},
    customer::{CustomerFilter, PricingInput},
    event::EventFilter,
    invite::{ErrorCorrection, QrOptions},
    request::{BulkDecision, Decision, Verdict},
    store::Paging,
};
use handfast_tests::{Ground, World, on_every_store, refusal};

on_every_store! {
    fn limits_of_zero_and_without_end_are_taken_as_the_nearest(world: &World) {
        let firm = world.firm("Flora Export");
        for number in 0..501 {
            world.price_type(&firm, &format!("Price {number}"));
        }
        let listed = |limit| world.price_types().list(firm.admin, &Paging { cursor: None, limit }).unwrap().items.len();
        assert_eq!(
            [Some(0), Some(1), None, Some(500), Some(501), Some(u32::MAX)].map(listed),
            [1, 1, 50, 500, 500, 500]
        );
        let found = |limit| world.customers().search(firm.admin, "rosas", &CustomerFilter::default(), &Paging { cursor: None, limit }).unwrap();
        assert!(found(Some(0)).items.is_empty() && found(Some(u32::MAX)).items.is_empty());
        assert_eq!(world.requests().expire(u32::MAX).unwrap(), 0);
        let mailer = |_: &handfast::mail::Message| Ok(());
        assert_eq!(world.mails().deliver(&mailer, 0).unwrap().sent, 0);
        assert_eq!(world.mails().deliver(&mailer, u32::MAX).unwrap().sent, 1);
    }

    fn delivering_stops_at_its_limit(world: &World) {
        let firm = world.firm("Flora Export");
        for number in 0..60 {
            world.invites().start(&firm.slug, &format!("b{number}@rosas.example"), None).unwrap();
        }
        let mailer = |_: &handfast::mail::Message| Ok(());
        let sent = [1, 55, 100].map(|limit| world.mails().deliver(&mailer, limit).unwrap().sent);
        assert_eq!(sent, [1, 55, 5]);
    }

    fn decimals_at_their_ends_and_beyond(world: &World) {
        let firm = world.firm("Flora Export");
        let ground = Ground::new(world, &firm);
        let set = |markup: &str| {
            let input = PricingInput { markup: Some(markup.into()), ..PricingInput::of(ground.price_type) };
            world.customers().set_pricing(firm.admin, ground.inactive, &input)
        };
        for fine in ["-100", "1000", "0", "-0", "0.0001", "1000.0000", " 12.50 "] {
            assert!(set(fine).is_ok(), "{fine}");
        }
        let long = "9".repeat(1_000);
        let small = format!("0.{}1", "0".repeat(1_000));
        for wrong in ["-100.0001", "1000.0001", "1e3", "NaN", "inf", "--1", "0x10", "1_000", "٣", &long, &small, "."] {
            assert_eq!(refusal(set(wrong)), Code::InvalidInput, "{wrong}");
        }
    }

    fn a_qr_code_has_bounds(world: &World) {
        let link = world.invites().link(world.firm("Flora Export").admin).unwrap();
        let (fine, error_correction) = (QrOptions::default(), ErrorCorrection::High);
        for wrong in [
            QrOptions { size: 0, ..fine },
            QrOptions { size: 63, ..fine },
            QrOptions { size: 4_097, ..fine },
            QrOptions { size: u32::MAX, ..fine },
            QrOptions { quiet_zone: 17, ..fine },
            QrOptions { size: u32::MAX, quiet_zone: u32::MAX, error_correction },
        ] {
            assert_eq!(refusal(link.qr_png(&wrong)), Code::InvalidInput, "{wrong:?}");
            assert_eq!(refusal(link.qr_svg(&wrong)), Code::InvalidInput, "{wrong:?}");
        }
        // less than a pixel a module is left
        assert_eq!(refusal(link.qr_png(&QrOptions { size: 64, quiet_zone: 16, error_correction })), Code::InvalidInput);
    }

    fn bulk_calls_have_bounds(world: &World) {
        let firm = world.firm("Flora Export");
        let bulk = |key: &str, requests| {
            let input = BulkDecision { requests, verdict: Verdict::Reject, decision: Decision::default() };
            world.requests().decide_many(firm.admin, key, &input)
        };
        assert!(bulk("empty", vec![]).unwrap().is_empty());
        let request = Ground::missing(1).request;
        assert_eq!(refusal(bulk("twice", vec![request, request])), Code::InvalidInput);
        let many: Vec<_> = (0..1_001).map(|number| Ground::missing(number).request).collect();
        assert_eq!(bulk("many", many[..50].to_vec()).unwrap().len(), 50);
        assert_eq!(refusal(bulk("too many", many)), Code::InvalidInput);
        assert_eq!(refusal(bulk(&"k".repeat(201), vec![])), Code::InvalidInput);
    }

    fn bulk_calls_of_users_have_bounds(world: &World) {
        let firm = world.firm("Flora Export");
        let user = World::user_input(Ground::missing(1).inactive, "uma@users.example");
        let csv = |rows: usize| Some(format!("customer,email,name\n{}", "x,y,z\n".repeat(rows)));
        let add = |key: &str, rows: usize, csv: Option<String>, first_row| {
            let input = BulkUsers { users: vec![user.clone(); rows], csv, mode: BulkMode::Apply, first_row };
            world.users().add_many(firm.admin, key, &input)
        };
        world.deliver();
        assert!(add("none", 0, None, 1).unwrap().is_empty());
        assert!(add("none", 0, csv(0), u32::MAX).unwrap().is_empty());
        assert_eq!(add("many", 1_000, None, 1).unwrap().len(), 1_000);
        assert_eq!(add("many", 0, csv(1_000), 1_001).unwrap().len(), 1_000);
        assert_eq!(add("last", 1, None, u32::MAX).unwrap()[0].row, u32::MAX);
        let refused = [
            add("too many", 1_001, None, 1),
            add("too many", 0, csv(1_001), 1),
            add("two", 1, csv(1), 1),
            add("zero", 1, None, 0),
            add(&"k".repeat(201), 1, None, 1),
            // more rows than there are numbers
            add("beyond", 2, None, u32::MAX),
        ];
        assert_eq!(refused.map(refusal), [Code::InvalidInput; 6]);
        assert_eq!(world.deliver().len(), 0);
    }

    fn times_at_their_ends_bound_a_list(world: &World) {
        let firm = world.firm("Flora Export");
        let listed = |from, until| {
            let filter = EventFilter { since: from, until, ..EventFilter::default() };
            world.events().list(firm.admin, &filter, &Paging::default()).unwrap().items.len()
        };
        let (least, most) = (Some(Timestamp::MIN), Some(Timestamp::MAX));
        assert_eq!([listed(least, most), listed(most, least), listed(None, least), listed(most, None)], [1, 0, 0, 0]);
    }
}
