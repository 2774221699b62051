//! A directory of many customers: how long it takes to find one, to page through a tag, to tag them all.

mod jobs;
mod made;
mod people;

use std::{
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};

use handfast::{
    customer::{CustomerInput, ImportHow, table::TableFormat},
    tag::Selection,
};

use crate::{Result, dataset::names::spread, process, shop::system_time, statistics::percentile};
use jobs::QUESTIONS;
use made::{Directory, customer_id, tagging};
use people::person;

/// Times that each question is asked before and while it is measured.
const WARM: u64 = 200;
const ASKED: u64 = 2_000;
/// Rows of the file that is imported.
const IMPORTED: u64 = 5_000;

/// Prints a table of what is asked at each size, with the growth from the first, and what many changes take.
pub(crate) fn measure(sizes: &[u64], changes: bool) -> Result<()> {
    let measured = sizes.iter().map(|size| questions(*size)).collect::<Result<Vec<_>>>()?;
    println!(
        "| question | {} | growth |",
        sizes.iter().map(|size| format!("{size}: p50 us | p99 us")).collect::<Vec<_>>().join(" | ")
    );
    println!("| --- |{} --: |", " --: | --: |".repeat(sizes.len()));
    for (at, (name, _)) in QUESTIONS.iter().enumerate() {
        let row: Vec<(f64, f64)> = measured.iter().filter_map(|column| column.get(at).copied()).collect();
        let cells: Vec<_> = row.iter().map(|(p50, p99)| format!("{p50:.1} | {p99:.1}")).collect();
        let growth = row.last().zip(row.first()).map_or(f64::NAN, |(last, first)| last.0 / first.0);
        println!("| {name} | {} | {growth:.2} |", cells.join(" | "));
    }
    if changes {
        for size in sizes {
            tag_many(*size)?;
            import(*size)?;
        }
    }
    println!("\nmost memory ever held: {} MB", process::peak()?);
    Ok(())
}

fn questions(size: u64) -> Result<Vec<(f64, f64)>> {
    let directory = Directory::open(size)?;
    let mut measured = Vec::new();
    for (name, ask) in QUESTIONS {
        let mut times = Vec::new();
        for at in 0..WARM + ASKED {
            let number = spread(at) % size;
            let begin = Instant::now();
            let found = ask(&directory, number)?;
            let took = begin.elapsed();
            if found == 0 {
                return Err(format!("{name}: nothing found for customer {number}").into());
            }
            if at >= WARM {
                times.push(took);
            }
        }
        measured.push((percentile(&mut times, 0.5), percentile(&mut times, 0.99)));
    }
    eprintln!("asked {size} customers");
    Ok(measured)
}

/// Tags every customer in one call, while somebody else changes one customer after the other; then takes it back.
fn tag_many(size: u64) -> Result<()> {
    let directory = Directory::open(size)?;
    let (library, actor) = (&directory.library, directory.actor);
    let key = format!("run at {}", system_time());
    let tag = library.tags().create(actor, &key)?.id;
    let before = process::peak()?;
    let done = AtomicBool::new(false);
    let (tagged, took, mut waits) = thread::scope(|scope| {
        let others = scope.spawn(|| write_meanwhile(&directory, &done));
        let begin = Instant::now();
        let tagged = library.tags().apply_many(actor, &key, &tagging(tag, Selection::Search("example".to_owned())));
        let took = begin.elapsed();
        done.store(true, Ordering::Relaxed);
        (tagged, took, others.join())
    });
    let tagged = tagged?;
    let each = |count: i64, took: Duration| count as f64 / took.as_secs_f64();
    println!(
        "\n{size} customers, all tagged in one call: {} in {:.1} s, {:.0} a second",
        tagged.changed,
        took.as_secs_f64(),
        each(tagged.changed, took)
    );
    if let Ok(Ok(waits)) = &mut waits {
        let (p50, p99) = (percentile(waits, 0.5), percentile(waits, 0.99));
        println!("another writer meanwhile: {} changes, p50 {p50:.0} us, p99 {p99:.0} us", waits.len());
    }
    let begin = Instant::now();
    let undone = library.tags().undo(actor, &key)?;
    println!("taken back: {} in {:.1} s", undone.undone, begin.elapsed().as_secs_f64());
    library.tags().discard(actor, tag)?;
    println!("memory: at most {} MB, {before} MB before", process::peak()?);
    Ok(())
}

/// Imports new customers from one file.
fn import(size: u64) -> Result<()> {
    let directory = Directory::open(size)?;
    let begin = u64::try_from(system_time().millis())?;
    let mut file = String::from("name,email,phone,tags\n");
    for at in 0..IMPORTED {
        let person = person(begin + at);
        file.push_str(&format!("{},{at}.{begin}@imported.example,{},Tenth\n", person.name, person.phone));
    }
    let (how, key) = (ImportHow::of(TableFormat::Csv), format!("import at {begin}"));
    let start = Instant::now();
    let totals = directory.library.customers().import_stream(directory.actor, &key, &how, file.as_bytes(), |_| ())?;
    let took = start.elapsed().as_secs_f64();
    println!(
        "imported beside {size} customers: {} in {took:.1} s, {:.0} a second",
        totals.created,
        f64::from(totals.created) / took
    );
    Ok(())
}

fn write_meanwhile(directory: &Directory, done: &AtomicBool) -> handfast::Result<Vec<Duration>> {
    let mut times = Vec::new();
    for at in 0_u64.. {
        if done.load(Ordering::Relaxed) {
            break;
        }
        // one of those that are tagged, too: who loses the race for it decides again
        let number = at * 10 % 9_000 + 1;
        let person = person(number);
        let department = directory.departments.get((number % 20) as usize).copied();
        let input = CustomerInput {
            name: format!("{} {at}", person.name),
            email: person.email,
            phone: Some(person.phone),
            number: Some(person.number),
            department,
            ..CustomerInput::default()
        };
        let begin = Instant::now();
        directory.library.customers().update(directory.actor, customer_id(number), &input)?;
        times.push(begin.elapsed());
    }
    Ok(times)
}
