use std::time::Duration;

use handfast::{
    Actor, Code, Id,
    company::{CompanyInput, Department, Role},
    event::{EventFilter, EventKind},
    question::{AnswerForm, AnswerValue, ChoiceInput, QuestionInput, Questionnaire},
    store::Paging,
};
use handfast_tests::{CROWD, Firm, World, crowd, on_every_store, refusal};
use serde_json::{Map, Value, json};

fn question(key: &str, kind: AnswerForm) -> QuestionInput {
    let label = [("en", format!("{key}?")), ("es", format!("¿{key}?"))].map(|(tag, text)| (tag.to_owned(), text));
    QuestionInput { key: key.into(), kind, label: label.into(), ..QuestionInput::default() }
}

fn ask(world: &World, firm: &Firm, keys: &[&str], department: Option<Id<Department>>) {
    for key in keys {
        world.questions().add(firm.admin, &question(key, AnswerForm::Text), department).unwrap();
    }
}

fn keys(place: &Questionnaire) -> (i64, Vec<&str>) {
    (place.edition, place.questions.iter().map(|question| question.key.as_str()).collect())
}

/// What is asked now, by key.
fn asked(world: &World, actor: Actor, department: Option<Id<Department>>) -> Vec<String> {
    world.questions().asked(actor, department, None).unwrap().into_iter().map(|question| question.key).collect()
}

fn given(answers: &Value) -> &Map<String, Value> {
    answers.as_object().unwrap()
}

