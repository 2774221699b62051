//! Unique keys that move between rows of the source.

use handfast::{
    copy::Copying,
    store::{Cell, Query, Record, Row, Store, Write},
    tag::Tag,
};
use handfast_tests::{StoreKind, World};
use uuid::Uuid;

use super::{cells, commit, copy, on_every_pair, target, verify};

/// The columns of a tag.
const ID: usize = 0;
const NAME: usize = 2;
const FOLDED: usize = 3;
/// More than two pages of the least length have.
const MANY: usize = 250;

/// A store with many tags, each of a name of its own.
fn tagged(kind: StoreKind) -> World {
    let world = World::new(kind);
    let firm = world.firm("Flora Export");
    world.tag(&firm, "Tag");
    let store = world.store.behind();
    let first = tags(&store).remove(0);
    let tag = |number: usize| {
        let mut cells = first.cells.clone();
        cells[ID] = Cell::Id(Uuid::from_u128(number as u128 + 1));
        named(cells, &format!("tag {number}"))
    };
    commit(&store, (0..MANY).map(|number| Write::insert(Tag::TABLE, tag(number))).collect());
    world
}

fn named(mut cells: Vec<Cell>, name: &str) -> Vec<Cell> {
    (cells[NAME], cells[FOLDED]) = (Cell::Text(name.into()), Cell::Text(name.into()));
    cells
}

fn tags(store: &dyn Store) -> Vec<Row> {
    store.list(&Query::all(Tag::TABLE, 1_000)).unwrap()
}

/// Names the tags at these places anew, in an order in which no two have one name at once.
fn rename(store: &dyn Store, names: &[(usize, &str)]) {
    for (at, _) in names {
        let row = &tags(store)[*at];
        commit(
            store,
            Write::update(Tag::TABLE, row, named(row.cells.clone(), &format!("away {at}"))).into_iter().collect(),
        );
    }
    for (at, name) in names {
        let row = &tags(store)[*at];
        commit(store, Write::update(Tag::TABLE, row, named(row.cells.clone(), name)).into_iter().collect());
    }
}

on_every_pair! {
    fn keys_that_moved_between_copies_are_moved(from, to) {
        let world = tagged(from);
        let there = target(&world, to);
        let (source, copied) = (world.store.behind(), there.store.behind());
        copy(&source, &copied);
        // two change places, three go round, one goes up to another page, and one down
        rename(&source, &[
            (0, "tag 1"), (1, "tag 0"),
            (2, "tag 3"), (3, "tag 120"), (120, "tag 2"),
            (10, "new"), (240, "tag 10"),
            (241, "new too"), (11, "tag 241"),
        ]);
        copy(&source, &copied);
        assert_eq!(cells(&copied), cells(&source));
        verify(&source, &copied).unwrap();
    }

    fn a_key_that_moves_forward_past_the_copy_takes_nobody_along(from, to) {
        let world = tagged(from);
        let there = target(&world, to);
        let (source, copied) = (world.store.behind(), there.store.behind());
        copy(&source, &copied);
        let mut copying = Copying::begin(&source, &copied).unwrap();
        while copying.step().unwrap().unwrap().table != "tag" {}
        // the first tag is behind by now, and in the target it still has the name that the last one takes
        rename(&source, &[(0, "new"), (MANY - 1, "tag 0")]);
        let mut removed = 0;
        while let Some(progress) = copying.step().unwrap() {
            removed = progress.removed;
        }
        assert_eq!(removed, 1, "the first tag had to make room, and came back");
        assert_eq!(cells(&copied), cells(&source));
    }
}
