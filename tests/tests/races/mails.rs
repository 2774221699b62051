use std::{
    collections::BTreeMap,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Mutex,
        atomic::{AtomicU32, Ordering},
    },
};

use handfast::mail::{MailKind, MailState, Message, Rejected};
use handfast_tests::{World, crowd, every_page, on_every_store};

on_every_store! {
    fn each_mail_is_sent_once_however_many_deliver(world: &World) {
        let firm = world.firm("Flora Export");
        world.member(&firm, handfast::company::Role::ProcurementManager, "pedro@flora.example");
        world.deliver();
        for at in 0..60 {
            world.invites().start(&firm.slug, &format!("buyer{at}@rosas.example"), None).unwrap();
        }
        let sent = Mutex::new(BTreeMap::<String, u32>::new());
        let mailer = |message: &Message| {
            *sent.lock().unwrap().entry(message.id.clone()).or_default() += 1;
            Ok(())
        };
        let deliveries = crowd(|_| world.mails().deliver(&mailer, 1_000).unwrap());
        let sent = sent.into_inner().unwrap();
        assert_eq!((sent.len(), sent.values().all(|times| *times == 1)), (60, true));
        assert_eq!(deliveries.iter().map(|delivery| delivery.sent).sum::<u32>(), 60);
        assert!(world.mails().list(MailState::Queued, &Default::default()).unwrap().items.is_empty());
    }

    fn a_mail_for_many_is_spread_once_however_many_deliver(world: &World) {
        let firm = world.firm("Flora Export");
        world.member(&firm, handfast::company::Role::ProcurementManager, "pedro@flora.example");
        world.filed(&firm, "buyer@rosas.example");
        let taken = Mutex::new(Vec::new());
        let mailer = |message: &Message| {
            taken.lock().unwrap().push((message.kind, message.to.clone()));
            Ok(())
        };
        crowd(|_| world.mails().deliver(&mailer, 1_000).unwrap());
        let mut taken = taken.into_inner().unwrap();
        taken.retain(|(kind, _)| *kind == MailKind::NewRequest);
        taken.sort();
        let to = |address: &str| (MailKind::NewRequest, address.to_owned());
        assert_eq!(taken, [to("admin@floraexport.example"), to("pedro@flora.example")]);
    }

    fn a_mail_that_every_worker_dies_of_is_given_up(world: &World) {
        let world = World::with(world.kind, |policy| policy.mail_attempts = 2);
        world.firm("Flora Export");
        let deadly = |_: &Message| -> Result<(), Rejected> { panic!("the worker dies") };
        let alone = || world.mails().deliver(&deadly, 1);
        for _ in 0..2 {
            assert!(catch_unwind(AssertUnwindSafe(alone)).is_err());
            world.later(world.policy().mail_lease);
        }
        let delivery = alone().unwrap();
        assert_eq!((delivery.sent, delivery.waiting, delivery.given_up), (0, 0, 1));
        assert_eq!(world.mails().list(MailState::Dead, &Default::default()).unwrap().items.len(), 1);
    }

    fn a_mail_that_nobody_takes_is_tried_as_often_as_the_policy_says_and_given_up_once(world: &World) {
        let world = World::with(world.kind, |policy| policy.mail_attempts = 3);
        let firm = world.firm("Flora Export");
        let tries = AtomicU32::new(0);
        let mailer = |_: &Message| {
            tries.fetch_add(1, Ordering::SeqCst);
            Err(Rejected::temporary("the network is down"))
        };
        for _ in 0..6 {
            crowd(|_| world.mails().deliver(&mailer, 1_000).unwrap());
            world.later(world.policy().longest_mail_wait);
        }
        assert_eq!(tries.load(Ordering::SeqCst), 3);
        let dead = every_page(|paging| world.mails().list(MailState::Dead, paging).unwrap());
        assert_eq!(
            dead.iter().map(|mail| (mail.kind, mail.attempts)).collect::<Vec<_>>(),
            [(MailKind::CompanyWelcome, 3)]
        );
        let events = world.history(firm.admin);
        assert_eq!(events.iter().filter(|event| event.what == handfast::event::EventKind::MailGivenUp).count(), 1);
        assert!(world.mails().revive(dead[0].id).is_ok());
        assert_eq!(world.deliver().kinds(), [MailKind::CompanyWelcome]);
    }

    fn a_worker_that_dies_leaves_its_mails_to_another_once_its_lease_is_over(world: &World) {
        world.firm("Flora Export");
        let died = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            world.mails().deliver(&|_: &Message| panic!("the worker dies"), 10)
        }));
        assert!(died.is_err());
        assert!(world.deliver().is_empty());
        world.later(world.policy().mail_lease);
        assert_eq!(world.deliver().kinds(), [MailKind::CompanyWelcome]);
    }
}
