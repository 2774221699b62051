use handfast::{
    Actor, Id,
    customer::{Customer, PricingInput},
    mail::{MailKind, Message},
};

use super::{Cast, Result, Tour, company::Lists};

impl Tour {
    /// The three steps, in the article's order.
    pub(super) fn activate(&mut self, cast: Cast, rosas: Id<Customer>, lists: &Lists) -> Result<()> {
        self.narrator.chapter("Activate a new customer");
        self.narrator.say("The button in the mail leads to the customer's settings and starts a guided tour:");
        self.guide(cast.sara, rosas)?;
        self.narrator.say("Step one: Sara activates the customer.");
        self.handfast.customers().activate(cast.sara, rosas)?;
        self.can_order(cast.sara, rosas)?;
        self.narrator.say("Step two: price type Retail, 7.5 percent on top, a credit limit of 2000.");
        let pricing = PricingInput {
            markup: Some("7.5".into()),
            credit_limit: Some("2000".into()),
            ..PricingInput::of(lists.retail)
        };
        self.handfast.customers().set_pricing(cast.sara, rosas, &pricing)?;
        self.can_order(cast.sara, rosas)?;
        self.narrator.say("Step three: the night truck on Mondays, the morning van on Thursdays.");
        let days = [("monday".to_owned(), lists.truck), ("thursday".to_owned(), lists.van)];
        self.handfast.customers().set_service(cast.sara, rosas, &days)?;
        self.can_order(cast.sara, rosas)?;
        self.deliver()?;
        self.guide(cast.sara, rosas)
    }

    /// The guided tour, as a host would draw it.
    fn guide(&self, actor: Actor, customer: Id<Customer>) -> Result<()> {
        let tour = self.handfast.customers().tour(actor, customer, None)?;
        for step in &tour.steps {
            let mark = if step.done { "x" } else { " " };
            self.narrator.line(format!("[{mark}] {}. {:<42} -> {}", step.number, step.title, step.points_at));
        }
        Ok(())
    }

    /// The same three steps the other way round, for one of the new customers; the rest stay as they are.
    pub(super) fn activate_in_another_order(
        &mut self,
        cast: Cast,
        others: &[Id<Customer>],
        lists: &Lists,
    ) -> Result<()> {
        let Some(customer) = others.first().copied() else { return Ok(()) };
        self.narrator.say("");
        self.narrator.say("The steps may be taken in any order. This time Sara begins with the days of service:");
        self.can_order(cast.sara, customer)?;
        self.handfast.customers().set_service(cast.sara, customer, &[("friday".to_owned(), lists.truck)])?;
        self.can_order(cast.sara, customer)?;
        self.handfast.customers().set_pricing(cast.sara, customer, &PricingInput::of(lists.wholesale))?;
        self.can_order(cast.sara, customer)?;
        self.handfast.customers().activate(cast.sara, customer)?;
        self.can_order(cast.sara, customer)?;
        self.deliver().map(drop)
    }

    /// Blocked, unblocked, let in again: at once, and without a second mail.
    pub(super) fn stop_and_go(&mut self, cast: Cast, rosas: Id<Customer>) -> Result<()> {
        self.narrator.chapter("Stop, and go on");
        self.narrator.say("An invoice is overdue. Sara blocks the customer, and ordering stops at once.");
        self.handfast.customers().block(cast.sara, rosas)?;
        self.can_order(cast.sara, rosas)?;
        self.narrator.say("It is paid. She unblocks the customer and activates it again; nobody has to approve anew.");
        self.handfast.customers().unblock(cast.sara, rosas)?;
        self.can_order(cast.sara, rosas)?;
        self.handfast.customers().activate(cast.sara, rosas)?;
        self.can_order(cast.sara, rosas)?;
        let ready = |mails: &[Message]| mails.iter().filter(|mail| mail.kind == MailKind::ReadyToBuy).count();
        let again = ready(&self.deliver()?);
        let again = if again == 0 { "not again now".to_owned() } else { format!("{again} times now") };
        self.narrator.say(format!("\"You can now order\" was mailed the first time, and {again}."));
        Ok(())
    }
}