on_every_store! {
    fn every_change_makes_an_edition_and_the_earlier_ones_stay_readable(world: &World) {
        let firm = world.firm("Flora Export");
        let (questions, admin) = (world.questions(), firm.admin);
        assert_eq!(keys(&questions.get(admin, None).unwrap()), (0, vec![]));
        ask(world, &firm, &["gift", "note", "seat"], None);
        let changed = QuestionInput { required: true, ..question("note", AnswerForm::YesNo) };
        questions.update(admin, &changed, None).unwrap();
        questions.remove(admin, "gift", None).unwrap();
        questions.reorder(admin, &["seat", "note"].map(str::to_owned), None).unwrap();
        assert_eq!(keys(&questions.get(admin, None).unwrap()), (6, vec!["seat", "note"]));

        let edition = |number| questions.edition(admin, number, None);
        assert_eq!(keys(&edition(1).unwrap()), (1, vec!["gift"]));
        assert_eq!(keys(&edition(3).unwrap()), (3, vec!["gift", "note", "seat"]));
        let required = |number: u32| edition(number).unwrap().questions[1].required;
        assert!(!required(3) && required(4));
        assert_eq!(keys(&edition(5).unwrap()), (5, vec!["note", "seat"]));
        assert_eq!(edition(6).unwrap(), questions.get(admin, None).unwrap());
        for number in [0, 7, u32::MAX] {
            assert_eq!(refusal(edition(number)), Code::NotFound);
        }
    }

    fn what_changes_nothing_is_no_edition_and_no_event(world: &World) {
        let firm = world.firm("Flora Export");
        ask(world, &firm, &["gift", "note"], None);
        let order = ["gift", "note"].map(str::to_owned);
        let (_, committed) = world.store.committed(|| {
            world.questions().update(firm.admin, &question("gift", AnswerForm::Text), None).unwrap();
            world.questions().reorder(firm.admin, &order, None).unwrap()
        });
        assert!(committed.is_empty());
        assert_eq!(world.questions().get(firm.admin, None).unwrap().edition, 2);
        let events = world.events().list(firm.admin, &EventFilter::default(), &Paging::default()).unwrap().items;
        assert_eq!(events.iter().filter(|event| event.what == EventKind::QuestionsChanged).count(), 2);
    }

    fn an_order_in_a_department_is_asked_by_both(world: &World) {
        let (firm, other) = (world.firm("Flora Export"), world.firm("Frutas del Sur"));
        let [north, south] = ["North", "South"].map(|name| world.department(&firm, name));
        ask(world, &other, &["fruit"], None);
        ask(world, &firm, &["seat", "gift"], Some(north));
        ask(world, &firm, &["gift", "note"], None);
        assert_eq!(asked(world, firm.admin, None), ["gift", "note"]);
        assert_eq!(asked(world, firm.admin, Some(south)), ["gift", "note"]);
        // its own way of asking for a gift
        assert_eq!(asked(world, firm.admin, Some(north)), ["note", "seat", "gift"]);
        let all = world.questions().asked(firm.admin, Some(north), None).unwrap();
        let places: Vec<_> = all.iter().map(|question| (question.department, question.edition)).collect();
        assert_eq!(places, [(None, 2), (Some(north), 2), (Some(north), 2)]);
        world.questions().remove(firm.admin, "gift", Some(north)).unwrap();
        assert_eq!(asked(world, firm.admin, Some(north)), ["gift", "note", "seat"]);
    }

    fn a_question_is_asked_in_its_period_alone(world: &World) {
        let firm = world.firm("Flora Export");
        let (day, now) = (Duration::from_secs(24 * 60 * 60), world.now());
        let (since, until) = (Some(now + day), Some(now + day + day));
        let question = QuestionInput { since, until, required: true, ..question("gift", AnswerForm::YesNo) };
        world.questions().add(firm.admin, &question, None).unwrap();
        let check = || world.questions().check(firm.admin, given(&json!({})), None, None).map(drop);
        assert!(asked(world, firm.admin, None).is_empty() && check().is_ok());
        world.later(day);
        assert_eq!(asked(world, firm.admin, None), ["gift"]);
        assert_eq!(refusal(check()), Code::InvalidInput);
        world.later(day);
        assert!(asked(world, firm.admin, None).is_empty() && check().is_ok());
    }

    fn questions_are_read_in_the_language_asked_for_or_the_company_s(world: &World) {
        let firm = world.firm("Flora Export");
        let input = CompanyInput {
            name: "Flora Export".into(),
            country: "EC".into(),
            locale: "es-EC".into(),
            time_zone: "America/Guayaquil".into(),
            trial_ends: None,
        };
        world.companies().update(firm.admin, &input).unwrap();
        let choice = |key: &str| ChoiceInput {
            key: key.into(),
            label: [("es".to_owned(), format!("la {key}")), ("fr".to_owned(), format!("le {key}"))].into(),
        };
        let mut colour = question("colour", AnswerForm::Choice);
        colour.choices = ["red", "blue"].map(choice).into();
        world.questions().add(firm.admin, &colour, None).unwrap();
        let read = |language| {
            let asked = world.questions().asked(firm.admin, None, language).unwrap().remove(0);
            (asked.label, asked.kind.choices()[0].label.clone())
        };
        let shown = |label: &str, choice: &str| (label.to_owned(), choice.to_owned());
        assert_eq!(read(Some("en-US")), shown("colour?", "la red"));
        assert_eq!(read(Some("fr")), shown("¿colour?", "le red"));
        assert_eq!(read(None), shown("¿colour?", "la red"));
        assert_eq!(read(Some("")), shown("¿colour?", "la red"));
        // the company has to be able to read what it asks
        let english = QuestionInput { label: [("en".to_owned(), "Gift?".to_owned())].into(), ..colour };
        let error = world.questions().update(firm.admin, &english, None).unwrap_err();
        assert_eq!((error.faults()[0].field.as_str(), error.faults()[0].code), ("label", Code::Required));
    }

    fn answers_are_checked_with_every_fault_named_and_given_back_as_people_read_them(world: &World) {
        let firm = world.firm("Flora Export");
        let north = world.department(&firm, "North");
        let required = |question| QuestionInput { required: true, ..question };
        world.questions().add(firm.admin, &required(question("gift", AnswerForm::YesNo)), None).unwrap();
        world.questions().add(firm.admin, &required(question("day", AnswerForm::Date)), None).unwrap();
        world.questions().add(firm.admin, &question("guests", AnswerForm::Number), Some(north)).unwrap();
        let check = |answers: Value, department| world.questions().check(firm.admin, given(&answers), department, Some("es"));
        let error = check(json!({ "guests": "many", "day": "soon", "seat": 1 }), Some(north)).unwrap_err();
        let faults: Vec<_> = error.faults().iter().map(|fault| (fault.field.as_str(), fault.code)).collect();
        let expected = [
            ("answers.seat", Code::UnknownField),
            ("answers.gift", Code::Required),
            ("answers.day", Code::NotADate),
            ("answers.guests", Code::NotADecimal),
        ];
        assert_eq!((error.code(), faults), (Code::InvalidInput, expected.to_vec()));
        // the department asks for guests, the company does not
        let answers = json!({ "guests": "3", "day": "2026-12-24", "gift": true });
        assert_eq!(check(answers.clone(), None).unwrap_err().faults().len(), 1);
        let (views, committed) = world.store.committed(|| check(answers, Some(north)).unwrap());
        assert!(committed.is_empty(), "it notes nothing");
        let read: Vec<_> = views.iter().map(|view| (view.label.as_str(), view.printed.as_str())).collect();
        assert_eq!(read, [("¿gift?", "sí"), ("¿day?", "2026-12-24"), ("¿guests?", "3")]);
        assert_eq!((views[2].department, &views[0].value), (Some(north), &AnswerValue::YesNo(true)));
    }

    fn rule_37_who_is_limited_to_departments_sees_theirs_and_the_company_s(world: &World) {
        let firm = world.firm("Flora Export");
        let [own, elsewhere] = ["North", "South"].map(|name| world.department(&firm, name));
        ask(world, &firm, &["gift"], None);
        ask(world, &firm, &["seat"], Some(own));
        ask(world, &firm, &["row"], Some(elsewhere));
        let member = world.member(&firm, Role::Staff, "sol@people.example");
        world.staff().limit(firm.admin, member.staff, &[own]).unwrap();
        assert_eq!(asked(world, member.actor, None), ["gift"]);
        assert_eq!(asked(world, member.actor, Some(own)), ["gift", "seat"]);
        assert_eq!(keys(&world.questions().edition(member.actor, 1, Some(own)).unwrap()), (1, vec!["seat"]));
        let missing = "019a0000-0000-7000-8000-000000000001".parse().unwrap();
        for department in [elsewhere, missing] {
            let (questions, actor, nothing) = (world.questions(), member.actor, Map::new());
            assert_eq!(refusal(questions.get(actor, Some(department))), Code::NotFound);
            assert_eq!(refusal(questions.edition(actor, 1, Some(department))), Code::NotFound);
            assert_eq!(refusal(questions.asked(actor, Some(department), None)), Code::NotFound);
            assert_eq!(refusal(questions.check(actor, &nothing, Some(department), None)), Code::NotFound);
        }
        assert_eq!(refusal(world.questions().remove(member.actor, "seat", Some(own))), Code::RoleTooLow);
    }

    fn of_many_who_add_at_once_nobody_is_lost_and_no_key_comes_twice(world: &World) {
        let firm = world.firm("Flora Export");
        let added = crowd(|at| {
            let question = question(&format!("q{}", at % 40), AnswerForm::YesNo);
            world.questions().add(firm.admin, &question, None).map(drop)
        });
        let (done, refused): (Vec<_>, Vec<_>) = added.into_iter().partition(Result::is_ok);
        assert!(refused.into_iter().all(|refused| refusal(refused) == Code::AlreadyThere));
        let place = world.questions().get(firm.admin, None).unwrap();
        assert_eq!((place.questions.len(), place.edition), (done.len(), i64::try_from(done.len()).unwrap()));
        assert_eq!(done.len(), CROWD.min(40));
    }
}
