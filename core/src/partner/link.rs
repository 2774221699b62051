use serde::Serialize;
use serde_json::json;

use super::{
    Designation, DesignationEvent, DesignationState, LinkOrigin, Partner, PartnerNumber, PartnerStanding, Partners,
    VisitNotice,
    event::{About, PartnerEventKind},
    next_designation,
};
use crate::{
    actor::Actor,
    clock::Timestamp,
    company::{Company, Permission},
    course::{self, Account, Fields},
    error::{Code, Error, Result},
    event::{By, EventKind},
    id::Id,
    mail::{Letter, MailKind},
    store::Record,
    value::{Name, fold},
    work::Work,
};

/// The partner whom a commerce account designates, as its people see it in their account settings.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DesignatedPartner {
    /// The partner.
    pub partner: Id<Partner>,
    /// How it is called.
    pub name: Name,
    /// Its number: 20 digits.
    pub number: PartnerNumber,
    /// The same in groups of four, to be read.
    pub grouped: String,
    /// Whether it is in good standing: while suspended, it cannot enter the account.
    pub standing: PartnerStanding,
    /// How the account came to designate it.
    pub origin: LinkOrigin,
    /// Since when.
    pub since: Timestamp,
    /// How the account hears of its visits.
    pub notice: VisitNotice,
}

impl Partners<'_> {
    /// Designates the partner of a number, which an Admin pastes into the account settings of the company that the
    /// session acts for; the partner's people can then enter the account and work in it. Another partner that was
    /// designated before is out at once. `code` is a code of the authenticator app, or a recovery code, where two-factor
    /// is on. Both sides get a mail.
    ///
    /// Who may: Admin, who has just given the password again (invariant 16). Errors: `required`, `not_a_partner_number`,
    /// `mistyped_partner_number`, `unknown_partner`, `partner_suspended`, `role_too_low`, `not_signed_in`,
    /// `second_factor_needed`, `wrong_password`, `wrong_code`, `too_often`.
    pub fn designate(
        &self,
        session_token: &str,
        number: &str,
        password: &str,
        code: Option<&str>,
    ) -> Result<DesignatedPartner> {
        let number = PartnerNumber::parse(number)?;
        self.0.change_with_proof(session_token, password, code, |work, (session, _)| {
            let actor = session.staff_actor()?;
            let company = work.authorised(actor, Permission::DesignatePartner, actor.company())?;
            let (partner, old) = work.get((Partner::by_number(&number), Designation::by_company(company.id)))?;
            let partner = partner.ok_or_else(|| Error::new(Code::UnknownPartner))?;
            partner.must_be_in_good_standing()?;
            let designation = designate(work, actor.into(), (&company, old), &partner, LinkOrigin::Manual)?;
            Ok(DesignatedPartner::of(partner, &designation))
        })
    }

    /// Takes the partner's number out of the box again: whatever the partner's people do in the account ends at their
    /// next call. Both sides get a mail. Who may: Admin.
    /// Errors: `role_too_low`, `not_found` (never designated), `wrong_state` (cleared before).
    pub fn clear(&self, actor: Actor) -> Result<()> {
        self.0.change(|work| {
            let ask = (actor.company(), Designation::by_company(actor.company()));
            let (company, old) = work.authorised(actor, Permission::DesignatePartner, ask)?;
            let state = next_designation(old.state, DesignationEvent::Clear)?;
            let until = Some(work.now());
            work.put(&Designation { state, until, era: old.era + 1, ..old.clone() });
            cleared(work, actor.into(), &company, &old)
        })
    }

    /// The partner whom the actor's company designates; none when there is none. Who may: every role.
    /// Errors: `role_too_low`.
    pub fn designated(&self, actor: Actor) -> Result<Option<DesignatedPartner>> {
        self.0.view(|work| {
            work.authorise(actor, Permission::ReadCustomers)?;
            let found = work.get(Designation::by_company(actor.company()))?;
            let Some(live) = found.filter(Designation::is_live) else { return Ok(None) };
            let partner = work.need(live.partner)?;
            Ok(Some(DesignatedPartner::of(partner, &live)))
        })
    }

    /// Sets how the company hears of its partner's visits. Who may: Admin. Errors: `role_too_low`, `not_found` (the
    /// company never designated a partner).
    pub fn set_visit_notice(&self, actor: Actor, notice: VisitNotice) -> Result<()> {
        self.0.change(|work| {
            let old = work.authorised(actor, Permission::DesignatePartner, Designation::by_company(actor.company()))?;
            if old.notice != notice {
                let new = Designation { notice, ..old };
                work.put(&new);
                work.changed(actor.company(), actor, EventKind::VisitNoticeSet, &new)?;
            }
            Ok(())
        })
    }
}

