use serde::Serialize;
use serde_json::json;

use super::{InviteLink, Invites, LinkState, RequestForm, Visit};
use crate::{
    clock::Timestamp,
    company::Company,
    error::{Code, Error, Result},
    event::{By, EventKind},
    id::Id,
    limit::{Limit, Rate},
    mail::{Letter, MailKind},
    one_use::{Redeemed, Ticket, TicketPurpose},
    policy::Policy,
    request::RequestView,
    secret::{LinkSlug, Purpose, Token},
    value::{EmailAddress, Locale, Name, choices},
    work::Work,
};

choices! {
    /// What an opened link leads to.
    pub enum LinkStanding {
        /// The visitor can begin.
        Open = "open",
        /// The company takes no requests now.
        Disabled = "disabled",
        /// The company has a newer link; this one tells no more than that.
        Replaced = "replaced",
    }
}

/// What a visitor sees who opens the link.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Opened {
    /// Whether one can begin.
    pub standing: LinkStanding,
    /// The company's name.
    pub company: Name,
    /// The language of the company.
    pub locale: Locale,
    /// What the company asks beyond the usual; empty unless one can begin.
    pub form: RequestForm,
}

/// A code is on its way.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Started {
    /// Give it back together with the code.
    pub visit: Id<Visit>,
    /// Until when the code is good.
    pub expires: Timestamp,
    /// When another can be asked for.
    pub resend_from: Timestamp,
}

/// The address is the visitor's own.
#[derive(Debug)]
pub struct Verified {
    /// What the visitor holds from now on, for `visit_lifetime`: files, shows and withdraws the request.
    pub pass: Token,
    /// Until when.
    pub expires: Timestamp,
    /// The request of this address, when there is one already.
    pub request: Option<RequestView>,
}

impl Invites<'_> {
    /// What the link leads to. Consumes nothing and can be opened for ever; only the count of openings grows.
    ///
    /// Errors: `unknown_link`.
    pub fn open(&self, slug: &str) -> Result<Opened> {
        let slug = LinkSlug::parse(slug)?;
        let (link, company) = self.0.view(|work| found(work, &slug))?;
        let standing = match link.state {
            LinkState::Active => LinkStanding::Open,
            LinkState::Disabled => LinkStanding::Disabled,
            LinkState::Replaced => LinkStanding::Replaced,
        };
        let form = if standing == LinkStanding::Open { company.form } else { RequestForm::default() };
        let counted = self.0.change(|work| {
            work.add(link.id, "opened", 1);
            Ok(())
        });
        // a visitor should get in even where nothing can be written just now
        if let Err(error) = counted {
            tracing::warn!(%error, "an opened link was not counted");
        }
        Ok(Opened { standing, company: company.name, locale: company.locale, form })
    }

    /// Mails a code to the address; a newer one kills the older. Known and unknown addresses get the same answer.
    /// `locale` is the language the visitor reads; the company's when `None`.
    ///
    /// Errors: `unknown_link`, `link_disabled`, `link_replaced`, those of the address (`required`, `too_long`,
    /// `forbidden_character`, `not_an_email`), `not_a_locale`, `too_often` with the time to wait.
    pub fn start(&self, slug: &str, email: &str, locale: Option<&str>) -> Result<Started> {
        let slug = LinkSlug::parse(slug)?;
        let email = EmailAddress::parse(email)?;
        let locale = locale.map(Locale::parse).transpose()?;
        self.0.change(|work| started(work, &slug, &email, locale.as_ref()))
    }

    /// Takes the code from the mail. Five wrong tries spend it (`code_attempts`).
    ///
    /// Errors: `wrong_code` with the tries left, `code_spent`, `code_expired`, `not_found` (no such visit),
    /// `link_disabled`, `link_replaced`.
    pub fn verify(&self, visit: Id<Visit>, code: &str) -> Result<Verified> {
        // a wrong try must be counted, so it is no error until the change is committed
        self.0.change(|work| verified(work, visit, code))?
    }
}

fn found(work: &mut Work<'_>, slug: &LinkSlug) -> Result<(InviteLink, Company)> {
    let link = work.get(InviteLink::by_slug(slug))?.ok_or_else(|| Error::new(Code::UnknownLink))?;
    let company = work.need(link.company)?;
    Ok((link, company))
}

/// Whether a link lets visitors go on. Errors: `link_disabled`, `link_replaced`.
fn must_be_open(link: &InviteLink) -> Result<()> {
    match link.state {
        LinkState::Active => Ok(()),
        LinkState::Disabled => Err(Error::new(Code::LinkDisabled)),
        LinkState::Replaced => Err(Error::new(Code::LinkReplaced)),
    }
}

