//! What comes of the rows of a table. Rules 39 and 41.

use std::{
    cell::RefCell,
    io::{self, Read},
};

use handfast::{
    Code, Progress,
    association::BulkMode,
    company::Role,
    customer::{
        Customer, CustomerInput, CustomerRow, CustomerState, ImportHow, ImportInput, ImportOutcome, ImportTotals,
        Notice, OnFound,
    },
    event::EventKind,
    store::Paging,
};
use handfast_tests::{World, crowd, on_every_store, refusal};

use super::{APPLY, LINES, MIXED, TRY, UPDATE, all, import, input, of, stage, words};

const CAME: [&str; 8] =
    ["created", "invalid_input", "found", "duplicate_entry", "already_there", "required", "retired", "created"];

/// Why each row was refused; nothing where it was not.
fn refusals(rows: &[CustomerRow]) -> Vec<Option<&ImportOutcome>> {
    rows.iter().map(|row| Some(&row.outcome).filter(|given| matches!(given, ImportOutcome::Refused { .. }))).collect()
}

fn faults(row: &CustomerRow) -> Vec<(&str, Code)> {
    let ImportOutcome::Refused { faults, .. } = &row.outcome else { panic!("{row:?}") };
    faults.iter().map(|fault| (fault.field.as_str(), fault.code)).collect()
}

fn message(row: &CustomerRow) -> &str {
    let ImportOutcome::Refused { message, .. } = &row.outcome else { panic!("{row:?}") };
    message
}

/// Gives some of a text, then breaks off.
struct Broken<'a>(&'a [u8]);

impl Read for Broken<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.0.read(buffer)? {
            0 => Err(io::Error::other("the cable was pulled")),
            read => Ok(read),
        }
    }
}

