use std::fs::File;

use handfast::{
    checkout::{CheckoutInput, Switch},
    customer::{Customer, table::TableFormat},
    order::{Order, OrderInput},
    store::Paging,
    tag::TagFilter,
};

use super::{Cast, Result, Tour};

impl Tour {
    /// What the customer bought as a guest becomes hers.
    pub(super) fn orders(&mut self, cast: Cast, customer: &Customer) -> Result<()> {
        self.narrator.chapter("Orders");
        let order = self.guest_order(cast, customer)?;
        self.link_order(cast, customer, &order)?;
        self.members_only(cast, customer)?;
        self.tag_list(cast, customer)
    }

    fn guest_order(&mut self, cast: Cast, customer: &Customer) -> Result<Order> {
        let input = OrderInput {
            number: self.numbered("F-2024"),
            department: customer.department,
            email: Some(customer.email.original().to_owned()),
            name: Some("N. Andrade".into()),
            amount: "48.50".into(),
            currency: "USD".into(),
            lines: Some(r#"[{"seat": "C4"}, {"seat": "C5"}]"#.into()),
            ..OrderInput::placed(self.handfast.now())
        };
        let order = self.handfast.orders().record(cast.pedro, &input)?;
        self.narrator.say(format!(
            "An order comes in from a guest: {}, {} {}. The same once more changes nothing.",
            order.number, order.amount, order.currency
        ));
        if self.handfast.orders().record(cast.pedro, &input)?.id != order.id {
            return Err("the same order was recorded twice".into());
        }
        Ok(order)
    }

    fn link_order(&mut self, cast: Cast, customer: &Customer, order: &Order) -> Result<()> {
        let found = self.handfast.orders().look_up(cast.sara, order.number.as_str())?;
        let Some(found) = found.orders.first().filter(|found| found.id == order.id) else {
            return Err("the one box does not find the order".into());
        };
        self.handfast.orders().link(cast.sara, found.id, customer.id)?;
        let page = self.handfast.customers().overview(cast.sara, customer.id)?;
        for total in &page.totals {
            let count = total.orders;
            self.narrator.say(format!(
                "Sara types the number into the one box and links the order to Nube, who has {count} now, of {} {}.",
                total.amount, total.currency
            ));
        }
        let story: Vec<_> = page.timeline.iter().rev().map(|event| event.what.as_str()).collect();
        self.narrator.say(format!("Her page tells her story: {}.", story.join(", ")));
        Ok(())
    }

    /// Who is to hear of the Friday seats, as a table for a spreadsheet.
    fn tag_list(&mut self, cast: Cast, customer: &Customer) -> Result<()> {
        let known = self.handfast.tags().list(cast.sara, &Paging::default())?.items;
        let fridays = match known.into_iter().find(|tag| tag.name.as_str() == "Fridays") {
            Some(tag) => tag.id,
            None => self.handfast.tags().create(cast.sara, "Fridays")?.id,
        };
        self.handfast.tags().add(cast.sara, customer.id, fridays)?;
        let list = TagFilter { all_of: vec![fridays], ..TagFilter::default() };
        let path = self.folder.join("fridays.csv");
        let file = File::create(&path)?;
        let rows = self.handfast.tags().export_to(cast.sara, TableFormat::Csv, &list, file)?;
        self.narrator.say(format!(
            "Sara tags her \"Fridays\", and takes the list of all who are, {rows} now, to her spreadsheet: {}.",
            path.display()
        ));
        Ok(())
    }

    /// A department where guests cannot order for a while.
    fn members_only(&mut self, cast: Cast, customer: &Customer) -> Result<()> {
        let Some(department) = customer.department else { return Ok(()) };
        let accounts = CheckoutInput { guests: Switch::Off, accounts: Switch::On };
        let options = self.handfast.checkout().set(cast.ada, &accounts, Some(department))?;
        self.narrator.say(format!(
            "Ada turns guest checkout off in the department: guests {}, accounts {}, as the {} has it.",
            options.guests, options.accounts, options.origin
        ));
        let options = self.handfast.checkout().inherit(cast.ada, department)?;
        self.narrator
            .say(format!("And lets it have what the {} has again: guests {}.", options.origin, options.guests));
        Ok(())
    }
}
