//! Users from a CSV file.

use handfast::{
    association::{BulkMode, BulkTotals, UserRow, csv},
    example,
};
use handfast_tests::open_file;

use crate::{File, alone, bounded, rows};

#[test]
fn a_stream_holds_no_more_at_its_end_than_at_its_beginning() {
    let (_alone, rows) = (alone(), rows());
    let folder = tempfile::tempdir().unwrap();
    let handfast = open_file(&folder.path().join("shop.db")).unwrap();
    let (admin, customer) = example::approved_customer(&handfast).unwrap();
    let line = |number| format!("{customer},user{number}@users.example,\"Uva, Uma\",uma{number}\n");
    for mode in [BulkMode::DryRun, BulkMode::Apply, BulkMode::Apply] {
        let totals = bounded(mode.as_str(), rows, |tell| {
            let file = csv::rows(File::new(rows, "customer,email,name,login_name\n", line)).unwrap();
            handfast.users().add_stream(admin, "monday", mode, file, |row: &UserRow| tell(row.row)).unwrap()
        });
        assert_eq!(totals, BulkTotals { rows, added: rows, refused: 0 });
    }
}
