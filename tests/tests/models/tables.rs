//! The import of an export is identity.

use std::collections::BTreeSet;

use handfast::{
    Actor,
    customer::{CustomerFilter, CustomerInput, ImportHow, ImportOutcome, Notice, OnFound, table::TableFormat},
    store::Paging,
    value::{PostalAddressInput, fold},
};
use handfast_tests::{Firm, World, every_page};
use proptest::prelude::*;
use serde_json::Value;

use crate::{cases, store};

/// Texts that tables stumble on: formulas, quotes, separators, several scripts and directions, and apostrophes.
fn line(longest: usize) -> impl Strategy<Value = String> {
    let letters = "['\"=+@,;\\\\|＝ -]{0,3}[a-zÉñ花ゆד安ж0-9 '\",;=:{}-]{1,20}";
    letters.prop_filter_map("nothing to see", move |text| {
        let text: String = text.trim().chars().take(longest).collect();
        text.chars().any(char::is_alphanumeric).then(|| text.trim().to_owned())
    })
}

/// The same on several lines.
fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(line(40), 1..4).prop_map(|lines| lines.join("\n\t"))
}

fn address() -> impl Strategy<Value = PostalAddressInput> {
    let maybe = || prop::option::of(line(20));
    (line(60), maybe(), line(60), maybe(), maybe()).prop_map(|(line1, line2, city, region, postal_code)| {
        PostalAddressInput { line1, line2, city, region, postal_code, country: "EC".into() }
    })
}

/// What a customer is made of; the e-mail address, the department and the tags are given by position.
#[derive(Clone, Debug)]
struct Drawn {
    input: CustomerInput,
    department: prop::sample::Index,
    tags: Vec<prop::sample::Index>,
}

fn drawn() -> impl Strategy<Value = Drawn> {
    let phone = prop::sample::select(vec!["+593 (2) 600-1122", "-(02) 600 1122", "600.1122"]);
    let texts = (line(60), prop::option::of(line(60)), prop::option::of(text()), prop::option::of(line(20)));
    let extra = prop::collection::btree_map(line(20), text(), 0..4);
    let locale = prop::sample::select(vec!["es", "en-US", "ja"]);
    let places = (any::<prop::sample::Index>(), prop::collection::vec(any::<prop::sample::Index>(), 0..4));
    (texts, prop::option::of(phone), prop::option::of(address()), extra, locale, places).prop_map(
        |((name, contact, notes, number), phone, address, extra, locale, (department, tags))| {
            let (phone, locale) = (phone.map(str::to_owned), Some(locale.to_owned()));
            let (email, nowhere) = (String::new(), None);
            let input = CustomerInput {
                department: nowhere,
                number,
                name,
                contact,
                email,
                phone,
                address,
                locale,
                notes,
                extra,
            };
            Drawn { input, department, tags }
        },
    )
}

/// Everything there is, without what the company itself gives a customer.
fn told(world: &World, actor: Actor) -> Vec<Value> {
    let mut lines = Vec::new();
    let filter = CustomerFilter::default();
    world.customers().export_to(actor, TableFormat::JsonLines, &filter, &mut lines).unwrap();
    let lines = String::from_utf8(lines).unwrap();
    let mut all: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for customer in &mut all {
        let fields = customer.as_object_mut().unwrap();
        for name in ["id", "state", "created"] {
            assert!(fields.remove(name).is_some(), "{name}");
        }
    }
    all
}

/// Both companies call their parts and tags alike.
fn named(world: &World, firms: [&Firm; 2], departments: &[String], tags: &[String]) {
    for firm in firms {
        for name in departments {
            world.department(firm, name);
        }
        for name in tags {
            world.tag(firm, name);
        }
    }
}

/// The customers of a company as drawn.
fn fill(world: &World, firm: &Firm, drawn: &[Drawn]) {
    let departments = every_page(|paging| world.departments().list(firm.admin, paging).unwrap());
    let tags = every_page(|paging| world.tags().list(firm.admin, paging).unwrap());
    let mut numbers = BTreeSet::new();
    for (at, Drawn { input, department, tags: marks }) in drawn.iter().enumerate() {
        let own = department.index(departments.len() + 1);
        let number = input.number.clone().filter(|number| numbers.insert(number.to_lowercase()));
        let department = departments.get(own).map(|department| department.id);
        // some addresses look like formulas, too
        let email = format!("{}b{at}@zeta.example", ["", "+", "=", "-"][at % 4]);
        let input = CustomerInput { department, email, number, ..input.clone() };
        let customer = world.customers().create(firm.admin, &input, Notice::Later).unwrap().customer.id;
        for mark in marks.iter().filter(|_| !tags.is_empty()) {
            world.tags().add(firm.admin, customer, mark.get(&tags).id).unwrap();
        }
        if at % 3 == 0 {
            world.customers().activate(firm.admin, customer).unwrap();
        }
    }
}

fn names(names: Vec<String>) -> Vec<String> {
    let mut known = BTreeSet::new();
    names.into_iter().filter(|name| known.insert(fold(name)) && known.insert(name.to_lowercase())).collect()
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn the_import_of_an_export_is_identity(
        kind in store(),
        format in prop::sample::select(TableFormat::ALL),
        departments in prop::collection::vec(line(40), 0..3),
        tags in prop::collection::vec(line(40), 0..4),
        drawn in prop::collection::vec(drawn(), 1..12),
        size in 1..8_u32,
    ) {
        let world = World::new(kind);
        let (one, other) = (world.firm("Flora Export"), world.firm("Frutas del Sur"));
        named(&world, [&one, &other], &names(departments), &names(tags));
        fill(&world, &one, &drawn);
        let (mut file, mut paging) = (String::new(), Some(Paging::first(size)));
        while let Some(asked) = paging {
            let page = world.customers().export_table(one.admin, format, &CustomerFilter::default(), &asked).unwrap();
            paging = page.next.map(|next| Paging { cursor: Some(next), limit: Some(size) });
            file += &page.text;
        }
        let how = ImportHow::of(format);
        let totals = world.customers().import_stream(other.admin, "monday", &how, file.as_bytes(), |row| {
            assert!(matches!(row.outcome, ImportOutcome::Created { .. }), "{row:?} of {file}");
        });
        prop_assert_eq!(totals.unwrap().created as usize, drawn.len());
        prop_assert_eq!(told(&world, other.admin), told(&world, one.admin));
        // to who has them already it changes nothing, whatever is done with those that are there
        for on_found in OnFound::ALL {
            let how = ImportHow { on_found: *on_found, ..how };
            let key = format!("again {on_found}");
            let (again, committed) = world.store.committed(|| {
                world.customers().import_stream(one.admin, &key, &how, file.as_bytes(), |_| ()).unwrap()
            });
            prop_assert_eq!(again.found as usize, drawn.len());
            let changed = committed.iter().flat_map(|changes| &changes.writes).any(|write| write.table().name == "customer");
            prop_assert!(!changed);
        }
    }
}
