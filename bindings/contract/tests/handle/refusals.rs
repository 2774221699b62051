use handfast::{Category, Code};
use handfast_contract::{
    Actor, Asked, BulkDecision, BusinessInput, CompanyInput, CustomerId, Handle, PostalAddressInput, ServiceDay,
    SignUp, Timestamp, Verdict, Weekday,
};
use serde_json::json;

use crate::{flora, memory, signed_up};

#[test]
fn a_text_that_is_no_id_is_told_with_its_parameter() {
    let handle = memory();
    let ada = signed_up(&handle);
    let refused = handle.customers().get(ada.clone(), "7".to_owned().into()).unwrap_err();
    assert_eq!((refused.code, refused.category), (Code::NotAnId, Category::Invalid));
    assert_eq!(refused.message, "`customer` is not an id");
    let host = Actor::Host { company: "flora".to_owned().into() };
    assert_eq!(handle.companies().get(host).unwrap_err().message, "`actor` `company` is not an id");
    let decisions = BulkDecision { requests: vec!["x".to_owned().into()], verdict: Verdict::Reject, decision: None };
    let refused = handle.requests().decide_many(ada, "key".into(), decisions, &|_, _| {}).unwrap_err();
    assert_eq!((refused.code, refused.faults[0].field.as_str()), (Code::InvalidInput, "requests.0"));
}

#[test]
fn a_text_in_a_list_that_is_no_id_is_told_with_its_position() {
    let handle = memory();
    let ada = signed_up(&handle);
    let known = "019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6071";
    let day = |day, carrier: &str| ServiceDay { day, carrier: carrier.to_owned().into() };
    let days = vec![day(Weekday::Monday, "truck"), day(Weekday::Tuesday, known), day(Weekday::Friday, "van")];
    let refused = handle.customers().set_service(ada.clone(), known.to_owned().into(), days).unwrap_err();
    let faults: Vec<_> = refused.faults.iter().map(|fault| (fault.field.as_str(), fault.code.as_str())).collect();
    assert_eq!(refused.code, Code::InvalidInput);
    assert_eq!(faults, [("days.0.carrier", "not_an_id"), ("days.2.carrier", "not_an_id")]);
    let requests = [known, "x"].map(|id| id.to_owned().into()).into();
    let decisions = BulkDecision { requests, verdict: Verdict::Reject, decision: None };
    let refused = handle.requests().decide_many(ada, "key".into(), decisions, &|_, _| {}).unwrap_err();
    assert_eq!((refused.faults[0].field.as_str(), refused.faults.len()), ("requests.1", 1));
}

#[test]
fn an_id_keeps_its_text_and_is_equal_however_it_was_written() {
    let id = |text: &str| CustomerId::from(text.to_owned());
    let lower = "019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6071";
    assert_eq!(id(lower), id(&lower.to_uppercase()));
    assert_eq!(String::from(id(lower)), lower);
    assert_eq!(String::from(id("no id")), "no id");
}

#[test]
fn everything_that_is_wrong_is_told_at_once_with_its_path() {
    let handle = memory();
    let ada = signed_up(&handle);
    let wrong = CompanyInput {
        name: " ".into(),
        country: "XX".into(),
        locale: "en".into(),
        time_zone: "Mars".into(),
        trial_ends: None,
    };
    let refused = handle.companies().update(ada, wrong).unwrap_err();
    let faults: Vec<_> = refused.faults.iter().map(|fault| (fault.field.as_str(), fault.code.as_str())).collect();
    assert_eq!(refused.code, Code::InvalidInput);
    assert_eq!(faults, [("name", "required"), ("country", "not_a_country"), ("time_zone", "not_a_time_zone")]);
    assert!(refused.faults.iter().all(|fault| !fault.message.is_empty()));
}

#[test]
fn a_time_that_cannot_be_written_is_out_of_range() {
    let handle = memory();
    for millis in [-1, i64::MIN, i64::MAX, 253_402_300_800_000] {
        let refused =
            handle.companies().sign_up(SignUp { trial_ends: Some(Timestamp(millis)), ..flora() }).unwrap_err();
        assert_eq!((refused.faults[0].field.as_str(), refused.faults[0].code.as_str()), ("trial_ends", "out_of_range"));
    }
}

#[test]
fn nothing_shows_a_secret_by_itself() {
    assert!(!format!("{:?}", flora()).contains("horse"));
    let business = BusinessInput {
        legal_name: "Rosas".into(),
        contact: "Bea".into(),
        phone: "12345".into(),
        billing: PostalAddressInput {
            line1: "x".into(),
            city: "x".into(),
            country: "EC".into(),
            line2: None,
            region: None,
            postal_code: None,
        },
        trade_name: None,
        shipping: None,
        tax_id: None,
        website: None,
        message: None,
        answers: None,
    };
    let refused = memory().invites().submit("a very secret pass".to_owned().into(), business).unwrap_err();
    assert_eq!(refused.code, Code::UnknownToken);
    assert!(!format!("{refused:?}").contains("secret pass"));
}

#[test]
fn what_cannot_be_asked_by_name_is_told() {
    let handle = memory();
    let ask = |operation: &str, arguments: serde_json::Value| {
        let serde_json::Value::Object(arguments) = arguments else { panic!("{arguments}") };
        match Handle::ask(&handle, operation, arguments) {
            Asked::Wrong(reason) => reason,
            asked => panic!("{asked:?}"),
        }
    };
    assert_eq!(ask("shop.open", json!({})), "there is no such operation");
    assert_eq!(ask("invites.open", json!({})), "needs the argument `slug`");
    assert_eq!(ask("invites.open", json!({ "slug": "x", "slag": 1 })), "has no argument `slag`");
    assert!(ask("invites.open", json!({ "slug": 3 })).starts_with("`slug`: invalid type"));
    assert!(ask("mails.list", json!({ "state": "lost" })).starts_with("`state`: unknown variant `lost`"));
    assert_eq!(ask("mails.deliver", json!({ "limit": 1 })), "it takes a callback, which JSON cannot hold");
}
