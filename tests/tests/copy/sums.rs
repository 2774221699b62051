//! What is verified: any cell, any row.

use handfast::{
    Code,
    copy::Copying,
    customer::Customer,
    store::{Cell, Query, Record, Store, Write},
};
use uuid::Uuid;

use super::{Shop, commit, copy, on_every_pair, target, verify};

on_every_pair! {
    fn a_cell_that_differs_and_a_row_too_few_or_too_many_are_seen(from, to) {
        let shop = Shop::new(from);
        let there = target(&shop.world, to);
        let (source, copied) = (shop.store(), there.store.behind());
        copy(&source, &copied);
        let table = Customer::TABLE;
        let row = copied.list(&Query::all(table, 1)).unwrap().remove(0);
        let differs = |message: &str| {
            let error = verify(&source, &copied).unwrap_err();
            assert_eq!(error.code(), Code::CopyDiffers);
            assert!(error.message().contains("`customer`") && error.message().contains(message), "{error}");
            copy(&source, &copied);
            verify(&source, &copied).unwrap();
        };
        let name = table.columns.iter().position(|column| column.name == "email").unwrap();
        let mut cells = row.cells.clone();
        cells[name] = Cell::Text("other@buyers.example".into());
        commit(&copied, Write::update(table, &row, cells.clone()).into_iter().collect());
        differs("are not the same");
        let row = copied.list(&Query::all(table, 1)).unwrap().remove(0);
        commit(&copied, vec![Write::delete(table, &row)]);
        differs("in the target");
        // one that is older than all others: it is not what a copy is recognised by
        let mut more = row.cells.clone();
        more[0] = Cell::Id(Uuid::from_u128(1));
        for key in table.keys.iter().skip(1) {
            let last = *key.columns.last().unwrap();
            if let Cell::Text(_) = more[last] {
                more[last] = Cell::Text("unique".into());
            }
        }
        let request = table.columns.iter().position(|column| column.name == "request").unwrap();
        more[request] = Cell::Null;
        let mut begun = Copying::begin(&source, &copied).unwrap();
        commit(&copied, vec![Write::insert(table, more)]);
        let error = begun.verify(|_| ()).unwrap_err();
        assert!(error.code() == Code::CopyDiffers && error.message().contains("in the target"), "{error}");
        // and what only the target has is never removed
        let refused = loop {
            match begun.step() {
                Err(error) => break error,
                Ok(more) => assert_ne!(more, None, "it came to an end"),
            }
        };
        assert_eq!(refused.code(), Code::NotACopy);
        assert_eq!(copied.list(&Query::all(table, 1)).unwrap()[0].cells[0], Cell::Id(Uuid::from_u128(1)));
    }
}
