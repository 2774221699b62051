//! The certificate: issued once, in the commit of the last required task (invariant 26).

use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::{Certificate, CertificateNumber, Course, CourseKey, Progress, judge::Current};
use crate::{
    error::Result,
    id::Id,
    mail::{Letter, MailKind},
    partner::{self, About, Partner, PartnerEvent, PartnerEventKind},
    work::Work,
};

/// Certifies a partner who has completed every required task, unless that happened before.
pub(super) fn certify(work: &mut Work<'_>, progress: &Progress, current: Option<&Current>) -> Result<()> {
    let Some(current) = current.filter(|current| missing(&current.course, progress).next().is_none()) else {
        return Ok(());
    };
    let old = work.need(progress.account.cast::<Partner>())?;
    if old.certificate.is_some() {
        return Ok(());
    }
    let certificate = Certificate {
        id: work.new_id()?,
        number: CertificateNumber::generate(work.handfast().random())?,
        partner: old.id,
        name: old.name.clone(),
        edition: current.number,
        issued: work.now(),
        digest: evidence(&current.course, progress),
    };
    work.insert(&certificate);
    let state = partner::next(old.state, PartnerEvent::Certify)?;
    work.put(&Partner { state, certificate: Some(certificate.id), ..old.clone() });
    let about = About { detail: Some(certificate.number.to_string()), ..About::default() };
    work.partner_event(old.id, PartnerEventKind::Certified, about)?;
    let owner = work.need(old.owner)?;
    let link = work.handfast().brand().page("partner/certificate");
    let title = current.course.title.in_language(old.locale.as_str()).to_owned();
    let values = json!({
        "name": owner.name, "partner": old.name, "course": title, "certificate": certificate.number, "link": link,
    });
    work.mail(Letter::to_owner(MailKind::PartnerCertified, &old, &owner, values))
}

/// The required tasks that an account has not completed.
pub(super) fn missing<'a>(course: &'a Course, progress: &'a Progress) -> impl Iterator<Item = &'a CourseKey> {
    course.required().map(|(key, _)| key).filter(|key| !progress.done.0.contains_key(*key))
}

/// What was completed, when and by what, as one digest: a line a task, in the order of the keys.
fn evidence(course: &Course, progress: &Progress) -> String {
    let mut hash = Sha256::new();
    hash.update(course.digest());
    for (key, done) in progress.done.0.iter().filter(|(key, _)| course.task(key).is_some()) {
        let company = done.company.map(Id::uuid).unwrap_or_default();
        hash.update(format!("\n{} {} {} {}", key.as_str(), done.at, done.by, company));
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
