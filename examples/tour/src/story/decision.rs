use handfast::{
    Actor, Id,
    customer::Customer,
    mail::MailKind,
    request::{BulkDecision, Decision, Outcome, Request, RequestState, Verdict},
    store::Paging,
};

use super::{
    Cast, Result, Tour,
    users::token,
    visitor::{Filed, business},
};

impl Tour {
    /// One is approved, one rejected. Gives the customer, and the token of its first user's mail, if one went out.
    pub(super) fn decide(
        &mut self,
        cast: Cast,
        bea: &Filed,
        stranger: &Filed,
    ) -> Result<(Id<Customer>, Option<String>)> {
        self.narrator.chapter("Review the requests");
        let pending = self.handfast.requests().list(cast.pedro, RequestState::Pending, &Paging::first(20))?.items;
        self.narrator.say(format!("Pedro looks at what waits, the oldest first: {}.", names(&pending)));
        self.narrator.say(format!("He rejects {}, and says why.", stranger.request.legal_name));
        let reason = Some("We sell to shops only, and found no shop of yours.".into());
        let note = Some("Posted our link on a forum.".into());
        self.handfast.requests().reject(cast.pedro, stranger.request.id, &Decision { reason, note })?;
        self.deliver()?;
        let approved = self.handfast.requests().approve(cast.pedro, bea.request.id, &Decision::default())?;
        let (name, state) = (approved.customer.display_name(), approved.customer.state);
        self.narrator
            .say(format!("He approves {name}. It is a customer now, but {state}; the company is told what to do:"));
        let invitation = token(&self.deliver()?, MailKind::UserInvited).ok();
        if let Some(request) = self.handfast.invites().standing(&bea.pass)? {
            self.narrator.say(format!("Bea looks at her request: {}.", request.state));
        }
        let withdrawn = self.handfast.invites().withdraw(&bea.pass);
        if let Err(error) = withdrawn {
            self.narrator.say(format!("It is too late to withdraw it: {} ({}).", error.message(), error.code()));
        }
        self.can_order(cast.sara, approved.customer.id)?;
        Ok((approved.customer.id, invitation))
    }

    /// Three more visitors, approved with one call that is sent twice. Gives the customers.
    pub(super) fn decide_many(&mut self, cast: Cast, slug: &str) -> Result<Vec<Id<Customer>>> {
        self.narrator.chapter("Several at once");
        self.narrator.say("Three more visitors come by the link, each as Bea did:");
        let visitors = [
            ("luna@cafe-luna.example", "Café Luna", "Luna Vega", "Guayaquil"),
            ("max@mercado.example", "Mercado Norte", "Max Cruz", "Ibarra"),
            ("eva@hotel-miramar.example", "Hotel Miramar", "Eva Mar", "Manta"),
        ];
        let mut requests = Vec::new();
        for (email, name, contact, city) in visitors {
            let details = business(&self.numbered(name), contact, city);
            requests.push(self.file(slug, &self.numbered(email), &details)?.request.id);
        }
        let key = format!("tour {} bulk", self.notes.plays);
        let input = BulkDecision { requests, verdict: Verdict::Approve, decision: Decision::default() };
        self.narrator.say(format!("Pedro approves all three with one call, under the idempotency key \"{key}\":"));
        let first = self.handfast.requests().decide_many(cast.pedro, &key, &input)?;
        self.deliver()?;
        let again = self.handfast.requests().decide_many(cast.pedro, &key, &input)?;
        let mails = match self.deliver()?.len() {
            0 => "no mail".to_owned(),
            mails => format!("{mails} mails"),
        };
        let same = if again == first { "the same answer, row by row" } else { "ANOTHER ANSWER" };
        self.narrator.say(format!("The connection broke, so he sends the same call again: {same}, and {mails}."));
        let customer = |outcome: &Outcome| match outcome {
            Outcome::Approved { customer } => Some(*customer),
            Outcome::Rejected | Outcome::Refused { .. } => None,
        };
        Ok(first.iter().filter_map(|row| customer(&row.outcome)).collect())
    }

    /// Whether a customer can order, and if not, why not.
    pub(super) fn can_order(&self, actor: Actor, customer: Id<Customer>) -> Result<()> {
        let name = self.handfast.customers().get(actor, customer)?.display_name().to_string();
        let can_order = self.handfast.customers().can_order(actor, customer)?;
        let missing: Vec<_> = can_order.missing.iter().map(|missing| missing.as_str().replace('_', " ")).collect();
        match can_order.yes {
            true => self.narrator.line(format!("=> {name} can order.")),
            false => self.narrator.line(format!("=> {name} cannot order. Missing: {}.", missing.join(", "))),
        }
        Ok(())
    }
}

fn names(requests: &[Request]) -> String {
    let names: Vec<_> = requests.iter().map(|request| request.legal_name.to_string()).collect();
    names.join(", ")
}
