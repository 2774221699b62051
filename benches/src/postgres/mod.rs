//! What the library costs on PostgreSQL, against the same statements by hand.
//!
//! What an operation asks of its store is recorded, and its statements are done again by hand, on rows of their own: one
//! prepared statement after the other in a transaction, and as one statement for all that is read together and one (a
//! CTE) for all that is written. By hand nothing is decided, checked or even read from an answer, so both are limits.

mod counted;
mod hand;
mod recorder;
mod texts;

use std::{
    sync::{Arc, OnceLock, atomic::AtomicU64},
    time::{Duration, Instant},
};

use handfast::{Handfast, store::Store};
use handfast_postgres::PostgresStore;
use handfast_postgres_server::{Safety, Server};

use crate::{
    Result,
    dataset::{self, Stock},
    job::{self, Job},
    many::{Round, library_round, timed, together},
    one::Rounds,
    operation::Operation,
    report::{self, Line},
    shop::{Ground, Works},
    statistics::{median, percentile},
};
use counted::{Counted, Counts};
use hand::{Hand, Style};
use recorder::Recorder;

/// How many callers there are at once.
const CALLERS: [usize; 3] = [1, 8, 32];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Hand(Style),
    Library,
}

const WAYS: [Way; 3] = [Way::Hand(Style::Statements), Way::Library, Way::Hand(Style::One)];

impl Way {
    const fn name(self) -> &'static str {
        match self {
            Way::Hand(Style::Statements) => "statements",
            Way::Hand(Style::One) => "one statement",
            Way::Library => "handfast",
        }
    }
}

/// A database with a company, opened by the library and by hand.
struct Shop {
    works: Works,
    /// The library on a store that commits nothing, to know what a job would ask.
    asking: Handfast,
    recorder: Recorder,
    hands: Vec<Hand>,
    counts: Arc<Counts>,
    schema: String,
}

/// Measures operations, but not those that change always the same rows: what is recorded of them holds only once.
pub(crate) fn measure(sizes: &[u64], operations: &[Operation], rounds: Rounds) -> Result<Vec<Line>> {
    use Operation::{BatchMany, BatchOne, Signal, SignalOne};
    let server = Server::start_with(Safety::Fast, "max_wal_size = 4GB\nshared_buffers = 1GB\n");
    let mut lines = Vec::new();
    for size in sizes {
        let mut left = operations.to_vec();
        left.retain(|operation| !matches!(operation, Signal | SignalOne | BatchOne | BatchMany));
        while let Some(first) = left.first() {
            let stock = first.stock(*size);
            let (here, others) = left.iter().partition(|operation| operation.stock(*size) == stock);
            left = others;
            let mut shop = Shop::open(&server, stock)?;
            for operation in Vec::from_iter::<Vec<Operation>>(here) {
                let known = lines.len();
                for callers in CALLERS {
                    for mut line in shop.measure(operation, callers, rounds)? {
                        line.growth = line.p50 / smallest(&lines, &line).unwrap_or(line.p50);
                        lines.push(line);
                    }
                }
                // it takes long: what is known is told
                eprintln!("{}", report::table(&lines[known..]));
            }
            shop.close()?;
        }
    }
    Ok(lines)
}

/// The time of the same at the first size.
fn smallest(lines: &[Line], line: &Line) -> Option<f64> {
    let same = |other: &&Line| (other.operation, other.callers, other.by) == (line.operation, line.callers, line.by);
    lines.iter().find(same).map(|line| line.p50)
}

