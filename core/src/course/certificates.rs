use serde::Serialize;

use super::{Certificate, CertificateNumber, CourseVersion, Courses, Drawing, judge};
use crate::{
    clock::Timestamp,
    error::{Code, Error, Result},
    partner::Partner,
    session::Session,
    value::Name,
    work::Work,
};

/// A certificate as its partner sees it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CertificateView {
    /// What it is verified by.
    pub number: CertificateNumber,
    /// Where anyone can verify it: on the host's base address.
    pub url: String,
    /// The partner's name on that day.
    pub name: Name,
    /// The course's title.
    pub course: String,
    /// The version of the course.
    pub version: i64,
    /// When it was issued.
    pub issued: Timestamp,
    /// SHA-256 of what was completed, when and by what, in hexadecimal.
    pub digest: String,
}

/// What anyone learns of a certificate who has its number.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct VerifiedCertificate {
    /// Its number.
    pub number: CertificateNumber,
    /// Who was certified.
    pub name: Name,
    /// In what.
    pub course: String,
    /// When.
    pub issued: Timestamp,
}

impl Courses<'_> {
    /// The partner's certificate, with the course's title in `language`, the partner's own when `None`.
    ///
    /// Errors: `not_signed_in`, `second_factor_needed`, `partner_only`, `not_found` (not certified).
    pub fn certificate(&self, session_token: &str, language: Option<&str>) -> Result<CertificateView> {
        self.0.view(|work| held(work, session_token, language).map(|(view, _)| view))
    }

    /// The certificate as a picture to print: an SVG page of A4, with a QR code that leads to where it is verified. In
    /// `language` (`en`, `es`; English for others), the partner's own when `None`.
    /// Errors: `not_signed_in`, `second_factor_needed`, `partner_only`, `not_found` (not certified).
    pub fn certificate_svg(&self, session_token: &str, language: Option<&str>) -> Result<String> {
        let (view, own) = self.0.view(|work| held(work, session_token, language))?;
        let issued = view.issued.to_string();
        Drawing {
            name: view.name.as_str(),
            title: &view.course,
            number: view.number.as_str(),
            issued: issued.get(..10).unwrap_or(&issued),
            version: u32::try_from(view.version).unwrap_or(u32::MAX),
            digest: &view.digest,
            url: &view.url,
            language: &own,
            product: self.0.brand().product_name(),
        }
        .svg()
    }

    /// Whether there is a certificate of this number, and whose: for anyone who is shown one, typed as it is printed or
    /// not. Tells no more than what is printed on it. Errors: `not_found`.
    pub fn verify(&self, number: &str, language: Option<&str>) -> Result<VerifiedCertificate> {
        let number = CertificateNumber::parse(number)?;
        self.0.view(|work| {
            let found = work.get(Certificate::by_number(&number))?;
            let unknown = || Error::because(Code::NotFound, "there is no such certificate");
            let Certificate { number, name, issued, edition, .. } = found.ok_or_else(unknown)?;
            let course = title(&judge::version(work, edition)?, language.unwrap_or("en"));
            Ok(VerifiedCertificate { number, name, course, issued })
        })
    }
}

fn title(version: &CourseVersion, language: &str) -> String {
    version.course.title.in_language(language).to_owned()
}

/// The certificate of the partner that the session acts for, and the language it is shown in.
fn held(work: &mut Work<'_>, session_token: &str, language: Option<&str>) -> Result<(CertificateView, String)> {
    let (_, _, Partner { certificate, locale, .. }) = Session::partner(work, session_token)?;
    let none = || Error::because(Code::NotFound, "this partner account is not certified yet");
    let Certificate { number, name, edition, issued, digest, .. } = work.need(certificate.ok_or_else(none)?)?;
    let language = language.unwrap_or(locale.as_str()).to_owned();
    let course = title(&judge::version(work, edition)?, &language);
    let url = work.handfast().brand().page(&format!("certificate/{number}"));
    Ok((CertificateView { number, url, name, course, version: edition, issued, digest }, language))
}
