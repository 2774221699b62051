use serde::Serialize;

use super::LinkState;
use crate::{
    clock::Timestamp,
    company::Company,
    error::Result,
    id::Id,
    record,
    request::Request,
    secret::{Digest, LinkSlug},
    store::choice_columns,
    value::{EmailAddress, Locale},
    work::Work,
};

choice_columns!(LinkState);

record! {
    /// A link by which customers come in. Its slug is printed on flyers, so it is no secret: it grants nothing
    /// but filing a request (invariant 6).
    #[derive(Serialize)]
    pub struct InviteLink in "invite_link" {
        /// The id.
        id: Id<InviteLink>,
        /// The company.
        company: Id<Company>,
        /// The last part of the URL.
        slug: LinkSlug,
        /// Whether it takes requests.
        state: LinkState,
        /// When it was made.
        created: Timestamp,
        /// How often it was opened.
        opened: i64,
        /// Addresses verified through it.
        verified: i64,
        /// Requests filed through it.
        submitted: i64,
        /// Of these, approved.
        approved: i64,
        /// Of these, customers who can order.
        activated: i64,
    }
    unique by_slug(slug: &LinkSlug);
    index of_company(company: Id<Company>) by ();
    counts (opened, verified, submitted, approved, activated);
}

record! {
    /// A visitor of an invite link, known by a verified address or on the way there.
    pub struct Visit in "visit" {
        /// The id.
        id: Id<Visit>,
        /// The company.
        company: Id<Company>,
        /// The link the visitor came by last.
        link: Id<InviteLink>,
        /// The address as the visitor wrote it.
        email: EmailAddress,
        /// The same, canonical.
        address: String,
        /// The language the visitor reads.
        locale: Locale,
        /// The keyed hash of the pass that the visitor holds once verified.
        pass: Option<Digest>,
        /// When the pass ends.
        pass_expires: Option<Timestamp>,
        /// The visitor's latest request.
        request: Option<Id<Request>>,
    }
    unique by_address(company: Id<Company>, address: &str);
    unique by_pass(pass: &Digest);
}

impl InviteLink {
    /// A new link, not yet inserted.
    pub(crate) fn new(work: &Work<'_>, company: Id<Company>) -> Result<Self> {
        let (id, slug) = (work.new_id()?, LinkSlug::generate(work.handfast().random())?);
        let (state, created) = (LinkState::Active, work.now());
        let (opened, verified, submitted, approved, activated) = (0, 0, 0, 0, 0);
        Ok(InviteLink { id, company, slug, state, created, opened, verified, submitted, approved, activated })
    }
}
