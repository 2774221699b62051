use super::*;

const CERTIFIED_PARTNER: &str = include_str!("../../../../examples/courses/certified-partner.toml");

#[test]
fn the_course_of_the_article_has_both_sides_and_both_languages() {
    let course = Course::parse(CERTIFIED_PARTNER, CourseFormat::Toml).unwrap();
    assert_eq!(course.languages().collect::<Vec<_>>(), ["en", "es"]);
    assert_eq!(course.sections().len(), 8);
    for side in Side::ALL {
        assert!(course.required().filter(|(_, task)| task.side == *side).count() >= 5, "{side}");
    }
    for section in course.sections() {
        for item in &section.items {
            let texts = [Some(&item.title), item.text.as_ref(), item.task.as_ref().map(|task| &task.directive)];
            for texts in texts.into_iter().flatten() {
                assert_ne!(texts.get("en").unwrap(), texts.get("es").unwrap(), "{}", item.key);
            }
            assert!(item.text.is_some() || item.task.is_some(), "{} says nothing", item.key);
        }
    }
}

#[test]
fn the_course_of_the_article_waits_for_signals_of_the_library_alone() {
    let partner = [
        "partner_signed_up",
        "client_linked",
        "course_enabled",
        "two_factor_enabled",
        "client_logged_in",
        "clients_viewed",
    ];
    let commerce = [
        "company_signed_up",
        "partner_linked",
        "company_changed",
        "offer_added",
        "invite_link_shared",
        "request_approved",
        "customer_state_changed",
        "customer_priced",
        "customer_serviced",
        "customer_ready",
        "user_invited",
        "user_joined",
        "staff_joined",
    ];
    let course = Course::parse(CERTIFIED_PARTNER, CourseFormat::Toml).unwrap();
    for (key, task) in course.tasks() {
        let known = if task.side == Side::Partner { &partner[..] } else { &commerce[..] };
        assert!(known.contains(&task.condition.signal.as_str()), "{key}");
    }
    for signal in partner.iter().chain(&commerce) {
        assert!(course.tasks().any(|(_, task)| task.condition.signal.as_str() == *signal), "{signal} is not used");
    }
}

#[test]
fn the_course_of_the_article_is_the_same_in_json() {
    let course = Course::parse(CERTIFIED_PARTNER, CourseFormat::Toml).unwrap();
    let json = serde_json::to_string_pretty(&course).unwrap();
    assert_eq!(Course::parse(&json, CourseFormat::Json).unwrap(), course);
}
