use std::sync::Mutex;

use handfast::Code;
use handfast_contract::{
    Context, ContextKind, Failure, Handle, PartnerSignUp, PartnerView, Secret, SignIn, SignalField, SignalInput,
};

use crate::{PASSWORD, memory, signed_up};

const CARLA: &str = "carla@camino.example";

fn password() -> Secret {
    PASSWORD.to_owned().into()
}

fn partner(handle: &Handle) -> PartnerView {
    let input = PartnerSignUp {
        name: "Camino Consulting".into(),
        locale: "en".into(),
        owner_name: "Carla Camino".into(),
        owner_email: CARLA.into(),
        owner_password: password(),
    };
    handle.partners().sign_up(input).unwrap().partner
}

fn token(handle: &Handle) -> Secret {
    let sign_in = SignIn { name: CARLA.into(), password: password(), company: None, device: None, place: None };
    handle.sessions().sign_in(sign_in).unwrap().held.unwrap().token
}

fn field(name: &str) -> SignalField {
    SignalField { name: name.into(), text: None, number: None, flag: None }
}

fn signal(partner: &PartnerView, key: &str, fields: Vec<SignalField>) -> SignalInput {
    SignalInput {
        name: "webinar.attended".into(),
        key: key.into(),
        company: None,
        partner: Some(partner.id.clone()),
        fields: Some(fields),
        occurred: None,
    }
}

fn faults(refused: &Failure) -> Vec<(&str, &str)> {
    refused.faults.iter().map(|fault| (fault.field.as_str(), fault.code.as_str())).collect()
}

#[test]
fn a_detail_of_a_signal_is_exactly_one_value_and_stands_there_once() {
    let handle = memory();
    let carla = partner(&handle);
    let one = |name: &str| SignalField { number: Some(3), ..field(name) };
    let two = SignalField { text: Some("yes".into()), flag: Some(true), ..field("two") };
    let refused =
        handle.courses().signal(signal(&carla, "1", vec![field("none"), two, one("a"), one("a")])).unwrap_err();
    assert_eq!(refused.code, Code::InvalidInput);
    assert_eq!(
        faults(&refused),
        [("fields.0", "required"), ("fields.1", "unknown_field"), ("fields.3", "duplicate_entry")]
    );
    let many = vec![signal(&carla, "1", vec![one("a")]), signal(&carla, "2", vec![field("none")])];
    let refused = handle.courses().signal_many(many, &|_, _| {}).unwrap_err();
    assert_eq!(faults(&refused), [("signals.1.fields.0", "required")]);
    assert_eq!(handle.courses().signal(signal(&carla, "1", vec![one("a")])).unwrap().completed, [""; 0]);
}

#[test]
fn what_is_wrong_with_one_signal_is_told_in_its_row_field_by_field() {
    let handle = memory();
    let carla = partner(&handle);
    let mut signals: Vec<_> = (0..251).map(|seat| signal(&carla, &format!("seat {seat}"), vec![])).collect();
    signals[7].name = "Webinar".into();
    signals[7].key = " ".into();
    let told = Mutex::new(Vec::new());
    let rows = handle.courses().signal_many(signals, &|done, total| told.lock().unwrap().push((done, total))).unwrap();
    assert_eq!(told.into_inner().unwrap(), [(250, 251), (251, 251)]);
    let refused: Vec<_> = rows.iter().filter(|row| row.code.is_some()).collect();
    assert_eq!((refused.len(), refused[0].row, refused[0].code.as_deref()), (1, 8, Some("invalid_input")));
    let named: Vec<_> = refused[0].faults.iter().map(|fault| fault.field.as_str()).collect();
    assert_eq!(named, ["name", "key"]);
}

#[test]
fn a_clients_account_is_no_place_to_go_to_without_a_visit() {
    let handle = memory();
    signed_up(&handle);
    let (carla, token) = (partner(&handle), token(&handle));
    let context = |kind| Context {
        kind,
        company: None,
        customer: None,
        association: None,
        partner: Some(carla.id.clone()),
        delegation: None,
    };
    handle.sessions().enter(token.clone(), context(ContextKind::Partner)).unwrap();
    let refused = handle.sessions().enter(token.clone(), context(ContextKind::Delegated)).unwrap_err();
    assert_eq!(faults(&refused), [("company", "required"), ("delegation", "required")]);
    let some = || String::from(carla.id.clone());
    let made_up =
        Context { company: Some(some().into()), delegation: Some(some().into()), ..context(ContextKind::Delegated) };
    assert_eq!(handle.sessions().enter(token, made_up).unwrap_err().code, Code::AccessEnded);
}
