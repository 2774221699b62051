use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Company, InvitationStyle, Permission, Role, Scope, Staff, StaffState, TrialState};
use crate::{
    actor::Actor,
    checkout::CheckoutWays,
    clock::Timestamp,
    course::{self, Account},
    error::{Code, Error, Faults, Result},
    event::{By, EventKind},
    handfast::Handfast,
    id::Id,
    invite::{InviteLink, QuestionInput, RequestForm},
    login::Login,
    mail::{Letter, MailKind},
    partner::{Attribution, Designation, LinkOrigin, designate},
    secret::PasswordHash,
    value::{Country, EmailAddress, Locale, Name, TimeZone},
    work::Work,
};

/// The verbs of companies: `handfast.companies()`.
#[derive(Clone, Copy, Debug)]
pub struct Companies<'a>(pub(super) &'a Handfast);

impl Handfast {
    /// Companies: sign up, look at, change.
    pub fn companies(&self) -> Companies<'_> {
        Companies(self)
    }
}

/// What a company gives to sign up.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignUp {
    /// Its name: one line of at most 120 characters.
    pub name: String,
    /// Its country: two letters of ISO 3166-1.
    pub country: String,
    /// The language of its mails: `es`, `en-US`.
    pub locale: String,
    /// Its IANA time zone.
    pub time_zone: String,
    /// When its trial ends, if it has one.
    #[serde(default)]
    pub trial_ends: Option<Timestamp>,
    /// What the host kept since a partner's referral link was opened, if one was.
    #[serde(default)]
    pub attribution: Option<String>,
    /// The first Admin's name: one line of at most 120 characters.
    pub admin_name: String,
    /// The first Admin's e-mail address.
    pub admin_email: String,
    /// The first Admin's password; the person's own where the address has a login already.
    pub admin_password: String,
}

impl std::fmt::Debug for SignUp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SignUp")
            .field("name", &self.name)
            .field("admin_email", &self.admin_email)
            .finish_non_exhaustive()
    }
}

/// What came of it.
#[derive(Clone, Debug, Serialize)]
pub struct SignedUp {
    /// The company.
    pub company: Company,
    /// Its first Admin.
    pub admin: Staff,
    /// What came of the attribution; `None` when none was given.
    pub referral: Option<Attribution>,
}

impl SignedUp {
    /// The first Admin as an actor.
    pub fn actor(&self) -> Actor {
        Actor::staff(self.admin.login, self.company.id)
    }
}

/// A company's own data.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CompanyInput {
    /// Its name: one line of at most 120 characters.
    pub name: String,
    /// Its country: two letters of ISO 3166-1.
    pub country: String,
    /// The language of its mails: `es`, `en-US`.
    pub locale: String,
    /// Its IANA time zone.
    pub time_zone: String,
    /// When its trial ends, if it has one.
    #[serde(default)]
    pub trial_ends: Option<Timestamp>,
}

/// How people get in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccessInput {
    /// How a person who has no login yet gets in.
    pub invitation_style: InvitationStyle,
    /// Whether the staff needs a second factor.
    pub two_factor_required: bool,
}

/// The same, checked.
struct Profile {
    name: Name,
    country: Country,
    locale: Locale,
    time_zone: TimeZone,
    trial_ends: Option<Timestamp>,
}

/// The first Admin, checked.
struct FirstAdmin {
    name: Name,
    email: EmailAddress,
    password: Option<PasswordHash>,
}

