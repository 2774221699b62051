use serde::Deserialize;

use super::{
    Partner, PartnerView, Partners,
    event::{About, PartnerEventKind},
};
use crate::{
    error::{Faults, Result},
    session::Session,
    value::{Locale, Name},
};

/// A partner account's own data, to be changed.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartnerInput {
    /// The name of the account: one line of at most 120 characters.
    pub name: String,
    /// The language of its mails: `es`, `en-US`.
    pub locale: String,
}

impl Partners<'_> {
    /// Changes the partner account's own data: its name, as its clients see it from now on, and the language of its mails.
    /// The number and the referral link stay (invariant 13), and a certificate keeps the name of its day. The same again
    /// changes nothing. Who may: everyone who works for it.
    ///
    /// Errors: `invalid_input` with every fault at once, `not_signed_in`, `second_factor_needed`, `partner_only`.
    pub fn update(&self, session_token: &str, input: &PartnerInput) -> Result<PartnerView> {
        let mut faults = Faults::default();
        let name = faults.check("name", Name::parse(&input.name));
        let locale = faults.check("locale", Locale::parse(&input.locale));
        let (name, locale) = faults.made(|| Some((name?, locale?)))?;
        self.0.change(|work| {
            let (_, login, old) = Session::partner(work, session_token)?;
            let new = Partner { name: name.clone(), locale: locale.clone(), ..old.clone() };
            if new != old {
                work.put(&new);
                work.partner_event(new.id, PartnerEventKind::Changed, About::default().by(Some(login.id)))?;
            }
            Ok(PartnerView::of(work, &new))
        })
    }
}
