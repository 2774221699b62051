//! Customers to and from tables.

use std::io::{self, Write};

use crate::{File, bounded, on_each};
use handfast::{
    Actor, Handfast,
    association::BulkMode,
    customer::{CustomerFilter, CustomerRow, ImportHow, ImportTotals, table::TableFormat},
    example,
    tag::TagFilter,
};

/// Counts the lines that are written to it, and keeps none.
struct Counted<'a> {
    lines: u32,
    tell: &'a mut dyn FnMut(u32),
}

impl Write for Counted<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for _ in bytes.iter().filter(|byte| **byte == b'\n') {
            self.lines += 1;
            (self.tell)(self.lines);
        }
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn import(handfast: &Handfast, admin: Actor, how: ImportHow, rows: u32, tell: &mut dyn FnMut(u32)) -> ImportTotals {
    let line = |number| match how.format {
        TableFormat::Csv => {
            format!("=Rosa {number},rosa{number}@campos.example,Tagged,\"calls twice\non Mondays\"\n")
        }
        TableFormat::JsonLines => {
            format!(
                "{{\"name\":\"Lirio {number}\",\"email\":\"lirio{number}@campos.example\",\"tags\":[\"Tagged\"]}}\n"
            )
        }
    };
    let header = if how.format == TableFormat::Csv { "name,email,tags,notes\n" } else { "" };
    let file = File::new(rows, header, line);
    handfast
        .customers()
        .import_stream(admin, how.format.as_str(), &how, file, |row: &CustomerRow| tell(row.row))
        .unwrap()
}

#[test]
fn an_import_and_an_export_hold_no_more_at_their_end_than_at_their_beginning() {
    on_each(tables);
}

fn tables(handfast: &Handfast, rows: u32) {
    let (admin, _) = example::approved_customer(handfast).unwrap();
    let tag = handfast.tags().create(admin, "Tagged").unwrap().id;
    for format in [TableFormat::Csv, TableFormat::JsonLines] {
        for mode in [BulkMode::DryRun, BulkMode::Apply, BulkMode::Apply] {
            let how = ImportHow { mode, ..ImportHow::of(format) };
            let totals = bounded(&format!("{mode} of {format}"), rows, |tell| import(handfast, admin, how, rows, tell));
            assert_eq!(totals, ImportTotals { rows, created: rows, ..ImportTotals::default() });
        }
    }
    let tagged = TagFilter { all_of: vec![tag], ..TagFilter::default() };
    for format in [TableFormat::Csv, TableFormat::JsonLines] {
        let all = bounded(&format!("export of {format}"), rows, |tell| {
            let target = Counted { lines: 0, tell };
            handfast.customers().export_to(admin, format, &CustomerFilter::default(), target).unwrap()
        });
        let tagged = bounded(&format!("export of tagged as {format}"), rows, |tell| {
            handfast.tags().export_to(admin, format, &tagged, Counted { lines: 0, tell }).unwrap()
        });
        assert_eq!((all, tagged), (u64::from(2 * rows) + 1, u64::from(2 * rows)));
    }
}
