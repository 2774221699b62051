use base64::prelude::{BASE64_STANDARD, Engine as _};
use handfast::Code;
use handfast_contract::{BrandInput, Duration, Failure, Handle, PolicyInput, Secret, Settings};

use crate::{max, quick, signed_up, token};

fn key(byte: u8) -> Secret {
    BASE64_STANDARD.encode([byte; 32]).into()
}

fn refused(settings: Settings) -> Failure {
    Handle::open("memory:", settings).unwrap_err()
}

/// The faults of a failure, as field and code.
fn faults(failure: &Failure) -> Vec<(&str, &str)> {
    failure.faults.iter().map(|fault| (fault.field.as_str(), fault.code.as_str())).collect()
}

fn policy(policy: PolicyInput) -> Settings {
    Settings { policy: Some(policy), ..quick() }
}

fn usual() -> PolicyInput {
    serde_json::from_str("{}").unwrap()
}

#[test]
fn a_given_key_takes_the_place_of_the_key_file_and_old_keys_still_open() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.db").to_str().unwrap().to_owned();
    let handle = Handle::open(&path, Settings { root_key: Some(key(1)), ..quick() }).unwrap();
    let ada = signed_up(&handle);
    handle.staff().invite(ada, max()).unwrap();
    let token = token(&handle);
    assert!(!std::fs::exists(format!("{path}.key")).unwrap());

    let open =
        |retired| Handle::open(&path, Settings { root_key: Some(key(2)), retired_root_keys: retired, ..quick() });
    let rotated = open(Some(vec![key(1)])).unwrap();
    assert_eq!(rotated.staff().invitation(token.clone().into()).unwrap().company, "Flora Export");
    let stranger = open(None).unwrap();
    assert_eq!(stranger.staff().invitation(token.into()).unwrap_err().code, Code::UnknownToken);
}

#[test]
fn keys_that_are_none_are_refused() {
    let keys = |root_key: Option<&str>, retired: Option<Vec<Secret>>| Settings {
        root_key: root_key.map(|text| text.to_owned().into()),
        retired_root_keys: retired,
        ..quick()
    };
    for settings in [
        keys(Some(""), None),
        keys(Some("not base64!"), None),
        keys(Some(&BASE64_STANDARD.encode([7; 16])), None),
        keys(None, Some(vec![key(1)])),
        keys(Some(&key(1).0), Some(vec![key(1)])),
    ] {
        let failure = refused(settings.clone());
        assert_eq!(failure.code, Code::BadKey, "{settings:?}: {failure}");
    }
    let (mut settings, shown) = (quick(), key(1).0);
    settings.root_key = Some(key(1));
    assert!(!format!("{settings:?}").contains(&shown));
}

#[test]
fn a_policy_out_of_its_bounds_is_told_field_by_field() {
    let failure = refused(policy(PolicyInput { code_attempts: Some(99), bulk_rows: Some(0), ..usual() }));
    assert_eq!(failure.code, Code::InvalidInput);
    assert_eq!(faults(&failure), [("code_attempts", "policy_out_of_bounds"), ("bulk_rows", "policy_out_of_bounds")]);
    let failure = refused(policy(PolicyInput { code_digits: Some(300), code_lifetime: Some(Duration(-1)), ..usual() }));
    assert_eq!(faults(&failure), [("code_digits", "policy_out_of_bounds"), ("code_lifetime", "out_of_range")]);
}

#[test]
fn the_policy_is_what_is_decided_by() {
    let settings = policy(PolicyInput { codes_per_company: Some(1), code_lifetime: Some(Duration(60_000)), ..usual() });
    let handle = Handle::open("memory:", settings).unwrap();
    let ada = signed_up(&handle);
    let slug = handle.invites().link(ada).unwrap().slug;
    let started = handle.invites().start(slug.clone(), "bea@rosas.example".into(), None).unwrap();
    assert_eq!(started.expires, started.resend_from);
    let refused = handle.invites().start(slug, "max@mercado.example".into(), None).unwrap_err();
    assert_eq!(refused.code, Code::TooOften);
    assert!(refused.retryable && refused.retry_after.is_some_and(|wait| wait > 0), "{refused:?}");
}

#[test]
fn for_ever_is_the_longest_that_a_language_has() {
    for longest in [i64::MAX, 9_007_199_254_740_991, 86_399_999_999_999_999] {
        let settings = policy(PolicyInput { request_lifetime: Some(Duration(longest)), ..usual() });
        Handle::open("memory:", settings).unwrap();
    }
}

#[test]
fn the_brand_is_checked_and_used() {
    let brand = |base_url: &str, sender_address: &str| Settings {
        brand: Some(BrandInput {
            product_name: "Shop".into(),
            sender_name: "The shop".into(),
            sender_address: sender_address.into(),
            base_url: base_url.into(),
            logo_url: None,
        }),
        ..quick()
    };
    let failure = refused(brand("javascript:alert(1)", "nobody"));
    assert_eq!(failure.code, Code::InvalidInput);
    assert_eq!(faults(&failure), [("sender_address", "not_an_email"), ("base_url", "not_a_website")]);

    let handle = Handle::open("memory:", brand("https://shop.example", "post@shop.example")).unwrap();
    let ada = signed_up(&handle);
    assert!(handle.invites().link(ada).unwrap().url.starts_with("https://shop.example/invite/"));
    let mails = crate::mails(&handle);
    assert_eq!((mails[0].from_address.as_str(), mails[0].from_name.as_str()), ("post@shop.example", "The shop"));
}
