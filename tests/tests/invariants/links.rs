//! Rule 6: the permanent link.

use std::time::Duration;

use handfast::{
    Code,
    company::CompanyInput,
    invite::{Funnel, LinkStanding, LinkState, QuestionInput},
    request::Decision,
};
use handfast_tests::{World, business, on_every_store, refusal};

fn question() -> Vec<QuestionInput> {
    let (key, label, kind) = ("flowers".into(), "Which flowers?".into(), "text".into());
    vec![QuestionInput { key, label, kind, choices: Vec::new(), required: false }]
}

on_every_store! {
    fn rule_06_the_link_is_the_same_whatever_else_happens(world: &World) {
        let firm = world.firm("Flora Export");
        let link = world.invites().link(firm.admin).unwrap();
        world.filed(&firm, "one@rosas.example");
        world.ready(&firm, "two@rosas.example");
        let input = CompanyInput {
            name: "Flora Import".into(),
            country: "ES".into(),
            locale: "es".into(),
            time_zone: "Europe/Madrid".into(),
            trial_ends: None,
        };
        world.companies().update(firm.admin, &input).unwrap();
        world.invites().disable(firm.admin).unwrap();
        world.invites().enable(firm.admin).unwrap();
        world.later(Duration::from_secs(86_400 * 3_650));
        assert_eq!(world.invites().link(firm.admin).unwrap(), link);
        let another = world.another(&world.clock, world.policy().clone());
        assert_eq!(another.invites().link(firm.admin).unwrap(), link);
        assert_eq!(world.invites().open(&firm.slug).unwrap().company.as_str(), "Flora Import");
    }

    fn rule_06_a_replaced_link_resolves_to_replaced_for_ever_and_lets_nobody_file(world: &World) {
        let firm = world.firm("Flora Export");
        world.companies().set_form(firm.admin, &question()).unwrap();
        let early = world.verified(&firm, "early@rosas.example");
        let half = world.invites().start(&firm.slug, "half@rosas.example", None).unwrap();
        let code = world.deliver().code();
        let mut old = vec![firm.slug.clone()];
        for _ in 0..3 {
            old.push(world.invites().replace(firm.admin).unwrap().slug.to_string());
        }
        let new = old.pop().unwrap();
        for slug in &old {
            let opened = world.invites().open(slug).unwrap();
            assert_eq!((opened.standing, opened.company.as_str()), (LinkStanding::Replaced, "Flora Export"));
            assert!(opened.form.questions().is_empty());
            assert_eq!(refusal(world.invites().start(slug, "late@rosas.example", None)), Code::LinkReplaced);
        }
        assert_eq!(refusal(world.invites().submit(&early, &business())), Code::LinkReplaced);
        assert_eq!(refusal(world.invites().verify(half.visit, &code)), Code::LinkReplaced);
        let opened = world.invites().open(&new).unwrap();
        assert_eq!((opened.standing, opened.form.questions().len()), (LinkStanding::Open, 1));
        assert!(world.deliver().is_empty());
    }

    fn rule_06_a_disabled_link_takes_nothing_until_it_is_enabled(world: &World) {
        let firm = world.firm("Flora Export");
        let pass = world.verified(&firm, "early@rosas.example");
        assert_eq!(world.invites().disable(firm.admin).unwrap().state, LinkState::Disabled);
        assert_eq!(world.invites().open(&firm.slug).unwrap().standing, LinkStanding::Disabled);
        assert_eq!(refusal(world.invites().start(&firm.slug, "late@rosas.example", None)), Code::LinkDisabled);
        assert_eq!(refusal(world.invites().submit(&pass, &business())), Code::LinkDisabled);
        assert_eq!(world.invites().standing(&pass).unwrap(), None);
        world.invites().enable(firm.admin).unwrap();
        assert!(world.invites().submit(&pass, &business()).is_ok());
    }

    fn rule_06_whoever_filed_before_keeps_the_request_when_the_link_goes(world: &World) {
        let firm = world.firm("Flora Export");
        let (one, two) = (world.filed(&firm, "one@rosas.example"), world.filed(&firm, "two@rosas.example"));
        world.invites().replace(firm.admin).unwrap();
        assert!(world.invites().standing(&one.pass).unwrap().is_some());
        assert!(world.invites().withdraw(&one.pass).is_ok());
        assert!(world.requests().approve(firm.admin, two.request, &Decision::default()).is_ok());
    }

    fn rule_06_the_link_opens_in_capitals_and_as_it_is_read_aloud(world: &World) {
        let firm = world.firm("Flora Export");
        let misread = firm.slug.to_uppercase().replace('0', "O").replace('1', "L");
        assert_eq!(world.invites().open(&misread).unwrap().company.as_str(), "Flora Export");
    }

    fn the_funnel_counts_each_step_over_all_links(world: &World) {
        let firm = world.firm("Flora Export");
        world.invites().open(&firm.slug).unwrap();
        world.invites().open(&firm.slug).unwrap();
        world.verified(&firm, "only@verified.example");
        world.filed(&firm, "only@filed.example");
        world.approved(&firm, "only@approved.example");
        world.ready(&firm, "ready@rosas.example");
        let funnel = Funnel { opened: 2, verified: 4, submitted: 3, approved: 2, activated: 1 };
        assert_eq!(world.invites().funnel(firm.admin).unwrap(), funnel);
        let new = world.invites().replace(firm.admin).unwrap();
        world.invites().open(&new.slug.to_string()).unwrap();
        assert_eq!(world.invites().funnel(firm.admin).unwrap(), Funnel { opened: 3, ..funnel });
    }
}
