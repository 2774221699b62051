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

/// What a killed primary cost.
#[derive(Debug)]
pub(crate) struct Outage {
    pub(crate) kill: u32,
    pub(crate) death: Death,
    /// From the kill until another node leads.
    pub(crate) led: Duration,
    /// From the kill until it has committed something: another one must follow it first.
    pub(crate) patroni: Duration,
    pub(crate) gaps: Vec<Gap>,
}

impl Outage {
    /// The longest that any thread of any host waited.
    pub(crate) fn slowest(&self) -> Duration {
        self.gaps.iter().map(|gap| gap.thread).max().unwrap_or_default()
    }
}

impl fmt::Display for Outage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Outage { kill, death, led, patroni, gaps } = self;
        let [led, patroni] = [led, patroni].map(Duration::as_secs_f64);
        write!(f, "kill {kill} ({death:?}): another leads after {led:.2} s, commits after {patroni:.2} s; hosts")?;
        gaps.iter().try_for_each(|gap| write!(f, " {:.2}", gap.host.as_secs_f64()))?;
        write!(f, " s; the slowest thread {:.2} s", self.slowest().as_secs_f64())
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
    let later = |outage: &Outage| outage.slowest().saturating_sub(outage.patroni);
    [
        of("least / middle / most until another leads", each(&|outage| vec![outage.led])),
        of("until it commits", each(&|outage| vec![outage.patroni])),
        of("that a host was told of no commit", each(&|outage| outage.gaps.iter().map(|gap| gap.host).collect())),
        of("that the slowest thread was", each(&|outage| vec![outage.slowest()])),
        of("by which that is later than the first commit", each(&|outage| vec![later(outage)])),
    ]
    .join("\n")
}