impl Shop {
    fn open(server: &Server, stock: Stock) -> Result<Self> {
        let (address, schema) = (server.address(), handfast_postgres_server::schema());
        let hands = (0..CALLERS[2]).map(|_| Hand::open(&address, &schema)).collect::<Result<Vec<_>>>()?;
        hands[0].set_safety(Safety::Fast)?;
        let begin = Instant::now();
        let options = PostgresStore::options().schema(&schema).connections(CALLERS[2]);
        let store: Arc<dyn Store> = Arc::new(options.open(&address)?);
        let (counts, recorder) = (Arc::default(), Recorder::new(Arc::clone(&store)));
        let counted = Counted::new(Arc::clone(&store), Arc::clone(&counts));
        let library = Handfast::builder(counted).keyring(dataset::keyring()?).build()?;
        let asking = Handfast::builder(recorder.clone()).keyring(dataset::keyring()?).build()?;
        let (cast, network) = dataset::begin(&library, stock)?;
        dataset::fill(&cast, network.as_ref(), stock, |writes| dataset::commit(&library, writes))?;
        hands[0].set_safety(Safety::Full)?;
        eprintln!("{} made in {:.0} s", stock.size(), begin.elapsed().as_secs_f64());
        let (ground, places) = (Ground::New(AtomicU64::new(0)), OnceLock::new());
        let works = Works { size: stock.size(), library, actor: cast.actor(), stock, cast, network, ground, places };
        Ok(Shop { works, asking, recorder, hands, counts, schema })
    }

    fn measure(&mut self, operation: Operation, callers: usize, Rounds { rounds, jobs }: Rounds) -> Result<Vec<Line>> {
        let (mut rates, mut times): ([Vec<f64>; 3], [Vec<Duration>; 3]) = Default::default();
        let mut counted = [0; 2];
        // the first round opens connections and prepares statements
        for round in 0..=rounds {
            for turn in 0..WAYS.len() {
                // who goes first changes, so that nobody profits from it
                let at = (round + turn) % WAYS.len();
                let jobs = self.works.jobs(operation, callers.max(4) * jobs)?;
                let (rate, each) = match WAYS[at] {
                    Way::Library => {
                        let before = self.counts.now();
                        let measured = library_round(&self.works, &jobs, callers)?;
                        let counts = self.counts.now();
                        counted = [0, 1].map(|at| counted[at] + counts[at] - before[at]);
                        measured
                    }
                    Way::Hand(style) => self.by_hand(style, &jobs, callers)?,
                };
                if round > 0 {
                    rates[at].push(rate);
                    times[at].extend(each);
                }
            }
        }
        let [commits, again] = counted;
        if commits > 0 {
            let (name, rate) = (operation.name(), again as f64 * 1_000.0 / commits as f64);
            eprintln!("{name}, {callers} callers: {again} of {commits} commits decided again, {rate:.1} in 1,000");
        }
        Ok(self.lines(operation, callers, &rates, times))
    }

    /// Asks what the jobs would ask, and does that by hand.
    fn by_hand(&mut self, style: Style, jobs: &[Job], callers: usize) -> Result<Round> {
        let mut asked = Vec::new();
        for job in jobs {
            job::run(&self.asking, self.works.actor, job)?;
            asked.push(self.recorder.take());
        }
        let mut parts = Vec::new();
        for (caller, hand) in self.hands.iter_mut().take(callers).enumerate() {
            let own = asked.iter().skip(caller).step_by(callers);
            let plans = own.map(|calls| hand.plan(style, calls)).collect::<Result<Vec<_>>>()?;
            parts.push((hand, plans));
        }
        together(parts, |(hand, plans)| plans.iter().map(|plan| timed(|| hand.play(plan))).collect())
    }

    fn lines(
        &self,
        operation: Operation,
        callers: usize,
        rates: &[Vec<f64>; 3],
        times: [Vec<Duration>; 3],
    ) -> Vec<Line> {
        let limit = if callers == 1 { percentile(&mut times[0].clone(), 0.5) } else { median(&rates[0]) };
        let line = |(at, mut times): (usize, Vec<Duration>)| {
            let own = rates[at].iter().zip(&rates[0]);
            let ratios: Vec<_> = own.map(|(own, limit)| if callers == 1 { limit / own } else { own / limit }).collect();
            Line {
                operation: operation.name(),
                customers: self.works.size,
                callers,
                by: WAYS[at].name(),
                p50: percentile(&mut times, 0.5),
                p99: percentile(&mut times, 0.99),
                per_second: median(&rates[at]),
                limit,
                ratio: median(&ratios),
                growth: 1.0,
            }
        };
        times.into_iter().enumerate().map(line).collect()
    }

    fn close(self) -> Result<()> {
        let Shop { hands, schema, works, asking, .. } = self;
        drop((works, asking));
        hands.first().map_or(Ok(()), |hand| hand.run(&format!("DROP SCHEMA {schema} CASCADE; CHECKPOINT")))
    }
}