impl Companies<'_> {
    /// Signs a company up with its first Admin and its permanent invite link, and welcomes the Admin by mail.
    ///
    /// Who came by a partner's referral link designates that partner from the beginning. An attribution that does not
    /// count is ignored, with the reason.
    ///
    /// The address may have a login already (a person who works with another company): then the password
    /// must be that login's own. Who was invited and has not answered yet chooses one first, by the link in a mail.
    ///
    /// Errors: `invalid_input` with every fault at once, `wrong_password`.
    pub fn sign_up(&self, input: &SignUp) -> Result<SignedUp> {
        let handfast = self.0;
        let profile = CompanyInput {
            name: input.name.clone(),
            country: input.country.clone(),
            locale: input.locale.clone(),
            time_zone: input.time_zone.clone(),
            trial_ends: input.trial_ends,
        };
        let mut faults = Faults::default();
        let profile = profile.check(&mut faults);
        let name = faults.check("admin_name", Name::parse(&input.admin_name));
        let email = faults.check("admin_email", EmailAddress::parse(&input.admin_email));
        let company = profile.as_ref().map(|profile| profile.name.as_str());
        let about: Vec<_> = [name.as_ref().map(Name::as_str), company].into_iter().flatten().collect();
        let given = ("admin_password", input.admin_password.as_str());
        let password = handfast.first_password(email.as_ref(), given, &about, &mut faults)?;
        let checked = faults.made(|| Some((profile?, FirstAdmin { name: name?, email: email?, password })));
        let (profile, admin) = checked?;
        handfast.change(|work| signed_up(work, &profile, &admin, input.attribution.as_deref()))
    }

    /// The actor's company. Who may: every role. Errors: `role_too_low`, `not_found` (the host names no company).
    pub fn get(&self, actor: Actor) -> Result<Company> {
        let company = self.0.view(|work| work.authorised(actor, Permission::ReadCustomers, actor.company()))?;
        Ok(company.seen_at(self.0.now()))
    }

    /// Changes the company's own data. Who may: Admin, Full Access. The end of the trial is a matter of billing, which a
    /// Certified Partner leaves as it is.
    ///
    /// Errors: `invalid_input` with every fault at once, `role_too_low`, `not_found` (the host names no company),
    /// `delegated` (a partner, the trial).
    pub fn update(&self, actor: Actor, input: &CompanyInput) -> Result<Company> {
        let mut faults = Faults::default();
        let profile = input.check(&mut faults);
        let profile = faults.made(|| profile)?;
        self.changed(actor, Permission::SetUpCompany, |work, company| {
            company.name = profile.name.clone();
            company.country = profile.country;
            company.locale = profile.locale.clone();
            company.time_zone = profile.time_zone;
            if company.trial_ends != profile.trial_ends && actor.bond().is_some() {
                return Err(Error::new(Code::Delegated));
            }
            company.set_trial(profile.trial_ends, work.now())
        })
    }

    /// Sets what the company asks visitors beyond the usual. Requests filed before keep what they were asked.
    /// Who may: Admin, Full Access.
    ///
    /// Errors: `invalid_input` with every fault at once, `role_too_low`, `not_found` (the host names no company).
    pub fn set_form(&self, actor: Actor, questions: &[QuestionInput]) -> Result<Company> {
        let form = RequestForm::parse(questions)?;
        self.changed(actor, Permission::SetUpCompany, |_, company| {
            company.form = form.clone();
            Ok(())
        })
    }

    /// Sets how people get in: with a link or a temporary password, and whether the staff needs a second factor. Who of
    /// the staff has none can only set one up from the next call on. Who may: Admin.
    ///
    /// Errors: `role_too_low`, `not_found`.
    pub fn set_access(&self, actor: Actor, access: &AccessInput) -> Result<Company> {
        self.changed(actor, Permission::ManageAccess, |_, company| {
            company.invitation_style = access.invitation_style;
            company.two_factor_required = access.two_factor_required;
            Ok(())
        })
    }

    fn changed(
        &self,
        actor: Actor,
        permission: Permission,
        change: impl Fn(&Work<'_>, &mut Company) -> Result<()>,
    ) -> Result<Company> {
        self.0.change(|work| {
            let old = work.authorised(actor, permission, actor.company())?;
            let mut new = old.clone();
            change(work, &mut new)?;
            if new != old {
                work.put(&new);
                if new.name != old.name {
                    Designation::rename(work, &new)?;
                }
                work.changed(new.id, actor, EventKind::CompanyChanged, &new)?;
            }
            Ok(new.seen_at(work.now()))
        })
    }
}

impl CompanyInput {
    fn check(&self, faults: &mut Faults) -> Option<Profile> {
        let name = faults.check("name", Name::parse(&self.name));
        let country = faults.check("country", Country::parse(&self.country));
        let locale = faults.check("locale", Locale::parse(&self.locale));
        let time_zone = faults.check("time_zone", TimeZone::parse(&self.time_zone));
        let trial_ends = self.trial_ends;
        Some(Profile { name: name?, country: country?, locale: locale?, time_zone: time_zone?, trial_ends })
    }
}

fn signed_up(
    work: &mut Work<'_>,
    profile: &Profile,
    admin: &FirstAdmin,
    attribution: Option<&str>,
) -> Result<SignedUp> {
    let login = Login::signing_up(work, (&admin.email, &admin.name), admin.password.as_ref(), &profile.locale)?;
    let id = work.new_id()?;
    let link = InviteLink::new(work, id)?;
    work.insert(&link);
    let mut company = Company {
        id,
        name: profile.name.clone(),
        country: profile.country,
        locale: profile.locale.clone(),
        time_zone: profile.time_zone,
        trial_ends: None,
        admins: 1,
        link: link.id,
        form: RequestForm::default(),
        created: work.now(),
        invitation_style: InvitationStyle::TemporaryPassword,
        two_factor_required: false,
        trial: TrialState::None,
        trial_started: None,
        checkout: CheckoutWays::Both,
    };
    company.set_trial(profile.trial_ends, work.now())?;
    work.insert(&company);
    let (name, email, created) = (admin.name.clone(), admin.email.clone(), work.now());
    let (role, state) = (Role::Admin, StaffState::Active);
    let (id_of_admin, scope) = (work.new_id()?, Scope::default());
    let admin = Staff { id: id_of_admin, company: id, login: login.id, name, email, role, state, created, scope };
    work.insert(&admin);
    course::begin(work, Account::Commerce(id))?;
    work.event(id, By::Person(login.id), EventKind::CompanySignedUp, &company)?;
    let setup = work.handfast().brand().page("setup");
    work.mail(Letter::to_person(
        MailKind::CompanyWelcome,
        &company,
        &admin.email,
        &admin.name,
        json!({ "link": setup }),
    ))?;
    let referral = attribution.map(|given| referred(work, &company, login.id, given)).transpose()?;
    Ok(SignedUp { company: company.seen_at(work.now()), admin, referral })
}

/// Lets the new company designate who referred it, if somebody did.
fn referred(work: &mut Work<'_>, company: &Company, login: Id<Login>, given: &str) -> Result<Attribution> {
    let (outcome, partner) = Attribution::of_sign_up(work, given)?;
    if let Some(partner) = partner {
        designate(work, By::Person(login), (company, None), &partner, LinkOrigin::Referral)?;
        work.add(partner.id, "referred", 1);
    }
    Ok(outcome)
}

impl Company {
    /// The number of Admins after one came or went. Errors: `last_admin`, when nobody would be left (invariant 42).
    pub(crate) fn admins_after(&self, came: i64) -> Result<i64> {
        match self.admins + came {
            ..=0 => Err(Error::new(Code::LastAdmin)),
            admins => Ok(admins),
        }
    }
}
