//! Rule 20: a session holds several identities and moves between them.

use handfast::{Code, session::Context};
use handfast_tests::{PASSWORD, World, held, on_every_store, refusal, sign_in};

const UMA: &str = "uma@users.example";

on_every_store! {
    fn a_person_with_one_place_is_there_at_sign_in_and_one_with_several_chooses(world: &World) {
        let (flora, frutas) = (world.firm("Flora Export"), world.firm("Frutas del Sur"));
        let (here, there) = (world.active(&flora, "buyer@rosas.example"), world.active(&frutas, "buyer@peras.example"));
        let first = world.user(&flora, here, UMA);
        let at = |company, customer, association| Context::User { company, customer, association };
        let one = at(flora.company, here, first.id);
        assert_eq!(world.sessions().resolve(&world.signed_in(UMA)).unwrap().context, one);
        let second = world.another_association(&frutas, there, UMA);
        let session = world.signed_in(UMA);
        assert_eq!(world.sessions().resolve(&session).unwrap().context, Context::Person);
        let choices = world.sessions().choices(&session).unwrap();
        let names: Vec<_> = choices.iter().filter_map(|choice| Some(choice.company_name.as_ref()?.as_str())).collect();
        assert_eq!(names, ["Flora Export", "Frutas del Sur"]);
        let mut input = sign_in(UMA, PASSWORD);
        input.company = Some(frutas.company);
        let session = held(world.sessions().sign_in(&input).unwrap());
        let two = at(frutas.company, there, second.id);
        assert_eq!(world.sessions().resolve(&session).unwrap().context, two);
        // change company
        world.sessions().enter(&session, one).unwrap();
        assert_eq!(world.sessions().resolve(&session).unwrap().context, one);
    }

    fn rule_20_switching_goes_only_to_what_the_session_obtained(world: &World) {
        let (flora, frutas) = (world.firm("Flora Export"), world.firm("Frutas del Sur"));
        let session = world.signed_in(&flora.email);
        let foreign = world.sessions().resolve(&world.signed_in(&frutas.email)).unwrap();
        assert_eq!(refusal(world.sessions().switch_to(&session, foreign.identity)), Code::NotFound);
        let theirs = Context::Staff { company: frutas.company };
        assert_eq!(refusal(world.sessions().enter(&session, theirs)), Code::AccessEnded);
        let expires = world.sessions().resolve(&session).unwrap().expires;
        world.tick();
        world.sessions().enter(&session, Context::Person).unwrap();
        let back = world.sessions().identities(&session).unwrap()[0].id;
        world.sessions().switch_to(&session, back).unwrap();
        assert_eq!(world.sessions().resolve(&session).unwrap().expires, expires);
    }

    fn signing_in_as_another_adds_that_one_once_and_replaces_the_token(world: &World) {
        let (flora, frutas) = (world.firm("Flora Export"), world.firm("Frutas del Sur"));
        let older = world.signed_in(&flora.email);
        let before = world.sessions().resolve(&older).unwrap();
        let newer = held(world.sessions().add(&older, &sign_in(&frutas.email, PASSWORD)).unwrap());
        assert_eq!(refusal(world.sessions().resolve(&older)), Code::NotSignedIn);
        let who = world.sessions().resolve(&newer).unwrap();
        assert_eq!((who.session, who.expires), (before.session, before.expires));
        assert_eq!(who.context, Context::Staff { company: frutas.company });
        let newest = held(world.sessions().add(&newer, &sign_in(&frutas.email, PASSWORD)).unwrap());
        let shown = world.sessions().identities(&newest).unwrap();
        let shown: Vec<_> = shown.iter().map(|each| (each.email.original().to_owned(), each.current)).collect();
        assert_eq!(shown, [(flora.email.clone(), false), (frutas.email.clone(), true)]);
        assert_eq!(refusal(world.sessions().resolve(&newer)), Code::NotSignedIn);
        let wrong = world.sessions().add(&newest, &sign_in(&frutas.email, "a wrong horse in the stable"));
        assert_eq!(refusal(wrong), Code::WrongPassword);
        world.sessions().resolve(&newest).unwrap();
    }

    fn signing_out_of_one_goes_on_as_the_one_that_came_last(world: &World) {
        let firms = [world.firm("Flora Export"), world.firm("Frutas del Sur"), world.firm("Verduras")];
        let mut session = world.signed_in(&firms[0].email);
        for firm in &firms[1..] {
            session = held(world.sessions().add(&session, &sign_in(&firm.email, PASSWORD)).unwrap());
        }
        let ids: Vec<_> = world.sessions().identities(&session).unwrap().iter().map(|each| each.id).collect();
        let company = || world.sessions().resolve(&session).unwrap().context.company();
        world.sessions().sign_out(&session, Some(ids[0])).unwrap();
        assert_eq!(company(), Some(firms[2].company));
        world.sessions().sign_out(&session, Some(ids[2])).unwrap();
        assert_eq!(company(), Some(firms[1].company));
        assert_eq!(refusal(world.sessions().sign_out(&session, Some(ids[2]))), Code::NotFound);
        world.sessions().sign_out(&session, Some(ids[1])).unwrap();
        assert_eq!(refusal(world.sessions().resolve(&session)), Code::NotSignedIn);
    }

    fn rule_33_what_a_login_is_signed_in_with_elsewhere_ends_within_others_sessions_too(world: &World) {
        let (flora, frutas) = (world.firm("Flora Export"), world.firm("Frutas del Sur"));
        let session = world.signed_in(&flora.email);
        let session = held(world.sessions().add(&session, &sign_in(&frutas.email, PASSWORD)).unwrap());
        let actor = world.sessions().resolve(&session).unwrap().actor().unwrap();
        let own = world.signed_in(&frutas.email);
        world.sessions().end_others(&own).unwrap();
        assert_eq!(refusal(world.sessions().resolve(&session)), Code::AccessEnded);
        assert_eq!(refusal(world.companies().get(actor)), Code::AccessEnded);
        let shown = world.sessions().identities(&session).unwrap();
        assert_eq!(shown.iter().map(|each| each.open).collect::<Vec<_>>(), [true, false]);
        assert_eq!(refusal(world.sessions().switch_to(&session, shown[1].id)), Code::AccessEnded);
        world.sessions().switch_to(&session, shown[0].id).unwrap();
        let actor = world.sessions().resolve(&session).unwrap().actor().unwrap();
        // when the person whose session it is ends it elsewhere, all of it is over
        let session = held(world.sessions().add(&session, &sign_in(&frutas.email, PASSWORD)).unwrap());
        world.sessions().end_others(&world.signed_in(&flora.email)).unwrap();
        assert_eq!(refusal(world.sessions().resolve(&session)), Code::NotSignedIn);
        assert_eq!(refusal(world.companies().get(actor)), Code::NotSignedIn);
    }

    fn a_session_holds_no_more_identities_than_it_may(world: &World) {
        let firm = world.firm("Flora Export");
        let most = world.policy().session_identities;
        let mut session = world.signed_in(&firm.email);
        for number in 1..most {
            let other = world.firm(&format!("Company {number}"));
            session = held(world.sessions().add(&session, &sign_in(&other.email, PASSWORD)).unwrap());
        }
        let other = world.firm("One too many");
        assert_eq!(refusal(world.sessions().add(&session, &sign_in(&other.email, PASSWORD))), Code::TooMany);
        assert_eq!(world.sessions().identities(&session).unwrap().len(), most as usize);
    }
}
