//! Users from CSV: what is read, and what is said of what cannot be.

use std::io::{self, Read};

use handfast::{
    Code, Error, Id, Result,
    association::{
        BulkMode, BulkUsers, UserInput, UserOutcome,
        csv::{self, COLUMNS},
    },
    customer::Customer,
};
use handfast_tests::{Ground, World, on_every_store, refusal};
use proptest::prelude::*;

fn customer() -> Id<Customer> {
    Ground::missing(7).inactive
}

fn read(text: impl AsRef<[u8]>) -> Vec<Result<UserInput>> {
    csv::rows(text.as_ref()).unwrap().collect()
}

/// The one row of a file with all columns.
fn one(row: &str) -> Result<UserInput> {
    let mut rows = read(format!("customer,email,name,login_name,notes\n{row}\n"));
    assert_eq!(rows.len(), 1, "{rows:?}");
    rows.remove(0)
}

fn refused(row: &str) -> Error {
    one(row).unwrap_err()
}

fn header(line: &str) -> Error {
    csv::rows(line.as_bytes()).err().unwrap()
}

fn faults(error: &Error) -> Vec<(&str, Code)> {
    error.faults().iter().map(|fault| (fault.field.as_str(), fault.code)).collect()
}

fn texts(input: UserInput) -> [String; 5] {
    let UserInput { customer, email, name, login_name, notes } = input;
    [customer.to_string(), email, name, login_name.unwrap_or_default(), notes.unwrap_or_default()]
}

/// Gives a file byte by byte, as a slow network might, and breaks off at its end if it is to.
struct Slow<'a>(&'a [u8], bool);

impl Read for Slow<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.0 {
            [] if self.1 => Err(io::Error::other("the cable was pulled")),
            [] => Ok(0),
            [first, rest @ ..] => {
                buffer[0] = *first;
                self.0 = rest;
                Ok(1)
            }
        }
    }
}

#[test]
fn columns_stand_in_any_order_and_the_last_two_may_be_missing() {
    let id = customer();
    let due = [id.to_string(), "uma@users.example".into(), "Uma Uva".into(), String::new(), String::new()];
    for file in [
        format!("customer,email,name\n{id},uma@users.example,Uma Uva\n"),
        format!("name,email,customer\r\nUma Uva,uma@users.example,{id}\r\n"),
        format!("\u{feff}Email, NAME ,customer\n\numa@users.example,Uma Uva, {id}"),
        format!("\u{feff}\"email\",\"name\",\"customer\",notes,login_name\numa@users.example,Uma Uva,{id},,\n\r\n\n"),
    ] {
        for rows in [read(&file), csv::rows(Slow(file.as_bytes(), false)).unwrap().collect()] {
            let rows: Vec<_> = rows.into_iter().map(|row| texts(row.unwrap())).collect();
            assert_eq!(rows.as_slice(), std::slice::from_ref(&due), "{file:?}");
        }
    }
}

#[test]
fn quotes_hold_commas_line_ends_and_quotes() {
    let id = customer();
    let input =
        one(&format!("{id},uma@users.example,\"Uva, Uma\",uma,\"calls \"\"twice\"\"\r\non Mondays\n,\"")).unwrap();
    assert_eq!(texts(input)[2..], ["Uva, Uma", "uma", "calls \"twice\"\r\non Mondays\n,"]);
}

#[test]
fn columns_that_are_unknown_missing_or_twice_are_all_told_before_any_row() {
    let error = header("customer,e-mail,notes,notes\nx,y,z,w\n");
    let due = [
        ("columns.1", Code::UnknownField),
        ("columns.3", Code::DuplicateEntry),
        ("columns", Code::Required),
        ("columns", Code::Required),
    ];
    assert_eq!(faults(&error), due);
    for part in ["`e-mail` is none of `customer`, `email`", "`columns` lack `email`", "lack `name`"] {
        assert!(error.message().contains(part), "{error}");
    }
    assert_eq!(faults(&header("")), [("columns", Code::Required); 3]);
    assert_eq!(header("customer;email;name\n").faults().len(), 4, "commas stand between the columns");
    let strange = header(&format!("customer,email,name,{}\u{202e}\n", "x".repeat(5_000)));
    assert!(strange.message().len() < 300 && !strange.message().contains('\u{202e}'), "{strange}");
    assert_eq!(header(&format!("customer,email,name,{}\n", "x".repeat(100_000))).code(), Code::TooLong);
    assert_eq!(header(&",".repeat(200)).code(), Code::TooMany);
}

#[test]
fn all_that_is_wrong_with_a_row_is_told_with_its_line() {
    let error = refused("nobody,nobody,,a@b,");
    let due = [
        ("customer", Code::NotAnId),
        ("email", Code::NotAnEmail),
        ("name", Code::Required),
        ("login_name", Code::ForbiddenCharacter),
    ];
    assert_eq!(faults(&error), due);
    assert!(error.message().starts_with("line 2: `customer` is not an id; `email` is"), "{error}");
    let fewer = refused("a,b");
    assert_eq!((fewer.code(), fewer.message()), (Code::Required, "line 2: has 2 fields where the first line has 5"));
    assert_eq!(refused("a,b,c,d,e,f").code(), Code::TooMany);
    assert_eq!(refused(&",".repeat(100)).code(), Code::TooMany);
    let latin =
        read([format!("customer,email,name\n{},jos", customer()).as_bytes(), b"\xe9@b.example,Jos\xe9\n"].concat());
    let error = latin.into_iter().next().unwrap().unwrap_err();
    assert_eq!(faults(&error), [("email", Code::ForbiddenCharacter), ("name", Code::ForbiddenCharacter)]);
}

