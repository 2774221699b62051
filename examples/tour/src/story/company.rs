use handfast::{
    Actor, Id,
    company::{Carrier, Offer, Offers, PriceType, Role, SignUp, Staff, StaffInput, StaffState},
    invite::QuestionInput,
    store::Paging,
};

use super::{Result, Tour};
use crate::letters;

const ADA: &str = "ada@flora.example";
/// Everyone's in the story; a real one is nobody's but one's own.
pub(super) const PASSWORD: &str = "correct horse battery staple";

/// The company's lists, as far as the story uses them.
pub(super) struct Lists {
    pub(super) retail: Id<PriceType>,
    pub(super) wholesale: Id<PriceType>,
    pub(super) truck: Id<Carrier>,
    pub(super) van: Id<Carrier>,
}

impl Tour {
    pub(super) fn company(&mut self) -> Result<Actor> {
        self.narrator.chapter("A company");
        let ada = match self.known_company()? {
            Some(ada) => {
                let company = self.handfast.companies().get(ada)?;
                let days = company.created.to_utc().format("%Y-%m-%d");
                self.narrator.say(format!("{} signed up on {days}. Ada Flores signs in again.", company.name));
                ada
            }
            None => self.sign_up()?,
        };
        self.notes.keep()?;
        self.deliver()?;
        Ok(ada)
    }

    /// The company of an earlier play, if it is in this database.
    fn known_company(&self) -> Result<Option<Actor>> {
        let Some(company) = self.notes.company else { return Ok(None) };
        let Ok(login) = self.handfast.logins().authenticate(ADA, PASSWORD) else { return Ok(None) };
        let ada = Actor::staff(login, company);
        Ok(self.handfast.companies().get(ada).is_ok().then_some(ada))
    }

    fn sign_up(&mut self) -> Result<Actor> {
        self.narrator.say("Flora Export grows roses in Ecuador. Ada Flores signs it up and is its first Admin.");
        let signed_up = self.handfast.companies().sign_up(&SignUp {
            name: "Flora Export".into(),
            country: "EC".into(),
            locale: "en".into(),
            time_zone: "America/Guayaquil".into(),
            trial_ends: None,
            attribution: None,
            admin_name: "Ada Flores".into(),
            admin_email: ADA.into(),
            admin_password: PASSWORD.into(),
        })?;
        self.notes.company = Some(signed_up.company.id);
        Ok(signed_up.actor())
    }

    /// Pedro, who decides on requests, and Sara, who sets customers up.
    pub(super) fn staff(&mut self, ada: Actor) -> Result<(Actor, Actor)> {
        self.narrator.chapter("The staff");
        let pedro = self.member(ada, "Pedro Paz", "pedro@flora.example", Role::ProcurementManager)?;
        let sara = self.member(ada, "Sara Sol", "sara@flora.example", Role::SalesManager)?;
        Ok((pedro, sara))
    }

    fn member(&mut self, ada: Actor, name: &str, email: &str, role: Role) -> Result<Actor> {
        let title = role.title("en");
        let staff = self.handfast.staff().list(ada, &Paging::default())?.items;
        let known = staff.iter().find(|staff| staff.email.canonical() == email && staff.state == StaffState::Active);
        if let Some(staff) = known {
            self.narrator.say(format!("{name} works here as {}.", staff.role.title("en")));
            return Ok(actor(staff));
        }
        self.narrator.say(format!("Ada invites {name} as {title}."));
        self.handfast.staff().invite(ada, &StaffInput { email: email.into(), name: name.into(), role })?;
        let mails = self.deliver()?;
        let token = mails.iter().rev().find_map(|mail| letters::token(&mail.text)).unwrap_or_default();
        let invitation = self.handfast.staff().invitation(token)?;
        let chooses = if invitation.chooses_password { "chooses a password and " } else { "" };
        let company = invitation.company;
        self.narrator.say(format!("{name} opens the link in the mail, {chooses}joins {company}. The link is used up."));
        let joined = self.handfast.staff().accept(token, Some(PASSWORD))?;
        self.deliver()?;
        Ok(actor(&joined))
    }

    /// What customers will be set up with, and what visitors are asked.
    pub(super) fn offers(&mut self, ada: Actor) -> Result<Lists> {
        self.narrator.chapter("What the company works with");
        let (handfast, mut added) = (self.handfast.clone(), Vec::new());
        let (prices, carriers) = (handfast.price_types(), handfast.carriers());
        let lists = Lists {
            retail: offered(&prices, ada, "Retail", &mut added)?,
            wholesale: offered(&prices, ada, "Wholesale", &mut added)?,
            truck: offered(&carriers, ada, "Night truck", &mut added)?,
            van: offered(&carriers, ada, "Morning van", &mut added)?,
        };
        match added.is_empty() {
            true => self.narrator.say("Price types: Retail, Wholesale. Carriers: Night truck, Morning van."),
            false => self.narrator.say(format!("Ada adds to the price types and carriers: {}.", added.join(", "))),
        }
        handfast.companies().set_form(ada, &form())?;
        self.narrator.say("Besides the usual, visitors are asked: \"How did you hear of us?\"");
        Ok(lists)
    }
}

fn actor(staff: &Staff) -> Actor {
    Actor::staff(staff.login, staff.company)
}

/// The entry of this name; added, if it is not there.
fn offered<T: Offer + Named>(offers: &Offers<'_, T>, ada: Actor, name: &str, added: &mut Vec<String>) -> Result<Id<T>> {
    let there = offers.list(ada, &Paging::default())?.items;
    if let Some(offer) = there.iter().find(|offer| offer.name() == name) {
        return Ok(offer.id());
    }
    added.push(name.to_owned());
    Ok(offers.add(ada, name)?.id())
}

trait Named {
    fn name(&self) -> &str;
}

impl Named for PriceType {
    fn name(&self) -> &str {
        self.name.as_str()
    }
}

impl Named for Carrier {
    fn name(&self) -> &str {
        self.name.as_str()
    }
}

fn form() -> Vec<QuestionInput> {
    vec![QuestionInput {
        key: "heard".into(),
        label: "How did you hear of us?".into(),
        kind: "choice".into(),
        choices: vec!["A flyer".into(), "A friend".into(), "A fair".into()],
        required: true,
    }]
}
