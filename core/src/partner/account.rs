use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    Member, Partner, PartnerHistory, PartnerNumber, PartnerStanding, PartnerState, StandingEvent,
    event::{About, PartnerEventKind},
    next_standing,
};
use crate::{
    clock::Timestamp,
    course::{self, Account, Fields},
    error::{Code, Error, Faults, Result},
    handfast::Handfast,
    id::Id,
    invite::QrOptions,
    login::Login,
    mail::{Letter, MailKind},
    qr,
    secret::{LinkSlug, PasswordHash},
    session::Session,
    store::{Page, Paging},
    value::{EmailAddress, Locale, Name},
    work::Work,
};

/// The verbs of partner accounts: `handfast.partners()`.
#[derive(Clone, Copy, Debug)]
pub struct Partners<'a>(pub(super) &'a Handfast);

impl Handfast {
    /// Partner accounts: sign up, be designated by clients, work in their accounts.
    pub fn partners(&self) -> Partners<'_> {
        Partners(self)
    }
}

/// What a partner gives to sign up.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartnerSignUp {
    /// The name of the account: one line of at most 120 characters.
    pub name: String,
    /// The language of its mails: `es`, `en-US`.
    pub locale: String,
    /// The owner's name: one line of at most 120 characters.
    pub owner_name: String,
    /// The owner's e-mail address.
    pub owner_email: String,
    /// The owner's password; the person's own where the address has a login already.
    pub owner_password: String,
}

impl std::fmt::Debug for PartnerSignUp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PartnerSignUp")
            .field("name", &self.name)
            .field("owner_email", &self.owner_email)
            .finish_non_exhaustive()
    }
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PartnerSignedUp {
    /// The partner account.
    pub partner: PartnerView,
    /// Its owner.
    pub login: Id<Login>,
}

/// A partner account as its own people see it on their settings page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PartnerView {
    /// The id.
    pub id: Id<Partner>,
    /// How it is called.
    pub name: Name,
    /// The language of its mails.
    pub locale: Locale,
    /// The number that clients designate it by: 20 digits.
    pub number: PartnerNumber,
    /// The same in groups of four, to be read.
    pub grouped: String,
    /// The referral link to share: on the host's base address. It is permanent.
    pub referral_url: String,
    /// Its last part.
    pub slug: LinkSlug,
    /// How far the account has come.
    pub state: PartnerState,
    /// Whether it is in good standing.
    pub standing: PartnerStanding,
    /// When it signed up.
    pub created: Timestamp,
    /// How often the referral link was opened.
    pub opened: i64,
    /// Commerce accounts that signed up by it.
    pub referred: i64,
}

/// The same as [`PartnerSignUp`], checked.
struct SigningUp {
    name: Name,
    locale: Locale,
    owner_name: Name,
    owner_email: EmailAddress,
    password: Option<PasswordHash>,
}

