#![allow(clippy::unwrap_used)]

use super::*;

fn of(address: &str) -> (Config, Options) {
    read(address, Options::default()).unwrap()
}

#[test]
fn several_hosts_are_kept_in_order_and_must_take_writes() {
    let (config, _) = of("postgres://me:secret@one:5433,two:5434/shop?target_session_attrs=read-write");
    let names = config.get_hosts().iter().map(|host| format!("{host:?}")).collect::<Vec<_>>();
    assert_eq!((names, config.get_ports()), (vec![r#"Tcp("one")"#.into(), r#"Tcp("two")"#.into()], &[5433, 5434][..]));
    assert_eq!(config.get_target_session_attrs(), TargetSessionAttrs::ReadWrite);
    assert_eq!(of("postgres://one/shop").0.get_target_session_attrs(), TargetSessionAttrs::ReadWrite, "unless told");
}

#[test]
fn what_leaves_the_machine_is_encrypted_unless_told() {
    let mode = |address| of(address).0.get_ssl_mode();
    assert_eq!(mode("postgres://db.example/shop"), SslMode::Require);
    assert_eq!(mode("postgres://127.0.0.1,db.example/shop"), SslMode::Require);
    assert_eq!(mode("postgres://localhost,127.0.0.1/shop"), SslMode::Disable);
    assert_eq!(mode("postgres://%2Frun%2Fpostgresql/shop"), SslMode::Disable);
    assert_eq!(mode("postgres://localhost/shop?sslmode=verify-full"), SslMode::Require);
    assert_eq!(mode("postgres://db.example/shop?sslmode=disable"), SslMode::Disable);
}

#[test]
fn a_host_that_vanishes_is_noticed_in_ten_seconds_unless_told() {
    let times = |address| {
        let (config, _) = of(address);
        let alive = (config.get_keepalives_idle(), config.get_keepalives_interval(), config.get_keepalives_retries());
        (alive, config.get_tcp_user_timeout().copied())
    };
    let seconds = Duration::from_secs;
    assert_eq!(times("postgres://one/shop"), ((seconds(5), Some(seconds(2)), Some(3)), Some(seconds(10))));
    let told = "postgres://one/shop?keepalives_idle=60&keepalives_interval=20&keepalives_retries=2&tcp_user_timeout=90";
    assert_eq!(times(told), ((seconds(60), Some(seconds(20)), Some(2)), Some(seconds(90))));
}

#[test]
fn our_own_parameters_are_taken() {
    let (_, options) = of("postgres://localhost/shop?schema=my%20shop&connections=3&pooler=transaction&patience=0.5");
    assert_eq!((options.schema.as_str(), options.connections), ("my shop", 3));
    assert_eq!((options.pooler, options.patience), (Pooler::Transaction, Duration::from_millis(500)));
}

#[test]
fn what_cannot_be_read_is_refused_without_its_secret() {
    let long = format!("postgres://localhost/shop?schema={}", "x".repeat(64));
    let bad = [
        "mysql://me:secret@localhost/shop",
        "postgres://me:secret@localhost:many/shop",
        "postgres://localhost/shop?unknown=secret",
        "postgres://localhost/shop?connections=0",
        "postgres://localhost/shop?pooler=both",
        "postgres://localhost/shop?patience=-1",
        "postgres://localhost/shop?schema=%ff",
        "postgres://localhost/shop?schema=",
        "postgres:///shop",
        long.as_str(),
    ];
    for address in bad {
        let error = read(address, Options::default()).unwrap_err();
        assert_eq!(error.code(), Code::NotADatabase, "{address}");
        assert!(!format!("{error:?}").contains("secret"), "{error:?}");
    }
}
