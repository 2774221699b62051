//! What goes over the network is encrypted, and the server is known by its certificate.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::{fs, time::Duration};

use handfast::{
    Code,
    store::{Store, conformance::SCHEMA},
};
use handfast_postgres::PostgresStore;
use handfast_postgres_server::{Safety, Server, is_left_out};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};

#[test]
fn only_a_server_with_a_trusted_certificate_of_its_name_is_spoken_to() {
    if is_left_out() {
        return;
    }
    let mut authority = CertificateParams::new([]).unwrap();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate().unwrap()).unwrap();
    let key = KeyPair::generate().unwrap();
    let certificate = CertificateParams::new(["localhost".to_owned()]).unwrap().signed_by(&key, &authority).unwrap();

    let server = Server::start(Safety::Fast);
    let certificate = server.give("server.crt", &certificate.pem());
    let key = server.give("server.key", &key.serialize_pem());
    server.stop();
    let lines = format!("ssl = on\nssl_cert_file = '{}'\nssl_key_file = '{}'\n", certificate.display(), key.display());
    let settings = server.folder().join("data/postgresql.conf");
    fs::write(&settings, fs::read_to_string(&settings).unwrap() + &lines).unwrap();
    // and none that is not encrypted
    let rules = server.folder().join("data/pg_hba.conf");
    fs::write(&rules, "hostssl all all 127.0.0.1/32 trust\n").unwrap();
    server.start_again();

    let trusted = server.give("authority.crt", &authority.pem());
    let migrate = |host: &str, parameters: &str| {
        let address = format!("postgres://postgres@{host}:{}/postgres?{parameters}", server.port());
        let store = PostgresStore::options().patience(Duration::from_millis(100)).open(&address).unwrap();
        store.migrate(&SCHEMA).map_err(|error| error.code())
    };
    let trusted = format!("sslrootcert={}", trusted.display());
    assert_eq!(migrate("localhost", &format!("sslmode=verify-full&{trusted}")), Ok(SCHEMA.version));
    assert_eq!(migrate("127.0.0.1", &format!("sslmode=require&{trusted}")), Err(Code::StoreFailed), "another name");
    assert_eq!(migrate("localhost", "sslmode=require"), Err(Code::StoreFailed), "an unknown authority");
    assert_eq!(migrate("localhost", "sslmode=disable"), Err(Code::StoreFailed), "not encrypted");
}
