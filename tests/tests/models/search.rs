//! A search finds what somebody finds who looks at every customer.

use std::collections::BTreeSet;

use handfast::{
    Id,
    customer::{Customer, CustomerFilter, CustomerInput, CustomerState, Notice},
    store::Paging,
    value::{dialled, number_asked_for, words},
};
use handfast_tests::{World, every_page};
use proptest::prelude::*;

use crate::{cases, store};

/// Names of few words in several scripts, so that many share one.
fn name() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "Alexandros",
        "Ana",
        "ANNA",
        "Ñandú",
        "nandu",
        "Мария",
        "Марина",
        "花子",
        "O'Neil",
        "a_b",
        "100%",
        "Zoë",
        "zo",
    ]);
    prop::collection::vec(word, 1..4).prop_map(|words| words.join(" "))
}

#[derive(Clone, Debug)]
struct Drawn {
    name: String,
    contact: Option<String>,
    number: bool,
    phone: Option<&'static str>,
    department: bool,
    tagged: bool,
}

fn drawn() -> impl Strategy<Value = Drawn> {
    let phone = prop::sample::select(vec!["+44 20 7946 0958", "(020) 7946-0959", "+593 2 600 1122"]);
    (name(), prop::option::of(name()), any::<bool>(), prop::option::of(phone), any::<bool>(), any::<bool>()).prop_map(
        |(name, contact, number, phone, department, tagged)| Drawn { name, contact, number, phone, department, tagged },
    )
}

/// What is typed: beginnings of words, and numbers.
fn typed() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "alex", "an", "ana", "nan", "ÑAN", "мар", "花", "o", "neil", "a_", "100", "zoe", "z", "b1", "zeta", "k 1",
        "K-1",
    ]);
    let words = prop::collection::vec(word, 1..4).prop_map(|words| words.join(" "));
    let number = prop::sample::select(vec!["020 7946", "+44 (0)20 7946-0958", "79460959", "2 600 1122", "0026"]);
    prop_oneof![4 => words, 1 => number.prop_map(str::to_owned)]
}

/// Whether each of the words begins one of the customer's.
fn is_found(customer: &Customer, text: &str) -> bool {
    let wanted = number_asked_for(text).map_or_else(|| words(text), |number| vec![number]);
    let texts = [
        Some(customer.legal_name.to_string()),
        customer.trade_name.as_ref().map(ToString::to_string),
        Some(customer.contact.to_string()),
        Some(customer.email.original().to_owned()),
        customer.number.as_ref().map(ToString::to_string),
    ];
    let phone = customer.phone.iter().flat_map(|phone| [dialled(phone.as_str()), words(phone.as_str())].concat());
    let own: BTreeSet<String> = texts.iter().flatten().flat_map(|text| words(text)).chain(phone).collect();
    !wanted.is_empty() && wanted.iter().all(|wanted| own.iter().any(|word| word.starts_with(wanted.as_str())))
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn a_search_finds_what_a_scan_finds(
        kind in store(),
        drawn in prop::collection::vec(drawn(), 1..40),
        typed in prop::collection::vec(typed(), 1..12),
        size in 1..9_u32,
    ) {
        let world = World::new(kind);
        let firm = world.firm("Flora Export");
        let (bar, tag) = (world.department(&firm, "Bar"), world.tag(&firm, "Hotels"));
        for (at, drawn) in drawn.iter().enumerate() {
            let input = CustomerInput {
                name: drawn.name.clone(),
                contact: drawn.contact.clone(),
                email: format!("b{at}@zeta.example"),
                number: drawn.number.then(|| format!("K-{at}")),
                phone: drawn.phone.map(str::to_owned),
                department: drawn.department.then_some(bar),
                ..CustomerInput::default()
            };
            let customer = world.customers().create(firm.admin, &input, Notice::Later).unwrap().customer.id;
            if drawn.tagged {
                world.tags().add(firm.admin, customer, tag).unwrap();
            }
            if at % 3 == 0 {
                world.customers().activate(firm.admin, customer).unwrap();
            }
        }
        let all = every_page(|paging| world.customers().list(firm.admin, None, paging).unwrap());
        let filters = [
            CustomerFilter::default(),
            CustomerFilter { department: Some(bar), ..CustomerFilter::default() },
            CustomerFilter { state: Some(CustomerState::Active), tag: Some(tag), ..CustomerFilter::default() },
        ];
        for (text, filter) in typed.iter().flat_map(|text| filters.iter().map(move |filter| (text, filter))) {
            let lets = |customer: &&Customer| {
                filter.department.is_none_or(|department| customer.department == Some(department))
                    && filter.state.is_none_or(|state| customer.state == state)
                    && filter.tag.is_none_or(|tag| customer.tags.has(tag))
            };
            let expected: BTreeSet<_> =
                all.iter().filter(|customer| is_found(customer, text)).filter(lets).map(|customer| customer.id).collect();
            let (mut found, mut paging): (Vec<Id<Customer>>, _) = (Vec::new(), Some(Paging::first(size)));
            while let Some(asked) = paging {
                let page = world.customers().search(firm.admin, text, filter, &asked).unwrap();
                found.extend(page.items.iter().map(|customer| customer.id));
                paging = Paging::after(&page, size);
            }
            prop_assert_eq!(found.len(), expected.len(), "{} comes twice, or is missing", text);
            prop_assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), expected, "{}", text);
        }
    }
}