on_every_store! {
    fn what_a_row_is_refused_for_is_told_in_full_and_does_not_touch_the_others(world: &World) {
        let firm = stage(world);
        world.deliver();
        let (rows, committed) = world.store.committed(|| import(world, firm.admin, "monday", APPLY, MIXED));
        assert_eq!(words(&rows), CAME);
        let written = |table: &str| {
            let writes = committed.iter().flat_map(|changes| &changes.writes);
            writes.filter(|write| write.table().name == table).count()
        };
        assert_eq!((written("customer"), written("event")), (2, 2), "refused rows write nothing");
        let due = [
            ("email", Code::NotAnEmail),
            ("name", Code::Required),
            ("department", Code::NotFound),
            ("tags.1", Code::NotFound),
        ];
        let mut told = faults(&rows[1]);
        told.sort_by_key(|(field, _)| due.iter().position(|(known, _)| known == field));
        assert_eq!(told, due);
        assert_eq!(message(&rows[3]), "row 1 has this address already");
        assert_eq!(message(&rows[5]), "line 9: has 1 fields where the first line has 5");
        let emails: Vec<_> = rows.iter().map(|row| row.email.as_deref().unwrap_or("-")).collect();
        assert_eq!(emails[..3], ["one@rosas.example", "nobody", "known@rosas.example"]);
        let one = of(world, &firm, "one@rosas.example");
        assert_eq!((one.tags.all().count(), one.number.unwrap().as_str()), (2, "A-1"));
        assert_eq!(one.department, of(world, &firm, "four@rosas.example").department);
        let counts = world.tags().list(firm.admin, &Paging::default()).unwrap().items;
        assert_eq!(counts.iter().map(|tag| tag.customers).collect::<Vec<_>>(), [Some(2), Some(1)]);
        assert_eq!(world.deliver().len(), 0);
    }

    fn a_dry_run_writes_nothing_and_tells_the_same_refusals(world: &World) {
        let firm = stage(world);
        // duplicates that stand in other batches too
        let many: String = (0..60).map(|at| format!("many{at}@rosas.example,Many,M-{at},,\n")).collect();
        let text = format!("{MIXED}{many}one@rosas.example,Far,,,\nfar@rosas.example,Far,m-3,,\n");
        for on_found in [OnFound::Keep, OnFound::Update] {
            let run = |mode| {
                let how = ImportHow { mode, on_found, ..APPLY };
                import(world, firm.admin, on_found.as_str(), how, &text)
            };
            let (tried, committed) = world.store.committed(|| run(BulkMode::DryRun));
            assert!(committed.is_empty());
            let done = run(BulkMode::Apply);
            assert_eq!(refusals(&tried), refusals(&done));
            let due = words(&tried).into_iter().map(|word| word.replace("would create", "created").replace("would update", "updated"));
            assert_eq!(due.collect::<Vec<_>>(), words(&done));
            assert_eq!(words(&done)[68..], ["duplicate_entry", "already_there"]);
        }
    }

    fn rule_39_a_row_is_decided_once_under_a_key(world: &World) {
        let firm = stage(world);
        let first = import(world, firm.admin, "monday", APPLY, MIXED);
        let before = all(world, &firm);
        let (again, committed) = world.store.committed(|| import(world, firm.admin, "monday", APPLY, MIXED));
        assert_eq!((again, all(world, &firm)), (first.clone(), before));
        assert!(committed.is_empty());
        assert_eq!(import(world, firm.admin, "monday", TRY, MIXED), first, "what would come is what came");
        // the same content is the same row, however it is written
        let quoted = MIXED.replace("\none@rosas.example,One,", "\n\"one@rosas.example\",\"One\",");
        assert_eq!(import(world, firm.admin, "monday", APPLY, &quoted), first);
        let again = |how, text: &str| refusal(world.customers().import_many(firm.admin, "monday", &input(how, text)));
        assert_eq!(again(APPLY, &MIXED.replace(",Four,", ",Fourth,")), Code::KeyReused);
        assert_eq!(again(UPDATE, MIXED), Code::KeyReused);
        assert_eq!(again(ImportHow { notice: Notice::Mail, ..APPLY }, MIXED), Code::KeyReused);
    }

    fn rule_39_a_long_table_comes_in_parts_and_goes_on_where_it_stopped(world: &World) {
        let firm = world.firm("Flora Export");
        let line = |at: u32| format!("c{at}@rosas.example,Customer {at}\n");
        let table = |rows: std::ops::Range<u32>| format!("email,name\n{}", rows.map(line).collect::<String>());
        let (key, whole) = ("monday", table(0..120));
        let cut = world.customers().import_stream(firm.admin, key, &APPLY, Broken(&whole.as_bytes()[..whole.len() / 2]), |_| ());
        assert_eq!(refusal(cut), Code::SourceFailed);
        let done = all(world, &firm).len();
        assert!((50..70).contains(&done), "{done}");
        let mut told = Vec::new();
        let totals = world.customers().import_stream(firm.admin, key, &APPLY, whole.as_bytes(), |row| told.push(row.row)).unwrap();
        assert_eq!(totals, ImportTotals { rows: 120, created: 120, ..ImportTotals::default() });
        assert_eq!(told, (1..=120).collect::<Vec<_>>());
        assert_eq!(all(world, &firm).len(), 120);
        let part = ImportInput { first_row: 121, ..input(APPLY, &table(119..122)) };
        let rows = world.customers().import_many(firm.admin, key, &part).unwrap();
        assert_eq!((rows[0].row, message(&rows[0])), (121, "row 120 has this address already"));
        assert_eq!(words(&rows), ["duplicate_entry", "created", "created"]);
    }

    fn rule_39_many_calls_under_one_key_are_one(world: &World) {
        let firm = stage(world);
        let given = crowd(|_| import(world, firm.admin, "monday", UPDATE, MIXED));
        assert!(given.iter().all(|rows| *rows == given[0]), "{given:?}");
        assert_eq!(words(&given[0]), CAME.map(|word| if word == "found" { "updated" } else { word }));
        let told = world.history(firm.admin);
        let told = |what| told.iter().filter(|event| event.what == what).count();
        assert_eq!((told(EventKind::CustomerCreated), told(EventKind::CustomerChanged)), (3, 1));
    }

    fn rule_41_a_role_that_is_lost_meanwhile_ends_the_call(world: &World) {
        let firm = world.firm("Flora Export");
        let sol = world.member(&firm, Role::SalesManager, "sol@people.example");
        let lines = (0..120).map(|at| format!("c{at}@rosas.example,Customer {at}\n"));
        let table = format!("email,name\n{}", lines.collect::<String>());
        let unseen = world.unseen();
        let told = RefCell::new(0);
        let given = world.customers().import_stream(sol.actor, "monday", &APPLY, table.as_bytes(), |row| {
            *told.borrow_mut() += 1;
            if row.row == 50 {
                unseen.staff().set_role(firm.host(), sol.staff, Role::Staff).unwrap();
            }
        });
        assert_eq!((refusal(given), told.into_inner(), all(world, &firm).len()), (Code::RoleTooLow, 50, 50));
    }

    fn who_is_there_already_is_changed_only_when_asked_and_only_in_what_the_table_has(world: &World) {
        let firm = stage(world);
        let (weddings, hotels) = {
            let tags = world.tags().list(firm.admin, &Paging::default()).unwrap().items;
            (tags[1].id, tags[0].id)
        };
        let office = world.departments().list(firm.admin, &Paging::default()).unwrap().items[0].id;
        let rosa = CustomerInput {
            name: "Rosa Campos".into(),
            contact: Some("Rosita".into()),
            email: "rosa@campos.example".into(),
            phone: Some("+593 2 600 1122".into()),
            notes: Some("calls twice".into()),
            number: Some("R-1".into()),
            department: Some(office),
            locale: Some("fr".into()),
            extra: [("erp".to_owned(), "7".to_owned())].into(),
            ..CustomerInput::default()
        };
        let old = world.customers().create(firm.admin, &rosa, Notice::Later).unwrap().customer;
        let old = world.tags().add(firm.admin, old.id, weddings).unwrap();
        let table = "email,name,phone,tags\nROSA@campos.example,Rosa Flores,,Hotels\n";
        assert_eq!(words(&import(world, firm.admin, "keep", APPLY, table)), ["found"]);
        assert_eq!(of(world, &firm, "rosa@campos.example"), old);
        let tried = import(world, firm.admin, "update", ImportHow { mode: BulkMode::DryRun, ..UPDATE }, table);
        assert_eq!(tried[0].outcome, ImportOutcome::WouldUpdate { customer: old.id });
        let rows = import(world, firm.admin, "update", UPDATE, table);
        assert_eq!(rows[0].outcome, ImportOutcome::Updated { customer: old.id });
        let new = of(world, &firm, "rosa@campos.example");
        assert_eq!((new.legal_name.as_str(), new.phone.clone()), ("Rosa Flores", None));
        assert!(new.tags.has(weddings) && new.tags.has(hotels), "rule 37: tags are added, and none is replaced");
        let kept = Customer { legal_name: old.legal_name.clone(), phone: old.phone.clone(), tags: old.tags.clone(), ..new };
        assert_eq!(kept, old);
        // what changes nothing tells so, and null empties like a blank cell
        assert_eq!(words(&import(world, firm.admin, "again", UPDATE, table)), ["found"]);
        let line = r#"{"email":"rosa@campos.example","name":"Rosa Flores","notes":null,"number":"","extra":{},"department":null}"#;
        import(world, firm.admin, "lines", ImportHow { on_found: OnFound::Update, ..LINES }, line);
        let empty = of(world, &firm, "rosa@campos.example");
        assert_eq!((empty.notes, empty.number, empty.department, empty.extra.entries().count()), (None, None, None, 0));
    }

    fn lines_of_json_are_read_one_by_one_and_what_is_wrong_is_told_by_field(world: &World) {
        let firm = stage(world);
        let text = "\u{feff}{\"email\":\"a@rosas.example\",\"name\":\"A\",\"tags\":[\"weddings\"],\"state\":\"active\",\"id\":7}\r\n\
            \n  \n\
            {\"email\":5,\"name\":\"\",\"tags\":\"Hotels\",\"extra\":{\"a\":1},\"address\":{\"planet\":\"Mars\"},\"planet\":\"Mars\"}\n\
            [1]\n\
            {\"email\":\"b@rosas.example\",\"name\":\"B\",\"address\":{\"line1\":\"x\",\"city\":\"\",\"country\":\"Spain\"}}\n\
            {\"email\":\"c@rosas.example\",\"name\":\"C\",\"address\":null,\"extra\":null,\"tags\":null}";
        let rows = import(world, firm.admin, "monday", LINES, text);
        assert_eq!(words(&rows), ["created", "invalid_input", "invalid_input", "invalid_input", "created"]);
        let told = faults(&rows[1]);
        for due in [
            ("email", Code::InvalidInput),
            ("tags", Code::InvalidInput),
            ("extra", Code::InvalidInput),
            ("address", Code::InvalidInput),
            ("columns", Code::UnknownField),
            ("name", Code::Required),
        ] {
            assert!(told.contains(&due), "{due:?} in {told:?}");
        }
        assert!(message(&rows[1]).starts_with("line 4: "), "{}", message(&rows[1]));
        assert_eq!(message(&rows[2]), "line 5: is no JSON object: column 0");
        assert_eq!(faults(&rows[3]), [("address.city", Code::Required), ("address.country", Code::NotACountry)]);
        assert_eq!(of(world, &firm, "a@rosas.example").state, CustomerState::Inactive, "what is told is not taken");
        let long = format!("{{\"email\":\"{}\"}}\n{{\"email\":\"d@rosas.example\",\"name\":\"D\"}}", "x".repeat(300_000));
        assert_eq!(words(&import(world, firm.admin, "long", LINES, &long)), ["too_long", "created"]);
    }

    fn columns_that_are_wrong_are_told_before_any_row(world: &World) {
        let firm = world.firm("Flora Export");
        let (given, committed) = world.store.committed(|| {
            let table = input(APPLY, "e-mail,name,name,planet\nx,y,z,w\n");
            world.customers().import_many(firm.admin, " ", &ImportInput { first_row: 0, ..table })
        });
        let error = given.unwrap_err();
        let told: Vec<_> = error.faults().iter().map(|fault| (fault.field.as_str(), fault.code)).collect();
        let due = [
            ("key", Code::Required),
            ("text.columns.0", Code::UnknownField),
            ("text.columns.2", Code::DuplicateEntry),
            ("text.columns.3", Code::UnknownField),
            ("text.columns", Code::Required),
            ("first_row", Code::OutOfRange),
        ];
        assert_eq!(told, due);
        assert!(committed.is_empty());
    }

    fn a_customer_hears_of_its_account_when_asked_and_too_many_mails_leave_nothing_half_done(world: &World) {
        let firm = world.firm("Flora Export");
        let how = ImportHow { notice: Notice::Mail, ..APPLY };
        let customer = world.silent(&firm, "buyer@rosas.example");
        // the address is invited as user elsewhere until no more mails go to it
        for _ in 0..world.policy().user_invitations_per_address {
            let user = World::user_input(customer, "often@rosas.example");
            let asked = world.users().add(firm.admin, &user).unwrap().id;
            world.users().revoke(firm.admin, asked).unwrap();
        }
        world.deliver();
        let table = "email,name\na@rosas.example,A\noften@rosas.example,Often\nb@rosas.example,B\n";
        for mode in [BulkMode::DryRun, BulkMode::Apply] {
            let rows = import(world, firm.admin, "monday", ImportHow { mode, ..how }, table);
            assert_eq!(words(&rows)[1], "too_often");
        }
        let names: Vec<_> = all(world, &firm).into_iter().map(|customer| customer.legal_name.to_string()).collect();
        assert_eq!(names, ["A", "B", "Rosa Campos"]);
        let mails = world.deliver();
        assert_eq!(mails.len(), 2);
        mails.to("a@rosas.example").user_token();
    }

    fn a_listener_hears_of_every_row_and_may_call(world: &World) {
        let firm = stage(world);
        let heard = RefCell::new(Vec::new());
        let tell = |progress: Progress| {
            world.customers().lookup(firm.admin, "one").unwrap();
            heard.borrow_mut().push((progress.done, progress.total));
        };
        world.customers().telling(&tell).import_many(firm.admin, "monday", &input(APPLY, MIXED)).unwrap();
        assert_eq!(heard.into_inner(), (1..=8).map(|done| (done, 8)).collect::<Vec<_>>());
    }

    fn only_who_may_create_customers_imports_them(world: &World) {
        let firm = stage(world);
        let staff = world.member(&firm, Role::Staff, "staff@people.example");
        for how in [TRY, APPLY] {
            for table in ["email,name\n", MIXED] {
                let (given, committed) =
                    world.store.committed(|| world.customers().import_many(staff.actor, "monday", &input(how, table)));
                assert_eq!(refusal(given), Code::RoleTooLow);
                assert!(committed.is_empty());
            }
        }
    }
}
