use std::{fs, sync::Mutex};

use handfast::Code;
use handfast_contract::{Handle, Settings};

use crate::{max, memory, quick, signed_up, token};

#[test]
fn what_is_copied_is_opened_with_the_same_key() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let handle = Handle::open(&path("shop.db"), quick()).unwrap();
    let ada = signed_up(&handle);
    handle.staff().invite(ada.clone(), max()).unwrap();
    let token = token(&handle);
    let live = handle.copy_to(&path("copy.db"), true, &|_, _| {}).unwrap();
    assert!(live.tables.is_empty() && live.rows > 0 && live.written == live.rows);
    handle.carriers().add(ada.clone(), "Carrier".into()).unwrap();
    let heard = Mutex::new(Vec::new());
    let copied =
        handle.copy_to(&path("copy.db"), false, &|done, total| heard.lock().unwrap().push((done, total))).unwrap();
    assert!(copied.written > 0 && copied.written < copied.rows);
    assert_eq!(copied.tables.iter().map(|table| table.rows).sum::<i64>(), copied.rows);
    assert!(copied.tables.iter().all(|table| table.digest.len() == 64));
    let last = heard.into_inner().unwrap().pop().map(|(done, total)| (i64::from(done), i64::from(total)));
    assert_eq!(last, Some((copied.rows, copied.rows)));
    let root_key = fs::read_to_string(path("shop.db.key")).unwrap().trim().to_owned();
    let there = Handle::open(&path("copy.db"), Settings { root_key: Some(root_key.into()), ..quick() }).unwrap();
    assert_eq!(there.staff().invitation(token.into()).unwrap().company, "Flora Export");
    there.carriers().add(ada, "Another".into()).unwrap();
    assert_eq!(handle.copy_to(&path("copy.db"), false, &|_, _| {}).unwrap_err().code, Code::NotACopy);
}

#[test]
fn what_lives_in_memory_can_be_kept_but_not_the_other_way_about() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kept.db").to_str().unwrap().to_owned();
    let handle = memory();
    let ada = signed_up(&handle);
    handle.copy_to(&path, false, &|_, _| {}).unwrap();
    assert_eq!(Handle::open(&path, quick()).unwrap().companies().get(ada).unwrap().name, "Flora Export");
    for url in ["memory:", "", "mysql://localhost/shop"] {
        let refused = handle.copy_to(url, false, &|_, _| {}).unwrap_err();
        assert_eq!(refused.code, Code::NotADatabase, "{url}");
        assert!(refused.message.starts_with("`url` "), "{refused}");
    }
}
