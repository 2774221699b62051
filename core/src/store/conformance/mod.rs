//! The promises that every store keeps, one function each, so that any store can be proven.
//!
//! Hand the macro an expression that makes a fresh store, and each promise becomes a test of its own name:
//!
//! ```
//! mod promises {
//!     handfast::store_conformance!(handfast::store::Memory::new());
//! }
//! # for (_, promise) in handfast::store::conformance::ALL {
//! #     promise(&handfast::store::Memory::new());
//! # }
//! ```
//!
//! A store that lives in a folder needs it for as long as it is used; what is made first is dropped last:
//!
//! ```ignore
//! handfast::store_conformance!(let folder = tempfile::tempdir().unwrap(); MyStore::open(folder.path()).unwrap());
//! ```
//!
//! Every function takes a store that holds nothing yet, brings it to [`SCHEMA`] itself, and panics when the
//! promise is broken. Not promised are text with U+0000, which not every database can hold, and that an absence
//! under which the commit inserts nothing still holds when others commit at the same moment.

// A promise that is broken is told by a panic: this module is a test, published.
#![allow(clippy::expect_used, clippy::panic, reason = "a broken promise panics, as in any test")]

mod atomicity;
mod expectations;
mod lists;
mod migrations;
mod moments;
mod orders;
mod races;
mod reads;
mod schema;
mod searches;
mod subject;
mod tallies;
mod uniques;
mod updates;
mod values;
mod words;
mod writes;

pub use schema::{Article, Facts, SCHEMA, Sample, Sealed, Shop};

use super::Store;

/// One promise: it panics when the store, which must be new and empty, does not keep it.
pub type Promise = fn(&dyn Store);

