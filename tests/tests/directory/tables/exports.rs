//! What is written to a table, and comes back from it. Rule 37.

use std::io::{self, Write};

use handfast::{
    Actor, Code,
    association::BulkMode,
    company::Role,
    customer::{
        CustomerFilter, CustomerInput, CustomerState, ImportHow, Notice,
        table::{COLUMNS, TableFormat},
    },
    store::Paging,
    tag::TagFilter,
    value::PostalAddressInput,
};
use handfast_tests::{Ground, World, on_every_store, refusal};

use super::{APPLY, LINES, TRY, UPDATE, import, of, stage, words};

/// Everything that an actor gets, in one text.
fn exported(world: &World, actor: Actor, format: TableFormat) -> String {
    let mut text = Vec::new();
    world.customers().export_to(actor, format, &CustomerFilter::default(), &mut text).unwrap();
    String::from_utf8(text).unwrap()
}

/// Takes nothing.
struct Full;

impl Write for Full {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::Error::other("no space left"))
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

on_every_store! {
    fn rule_37_who_is_limited_exports_and_imports_only_within(world: &World) {
        let firm = stage(world);
        let (own, other) = (world.department(&firm, "Stalls"), world.department(&firm, "Balcony"));
        let sol = world.member(&firm, Role::SalesManager, "sol@people.example");
        world.staff().limit(firm.admin, sol.staff, &[own]).unwrap();
        let at = |email: &str, department| {
            let input = CustomerInput { name: email.into(), email: email.into(), department, ..CustomerInput::default() };
            world.customers().create(firm.admin, &input, Notice::Later).unwrap().customer.id
        };
        let (seen, unseen) = (at("seen@rosas.example", Some(own)), at("unseen@rosas.example", Some(other)));
        let tag = world.tag(&firm, "Seats");
        [seen, unseen].iter().for_each(|customer| drop(world.tags().add(firm.admin, *customer, tag).unwrap()));
        let filter = TagFilter { all_of: vec![tag], ..TagFilter::default() };
        for format in [TableFormat::Csv, TableFormat::JsonLines] {
            let tagged = world.tags().export_table(sol.actor, format, &filter, &Paging::default()).unwrap();
            let elsewhere = CustomerFilter { department: Some(other), ..CustomerFilter::default() };
            let nothing = world.customers().export_table(sol.actor, format, &elsewhere, &Paging::default()).unwrap();
            assert_eq!((tagged.rows, nothing.rows), (1, 0));
            for text in [exported(world, sol.actor, format), tagged.text] {
                assert!(text.contains("seen@rosas.example,") || text.contains("\"seen@rosas.example\""), "{text}");
                assert!(!text.contains("unseen@") && !text.contains("known@") && !text.contains("Balcony"), "{text}");
            }
        }
        let table = "email,name,department\n\
            a@rosas.example,A,Stalls\nb@rosas.example,B,Balcony\nc@rosas.example,C,Nowhere\nd@rosas.example,D,\n\
            unseen@rosas.example,E,Stalls\nseen@rosas.example,F,Stalls\n";
        let rows = import(world, sol.actor, "monday", UPDATE, table);
        assert_eq!(words(&rows), ["created", "invalid_input", "invalid_input", "required", "already_customer", "updated"]);
        assert_eq!(rows[1].outcome, rows[2].outcome, "what is elsewhere is as missing as what is nowhere");
        assert_eq!(of(world, &firm, "unseen@rosas.example").legal_name.as_str(), "unseen@rosas.example");
    }

    fn an_export_tells_of_whom_a_filter_leaves_and_names_its_columns_once(world: &World) {
        let firm = world.firm("Flora Export");
        let lines = (0..7).map(|at| format!("c{at}@rosas.example,Customer {at}\n"));
        import(world, firm.admin, "monday", APPLY, &format!("email,name\n{}", lines.collect::<String>()));
        let active = of(world, &firm, "c3@rosas.example").id;
        world.customers().activate(firm.admin, active).unwrap();
        for format in [TableFormat::Csv, TableFormat::JsonLines] {
            let whole = exported(world, firm.admin, format);
            assert_eq!(whole.matches("address.line1").count(), usize::from(format == TableFormat::Csv));
            let (mut text, mut paging, mut pages) = (String::new(), Some(Paging::first(3)), 0);
            while let Some(asked) = paging {
                let page = world.customers().export_table(firm.admin, format, &CustomerFilter::default(), &asked).unwrap();
                pages += 1;
                text += &page.text;
                paging = page.next.map(|cursor| Paging { cursor: Some(cursor), limit: Some(3) });
            }
            assert_eq!((text, pages), (whole, 3));
            let filter = CustomerFilter { state: Some(CustomerState::Active), ..CustomerFilter::default() };
            let page = world.customers().export_table(firm.admin, format, &filter, &Paging::default()).unwrap();
            assert_eq!((page.rows, page.next), (1, None));
            assert!(page.text.contains("c3@rosas.example") && page.text.contains(&active.to_string()));
        }
        let foreign = world.firm("Frutas del Sur");
        assert_eq!(exported(world, foreign.admin, TableFormat::JsonLines), "");
        assert_eq!(exported(world, foreign.admin, TableFormat::Csv), format!("{}\r\n", COLUMNS.join(",")));
    }

    fn a_list_of_tags_is_exported_by_all_any_and_none(world: &World) {
        let firm = stage(world);
        let table = "email,name,tags\na@rosas.example,A,Weddings\nb@rosas.example,B,\"Hotels\nWeddings\"\nc@rosas.example,C,Hotels\n";
        import(world, firm.admin, "monday", APPLY, table);
        let tags = world.tags().list(firm.admin, &Paging::default()).unwrap().items;
        let (hotels, weddings) = (tags[0].id, tags[1].id);
        let names = |filter: TagFilter| {
            let mut text = Vec::new();
            let told = world.tags().export_to(firm.admin, TableFormat::JsonLines, &filter, &mut text).unwrap();
            let text = String::from_utf8(text).unwrap();
            assert_eq!(told as usize, text.lines().count());
            text.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["name"].as_str().unwrap().to_owned()).collect::<String>()
        };
        assert_eq!(names(TagFilter { all_of: vec![hotels, weddings], ..TagFilter::default() }), "B");
        assert_eq!(names(TagFilter { any_of: vec![hotels, weddings], ..TagFilter::default() }), "ABC");
        assert_eq!(names(TagFilter { any_of: vec![weddings], none_of: vec![hotels], ..TagFilter::default() }), "A");
    }

    fn the_largest_customer_comes_back_from_either_format(world: &World) {
        let (firm, other) = (world.firm("Flora Export"), world.firm("Frutas del Sur"));
        let wide = |characters: usize| "\u{1d11e}".repeat(characters);
        let extra = (10..60).map(|at| (format!("{}{at}", wide(58)), "\"".repeat(500))).collect();
        let largest = CustomerInput {
            name: wide(120),
            contact: Some(wide(120)),
            email: "largest@rosas.example".into(),
            number: Some(wide(40)),
            notes: Some(format!("=\n{}", wide(1_998))),
            address: Some(PostalAddressInput {
                line1: wide(120),
                line2: Some(wide(120)),
                city: wide(100),
                region: Some(wide(100)),
                postal_code: Some(wide(20)),
                country: "EC".into(),
            }),
            extra,
            ..CustomerInput::default()
        };
        let old = world.customers().create(firm.admin, &largest, Notice::Later).unwrap().customer;
        for at in 10..60 {
            let name = format!("{}{at}", wide(58));
            world.tag(&other, &name);
            world.tags().add(firm.admin, old.id, world.tag(&firm, &name)).unwrap();
        }
        for how in [APPLY, LINES] {
            let text = exported(world, firm.admin, how.format);
            assert!(text.len() < 200_000, "{}", text.len());
            let due = if how.format == TableFormat::Csv { "created" } else { "found" };
            assert_eq!(words(&import(world, other.admin, how.format.as_str(), how, &text)), [due]);
        }
        let new = of(world, &other, "largest@rosas.example");
        assert_eq!((new.extra, new.billing, new.notes), (old.extra, old.billing, old.notes));
        assert_eq!(new.tags.all().count(), 50);
    }

    fn the_page_for_who_fills_a_table_names_every_column(world: &World) {
        let page = include_str!("../../../../docs/tables.md");
        let named: Vec<_> = page.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).collect();
        assert_eq!(named, COLUMNS);
        let firm = stage(world);
        for (start, how) in [("```csv\n", TRY), ("```json\n", ImportHow { mode: BulkMode::DryRun, ..LINES })] {
            let example = page.split(start).nth(1).and_then(|rest| rest.split("```").next()).unwrap();
            assert_eq!(words(&import(world, firm.admin, "monday", how, example)), ["would create"; 2], "{example}");
        }
    }

    fn a_target_that_takes_no_more_is_told(world: &World) {
        let firm = stage(world);
        let given = world.customers().export_to(firm.admin, TableFormat::Csv, &CustomerFilter::default(), Full);
        assert_eq!(refusal(given), Code::TargetFailed);
        let missing = TagFilter { all_of: vec![Ground::missing(3).tag], ..TagFilter::default() };
        assert_eq!(refusal(world.tags().export_to(firm.admin, TableFormat::Csv, &missing, Full)), Code::NotFound);
    }
}
