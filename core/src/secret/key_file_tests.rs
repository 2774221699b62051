use std::{
    fs,
    path::PathBuf,
    sync::{Arc, Barrier},
    thread,
};

use tempfile::TempDir;

use super::*;
use crate::{random::SystemRandom, secret::Keyring};

fn folder() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.key");
    (folder, path)
}

/// Writes a file that only its owner may use.
fn write(path: &Path, text: &[u8]) {
    only_for_the_owner().write(true).create(true).truncate(true).open(path).unwrap().write_all(text).unwrap();
}

fn line(byte: u8) -> String {
    RootKey::new([byte; 32]).unwrap().to_text().to_string()
}

#[test]
fn a_missing_file_is_made_once_and_read_from_then_on() {
    let (folder, path) = folder();
    let made = Keyring::at(&path, &SystemRandom).unwrap();
    let read = Keyring::at(&path, &SystemRandom).unwrap();
    assert_eq!(made.active(), read.active());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "the draft is gone");
}

#[test]
fn the_first_line_is_active_and_the_others_are_retired() {
    let (_folder, path) = folder();
    write(&path, format!("{}\n\n{}\r\n{}", line(1), line(2), line(3)).as_bytes());
    let keyring = Keyring::at(&path, &SystemRandom).unwrap();
    let expected = [1, 2, 3].map(|byte| Keyring::new(RootKey::new([byte; 32]).unwrap()).unwrap().active());
    assert_eq!(keyring.active(), expected[0]);
    assert_eq!(keyring.retired().collect::<Vec<_>>(), expected[1..]);
}

#[test]
fn those_who_start_at_once_end_with_one_key() {
    for _ in 0..20 {
        let (folder, path) = folder();
        let start = Arc::new(Barrier::new(8));
        let starters: Vec<_> = (0..8)
            .map(|_| {
                let (path, start) = (path.clone(), Arc::clone(&start));
                thread::spawn(move || {
                    start.wait();
                    Keyring::at(path, &SystemRandom).unwrap().active()
                })
            })
            .collect();
        let ids: Vec<_> = starters.into_iter().map(|starter| starter.join().unwrap()).collect();
        assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "every draft is gone");
    }
}

#[test]
fn a_draft_left_by_a_crash_is_overwritten() {
    let (_folder, path) = folder();
    write(&draft_beside(&path), b"half a key that is longer than a whole one would be, and then some");
    Keyring::at(&path, &SystemRandom).unwrap();
    Keyring::at(&path, &SystemRandom).unwrap();
    assert!(!draft_beside(&path).exists());
}

#[test]
fn one_who_comes_late_changes_nothing() {
    let (_folder, path) = folder();
    create(&path, &RootKey::new([1; 32]).unwrap()).unwrap();
    create(&path, &RootKey::new([2; 32]).unwrap()).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), format!("{}\n", line(1)));
    assert!(!draft_beside(&path).exists());
}

#[cfg(unix)]
#[test]
fn a_file_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let (_folder, path) = folder();
    Keyring::at(&path, &SystemRandom).unwrap();
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);

    for mode in [0o640, 0o604, 0o660] {
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        let error = Keyring::at(&path, &SystemRandom).unwrap_err();
        assert_eq!(error.code(), Code::BadKey);
        assert!(error.message().contains("run `chmod 600 "), "{error}");
    }
}

#[test]
fn a_file_without_proper_keys_is_refused_and_not_shown() {
    let (_folder, path) = folder();
    let zeros = BASE64_ZEROS.as_bytes();
    let (short, long) = (&line(7)[..40], [b'A'; 10_000]);
    let twice = format!("{}\n{}", line(7), line(7));
    for text in [b"".as_slice(), b"\n \n", b"\xFF\xFE", zeros, short.as_bytes(), &long, twice.as_bytes()] {
        write(&path, text);
        let error = Keyring::at(&path, &SystemRandom).unwrap_err();
        assert_eq!(error.code(), Code::BadKey);
        assert!(!format!("{error} {error:?}").contains(&line(7)[..8]), "{error}");
        assert_eq!(fs::read(&path).unwrap(), text, "what is there is never overwritten");
    }
}

const BASE64_ZEROS: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

#[test]
fn a_fault_of_the_file_system_is_told_with_its_path() {
    let (folder, path) = folder();
    let nowhere = folder.path().join("missing").join("shop.key");
    assert_eq!(Keyring::at(&nowhere, &SystemRandom).unwrap_err().code(), Code::StoreFailed);
    fs::create_dir(&path).unwrap();
    let error = Keyring::at(&path, &SystemRandom).unwrap_err();
    assert!(error.message().contains("shop.key"), "{error}");
}
