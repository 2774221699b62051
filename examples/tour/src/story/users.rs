use handfast::{
    Actor, Id,
    association::{Association, AssociationState, UserInput},
    company::SignUp,
    customer::Customer,
    mail::{MailKind, Message},
    request::{BusinessInput, Decision},
    session::{Context, SignIn, SignedIn},
    store::Paging,
};
use serde_json::Map;

use super::{Cast, Result, Tour, company::PASSWORD, visitor::business};
use crate::letters;

impl Tour {
    /// Bea's login: one person, two companies, signed in once.
    pub(super) fn users(&mut self, cast: Cast, rosas: Id<Customer>, invitation: Option<&str>) -> Result<()> {
        self.narrator.chapter("One login");
        self.first_user(cast, rosas, invitation)?;
        let session = self.sign_in(rosas)?;
        self.narrator.chapter("Many companies");
        let (nico, customer) = self.second_company()?;
        let association = self.asked_by_the_second(nico, customer)?;
        self.confirm(nico, &session, &association)?;
        self.change_company(&session, customer)?;
        self.stop_one(nico, &session, association.0, rosas)
    }

    /// Who filed the request is the customer's first user, and chooses a password.
    fn first_user(&mut self, cast: Cast, rosas: Id<Customer>, token: Option<&str>) -> Result<()> {
        let users = self.handfast.users().of_customer(cast.ada, rosas, &Paging::default())?.items;
        let names: Vec<_> = users.iter().map(|user| format!("{} ({})", user.name, user.state)).collect();
        self.narrator.say(format!("Rosas has its first user, who filed the request: {}.", names.join(", ")));
        let Some(token) = token else {
            self.narrator.say("She has a login already, from another company: there is no password to choose.");
            return Ok(());
        };
        let invited = self.handfast.users().invitation(token)?;
        self.narrator.say(format!(
            "{} opens the link in the mail of {}, and chooses a password:",
            invited.name, invited.company
        ));
        if let Err(error) = self.handfast.users().accept(token, "bea rosas rosas") {
            self.narrator.say(format!("\"bea rosas rosas\". Refused: {} ({}).", error.message(), error.code()));
        }
        self.handfast.users().accept(token, PASSWORD)?;
        self.narrator.say("Four words that nobody connects with her do. The link is used up.");
        Ok(())
    }

    fn sign_in(&mut self, rosas: Id<Customer>) -> Result<String> {
        let device = Some("Bea's telephone".to_owned());
        let name = self.numbered("bea@rosas.example");
        let input = SignIn { name, password: PASSWORD.into(), device, ..SignIn::default() };
        let SignedIn::Active(held) = self.handfast.sessions().sign_in(&input)? else {
            return Err("Bea was not signed in".into());
        };
        let session = held.token.expose().to_owned();
        let choices = self.handfast.sessions().choices(&session)?.len();
        let choices = if choices == 1 { "only one place".to_owned() } else { format!("{choices} places") };
        self.narrator.say(format!("She signs in, and there is {choices} to go:"));
        self.enter(&session, rosas)?;
        Ok(session)
    }

    /// Who the session acts as, as a host asks at every request.
    fn who(&self, session: &str) -> Result<()> {
        let resolved = self.handfast.sessions().resolve(session)?;
        let choices = self.handfast.sessions().choices(session)?;
        let place = choices.iter().find(|choice| choice.context == resolved.context);
        let place = place.map_or("nowhere yet".to_owned(), |choice| {
            let customer = choice.customer_name.as_ref().map(|name| format!(", buying for {name}"));
            let place = choice.company_name.as_ref().or(choice.partner_name.as_ref());
            format!("{}{}", place.map_or("", |name| name.as_str()), customer.unwrap_or_default())
        });
        self.narrator.line(format!("=> {} at {place}", resolved.name));
        Ok(())
    }

    /// Hacienda Azul, which knows Rosas by a colleague of Bea's.
    fn second_company(&mut self) -> Result<(Actor, Id<Customer>)> {
        let name = self.numbered("Hacienda Azul");
        self.narrator.say(format!("{name} grows lilies. Its Admin, Nico Azul, has a customer that Bea buys for, too."));
        let signed_up = self.handfast.companies().sign_up(&SignUp {
            name,
            country: "EC".into(),
            locale: "en".into(),
            time_zone: "America/Guayaquil".into(),
            trial_ends: None,
            attribution: None,
            admin_name: "Nico Azul".into(),
            admin_email: self.numbered("nico@azul.example"),
            admin_password: PASSWORD.into(),
        })?;
        let nico = signed_up.actor();
        let slug = self.handfast.invites().link(nico)?.slug.to_string();
        // this company asks no question of its own
        let details = business(&self.numbered("Rosas del Valle"), "Rosa Rosas", "Quito");
        let details = BusinessInput { answers: Map::new(), ..details };
        let filed = self.file(&slug, &self.numbered("rosa@rosas.example"), &details)?;
        let customer = self.handfast.requests().approve(nico, filed.request.id, &Decision::default())?.customer.id;
        self.handfast.customers().activate(nico, customer)?;
        self.deliver()?;
        Ok((nico, customer))
    }

