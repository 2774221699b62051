//! Rule 27: a commerce task shows alike on the onboarding page and on the e-course page.

use handfast::{
    Code,
    company::Role,
    course::{Directive, ItemView, Side, TaskState},
};
use handfast_tests::{Agency, Firm, World, fact, on_every_store, refusal};

use crate::common::{TASKS, completed, did, happened, in_tandem, linked, onboarded, publish};

/// The commerce account's items and directives, on the one page and on the other.
type Both = [(Vec<ItemView>, Vec<Directive>); 2];

fn both(world: &World, agency: &Agency, firm: &Firm) -> Both {
    let mine = world.courses().page(&agency.session, None).unwrap();
    let theirs = world.courses().onboarding(firm.host(), None).unwrap();
    [mine, theirs].map(|page| {
        let items = page.sections.iter().flat_map(|section| &section.items);
        let items: Vec<_> = items.filter(|item| item.side == Some(Side::Commerce)).cloned().collect();
        let directives = page.sections.iter().flat_map(|section| &section.directives);
        let shown = |directive: &&Directive| items.iter().any(|item| item.key == directive.task);
        let directives = directives.filter(shown).cloned().collect();
        (items, directives)
    })
}

/// Panics unless both pages tell the same.
#[track_caller]
fn must_agree(world: &World, agency: &Agency, firm: &Firm, after: &str) {
    let [mine, theirs] = both(world, agency, firm);
    assert_eq!(mine, theirs, "{after}");
    assert!(!mine.0.is_empty());
}

on_every_store! {
    fn rule_27_both_pages_tell_the_same_before_and_after_each_signal(world: &World) {
        let tasks = [TASKS[0], TASKS[1], TASKS[2], "cities commerce delivered 2 *city", "ad commerce advertised optional"];
        let (firm, agency) = in_tandem(world, &tasks);
        must_agree(world, &agency, &firm, "the beginning");
        for (number, name) in ["sold", "advertised", "shop_opened", "delivered", "sold", "delivered"].iter().enumerate() {
            let mut signal = fact(&firm, name, &format!("{number}"));
            signal.fields.insert("city".into(), if number == 3 { "Quito" } else { "Loja" }.into());
            world.courses().signal(&signal).unwrap();
            must_agree(world, &agency, &firm, name);
            world.tick();
        }
        assert_eq!(onboarded(world, &firm), ["open", "sell", "cities", "ad"]);
        did(world, &agency, "greeted");
        must_agree(world, &agency, &firm, "greeted");
    }

    fn rule_27_both_pages_tell_the_same_after_each_step_of_the_article(world: &World) {
        world.course();
        let (firm, agency) = linked(world);
        world.courses().enable(&agency.session, firm.company).unwrap();
        must_agree(world, &agency, &firm, "enabled");
        let before = onboarded(world, &firm).len();
        world.price_type(&firm, "Retail");
        must_agree(world, &agency, &firm, "one price type");
        world.price_type(&firm, "Wholesale");
        must_agree(world, &agency, &firm, "two price types");
        world.invites().share(firm.admin).unwrap();
        must_agree(world, &agency, &firm, "shared");
        world.ready(&firm, "buyer@rosas.example");
        must_agree(world, &agency, &firm, "a customer who can order");
        assert!(onboarded(world, &firm).len() > before + 4);
    }

    fn rule_27_both_pages_tell_the_same_when_the_account_has_not_moved_on_to_a_new_version(world: &World) {
        let (firm, agency) = in_tandem(world, &["greet partner greeted", "price commerce offer_added 2"]);
        let more = ["greet partner greeted", "price commerce offer_added 2", "carry commerce offer_added"];
        publish(world, 2, &more);
        // by using the product, while nobody has looked at a page
        world.price_type(&firm, "Retail");
        world.price_type(&firm, "Wholesale");
        must_agree(world, &agency, &firm, "the partner looks first");
        assert_eq!(completed(world, &agency), ["price", "carry"]);
        publish(world, 3, &[more[0], more[1], more[2], "link commerce invite_link_shared"]);
        world.invites().share(firm.admin).unwrap();
        onboarded(world, &firm);
        must_agree(world, &agency, &firm, "the client looks first");
        publish(world, 4, &[more[0], more[1], more[2], "late commerce late", "link commerce invite_link_shared 2"]);
        world.invites().share(firm.admin).unwrap();
        let missing = world.courses().can_certify(&agency.session).unwrap().missing;
        let missing: Vec<_> = missing.iter().map(|missing| missing.task.to_string()).collect();
        assert_eq!(missing, ["greet", "late"], "a completed task stays completed, though it asks for more now");
        must_agree(world, &agency, &firm, "the question whether it can be certified comes first");
    }

    fn rule_27_a_task_of_an_earlier_client_stays_on_the_partners_page(world: &World) {
        let (firm, agency) = in_tandem(world, TASKS);
        let second = world.firm("Frutas del Sur");
        world.link(&second, &agency);
        happened(world, &firm, "shop_opened", "one");
        world.courses().enable(&agency.session, second.company).unwrap();
        happened(world, &second, "sold", "one");
        happened(world, &second, "sold", "two");
        assert_eq!(completed(world, &agency), ["open", "sell"]);
        assert_eq!((onboarded(world, &firm), onboarded(world, &second)), (vec!["open".into()], vec!["sell".into()]));
    }

    fn the_pages_show_sections_items_tags_and_the_square(world: &World) {
        world.course();
        let (firm, agency) = linked(world);
        let page = world.courses().page(&agency.session, Some("es")).unwrap();
        assert_eq!(page.title, "Certificación de Socio Certificado");
        assert!(page.sections[0].title.starts_with("Dos cuentas"));
        let items = page.sections.iter().flat_map(|section| &section.items);
        for item in items {
            assert_eq!(item.state.is_some(), item.side.is_some());
            assert_eq!(item.completed.is_some(), item.state == Some(TaskState::Completed));
        }
        let directives: usize = page.sections.iter().map(|section| section.directives.len()).sum();
        assert_eq!(page.tasks.total as usize, directives);
        let onboarding = world.courses().onboarding(firm.admin, None).unwrap();
        let sides = onboarding.sections.iter().flat_map(|section| &section.items).filter_map(|item| item.side);
        assert!(sides.into_iter().all(|side| side == Side::Commerce));
        assert!(onboarding.sections.iter().all(|section| !section.directives.is_empty()));
        assert_eq!((onboarding.tandem, onboarding.title.as_str()), (None, "Certified Partner Certification"));
    }

    fn every_role_of_every_company_has_an_onboarding_page_in_a_course_or_not(world: &World) {
        let firm = world.firm("Flora Export");
        assert_eq!(refusal(world.courses().onboarding(firm.admin, None)), Code::NotFound);
        publish(world, 1, TASKS);
        for role in Role::ALL {
            let member = world.member(&firm, *role, &format!("{role}@flora.example")).actor;
            assert_eq!(world.courses().onboarding(member, None).unwrap().tasks.total, 2);
        }
        let agency = world.agency("Camino Consulting");
        assert_eq!(world.courses().page(&agency.session, None).unwrap().tasks.total, 3);
        assert_eq!(refusal(world.courses().page(&world.signed_in(&firm.email), None)), Code::PartnerOnly);
    }
}
