use std::{
    fmt,
    ops::{Add, Sub},
    time::{Duration, SystemTime},
};

use handfast_postgres_server::cluster::Death;

use crate::hosts::Gap;

/// A time that several processes share, in milliseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Moment(pub(crate) u64);

pub(crate) fn now() -> Moment {
    Moment(SystemTime::UNIX_EPOCH.elapsed().unwrap().as_millis() as u64)
}

impl Sub for Moment {
    type Output = Duration;

    fn sub(self, earlier: Moment) -> Duration {
        Duration::from_millis(self.0.saturating_sub(earlier.0))
    }
}

impl Add<Duration> for Moment {
    type Output = Moment;

    fn add(self, time: Duration) -> Moment {
        Moment(self.0 + time.as_millis() as u64)
    }
}

/// The longest time between two moments that follow each other, of those that end after `from` and begin before `to`.
pub(crate) fn longest(moments: Vec<Moment>, from: Moment, to: Moment) -> Duration {
    longest_of(between(moments, from, to))
}

/// The same with those joined that something lay between, but for less than `spell`: who needs so long to carry on could
/// not.
pub(crate) fn longest_joined(moments: Vec<Moment>, spell: Duration, from: Moment, to: Moment) -> Duration {
    let mut joined: Vec<(Moment, Moment)> = Vec::new();
    let standstills = between(moments, from, to).into_iter().filter(|(begun, ended)| *ended - *begun > HICCUP);
    for (begun, ended) in standstills {
        match joined.last_mut() {
            Some((_, last)) if begun - *last < spell => *last = ended,
            _ => joined.push((begun, ended)),
        }
    }
    longest_of(joined)
}

/// From each moment to the next, of those that end after `from` and begin before `to`.
fn between(mut moments: Vec<Moment>, from: Moment, to: Moment) -> Vec<(Moment, Moment)> {
    moments.sort_unstable();
    let pairs = moments.windows(2).map(|pair| (pair[0], pair[1]));
    pairs.filter(|(begun, ended)| *ended > from && *begun < to).collect()
}

fn longest_of(spells: Vec<(Moment, Moment)>) -> Duration {
    spells.into_iter().map(|(begun, ended)| ended - begun).max().unwrap_or_default()
}

/// What a busy machine takes now and then.
const HICCUP: Duration = Duration::from_secs(1);

/// What a killed primary cost.
#[derive(Debug)]
pub(crate) struct Outage {
    pub(crate) kill: u32,
    pub(crate) death: Death,
    /// From the kill until another node leads.
    pub(crate) led: Duration,
    /// From the kill until it has committed something: another one must follow it first.
    pub(crate) committed: Duration,
    /// The longest time in which nobody could commit for good. It is often longer: a new primary may take a few commits
    /// before it knows that it must wait for a standby, and wait again when Patroni puts things in order.
    pub(crate) patroni: Duration,
    pub(crate) gaps: Vec<Gap>,
}

impl Outage {
    /// The longest that any host waited.
    pub(crate) fn slowest_host(&self) -> Duration {
        self.gaps.iter().map(|gap| gap.host).max().unwrap_or_default()
    }

    /// The longest that any thread of any host waited.
    pub(crate) fn slowest_thread(&self) -> Duration {
        self.gaps.iter().map(|gap| gap.thread).max().unwrap_or_default()
    }
}

impl fmt::Display for Outage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Outage { kill, death, led, committed, patroni, gaps } = self;
        let [led, committed, patroni] = [led, committed, patroni].map(Duration::as_secs_f64);
        write!(f, "kill {kill} ({death:?}): another leads after {led:.2} s, commits after {committed:.2} s ")?;
        write!(f, "and for good after {patroni:.2} s; hosts")?;
        gaps.iter().try_for_each(|gap| write!(f, " {:.2}", gap.host.as_secs_f64()))?;
        write!(f, " s; the slowest thread {:.2} s", self.slowest_thread().as_secs_f64())
    }
}

/// The least, the middle and the most of all outages.
pub(crate) fn summary(outages: &[Outage]) -> String {
    let of = |what: &str, mut times: Vec<Duration>| {
        times.sort_unstable();
        let [least, middle, most] = [times.first(), times.get(times.len() / 2), times.last()]
            .map(|time| time.map_or(0.0, Duration::as_secs_f64));
        format!("{what}: {least:.2} / {middle:.2} / {most:.2} s")
    };
    let each = |time: &dyn Fn(&Outage) -> Vec<Duration>| outages.iter().flat_map(time).collect::<Vec<_>>();
    let later = |outage: &Outage, time: Duration| time.saturating_sub(outage.patroni);
    [
        of("least / middle / most until another leads", each(&|outage| vec![outage.led])),
        of("until it commits", each(&|outage| vec![outage.committed])),
        of("until it commits for good", each(&|outage| vec![outage.patroni])),
        of("that a host was told of no commit", each(&|outage| outage.gaps.iter().map(|gap| gap.host).collect())),
        of("by which the slowest host is later", each(&|outage| vec![later(outage, outage.slowest_host())])),
        of("by which the slowest thread is later", each(&|outage| vec![later(outage, outage.slowest_thread())])),
    ]
    .join("\n")
}

#[test]
fn standstills_with_a_moment_between_are_one() {
    let moments = |all: &[u64]| all.iter().map(|at| Moment(*at)).collect::<Vec<_>>();
    let of =
        |all: &[u64]| longest_joined(moments(all), Duration::from_secs(2), Moment(500), Moment(60_000)).as_millis();
    let written = |from: u64, to: u64| (from..=to).step_by(100).collect::<Vec<_>>();
    assert_eq!(of(&[written(0, 1_000), written(5_000, 9_000)].concat()), 4_000);
    assert_eq!(of(&[written(0, 1_000), written(5_000, 6_900), written(9_000, 12_000)].concat()), 8_000);
    assert_eq!(of(&[written(0, 1_000), written(5_000, 7_000), written(10_000, 12_000)].concat()), 4_000);
    assert_eq!(of(&written(0, 9_000)), 0);
}