    /// Nico learns that an association will be asked for, and nothing else. Gives it with the token of Bea's mail.
    fn asked_by_the_second(&mut self, nico: Actor, customer: Id<Customer>) -> Result<(Id<Association>, String)> {
        let bea = UserInput {
            customer,
            email: self.numbered("bea@rosas.example"),
            name: "Bea R.".into(),
            login_name: None,
            notes: None,
        };
        let preview = self.handfast.users().preview(nico, &bea)?;
        let asked = if preview.association { "an association will be asked for" } else { "a new login will be made" };
        self.narrator
            .say(format!("Nico adds {}. Before he saves he is told: {asked}. No name, no company.", bea.email));
        let association = self.handfast.users().add(nico, &bea)?;
        let token = token(&self.deliver()?, MailKind::AssociationAsked)?;
        Ok((association.id, token))
    }

    /// Only Bea, signed in, makes it real.
    fn confirm(&mut self, nico: Actor, session: &str, (association, token): &(Id<Association>, String)) -> Result<()> {
        let invited = self.handfast.users().invitation(token)?;
        let state = self.handfast.users().get(nico, *association)?.state;
        let (company, customer) = (invited.company, invited.customer);
        self.narrator
            .say(format!("Bea opens the link: {company} asks her to buy for {customer}. It is {state} still."));
        let confirmed = self.handfast.users().confirm(session, token)?;
        self.narrator.say(format!("She is signed in, and confirms: {}.", confirmed.state));
        Ok(())
    }

    /// The menu in the corner.
    fn change_company(&mut self, session: &str, customer: Id<Customer>) -> Result<()> {
        let choices = self.handfast.sessions().choices(session)?.len();
        self.narrator.say(format!("\"Change company\" shows {choices} of them. She goes on at the new one:"));
        self.enter(session, customer)?;
        self.narrator.say("The menu in the corner:");
        for identity in self.handfast.sessions().identities(session)? {
            let company = identity.company_name.map(|name| format!(" at {name}")).unwrap_or_default();
            let mark = if identity.current { "x" } else { " " };
            self.narrator.line(format!("[{mark}] {}{company}", identity.name));
        }
        Ok(())
    }

    /// Goes on as a user of the customer.
    fn enter(&self, session: &str, wanted: Id<Customer>) -> Result<()> {
        let is_wanted = |context| matches!(context, Context::User { customer, .. } if customer == wanted);
        let choices = self.handfast.sessions().choices(session)?;
        let choice = choices.iter().find(|choice| is_wanted(choice.context)).ok_or("there is no such place")?;
        self.handfast.sessions().enter(session, choice.context)?;
        self.who(session)
    }

    /// What one company takes back ends at the next call, and touches no other.
    fn stop_one(
        &mut self,
        nico: Actor,
        session: &str,
        association: Id<Association>,
        rosas: Id<Customer>,
    ) -> Result<()> {
        self.handfast.users().revoke(nico, association)?;
        if let Err(error) = self.handfast.sessions().resolve(session) {
            let (why, code) = (error.message(), error.code());
            self.narrator.say(format!("Nico revokes the association. Bea's next call is refused: {why} ({code})."));
        }
        let mine = self.handfast.users().mine(session, &Paging::default())?.items;
        let active = mine.iter().filter(|own| own.state == AssociationState::Active).count();
        self.narrator.say(format!("Whatever else she has ({active}) stays, in the same session:"));
        self.enter(session, rosas)?;
        self.deliver().map(drop)
    }
}

/// What follows the `#` in the newest mail of a kind.
pub(super) fn token(mails: &[Message], kind: MailKind) -> Result<String> {
    let mail = mails.iter().rev().find(|mail| mail.kind == kind);
    let token = mail.and_then(|mail| letters::token(&mail.text));
    token.map(str::to_owned).ok_or_else(|| format!("no mail {kind} with a link went out").into())
}
