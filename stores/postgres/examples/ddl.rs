//! Prints the statements that create the library's tables: `cargo run -p handfast-postgres --example ddl`.

fn main() {
    println!("{}", handfast_postgres::PostgresStore::ddl(&handfast::SCHEMA).trim_end());
}
