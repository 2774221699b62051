//! TLS by rustls. Certificates are always checked, against the name of the host.

use std::sync::Arc;

use handfast::{Code, Error, Result};
use rustls::{
    ClientConfig, RootCertStore,
    crypto::ring,
    pki_types::{CertificateDer, pem::PemObject},
};
use tokio_postgres::config::SslMode;
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::options::Options;

/// What connects, with the authorities that are trusted; none are read where nothing is to be encrypted.
/// Errors: `store_failed`.
pub(crate) fn connector(mode: SslMode, options: &Options) -> Result<MakeRustlsConnect> {
    let failed = |what: &str| Error::because(Code::StoreFailed, what.to_owned());
    let mut roots = RootCertStore::empty();
    match &options.authority {
        _ if mode == SslMode::Disable => {}
        Some(file) => {
            let unread = || failed("the file of trusted certificates cannot be read");
            let certificates = CertificateDer::pem_file_iter(file).map_err(|error| unread().caused_by(error))?;
            for certificate in certificates {
                let certificate = certificate.map_err(|error| unread().caused_by(error))?;
                roots.add(certificate).map_err(|error| unread().caused_by(error))?;
            }
        }
        None => {
            roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        }
    }
    // named, because the host's own choice of a provider is the host's
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| failed("TLS cannot be set up").caused_by(error))?;
    Ok(MakeRustlsConnect::new(config.with_root_certificates(roots).with_no_client_auth()))
}
