//! Users from a CSV file.

use crate::{File, bounded, on_each};
use handfast::{
    Handfast,
    association::{BulkMode, BulkTotals, UserRow, csv},
    example,
};

#[test]
fn a_stream_holds_no_more_at_its_end_than_at_its_beginning() {
    on_each(users);
}

fn users(handfast: &Handfast, rows: u32) {
    let (admin, customer) = example::approved_customer(handfast).unwrap();
    let line = |number| format!("{customer},user{number}@users.example,\"Uva, Uma\",uma{number}\n");
    for mode in [BulkMode::DryRun, BulkMode::Apply, BulkMode::Apply] {
        let totals = bounded(mode.as_str(), rows, |tell| {
            let file = csv::rows(File::new(rows, "customer,email,name,login_name\n", line)).unwrap();
            handfast.users().add_stream(admin, "monday", mode, file, |row: &UserRow| tell(row.row)).unwrap()
        });
        assert_eq!(totals, BulkTotals { rows, added: rows, refused: 0 });
    }
}