#[test]
fn lines_are_counted_within_quotes_too() {
    let id = customer();
    let file = format!(
        "customer,email,name,notes\n{id},a@b.example,A,\"one\ntwo\r\nthree\"\nwrong\n{id},a@b.example,A,\nwrong\n"
    );
    let rows = read(file);
    let told: Vec<_> = rows.iter().map(|row| row.as_ref().err().map(|error| error.message().to_owned())).collect();
    let line = |line| Some(format!("line {line}: has 1 fields where the first line has 4"));
    assert_eq!(told, [None, line(5), None, line(7)]);
}

#[test]
fn a_row_that_is_too_long_is_refused_and_the_next_one_read() {
    let id = customer();
    for (field, code) in [("x".repeat(1_000_000), Code::TooLong), (",".repeat(1_000_000), Code::TooMany)] {
        let fine = format!("{id},uma@users.example,Uma Uva\n");
        let rows = read(format!("customer,email,name\n{fine}{id},{field},Uma Uva\n{fine}"));
        let codes: Vec<_> = rows.into_iter().map(|row| row.map(drop).map_err(|error| error.code())).collect();
        assert_eq!(codes, [Ok(()), Err(code), Ok(())]);
    }
    let rows =
        read(format!("customer,email,name\n{id},a@b.example,\"A\n{}", format!("{id},b@b.example,B\n").repeat(5_000)));
    let [Err(error)] = &rows[..] else { panic!("{} rows", rows.len()) };
    assert_eq!(error.message(), "line 2: has more than 65536 bytes; a quote may be left open");
}

#[test]
fn a_source_that_breaks_off_is_told_last() {
    let file = format!("customer,email,name\n{},uma@users.example,Uma Uva\nhalf a ro", customer());
    let rows: Vec<_> = csv::rows(Slow(file.as_bytes(), true)).unwrap().collect();
    assert_eq!(rows.len(), 2, "half a row is none: {rows:?}");
    assert!(rows[0].is_ok());
    assert_eq!(rows[1].as_ref().unwrap_err().code(), Code::SourceFailed);
    assert_eq!(csv::rows(Slow(b"customer", true)).err().unwrap().code(), Code::SourceFailed);
}

proptest! {
    #[test]
    fn any_text_that_is_written_in_quotes_is_read_again(
        rows in prop::collection::vec(prop::array::uniform4("[a\u{e9},\"\r\n ;\u{feff}]{0,12}"), 1..20),
        end in prop::sample::select(vec!["\n", "\r\n"]),
    ) {
        let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
        let id = customer();
        let lines = rows.iter().map(|row| format!("{id},{}", row.clone().map(|text| quoted(&text)).join(",")));
        let file = format!("{}{end}{}{end}", COLUMNS.join(","), lines.collect::<Vec<_>>().join(end));
        let given: Vec<_> = read(file).into_iter().map(|row| texts(row.unwrap())).collect();
        let due = rows.iter().map(|[a, b, c, d]| [id.to_string(), a.clone(), b.clone(), c.clone(), d.clone()]);
        prop_assert_eq!(given, due.collect::<Vec<_>>());
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..2_000), heading in any::<bool>()) {
        let file = if heading { [b"customer,email,name\n", &bytes[..]].concat() } else { bytes };
        if let Ok(rows) = csv::rows(&file[..]) {
            rows.for_each(drop);
        }
    }
}

on_every_store! {
    fn a_file_is_added_row_by_row(world: &World) {
        let firm = world.firm("Flora Export");
        let customer = world.active(&firm, "buyer@rosas.example");
        let file = format!("customer,email,name\n{customer},uma@users.example,Uma\nwrong\n{customer},nobody,Nobody\n");
        let input = |text: &str, mode| BulkUsers { users: vec![], csv: Some(text.into()), mode, first_row: 1 };
        let add = |text: &str, mode| world.users().add_many(firm.admin, "monday", &input(text, mode));
        for mode in [BulkMode::DryRun, BulkMode::Apply, BulkMode::Apply] {
            let rows = add(&file, mode).unwrap();
            let told: Vec<_> = rows.iter().map(|row| (row.row, row.email.as_deref())).collect();
            assert_eq!(told, [(1, Some("uma@users.example")), (2, None), (3, Some("nobody"))]);
            let refused = rows.iter().map(|row| matches!(row.outcome, UserOutcome::Refused { .. }));
            assert_eq!(refused.collect::<Vec<_>>(), [false, true, true]);
        }
        assert_eq!(world.deliver().to("uma@users.example").len(), 1);
        // the same file with a line more before it is the same file: rows are counted, not lines
        assert!(add(&format!("\n{file}"), BulkMode::Apply).is_ok());
        assert_eq!(refusal(add(&file.replace("wrong", "right,or,wrong,or"), BulkMode::Apply)), Code::KeyReused);
        let error = add("email,name\n", BulkMode::DryRun).unwrap_err();
        assert_eq!(faults(&error), [("csv.columns", Code::Required)]);
    }
}
