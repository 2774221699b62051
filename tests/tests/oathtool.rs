//! The codes that the library accepts are those of `oathtool`, which knows nothing of it. Where the tool is not
//! installed, the tests say so and pass; with `HANDFAST_NEED_OATHTOOL` set, they fail.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::{env, io::ErrorKind, process::Command, time::Duration};

use handfast::{Code, Timestamp};
use handfast_tests::{PASSWORD, StoreKind, World, refusal};

/// What the tool says the codes from a time on are; `None` where it is not installed.
fn codes(secret: &str, at: Timestamp, further: u32) -> Option<Vec<String>> {
    let time = at.to_utc().format("%Y-%m-%d %H:%M:%S UTC").to_string();
    let mut tool = Command::new("oathtool");
    tool.args(["--totp", "--base32", "--now", &time, "--window", &further.to_string(), secret]);
    match tool.output() {
        Ok(said) if said.status.success() => {
            Some(String::from_utf8(said.stdout).unwrap().lines().map(str::to_owned).collect())
        }
        Ok(said) => panic!("oathtool: {}", String::from_utf8_lossy(&said.stderr)),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            assert!(env::var_os("HANDFAST_NEED_OATHTOOL").is_none(), "oathtool is not installed");
            eprintln!("skipped: oathtool is not installed (Debian: apt-get install oathtool)");
            None
        }
        Err(error) => panic!("oathtool: {error}"),
    }
}

#[test]
fn what_oathtool_shows_is_accepted_at_every_step_of_an_hour() {
    let world = World::new(StoreKind::Memory);
    let firm = world.firm("Flora Export");
    let session = world.signed_in(&firm.email);
    let secret = world.two_factor().enrol(&session, PASSWORD, None).unwrap().secret;
    let Some(codes) = codes(&secret, world.now(), 120) else { return };
    world.two_factor().confirm(&session, &codes[0]).unwrap();
    for code in &codes[1..] {
        world.later(Duration::from_secs(30));
        let waiting = world.signing_in(&firm.email, PASSWORD).unwrap();
        world.sessions().finish(&waiting, code).unwrap();
    }
}

#[test]
fn what_oathtool_shows_two_steps_off_is_not_accepted() {
    let world = World::new(StoreKind::Memory);
    let session = world.signed_in(&world.firm("Flora Export").email);
    let secret = world.two_factor().enrol(&session, PASSWORD, None).unwrap().secret;
    let Some(codes) = codes(&secret, world.now(), 4) else { return };
    world.later(Duration::from_secs(60));
    for far in [&codes[0], &codes[4]] {
        assert_eq!(refusal(world.two_factor().confirm(&session, far)), Code::WrongCode);
    }
    world.two_factor().confirm(&session, &codes[1]).unwrap();
}
