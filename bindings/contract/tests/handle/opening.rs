use std::fs;

use handfast::Code;
use handfast_contract::{Handle, Settings};

use crate::{PASSWORD, max, memory, quick, signed_up, token};

#[test]
fn what_is_in_memory_is_its_handles_own() {
    let (one, other) = (memory(), memory());
    signed_up(&one);
    let refused = other.logins().authenticate("ada@flora.example".into(), PASSWORD.to_owned().into()).unwrap_err();
    assert_eq!(refused.code, Code::WrongPassword);
}

#[test]
fn a_url_and_a_bare_path_lead_to_the_same_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.db").to_str().unwrap().to_owned();
    let ada = signed_up(&Handle::open(&path, quick()).unwrap());
    for url in [path.clone(), format!("sqlite:{path}"), format!("sqlite://{path}")] {
        let handle = Handle::open(&url, quick()).unwrap();
        assert_eq!(handle.companies().get(ada.clone()).unwrap().name, "Flora Export", "{url}");
    }
}

#[test]
fn the_key_lies_beside_the_file_and_serves_the_next_handle() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.db").to_str().unwrap().to_owned();
    let handle = Handle::open(&path, quick()).unwrap();
    let ada = signed_up(&handle);
    handle.staff().invite(ada, max()).unwrap();
    let token = token(&handle);
    handle.close();
    assert!(fs::exists(format!("{path}.key")).unwrap());
    let invitation = Handle::open(&path, quick()).unwrap().staff().invitation(token.into()).unwrap();
    assert_eq!(invitation.company, "Flora Export");
}

#[test]
fn what_is_no_place_is_refused() {
    let kinds = ["", "sqlite:", "sqlite://", "mysql://localhost/shop", "http://x", "memory:shop", ":memory:"];
    for url in kinds {
        let refused = Handle::open(url, quick()).unwrap_err();
        assert_eq!(refused.code, Code::NotADatabase, "{url}");
        assert!(refused.message.starts_with("`url` "), "{url}: {refused}");
    }
}

#[cfg(feature = "postgres")]
#[test]
fn a_postgresql_database_needs_a_key_that_all_hosts_have() {
    let refused = Handle::open("postgres://localhost/shop", quick()).unwrap_err();
    assert_eq!(refused.code, Code::BadKey, "{refused}");
    let root_key = Some("Fz1xhIbjkqV0mQd3cLrS9uWyZAoEtGnH2aBvKXJ4fis=".to_owned().into());
    let refused = Handle::open("postgres://localhost/shop?pooler=all", Settings { root_key, ..quick() }).unwrap_err();
    assert_eq!(refused.code, Code::NotADatabase, "{refused}");
    assert!(refused.message.starts_with("`url` "), "{refused}");
}

#[test]
fn a_file_that_is_no_database_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("text.db");
    let text = "no database, but a text of some length ".repeat(100);
    fs::write(&file, &text).unwrap();
    let refused = Handle::open(file.to_str().unwrap(), quick()).unwrap_err();
    assert_eq!(refused.code, Code::StoreFailed, "{refused}");
    assert!(refused.message.contains("is not a SQLite database"), "{refused}");
    assert_eq!(fs::read_to_string(&file).unwrap(), text);
    let nowhere = folder.path().join("no/such/folder/shop.db");
    assert_eq!(Handle::open(nowhere.to_str().unwrap(), quick()).unwrap_err().code, Code::StoreFailed);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}
