use handfast::{
    Id,
    company::{Department, OfferState},
    customer::{Creation, Customer, CustomerFilter, CustomerInput, Notice},
    store::Paging,
};

use super::{Cast, Result, Tour};

/// The department whose desk the story looks at.
const BOX_OFFICE: &str = "Box office";

impl Tour {
    /// A customer who calls, found at the till afterwards.
    pub(super) fn desk(&mut self, cast: Cast) -> Result<Customer> {
        self.narrator.chapter("At the desk");
        let department = self.department(cast)?;
        let customer = self.caller(cast, department)?;
        self.twice(cast, department, &customer)?;
        self.till(cast, &customer)?;
        self.handfast.customers().notify(cast.sara, customer.id)?;
        self.narrator.say("In the evening Sara tells the customer of the account:");
        self.deliver()?;
        Ok(customer)
    }

    /// The box office; it is there already when the tour is played again.
    fn department(&mut self, cast: Cast) -> Result<Id<Department>> {
        let known = self.handfast.departments().list(cast.ada, &Paging::default())?.items;
        let offered = known.iter().find(|department| department.state == OfferState::Offered);
        if let Some(department) = offered {
            return Ok(department.id);
        }
        let department = self.handfast.departments().add(cast.ada, BOX_OFFICE)?;
        self.narrator.say(format!("Flora Export opens a department: {}.", department.name));
        Ok(department.id)
    }

    fn caller(&mut self, cast: Cast, department: Id<Department>) -> Result<Customer> {
        let input = CustomerInput {
            department: Some(department),
            number: Some(self.numbered("K-100")),
            name: "Nube Andrade".into(),
            email: self.numbered("nube@andrade.example"),
            phone: Some("+593 (0)2 244-5566".into()),
            notes: Some("Called; wants two seats on Fridays".into()),
            ..CustomerInput::default()
        };
        let created = self.handfast.customers().create(cast.sara, &input, Notice::Later)?;
        self.narrator.say(format!(
            "Nube calls, and Sara writes her down, with the number {}. No mail goes out yet.",
            created.customer.number.as_ref().map_or("none", |number| number.as_str())
        ));
        for other in &created.similar {
            self.narrator.say(format!("Sara is told of another of that name or phone: {}.", other.email));
        }
        Ok(created.customer)
    }

    /// The same address a second time.
    fn twice(&mut self, cast: Cast, department: Id<Department>, customer: &Customer) -> Result<()> {
        let input = CustomerInput {
            department: Some(department),
            name: "N. Andrade".into(),
            email: customer.email.original().to_uppercase(),
            ..CustomerInput::default()
        };
        let again = self.handfast.customers().create(cast.pedro, &input, Notice::Mail)?;
        if (again.creation, again.customer.id) != (Creation::Found, customer.id) {
            return Err("the same address became two customers".into());
        }
        self.narrator.say("Pedro, who does not know, writes the same address down again: he is offered what is there.");
        Ok(())
    }

    fn till(&mut self, cast: Cast, customer: &Customer) -> Result<()> {
        for typed in ["02 244 5566", "andrade nub", customer.email.original()] {
            let found = self.handfast.customers().lookup(cast.sara, typed)?;
            if found.iter().all(|found| found.id != customer.id) {
                return Err(format!("the till does not find \"{typed}\"").into());
            }
        }
        self.narrator.say("At the till she is found by \"02 244 5566\", by \"andrade nub\", and by her address.");
        let filter = CustomerFilter { department: customer.department, ..CustomerFilter::default() };
        let page = self.handfast.customers().search(cast.sara, "", &filter, &Paging::default())?;
        let names: Vec<_> = page.items.iter().map(|customer| customer.legal_name.to_string()).collect();
        self.narrator.say(format!("In the department there are now: {}.", names.join(", ")));
        Ok(())
    }
}
