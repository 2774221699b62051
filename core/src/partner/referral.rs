use std::str::FromStr;

use serde::Serialize;
use uuid::Uuid;

use super::{Partner, PartnerStanding, Partners};
use crate::{
    clock::Timestamp,
    error::{Code, Error, Result},
    id::Id,
    policy::Touch,
    secret::{Digest, LinkSlug, Purpose},
    value::{Name, choices},
    work::Work,
};

choices! {
    /// What came of the attribution that a commerce account signed up with.
    pub enum Attribution {
        /// The account designates the partner from the beginning.
        Linked = "linked",
        /// It was altered, or was none.
        Forged = "forged",
        /// It was made with a key that is not in the keyring, or for a partner who is not here.
        Foreign = "foreign",
        /// It was too old.
        Expired = "expired",
        /// The partner is suspended.
        Suspended = "suspended",
    }
}

/// What opening a referral link gives.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Referral {
    /// The partner's name.
    pub partner: Name,
    /// What the host keeps (in a cookie, say) until the visitor signs a commerce account up. It holds no personal data
    /// and is signed, so that nobody can make one up.
    pub attribution: String,
    /// Until when it counts.
    pub expires: Timestamp,
}

/// What an attribution says: who referred, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Claim {
    partner: Id<Partner>,
    at: Timestamp,
}

/// Longer than any attribution: what is longer is none.
const LONGEST: usize = 200;

impl Partners<'_> {
    /// Opens a referral link: counts it, and gives what the host keeps through the sign-up. Whose attribution counts,
    /// when the visitor has an `earlier` one that is still good, says the policy `attribution_touch`: the last link that
    /// was opened, or the first.
    ///
    /// Errors: `unknown_link` (also while the partner is suspended).
    pub fn open_referral(&self, slug: &str, earlier: Option<&str>) -> Result<Referral> {
        let slug = LinkSlug::parse(slug)?;
        let unknown = || Error::new(Code::UnknownLink);
        self.0.change(|work| {
            let partner = work.get(Partner::by_slug(&slug))?.ok_or_else(unknown)?;
            partner.must_be_in_good_standing().map_err(|_| unknown())?;
            work.add(partner.id, "opened", 1);
            let first = match (work.handfast().policy().attribution_touch, earlier) {
                (Touch::First, Some(earlier)) => attributed(work, earlier)?.ok(),
                (Touch::First | Touch::Last, _) => None,
            };
            let (claim, partner) = match first {
                Some(first) => first,
                None => (Claim { partner: partner.id, at: work.now() }, partner),
            };
            let expires = claim.at + work.handfast().policy().attribution_lifetime;
            Ok(Referral { partner: partner.name, attribution: claim.signed(work), expires })
        })
    }
}

impl Claim {
    fn signed(self, work: &Work<'_>) -> String {
        self.with(&work.handfast().keyring().digest(Purpose::Attribution, &[self.text().as_bytes()]))
    }

    fn with(self, digest: &Digest) -> String {
        format!("{}.{}", self.text(), digest.to_text())
    }

    fn text(self) -> String {
        format!("{}.{}", self.partner.uuid().simple(), self.at.millis())
    }

    /// Reads what [`signed`](Self::signed) wrote, and no other spelling of it: whatever is altered is none.
    fn read(given: &str) -> Option<(Self, Digest)> {
        let text = if given.len() <= LONGEST { given } else { "" };
        let mut parts = text.splitn(3, '.');
        let (partner, at, digest) = (parts.next()?, parts.next()?, parts.next()?);
        let partner = Id::from_str(&Uuid::try_parse(partner).ok()?.hyphenated().to_string()).ok()?;
        let millis: i64 = at.parse().ok()?;
        let at = Some(Timestamp::from_millis(millis)).filter(|at| at.millis() == millis)?;
        let (claim, digest) = (Claim { partner, at }, Digest::parse(digest).ok()?);
        (claim.with(&digest) == given).then_some((claim, digest))
    }
}

/// Who referred, by a good attribution; otherwise why it is none.
fn attributed(work: &mut Work<'_>, text: &str) -> Result<Result<(Claim, Partner), Attribution>> {
    let Some((claim, digest)) = Claim::read(text) else { return Ok(Err(Attribution::Forged)) };
    let keyring = work.handfast().keyring();
    if keyring.active() != digest.key() && !keyring.retired().any(|key| key == digest.key()) {
        return Ok(Err(Attribution::Foreign));
    }
    if !keyring.matches(&digest, Purpose::Attribution, &[claim.text().as_bytes()]) {
        return Ok(Err(Attribution::Forged));
    }
    if work.now() >= claim.at + work.handfast().policy().attribution_lifetime {
        return Ok(Err(Attribution::Expired));
    }
    Ok(match work.get(claim.partner)? {
        None => Err(Attribution::Foreign),
        Some(partner) if partner.standing == PartnerStanding::Suspended => Err(Attribution::Suspended),
        Some(partner) => Ok((claim, partner)),
    })
}

impl Attribution {
    /// The partner whom a sign-up is due to; a bad attribution is ignored, and the sign-up goes on.
    pub(crate) fn of_sign_up(work: &mut Work<'_>, given: &str) -> Result<(Self, Option<Partner>)> {
        Ok(match attributed(work, given)? {
            Ok((_, partner)) => (Attribution::Linked, Some(partner)),
            Err(why) => (why, None),
        })
    }
}