fn started(work: &mut Work<'_>, slug: &LinkSlug, email: &EmailAddress, locale: Option<&Locale>) -> Result<Started> {
    let (link, company) = found(work, slug)?;
    must_be_open(&link)?;
    let policy = work.handfast().policy();
    take_rates(work, policy, company.id, email)?;
    let locale = locale.unwrap_or(&company.locale).clone();
    let visit = match work.get(Visit::by_address(company.id, email.canonical()))? {
        Some(visit) => {
            // whoever asks for a code has proved nothing yet: what a verified visitor wrote stays
            let verified = visit.pass_expires.is_some_and(|expires| work.now() < expires);
            let visit = match verified {
                true => Visit { link: link.id, ..visit },
                false => Visit { link: link.id, email: email.clone(), locale, ..visit },
            };
            work.put(&visit);
            visit
        }
        None => {
            let (email, address) = (email.clone(), email.canonical().to_owned());
            let (pass, pass_expires, request) = (None, None, None);
            let (id, company, link) = (work.new_timeless_id()?, company.id, link.id);
            let visit = Visit { id, company, link, email, address, locale, pass, pass_expires, request };
            work.insert(&visit);
            visit
        }
    };
    let code = Ticket::issue_code(work, &slot(&visit), TicketPurpose::VisitorCode, visit.id.cast())?;
    let values = json!({ "minutes": policy.code_lifetime.as_secs().div_ceil(60) });
    let letter = Letter::to_visitor(MailKind::VisitorCode, &company, &visit.email, &visit.locale, values);
    work.mail(letter.with_secret("code", code.expose().to_owned()))?;
    let now = work.now();
    Ok(Started { visit: visit.id, expires: now + policy.code_lifetime, resend_from: now + policy.code_interval })
}

fn take_rates(work: &mut Work<'_>, policy: &Policy, company: Id<Company>, email: &EmailAddress) -> Result<()> {
    let window = std::time::Duration::from_secs(60 * 60);
    let own = Rate { most: policy.codes_per_address, window, apart: policy.code_interval };
    Limit::take(work, &format!("visitor_code {company} {}", email.canonical()), &own)?;
    let all = Rate { most: policy.codes_per_company, window, apart: std::time::Duration::ZERO };
    Limit::take(work, &format!("visitor_code {company}"), &all)
}

impl Visit {
    /// Takes a visitor's pass and code back: who has them proves the address anew.
    pub(crate) fn shut(mut self, work: &mut Work<'_>) -> Result<()> {
        Ticket::kill(work, &slot(&self))?;
        (self.pass, self.pass_expires) = (None, None);
        work.put(&self);
        Ok(())
    }
}

/// One live code for each address at each company.
fn slot(visit: &Visit) -> String {
    format!("visitor_code {}", visit.id)
}

fn verified(work: &mut Work<'_>, visit: Id<Visit>, code: &str) -> Result<Result<Verified>> {
    let visit = work.need(visit)?;
    let link = work.need(visit.link)?;
    must_be_open(&link)?;
    match Ticket::redeem_code(work, &slot(&visit), TicketPurpose::VisitorCode, code)? {
        Redeemed::No(refusal) => return Ok(Err(refusal)),
        Redeemed::Yes => {}
    }
    let pass = Token::generate(work.handfast().random())?;
    let expires = work.now() + work.handfast().policy().visit_lifetime;
    let digest = work.handfast().keyring().digest(Purpose::VisitToken, &[pass.expose().as_bytes()]);
    let visit = Visit { pass: Some(digest), pass_expires: Some(expires), ..visit };
    work.put(&visit);
    work.add(visit.link, "verified", 1);
    work.event(visit.company, By::Visitor(visit.address.clone()), EventKind::AddressVerified, &visit)?;
    let request = work.get(visit.request)?.flatten();
    let now = work.now();
    Ok(Ok(Verified { pass, expires, request: request.map(|request| RequestView::of(&request, now)) }))
}

/// A verified visitor, with the link that was used.
pub(crate) struct Visitor {
    pub(crate) visit: Visit,
    pub(crate) link: InviteLink,
    pub(crate) company: Company,
}

impl Visitor {
    /// Who holds this pass, found under every key of the ring.
    ///
    /// Errors: `unknown_token`, `visit_expired`.
    pub(crate) fn of(work: &mut Work<'_>, pass: &str) -> Result<Self> {
        let pass = Token::parse(pass)?;
        let digests = work.handfast().keyring().digests(Purpose::VisitToken, &[pass.expose().as_bytes()]);
        let found = work.get(digests.iter().map(Visit::by_pass).collect::<Vec<_>>())?;
        let visit = found.into_iter().flatten().next().ok_or_else(|| Error::new(Code::UnknownToken))?;
        if visit.pass_expires.is_none_or(|expires| work.now() >= expires) {
            return Err(Error::new(Code::VisitExpired));
        }
        let (link, company) = work.need((visit.link, visit.company))?;
        Ok(Visitor { visit, link, company })
    }

    /// Whether the link still lets this visitor file. Errors: `link_disabled`, `link_replaced`.
    pub(crate) fn may_file(&self) -> Result<()> {
        must_be_open(&self.link)
    }
}
