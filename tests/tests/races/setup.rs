use std::time::Duration;

use handfast::{customer::PricingInput, invite::LinkStanding, mail::MailKind};
use handfast_tests::{CROWD, World, crowd, on_every_store};

on_every_store! {
    fn the_three_steps_at_once_send_one_ready_mail(world: &World) {
        let firm = world.firm("Flora Export");
        let pricing = PricingInput::of(world.price_type(&firm, "Retail"));
        let carrier = world.carrier(&firm, "Night truck");
        for round in 0..3 {
            let customer = world.approved(&firm, &format!("buyer{round}@rosas.example"));
            world.deliver();
            let (customers, admin) = (world.customers(), firm.admin);
            crowd(|at| match at % 3 {
                0 => customers.activate(admin, customer).unwrap(),
                1 => customers.set_pricing(admin, customer, &pricing).unwrap(),
                _ => customers.set_service(admin, customer, &[("monday".into(), carrier)]).unwrap(),
            });
            assert!(customers.can_order(admin, customer).unwrap().yes);
            assert_eq!(world.deliver().kinds(), [MailKind::ReadyToBuy]);
            assert_eq!(world.invites().funnel(admin).unwrap().activated, round + 1);
        }
    }

    fn activating_and_deactivating_at_once_sends_at_most_one_ready_mail(world: &World) {
        let firm = world.firm("Flora Export");
        let customer = world.approved(&firm, "buyer@rosas.example");
        let pricing = PricingInput::of(world.price_type(&firm, "Retail"));
        let carrier = world.carrier(&firm, "Night truck");
        let (customers, admin) = (world.customers(), firm.admin);
        customers.set_pricing(admin, customer, &pricing).unwrap();
        customers.set_service(admin, customer, &[("monday".into(), carrier)]).unwrap();
        world.deliver();
        crowd(|at| match at % 2 {
            0 => customers.activate(admin, customer).unwrap(),
            _ => customers.deactivate(admin, customer).unwrap(),
        });
        assert_eq!(world.deliver().kinds(), [MailKind::ReadyToBuy]);
    }

    fn a_link_opened_from_all_sides_counts_each(world: &World) {
        let firm = world.firm("Flora Export");
        let opened = crowd(|_| world.invites().open(&firm.slug).unwrap().standing);
        assert_eq!(opened, [LinkStanding::Open; CROWD]);
        assert_eq!(world.invites().funnel(firm.admin).unwrap().opened, i64::try_from(CROWD).unwrap());
    }

    fn a_link_replaced_from_all_sides_has_one_successor_at_a_time(world: &World) {
        let firm = world.firm("Flora Export");
        let new = crowd(|_| world.invites().replace(firm.admin).unwrap().slug.to_string());
        let open: Vec<_> =
            new.iter().filter(|slug| world.invites().open(slug).unwrap().standing == LinkStanding::Open).collect();
        assert_eq!(open, [&world.invites().link(firm.admin).unwrap().slug.to_string()]);
    }

    fn requests_expire_once_however_many_look_after_them(world: &World) {
        let lifetime = Duration::from_secs(3_600 * 24);
        let world = World::with(world.kind, |policy| policy.request_lifetime = lifetime);
        let firm = world.firm("Flora Export");
        for at in 0..10 {
            world.filed(&firm, &format!("buyer{at}@rosas.example"));
        }
        world.later(lifetime);
        world.deliver();
        let expired: u32 = crowd(|_| world.requests().expire(100).unwrap()).iter().sum();
        assert_eq!(expired, 10);
        assert_eq!(world.deliver().of(MailKind::RequestExpired).len(), 10);
    }
}
