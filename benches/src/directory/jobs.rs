//! What is asked of a directory, each time about another customer.

use handfast::{customer::CustomerFilter, order::OrderFilter, store::Paging, tag::TagFilter};

use super::{
    made::{BUYERS, Directory, customer_id},
    people::person,
};
use crate::Result;

/// What is asked, about the `number`-th customer; gives how many it found.
type Ask = fn(&Directory, u64) -> Result<usize>;

/// What is measured, in the order of the table. The first two are by key, the next by prefix.
pub(crate) const QUESTIONS: &[(&str, Ask)] = &[
    ("customer by id", |directory, number| {
        directory.library.customers().get(directory.actor, customer_id(number))?;
        Ok(1)
    }),
    ("order by number", |directory, number| {
        let text = format!("O-{}-{}", number % BUYERS, number % 97);
        Ok(directory.library.orders().look_up(directory.actor, &text)?.orders.len())
    }),
    ("search: a rare name", |directory, number| search(directory, &person(number).rare)),
    ("search: its first 6 letters", |directory, number| search(directory, &prefix(&person(number).rare, 6))),
    ("search: first and rare name", |directory, number| {
        let person = person(number);
        search(directory, &format!("{} {}", person.first, prefix(&person.rare, 6)))
    }),
    ("search: a phone number, typed otherwise", |directory, number| {
        search(directory, &person(number).phone.replace("+44 ", "0").replace(' ', "-"))
    }),
    ("search: an e-mail address", |directory, number| search(directory, &person(number).email)),
    ("search: a common first name, 50", |directory, number| search(directory, person(number).first)),
    ("the same within a department", |directory, number| {
        let department = directory.departments.get((number % 20) as usize).copied();
        let filter = CustomerFilter { department, ..CustomerFilter::default() };
        let found =
            directory.library.customers().search(directory.actor, person(number).first, &filter, &Paging::default())?;
        Ok(found.items.len())
    }),
    ("till: a customer number", |directory, number| till(directory, &person(number).number)),
    ("till: a phone number", |directory, number| till(directory, &person(number).phone)),
    ("till: an e-mail address", |directory, number| till(directory, &person(number).email)),
    ("till: first and rare name", |directory, number| {
        let person = person(number);
        till(directory, &format!("{} {}", person.first, prefix(&person.rare, 6)))
    }),
    ("orders: search by number", |directory, number| {
        let text = format!("O-{}-{}", number % BUYERS, number % 97);
        let found =
            directory.library.orders().search(directory.actor, &text, &OrderFilter::default(), &Paging::first(10))?;
        Ok(found.items.len())
    }),
    ("list of a tag, 50 of every tenth", |directory, _| {
        let filter = TagFilter { all_of: vec![directory.tenth], ..TagFilter::default() };
        Ok(directory.library.tags().customers(directory.actor, &filter, &Paging::default())?.items.len())
    }),
    ("list of two tags, 50 of every thousandth", |directory, _| {
        let filter = TagFilter { all_of: vec![directory.thousandth, directory.tenth], ..TagFilter::default() };
        Ok(directory.library.tags().customers(directory.actor, &filter, &Paging::default())?.items.len())
    }),
    ("customer's page, 100 orders", |directory, number| {
        let page = directory.library.customers().overview(directory.actor, customer_id(number % BUYERS))?;
        Ok(page.orders.len())
    }),
];

fn search(directory: &Directory, text: &str) -> Result<usize> {
    let all = CustomerFilter::default();
    Ok(directory.library.customers().search(directory.actor, text, &all, &Paging::default())?.items.len())
}

fn till(directory: &Directory, text: &str) -> Result<usize> {
    Ok(directory.library.customers().lookup(directory.actor, text)?.len())
}

fn prefix(word: &str, letters: usize) -> String {
    word.chars().take(letters).collect()
}