/// All promises, by theme: the one list that [`ALL`], the re-exports and the tests are made from.
#[doc(hidden)]
#[macro_export]
macro_rules! store_promises {
    ($($then:tt)+) => { $($then)+! {
        migrations {
            migrating_again_changes_nothing,
            migrating_at_once_is_done_once,
            an_older_schema_is_refused,
        }
        values {
            every_type_of_column_comes_back_as_written,
            every_type_of_column_may_be_empty,
            the_least_and_the_greatest_numbers_come_back,
            text_comes_back_byte_for_byte,
            empty_text_is_not_nothing,
            a_megabyte_of_text_comes_back,
        }
        reads {
            rows_come_in_the_order_of_their_keys,
            a_key_that_names_nothing_reads_as_absent,
            a_key_with_null_names_no_row,
            a_thousand_keys_are_read_at_once,
        }
        writes {
            an_insert_begins_at_version_one,
            a_deleted_row_is_gone_under_every_key,
            a_delete_of_another_version_is_a_conflict,
            a_delete_of_nothing_is_a_conflict,
            writes_happen_in_their_order,
            a_thousand_rows_are_written_at_once,
            what_is_committed_is_seen_by_everyone_at_once,
        }
        updates {
            an_update_makes_the_version_one_more,
            an_update_writes_only_the_changed_columns,
            an_update_can_empty_a_column_and_fill_it,
            an_update_of_another_version_is_a_conflict,
            an_update_of_nothing_is_a_conflict,
        }
        uniques {
            a_unique_key_refuses_by_name_and_undoes_the_rest,
            an_id_is_given_once,
            an_update_onto_a_taken_key_is_refused,
            a_row_may_keep_its_own_key,
            null_equals_nothing_in_a_unique_key,
            a_key_that_was_freed_can_be_taken,
            a_key_binds_only_its_own_scope,
            of_several_taken_keys_the_first_declared_is_named,
            unique_keys_differ_by_every_byte,
        }
        expectations {
            a_row_that_changed_stops_the_commit,
            a_row_that_is_gone_stops_the_commit,
            a_row_that_still_stands_lets_the_commit_pass,
            a_key_expected_absent_stops_the_commit_when_taken,
            a_key_expected_absent_may_be_taken_by_the_commit_itself,
            expectations_are_checked_before_anything_is_written,
            a_failed_expectation_is_told_before_a_taken_key,
        }
        tallies {
            adding_changes_the_number_and_not_the_version,
            adding_twice_in_one_commit_counts_twice,
            adding_to_nothing_is_a_conflict,
            adding_to_null_leaves_null,
            a_tally_stops_at_the_ends_of_its_range,
            an_update_keeps_what_was_added_meanwhile,
        }
        atomicity {
            a_commit_that_fails_anywhere_leaves_everything_as_it_was,
            changes_sent_again_after_a_lost_answer_apply_once,
        }
        lists {
            a_list_holds_what_it_fixes_and_no_more,
            a_list_fixed_to_null_holds_the_rows_that_have_it,
            a_page_is_no_longer_than_asked,
            pages_follow_one_another_without_gap_or_overlap,
            a_page_continues_after_a_row_that_is_gone,
            from_is_included_and_until_is_not,
            a_whole_table_is_listed_by_id,
            a_row_moves_when_its_order_changes,
            a_row_leaves_the_list_that_no_longer_holds_it,
        }
        orders {
            a_list_runs_both_ways,
            rows_of_equal_order_come_by_id,
            a_second_column_orders_what_the_first_leaves_equal,
            a_list_without_an_order_runs_by_id,
            text_sorts_by_its_bytes,
            numbers_sort_by_value,
            times_truths_and_ids_sort_by_value,
        }
        searches {
            a_word_is_found_by_its_beginning,
            every_word_must_be_found,
            a_row_is_found_once,
            found_rows_come_by_their_first_word_then_by_id,
            a_search_continues_after_a_position,
            a_rare_word_beside_a_common_one_changes_no_order,
            a_search_stays_in_its_scope,
            percent_and_underscore_are_letters,
            words_of_every_script_are_found,
            a_mark_narrows_a_search_by_the_whole_of_it,
            a_mark_alone_finds_its_rows_by_id,
            a_mark_moves_with_its_column,
        }
        words {
            new_words_find_a_row_and_old_ones_no_longer,
            a_word_that_stands_twice_is_lost_with_the_last,
            words_move_with_their_row_to_another_scope,
            a_deleted_row_is_found_no_more,
        }
        moments {
            rows_read_together_are_of_one_moment,
            a_page_is_of_one_moment,
            what_fails_is_never_seen,
        }
        races {
            of_many_that_claim_one_key_one_wins,
            of_many_that_change_one_row_none_is_lost,
            of_many_that_add_none_is_lost,
            of_two_that_rest_on_each_others_rows_one_loses,
        }
    } };
}

macro_rules! declare {
    ($($theme:ident { $($promise:ident,)+ })+) => {
        $(pub use $theme::{$($promise),+};)+

        /// Every promise with its name.
        pub const ALL: &[(&str, Promise)] = &[$($((stringify!($promise), $promise)),+),+];
    };
}

store_promises!(declare);

#[doc(hidden)]
#[macro_export]
macro_rules! store_promise_tests {
    ($($theme:ident { $($promise:ident,)+ })+) => {$($(
        #[test]
        fn $promise() {
            on_a_fresh_store($crate::store::conformance::$promise);
        }
    )+)+};
}

/// Makes one `#[test]` of every promise in [`store::conformance`](crate::store::conformance). Takes an expression that makes
/// a new and empty store, if need be after a `let` that keeps what the store lives in. One call a module.
#[macro_export]
macro_rules! store_conformance {
    (let $kept:ident = $keep:expr; $make:expr) => {
        #[cfg(test)]
        fn on_a_fresh_store(promise: $crate::store::conformance::Promise) {
            let $kept = $keep;
            promise(&$make);
        }
        $crate::store_promises!($crate::store_promise_tests);
    };
    ($make:expr) => {
        #[cfg(test)]
        fn on_a_fresh_store(promise: $crate::store::conformance::Promise) {
            promise(&$make);
        }
        $crate::store_promises!($crate::store_promise_tests);
    };
}