/// Lets a company designate a partner; `old` is what it designated before. The same partner again changes nothing.
pub(crate) fn designate(
    work: &mut Work<'_>,
    by: By,
    (company, old): (&Company, Option<Designation>),
    partner: &Partner,
    origin: LinkOrigin,
) -> Result<Designation> {
    let known = old.is_some();
    let (id, era, notice) = match old {
        Some(old) if old.is_live() && old.partner == partner.id => return Ok(old),
        Some(old) => {
            next_designation(old.state, DesignationEvent::Designate)?;
            if old.is_live() {
                cleared(work, by.clone(), company, &old)?;
            }
            (old.id, old.era + 1, old.notice)
        }
        None => (work.new_id()?, 1, VisitNotice::Audit),
    };
    let (state, since, until) = (DesignationState::Live, work.now(), None);
    let (name, folded) = (company.name.clone(), fold(company.name.as_str()));
    let (company_id, partner_id) = (company.id, partner.id);
    let new = Designation {
        id,
        company: company_id,
        partner: partner_id,
        state,
        origin,
        since,
        until,
        era,
        notice,
        name,
        folded,
    };
    if known {
        work.put(&new)
    } else {
        work.insert(&new)
    }
    let page = work.handfast().brand().page("settings/partner");
    work.told(company.id, by, EventKind::PartnerLinked, &new, ("origin", origin.as_str().into()))?;
    let values = json!({ "partner": partner.name, "number": partner.number.grouped(), "link": page });
    work.mail(Letter::to_admins(MailKind::PartnerLinked, company, values))?;
    tell_partner(work, partner, (MailKind::ClientLinked, PartnerEventKind::ClientLinked), company)?;
    let fields = Fields::of([("company", company.id.to_string().as_str()), ("origin", origin.as_str())]);
    course::note(work, Account::Partner(partner.id), "client_linked", fields)?;
    Ok(new)
}

/// What follows when a company designates a partner no longer: both are told, and they work in tandem no longer.
fn cleared(work: &mut Work<'_>, by: By, company: &Company, old: &Designation) -> Result<()> {
    let partner = work.need(old.partner)?;
    course::part(work, partner.id, company.id)?;
    work.event(company.id, by, EventKind::PartnerCleared, old)?;
    let values = json!({ "partner": partner.name });
    work.mail(Letter::to_admins(MailKind::PartnerCleared, company, values))?;
    tell_partner(work, &partner, (MailKind::ClientCleared, PartnerEventKind::ClientCleared), company)
}

fn tell_partner(
    work: &mut Work<'_>,
    partner: &Partner,
    (kind, what): (MailKind, PartnerEventKind),
    company: &Company,
) -> Result<()> {
    work.partner_event(partner.id, what, About::company(company.id))?;
    let owner = work.need(partner.owner)?;
    let link = work.handfast().brand().page("partner/clients");
    let values = json!({ "name": owner.name, "client": company.name, "link": link });
    work.mail(Letter::to_owner(kind, partner, &owner, values))
}

impl Designation {
    /// Whether it counts now.
    pub(crate) fn is_live(&self) -> bool {
        self.state == DesignationState::Live
    }

    /// Follows the company's new name, by which its partner finds it.
    pub(crate) fn rename(work: &mut Work<'_>, company: &Company) -> Result<()> {
        if let Some(old) = work.get(Designation::by_company(company.id))? {
            work.put(&Designation { name: company.name.clone(), folded: fold(company.name.as_str()), ..old });
        }
        Ok(())
    }

    /// The designation of a company by which a partner may know of it; what is foreign is as missing (invariant 35).
    pub(crate) fn of_client(found: Option<Designation>, partner: &Partner) -> Result<Self> {
        found.filter(|found| found.is_live() && found.partner == partner.id).map_or_else(Designation::missing, Ok)
    }
}

impl DesignatedPartner {
    fn of(partner: Partner, designation: &Designation) -> Self {
        DesignatedPartner {
            partner: partner.id,
            name: partner.name,
            grouped: partner.number.grouped(),
            number: partner.number,
            standing: partner.standing,
            origin: designation.origin,
            since: designation.since,
            notice: designation.notice,
        }
    }
}
