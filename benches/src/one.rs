//! One caller: every way of doing a job, round by round in turn, compared within each round.

use std::time::{Duration, Instant};

use crate::{
    Result,
    job::{self, Job},
    limit::Style,
    operation::Operation,
    report::Line,
    shop::Shop,
    statistics::{median, percentile},
};

/// How a job is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    Hand(Style),
    Library,
}

impl Way {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Way::Hand(Style::Locked) => "limit",
            Way::Hand(Style::Optimistic) => "optimistic",
            Way::Library => "handfast",
        }
    }
}

/// How much is measured.
#[derive(Clone, Copy)]
pub(crate) struct Rounds {
    pub(crate) rounds: usize,
    pub(crate) jobs: usize,
}

/// Jobs at the begin of a round that are done but not measured: another connection wrote last.
const WARM: usize = 3;

#[derive(Default)]
struct Measured {
    rounds: Vec<f64>,
    all: Vec<Duration>,
}

fn once(shop: &Shop, way: Way, job: &Job) -> Result<Duration> {
    let begin = Instant::now();
    match way {
        Way::Hand(style) => drop(std::hint::black_box(shop.hand.run(style, job)?)),
        Way::Library => job::run(&shop.works.library, shop.works.actor, job)?,
    }
    Ok(begin.elapsed())
}

pub(crate) fn measure(shops: &[Shop], operation: Operation, Rounds { rounds, jobs }: Rounds) -> Result<Vec<Line>> {
    let all = [Way::Hand(Style::Locked), Way::Library, Way::Hand(Style::Optimistic)];
    let ways = if operation.writes() { &all[..] } else { &all[..2] };
    let each = jobs.div_ceil(operation.weight()) + WARM;
    let count = if operation.writes() { rounds * ways.len() * each } else { rounds * each };
    let prepared = shops.iter().map(|shop| shop.works.jobs(operation, count)).collect::<Result<Vec<_>>>()?;
    let mut prepared: Vec<_> = prepared.into_iter().map(Vec::into_iter).collect();
    let mut measured: Vec<Vec<Measured>> =
        shops.iter().map(|_| ways.iter().map(|_| Measured::default()).collect()).collect();
    for round in 0..rounds {
        for ((shop, jobs), measured) in shops.iter().zip(&mut prepared).zip(&mut measured) {
            let mut todo: Vec<Job> = jobs.by_ref().take(each).collect();
            for turn in 0..ways.len() {
                // who goes first changes, so that nobody profits from it
                let at = (round + turn) % ways.len();
                let mut times = Vec::with_capacity(each);
                for job in &todo {
                    times.push(once(shop, ways[at], job)?);
                }
                let mut times = times.split_off(WARM);
                measured[at].rounds.push(percentile(&mut times, 0.5));
                measured[at].all.extend(times);
                if operation.writes() && turn + 1 < ways.len() {
                    todo = jobs.by_ref().take(each).collect();
                }
            }
        }
    }
    Ok(lines(shops, operation, ways, &mut measured))
}

fn lines(shops: &[Shop], operation: Operation, ways: &[Way], measured: &mut [Vec<Measured>]) -> Vec<Line> {
    let rounds: Vec<Vec<Vec<f64>>> =
        measured.iter().map(|of| of.iter().map(|measured| measured.rounds.clone()).collect()).collect();
    let by =
        |own: &[f64], other: &[f64]| median(&own.iter().zip(other).map(|(own, other)| own / other).collect::<Vec<_>>());
    let mut lines = Vec::new();
    for (shop_at, shop) in shops.iter().enumerate() {
        for (at, way) in ways.iter().enumerate() {
            let own = &rounds[shop_at][at];
            let all = &mut measured[shop_at][at].all;
            let total: Duration = all.iter().sum();
            lines.push(Line {
                operation: operation.name(),
                customers: shop.works.size,
                callers: 1,
                by: way.name(),
                per_second: all.len() as f64 / total.as_secs_f64(),
                p50: percentile(all, 0.5),
                p99: percentile(all, 0.99),
                limit: median(&rounds[shop_at][0]),
                ratio: by(own, &rounds[shop_at][0]),
                growth: by(own, &rounds[0][at]),
            });
        }
    }
    lines
}
