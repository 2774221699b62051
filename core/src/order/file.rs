use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Order, OrderLines, OrderNumber, OrderState, Orders, Tally};
use crate::{
    actor::Actor,
    checkout::{Place, Switch},
    clock::Timestamp,
    company::{Company, Department, Permission},
    customer::Customer,
    error::{Code, Error, Faults, Result},
    event::EventKind,
    id::Id,
    question::{Answers, QuestionEdition, check_all},
    request::given,
    secret::Purpose,
    store::Record,
    value::{Amount, Currency, EmailAddress, Name},
    work::Work,
};

/// An order as the host gives it, not yet checked.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrderInput {
    /// The host's own number, unique at the company letter by letter: one line of at most 60 characters.
    pub number: String,
    /// The department it was placed in; none for the company as a whole.
    #[serde(default)]
    pub department: Option<Id<Department>>,
    /// The customer that placed it, signed in to its account; none for a guest.
    #[serde(default)]
    pub customer: Option<Id<Customer>>,
    /// The buyer's address; a customer's own when left out. A guest's is required.
    #[serde(default)]
    pub email: Option<String>,
    /// The buyer's name: one line of at most 120 characters; a customer's own when left out. A guest's is required.
    #[serde(default)]
    pub name: Option<String>,
    /// What it comes to: 0 or more, with at most four decimals.
    pub amount: String,
    /// In which currency: three letters of ISO 4217.
    pub currency: String,
    /// When it was placed.
    pub placed: Timestamp,
    /// What was ordered, as the host writes it: at most 65,536 bytes, in which nothing is looked at.
    #[serde(default)]
    pub lines: Option<String>,
    /// What was answered at checkout, by the keys of the questions: see [`questions().asked`](crate::question).
    #[serde(default)]
    pub answers: Map<String, Value>,
}

/// The same, checked.
struct Details {
    number: OrderNumber,
    email: Option<EmailAddress>,
    name: Option<Name>,
    amount: Amount,
    currency: Currency,
    lines: Option<OrderLines>,
}

impl OrderInput {
    /// An order of that time, to be filled in.
    pub fn placed(placed: Timestamp) -> Self {
        let (number, amount, currency, answers) = <_>::default();
        OrderInput {
            number,
            department: None,
            customer: None,
            email: None,
            name: None,
            amount,
            currency,
            placed,
            lines: None,
            answers,
        }
    }

    fn parse(&self) -> Result<Details> {
        let mut faults = Faults::default();
        let number = faults.check("number", OrderNumber::parse(&self.number));
        let email = faults.check_optional("email", given(&self.email), EmailAddress::parse);
        let name = faults.check_optional("name", given(&self.name), Name::parse);
        if self.customer.is_none() {
            // a guest has nothing else that it is known by
            let missing = [("email", given(&self.email)), ("name", given(&self.name))];
            missing
                .iter()
                .filter(|(_, given)| given.is_none())
                .for_each(|(field, _)| faults.add(field, Code::Required));
        }
        let amount = faults.check("amount", Amount::parse(&self.amount));
        let currency = faults.check("currency", Currency::parse(&self.currency));
        let lines = faults.check_optional("lines", self.lines.as_deref(), OrderLines::parse);
        faults.made(|| {
            let (number, email, name) = (number?, email?, name?);
            Some(Details { number, email, name, amount: amount?, currency: currency?, lines: lines? })
        })
    }
}

impl Orders<'_> {
    /// Records an order that the host has taken, of a customer or of a guest. The number is the key: the same order once more
    /// changes nothing and gives what is there (invariant 39).
    ///
    /// The answers are checked by what is asked in the place at the moment the order was placed, as
    /// [`questions().check`](crate::question::Questions::check) does.
    ///
    /// Who may: Admin, Procurement Manager, Sales Manager, Full Access; who is limited to departments, in those.
    ///
    /// Errors: `invalid_input` with every fault at once, `role_too_low`, `not_found` (the department, the customer),
    /// `required` (who is limited names a department), `already_there` (the number is another order's),
    /// `guest_checkout_off`, `account_checkout_off`, `cannot_order` (the customer).
    pub fn record(&self, actor: Actor, input: &OrderInput) -> Result<Order> {
        let details = input.parse()?;
        let asked = serde_json::to_vec(input).map_err(|_| Error::new(Code::Internal))?;
        self.0.change(|work| recorded(work, actor, input, &details, &asked))
    }
}

fn recorded(work: &mut Work<'_>, actor: Actor, input: &OrderInput, details: &Details, asked: &[u8]) -> Result<Order> {
    let by_number = Order::by_number(actor.company(), &details.number);
    let all = (actor.company(), by_number, input.department, input.customer);
    let (company, found, ..) = work.authorised_get(actor, Permission::SetUpCustomers, all)?;
    let company = company.map_or_else(Company::missing, Ok)?;
    let department = work.within(actor, input.department)?;
    let customer = work.need(input.customer)?;
    customer.iter().try_for_each(|customer| customer.must_be_within(work, actor))?;
    if let Some(found) = found {
        let same = work.handfast().keyring().matches(&found.asked, Purpose::Call, &[asked]);
        return if same { Ok(found) } else { Err(Error::because(Code::AlreadyThere, "`number` is another order's")) };
    }
    let place = Place { company, department };
    must_be_open(&place, customer.as_ref())?;
    let editions = QuestionEdition::of_order(work, place.company.id, input.department)?;
    let answers = check_all(&editions, input.placed, &input.answers)?;
    let order = Order { answers, ..details.order(work, input, &place, customer.as_ref(), asked)? };
    work.insert(&order);
    work.event(order.company, actor, EventKind::OrderRecorded, &order)?;
    if let Some(customer) = &customer {
        Tally::count(work, &order, customer.id, 1)?;
    }
    Ok(order)
}

/// Whether the buyer can check out here. Errors: `guest_checkout_off`, `account_checkout_off`, `cannot_order`.
fn must_be_open(place: &Place, customer: Option<&Customer>) -> Result<()> {
    let options = place.options();
    match customer {
        None if options.guests == Switch::Off => Err(Error::new(Code::GuestsOff)),
        None => Ok(()),
        Some(_) if options.accounts == Switch::Off => Err(Error::new(Code::AccountsOff)),
        Some(customer) if customer.can_order().yes => Ok(()),
        Some(_) => Err(Error::new(Code::CannotOrder)),
    }
}

impl Details {
    fn order(
        &self,
        work: &Work<'_>,
        input: &OrderInput,
        place: &Place,
        customer: Option<&Customer>,
        asked: &[u8],
    ) -> Result<Order> {
        let email = self.email.clone().or_else(|| customer.map(|customer| customer.email.clone()));
        let name = self.name.clone().or_else(|| customer.map(|customer| customer.contact.clone()));
        let (Some(email), Some(name)) = (email, name) else { return Err(Error::new(Code::Required)) };
        Ok(Order {
            id: work.new_id()?,
            company: place.company.id,
            department: input.department,
            number: self.number.clone(),
            state: if customer.is_some() { OrderState::Account } else { OrderState::Guest },
            customer: customer.map(|customer| customer.id),
            address: email.canonical().to_owned(),
            email,
            name,
            amount: self.amount,
            currency: self.currency,
            placed: input.placed,
            lines: self.lines.clone(),
            answers: Answers::default(),
            recorded: work.now(),
            asked: work.handfast().keyring().digest(Purpose::Call, &[asked]),
        })
    }
}
