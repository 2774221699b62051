//! Prints the statements that create the library's tables: `cargo run -p handfast-sqlite --example ddl`.

fn main() {
    println!("{}", handfast_sqlite::SqliteStore::ddl(&handfast::SCHEMA).trim_end());
}
