//! 64 callers at once, against a group commit written by hand: one thread that does 64 jobs in each transaction and
//! waits for nobody. Where nothing is written, against one thread for each core with a connection of its own.

use std::{
    iter::{Skip, StepBy},
    slice::Iter,
    sync::Barrier,
    thread,
    time::{Duration, Instant},
};

use crate::{
    Result,
    job::{self, Job},
    limit::{Hand, Style},
    one::Rounds,
    operation::Operation,
    report::Line,
    shop::{Shop, Works, system_time},
    statistics::{median, percentile},
};

const CALLERS: usize = 64;
/// Threads that read by hand: as many as the machine that the table was made on has cores.
const CORES: usize = 2;

/// Jobs a second, and each one's time.
pub(crate) type Round = (f64, Vec<Duration>);

/// Runs `each` on as many threads as there are parts, all at once.
pub(crate) fn together<T: Send>(parts: Vec<T>, each: impl Fn(T) -> Result<Vec<Duration>> + Sync) -> Result<Round> {
    let start = Barrier::new(parts.len() + 1);
    let caller = |part| {
        start.wait();
        each(part).map_err(|error| error.to_string())
    };
    thread::scope(|scope| {
        let callers: Vec<_> = parts.into_iter().map(|part| scope.spawn(|| caller(part))).collect();
        start.wait();
        let (begin, mut times) = (Instant::now(), Vec::new());
        for caller in callers {
            times.extend(caller.join().map_err(|_| "a caller panicked")??);
        }
        Ok((times.len() as f64 / begin.elapsed().as_secs_f64(), times))
    })
}

pub(crate) fn timed(job: impl FnOnce() -> Result<()>) -> Result<Duration> {
    let begin = Instant::now();
    job()?;
    Ok(begin.elapsed())
}

pub(crate) fn library_round(works: &Works, jobs: &[Job], callers: usize) -> Result<Round> {
    // in turn, as by hand they fall into one transaction: of jobs that follow each other each is another caller's
    let parts = (0..callers).map(|caller| jobs.iter().skip(caller).step_by(callers)).collect();
    let (library, actor) = (&works.library, works.actor);
    together(parts, |part: StepBy<Skip<Iter<'_, Job>>>| {
        part.map(|job| timed(|| job::run(library, actor, job))).collect()
    })
}

pub(crate) fn group_round(shop: &Shop, jobs: &[Job], callers: usize) -> Result<Round> {
    let (begin, mut times) = (Instant::now(), Vec::new());
    for group in jobs.chunks(callers) {
        let time = timed(|| shop.hand.group(group))?;
        times.extend(group.iter().map(|_| time));
    }
    Ok((times.len() as f64 / begin.elapsed().as_secs_f64(), times))
}

fn read_round(hands: &mut [Hand], jobs: &[Job]) -> Result<Round> {
    let parts = hands.iter_mut().zip(jobs.chunks(jobs.len().div_ceil(CORES))).collect();
    together(parts, |(hand, part)| part.iter().map(|job| timed(|| hand.run(Style::Locked, job).map(drop))).collect())
}

/// What is measured at one shop.
struct Rates {
    ratios: Vec<f64>,
    /// By hand, then by the library.
    rates: [Vec<f64>; 2],
    times: [Vec<Duration>; 2],
}

fn rates(shop: &Shop, operation: Operation, Rounds { rounds, jobs }: Rounds) -> Result<Rates> {
    // what only reads is soon done, and can be done again
    let (each, lots) = match operation.writes() {
        true => (CALLERS * jobs, 2 * (rounds + 1)),
        false => (CALLERS * jobs * 10, 1),
    };
    let prepared = shop.works.jobs(operation, each * lots)?;
    let mut lots = prepared.chunks(each).cycle();
    let mut next = || lots.next().unwrap_or_default();
    let mut hands =
        (0..CORES).map(|_| Hand::open(&shop.path, shop.durability, system_time)).collect::<Result<Vec<_>>>()?;
    let mut limit =
        |jobs| if operation.writes() { group_round(shop, jobs, CALLERS) } else { read_round(&mut hands, jobs) };
    // the first round opens connections and prepares statements
    limit(next())?;
    library_round(&shop.works, next(), CALLERS)?;
    let mut measured = Rates { ratios: Vec::new(), rates: Default::default(), times: Default::default() };
    for _ in 0..rounds {
        let both = [limit(next())?, library_round(&shop.works, next(), CALLERS)?];
        measured.ratios.push(both[1].0 / both[0].0);
        for (at, (rate, times)) in both.into_iter().enumerate() {
            measured.rates[at].push(rate);
            measured.times[at].extend(times);
        }
    }
    Ok(measured)
}

/// `rounds.jobs` is how many each caller does in a round.
pub(crate) fn measure(shops: &[Shop], operation: Operation, rounds: Rounds) -> Result<Vec<Line>> {
    let mut lines: Vec<Line> = Vec::new();
    for shop in shops {
        let Rates { ratios, rates: [by_hand, by_library], times } = rates(shop, operation, rounds)?;
        let limit = median(&by_hand);
        let lots = [("limit", limit, 1.0), ("handfast", median(&by_library), median(&ratios))];
        for ((by, per_second, ratio), mut times) in lots.into_iter().zip(times) {
            let (operation, customers, callers) = (operation.name(), shop.works.size, CALLERS);
            let (p50, p99) = (percentile(&mut times, 0.5), percentile(&mut times, 0.99));
            let growth = p50 / lines.iter().find(|line| line.by == by).map_or(p50, |line| line.p50);
            lines.push(Line { operation, customers, callers, by, p50, p99, per_second, limit, ratio, growth });
        }
    }
    Ok(lines)
}
