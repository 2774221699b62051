use serde::Serialize;

use super::{InviteLink, LinkEvent, LinkState, QrOptions, next};
use crate::{
    actor::Actor,
    clock::Timestamp,
    company::{Company, Permission},
    error::Result,
    event::EventKind,
    handfast::Handfast,
    qr,
    secret::LinkSlug,
    store::Paging,
    work::Work,
};

/// The verbs of invite links and of those who come by them: `handfast.invites()`.
#[derive(Clone, Copy, Debug)]
pub struct Invites<'a>(pub(crate) &'a Handfast);

impl Handfast {
    /// The invite link, and the visitor's way through it.
    pub fn invites(&self) -> Invites<'_> {
        Invites(self)
    }
}

/// An invite link as those see it who may share it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LinkView {
    /// The URL to share: on the host's base address.
    pub url: String,
    /// Its last part.
    pub slug: LinkSlug,
    /// Whether it takes requests.
    pub state: LinkState,
    /// When it was made.
    pub created: Timestamp,
}

/// How far visitors have come, over all links of the company.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Funnel {
    /// Links opened.
    pub opened: i64,
    /// Addresses verified.
    pub verified: i64,
    /// Requests filed.
    pub submitted: i64,
    /// Requests approved.
    pub approved: i64,
    /// Customers who can order.
    pub activated: i64,
}

impl Invites<'_> {
    /// The company's invite link. It is permanent: asking again gives the same.
    /// Who may: Admin, Procurement Manager. Errors: `role_too_low`, `not_found` (the host names no company).
    pub fn link(&self, actor: Actor) -> Result<LinkView> {
        self.0.view(|work| current(work, actor).map(|(_, link)| self.shown(&link)))
    }

    /// Notes that the link was shared: printed, mailed, put on a page. Gives the link, as [`link`](Self::link) does.
    /// Who may: Admin, Procurement Manager. Errors: `role_too_low`, `not_found` (the host names no company).
    pub fn share(&self, actor: Actor) -> Result<LinkView> {
        self.0.change(|work| {
            let (company, link) = current(work, actor)?;
            work.event(company.id, actor, EventKind::InviteLinkShared, &link)?;
            Ok(self.shown(&link))
        })
    }

    /// Makes a new link take the place of the present one, whose printed copies then lead to "replaced".
    /// Who may: Admin, Procurement Manager. Errors: `role_too_low`, `not_found` (the host names no company).
    pub fn replace(&self, actor: Actor) -> Result<LinkView> {
        self.0.change(|work| {
            let (mut company, old) = current(work, actor)?;
            let new = InviteLink::new(work, company.id)?;
            work.insert(&new);
            let gone = InviteLink { state: next(old.state, LinkEvent::Replace)?, ..old.clone() };
            work.put(&gone);
            company.link = new.id;
            work.put(&company);
            work.changed(company.id, actor, EventKind::LinkReplaced, &gone)?;
            Ok(self.shown(&new))
        })
    }

    /// The QR code of the company's link as an SVG picture. Who may: as for `link`.
    /// Errors: `invalid_input` (`size`, `quiet_zone`), `role_too_low`, `not_found` (the host names no company).
    pub fn qr_svg(&self, actor: Actor, options: &QrOptions) -> Result<String> {
        self.link(actor)?.qr_svg(options)
    }

    /// The same as a PNG picture, black on white. Who may: as for `link`.
    /// Errors: `invalid_input` (`size` also when it leaves less than a pixel a module), `role_too_low`, `not_found`.
    pub fn qr_png(&self, actor: Actor, options: &QrOptions) -> Result<Vec<u8>> {
        self.link(actor)?.qr_png(options)
    }

    /// Lets the link take no requests for now. Who may: Admin, Procurement Manager.
    /// Errors: `role_too_low`, `not_found` (the host names no company).
    pub fn disable(&self, actor: Actor) -> Result<LinkView> {
        self.switch(actor, LinkEvent::Disable)
    }

    /// Lets the link take requests again. Who may: Admin, Procurement Manager.
    /// Errors: `role_too_low`, `not_found` (the host names no company).
    pub fn enable(&self, actor: Actor) -> Result<LinkView> {
        self.switch(actor, LinkEvent::Enable)
    }

    /// How far visitors have come, over all links the company ever had.
    /// Who may: Admin, Procurement Manager. Errors: `role_too_low`.
    pub fn funnel(&self, actor: Actor) -> Result<Funnel> {
        self.0.view(|work| work.authorise(actor, Permission::UseInviteLink))?;
        let (mut funnel, mut paging) = (Funnel::default(), Some(Paging::first(500)));
        while let Some(asked) = paging {
            let page = self.0.list(InviteLink::of_company(actor.company()), &asked)?;
            page.items.iter().for_each(|link| funnel.add(link));
            paging = Paging::after(&page, 500);
        }
        Ok(funnel)
    }

    fn switch(&self, actor: Actor, event: LinkEvent) -> Result<LinkView> {
        self.0.change(|work| {
            let (company, old) = current(work, actor)?;
            let new = InviteLink { state: next(old.state, event)?, ..old.clone() };
            if new != old {
                work.put(&new);
                work.changed(company.id, actor, EventKind::LinkSwitched, &new)?;
            }
            Ok(self.shown(&new))
        })
    }

    fn shown(&self, link: &InviteLink) -> LinkView {
        let url = self.0.brand().page(&format!("invite/{}", link.slug));
        LinkView { url, slug: link.slug, state: link.state, created: link.created }
    }
}

impl LinkView {
    /// The QR code of the URL as an SVG picture. Errors: `invalid_input` (`size`, `quiet_zone`).
    pub fn qr_svg(&self, options: &QrOptions) -> Result<String> {
        qr::qr_svg(&self.url, options)
    }

    /// The QR code of the URL as a PNG picture, black on white. Errors: `invalid_input` (`size`, `quiet_zone`;
    /// `size` also when it leaves less than a pixel a module).
    pub fn qr_png(&self, options: &QrOptions) -> Result<Vec<u8>> {
        qr::qr_png(&self.url, options)
    }
}

fn current(work: &mut Work<'_>, actor: Actor) -> Result<(Company, InviteLink)> {
    let company = work.authorised(actor, Permission::UseInviteLink, actor.company())?;
    let link = work.need(company.link)?;
    Ok((company, link))
}

impl Funnel {
    fn add(&mut self, link: &InviteLink) {
        self.opened += link.opened;
        self.verified += link.verified;
        self.submitted += link.submitted;
        self.approved += link.approved;
        self.activated += link.activated;
    }
}