impl Partners<'_> {
    /// Signs a partner account up with its owner, its number and its permanent referral link, and welcomes the owner by
    /// mail.
    ///
    /// The address may have a login already: then the password must be that login's own. A person works for one partner
    /// account at most.
    ///
    /// Errors: `invalid_input` with every fault at once, `wrong_password`, `already_there` (the person has one).
    pub fn sign_up(&self, input: &PartnerSignUp) -> Result<PartnerSignedUp> {
        let mut faults = Faults::default();
        let name = faults.check("name", Name::parse(&input.name));
        let locale = faults.check("locale", Locale::parse(&input.locale));
        let owner_name = faults.check("owner_name", Name::parse(&input.owner_name));
        let owner_email = faults.check("owner_email", EmailAddress::parse(&input.owner_email));
        let words = [owner_name.as_ref(), name.as_ref()].into_iter().flatten().map(Name::as_str).collect::<Vec<_>>();
        let given = ("owner_password", input.owner_password.as_str());
        let password = self.0.first_password(owner_email.as_ref(), given, &words, &mut faults)?;
        let checked = faults.made(|| {
            let (name, locale, owner_name, owner_email) = (name?, locale?, owner_name?, owner_email?);
            Some(SigningUp { name, locale, owner_name, owner_email, password })
        })?;
        self.0.change(|work| signed_up(work, &checked))
    }

    /// The partner account that the session acts for. Errors: `not_signed_in`, `second_factor_needed`, `partner_only`.
    pub fn get(&self, session_token: &str) -> Result<PartnerView> {
        self.0.view(|work| {
            let (_, _, partner) = Session::partner(work, session_token)?;
            Ok(PartnerView::of(work, &partner))
        })
    }

    /// The QR code of the referral link as an SVG picture. Errors: `not_signed_in`, `second_factor_needed`,
    /// `partner_only`, `invalid_input` (`size`, `quiet_zone`).
    pub fn qr_svg(&self, session_token: &str, options: &QrOptions) -> Result<String> {
        qr::qr_svg(&self.get(session_token)?.referral_url, options)
    }

    /// The same as a PNG picture, black on white. Errors: `not_signed_in`, `second_factor_needed`, `partner_only`,
    /// `invalid_input` (`size`, `quiet_zone`; `size` also when it leaves less than a pixel a module).
    pub fn qr_png(&self, session_token: &str, options: &QrOptions) -> Result<Vec<u8>> {
        qr::qr_png(&self.get(session_token)?.referral_url, options)
    }

    /// What happened to the partner account, the newest first.
    /// Errors: `not_signed_in`, `second_factor_needed`, `partner_only`, `not_a_cursor`.
    pub fn history(&self, session_token: &str, paging: &Paging) -> Result<Page<PartnerHistory>> {
        let (_, _, partner) = self.0.view(|work| Session::partner(work, session_token))?;
        self.0.list(PartnerHistory::of_partner(partner.id).descending(), paging)
    }

    /// Suspends a partner account: it works for no client from the next call on, and gets no new one. The host's own
    /// verb. Errors: `not_found`.
    pub fn suspend(&self, partner: Id<Partner>) -> Result<()> {
        self.set_standing(partner, StandingEvent::Suspend, PartnerEventKind::Suspended)
    }

    /// Lets a suspended partner account work again, for the clients that still designate it. The host's own verb.
    /// Errors: `not_found`.
    pub fn restore(&self, partner: Id<Partner>) -> Result<()> {
        self.set_standing(partner, StandingEvent::Restore, PartnerEventKind::Restored)
    }

    fn set_standing(&self, partner: Id<Partner>, event: StandingEvent, what: PartnerEventKind) -> Result<()> {
        self.0.change(|work| {
            let old = work.need(partner)?;
            let standing = next_standing(old.standing, event)?;
            if standing != old.standing {
                work.put(&Partner { standing, ..old });
                work.partner_event(partner, what, About::default())?;
            }
            Ok(())
        })
    }
}

fn signed_up(work: &mut Work<'_>, given: &SigningUp) -> Result<PartnerSignedUp> {
    let SigningUp { name, locale, owner_name, owner_email, password } = given;
    let login = Login::signing_up(work, (owner_email, owner_name), password.as_ref(), locale)?;
    if work.get(Member::by_login(login.id))?.is_some() {
        return Err(Error::because(Code::AlreadyThere, "this person works for a partner account already"));
    }
    let (random, created) = (work.handfast().random(), work.now());
    let partner = Partner {
        id: work.new_id()?,
        number: PartnerNumber::generate(random)?,
        name: name.clone(),
        locale: locale.clone(),
        slug: LinkSlug::generate(random)?,
        owner: login.id,
        state: PartnerState::Provisional,
        standing: PartnerStanding::Good,
        certificate: None,
        created,
        opened: 0,
        referred: 0,
    };
    work.insert(&partner);
    let (name, email) = (owner_name.clone(), owner_email.clone());
    work.insert(&Member { id: work.new_id()?, partner: partner.id, login: login.id, name, email, created });
    work.partner_event(partner.id, PartnerEventKind::SignedUp, About::default().by(Some(login.id)))?;
    let account = Account::Partner(partner.id);
    course::begin(work, account)?;
    course::note(work, account, "partner_signed_up", Fields::default())?;
    if login.two_factor {
        course::note(work, account, "two_factor_enabled", Fields::default())?;
    }
    let link = work.handfast().brand().page("partner");
    let values =
        json!({ "name": login.name, "partner": partner.name, "number": partner.number.grouped(), "link": link });
    work.mail(Letter::to_owner(MailKind::PartnerWelcome, &partner, &login, values))?;
    Ok(PartnerSignedUp { partner: PartnerView::of(work, &partner), login: login.id })
}

impl PartnerView {
    pub(super) fn of(work: &Work<'_>, partner: &Partner) -> Self {
        let partner = partner.clone();
        PartnerView {
            id: partner.id,
            name: partner.name,
            locale: partner.locale,
            grouped: partner.number.grouped(),
            number: partner.number,
            referral_url: work.handfast().brand().page(&format!("partner/{}", partner.slug)),
            slug: partner.slug,
            state: partner.state,
            standing: partner.standing,
            created: partner.created,
            opened: partner.opened,
            referred: partner.referred,
        }
    }
}

impl Partner {
    /// Errors: `partner_suspended`.
    pub(crate) fn must_be_in_good_standing(&self) -> Result<()> {
        match self.standing {
            PartnerStanding::Good => Ok(()),
            PartnerStanding::Suspended => Err(Error::new(Code::PartnerSuspended)),
        }
    }
}
