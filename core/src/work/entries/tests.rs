use uuid::Uuid;

use super::{Absent, Entries, Entry, FEW, Is};
use crate::store::{Cell, CellType, Column, ID, Index, Key, Table};

static SLOTS: Table = Table {
    name: "slot",
    columns: &[
        Column { name: "id", ty: CellType::Id, optional: false },
        Column { name: "place", ty: CellType::Int, optional: true },
    ],
    keys: &[ID, Index { name: "by_place", columns: &[1], fixed: 1 }],
    indexes: &[],
    searches: &[],
    tallies: &[],
};

fn id(number: u64) -> Cell {
    Cell::Id(Uuid::from_u128(u128::from(number)))
}

fn place(number: i64) -> Cell {
    if number == 0 { Cell::Null } else { Cell::Int(number) }
}

fn key(number: i64) -> Key {
    Key { table: &SLOTS, key: 1, cells: vec![place(number)] }
}

/// Knuth's linear congruential generator: the same numbers in every run.
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    *state >> 33
}

#[test]
fn many_rows_are_found_as_looking_through_them_finds_them() {
    let state = &mut 1;
    let (mut entries, places) = (Entries::default(), 3 * FEW as i64);
    for step in 0..40 * FEW as u64 {
        let cells = |id: Cell, state: &mut u64| vec![id, place(next(state) as i64 % places)];
        let known = next(state) % (step / 3 + 1);
        match next(state) % 4 {
            0 => drop(entries.set(&SLOTS, &id(known), Is::Gone)),
            1 | 2 => drop(entries.set(&SLOTS, &id(known), Is::Put(cells(id(known), state)))),
            _ => {
                let is = Is::Put(cells(id(known), state));
                entries.push(Entry { table: &SLOTS, id: id(known), was: None, is });
            }
        }
        for asked in (0..places).map(key).chain([Key::id(&SLOTS, id(known))]) {
            let first = entries.all().iter().position(|entry| entry.is_named_by(&asked));
            let found =
                entries.under(&asked).and_then(|found| entries.all().iter().position(|it| std::ptr::eq(it, found)));
            assert_eq!(found, first, "step {step}: {asked:?}");
        }
        let first = entries.all().iter().find(|entry| entry.id == id(known)).map(std::ptr::from_ref);
        assert_eq!(entries.of_id(&SLOTS, &id(known)).map(std::ptr::from_ref), first, "step {step}");
    }
    assert!(entries.all().len() > 5 * FEW, "the index was used");
}

#[test]
fn absent_keys_are_known_few_or_many_and_keep_their_order() {
    let mut absent = Absent::default();
    for number in 1..=3 * FEW as i64 {
        assert!(!absent.contains(&key(number)), "{number}");
        absent.push(key(number));
        assert!((1..=number).all(|known| absent.contains(&key(known))), "{number}");
    }
    let order: Vec<_> = (1..=3 * FEW as i64).map(key).collect();
    assert_eq!(absent.all(), order);
}
