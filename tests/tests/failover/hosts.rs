use std::{
    collections::BTreeMap,
    io::{BufRead as _, BufReader},
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use handfast_tests::ledger::HOST_PENS;

use crate::{
    HOSTS,
    times::{Moment, longest},
};

/// Longer than any fail-over takes.
const LIMIT: Duration = Duration::from_secs(120);

/// What a host has said, and when.
#[derive(Clone)]
pub(crate) struct Said {
    pub(crate) at: Moment,
    pub(crate) line: String,
}

impl Said {
    fn read(line: &str) -> Self {
        let (at, line) = line.split_once(' ').expect("a time and what was said");
        Said { at: Moment(at.parse().expect("a time")), line: line.to_owned() }
    }

    /// The pen that was told that a commit was made.
    fn acknowledged(&self) -> Option<i64> {
        let (word, rest) = self.line.split_once(' ')?;
        let is_told = matches!(word, "done" | "shared" | "ordered");
        is_told.then(|| rest.split(' ').next().unwrap_or(rest).parse().expect("a pen"))
    }
}

/// The processes that write, and all that they have said.
pub(crate) struct Hosts {
    all: Vec<(Child, JoinHandle<()>)>,
    said: Arc<Mutex<Vec<Said>>>,
}

impl Hosts {
    pub(crate) fn start(address: &str, schema: &str, company: &str) -> Self {
        let said = Arc::new(Mutex::new(Vec::new()));
        let start = |host: i64| {
            // two wait as a host does by default, two give up soon, and send again what they are in doubt of
            let address = if host % 2 == 0 { address.to_owned() } else { format!("{address}&patience=1") };
            let mut command = Command::new(env!("CARGO_BIN_EXE_failover_host"));
            command.args([&address, schema, company, &(host * HOST_PENS).to_string()]);
            let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
            let (out, said) = (BufReader::new(child.stdout.take().unwrap()), Arc::clone(&said));
            let heard = thread::spawn(move || {
                out.lines().for_each(|line| said.lock().unwrap().push(Said::read(&line.unwrap())));
            });
            (child, heard)
        };
        Hosts { all: (0..HOSTS).map(start).collect(), said }
    }

    /// Waits until every thread of every host has been told of a commit that was made since.
    pub(crate) fn wait_until_all_write(&self, since: Moment) {
        let until = Instant::now() + LIMIT;
        loop {
            let said = self.said.lock().unwrap();
            let recent = said.iter().rev().take_while(|said| said.at + Duration::from_secs(1) > since);
            let mut pens: Vec<_> = recent.filter(|said| said.at > since).filter_map(Said::acknowledged).collect();
            drop(said);
            pens.sort_unstable();
            pens.dedup();
            if pens.len() as i64 == HOSTS * HOST_PENS {
                return;
            }
            assert!(!self.all.iter().any(|(_, heard)| heard.is_finished()), "a host ended by itself");
            assert!(Instant::now() < until, "only the threads {pens:?} write");
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// The longest time that each host, and that any thread of it, was told of no commit, of those that end after
    /// `from` and begin before `to`.
    pub(crate) fn gaps(&self, from: Moment, to: Moment) -> Vec<Gap> {
        let said = self.said.lock().unwrap();
        let mut told = BTreeMap::<i64, Vec<Moment>>::new();
        for said in said.iter() {
            if let Some(pen) = said.acknowledged() {
                told.entry(pen).or_default().push(said.at);
            }
        }
        let host = |host: i64| {
            let threads: Vec<_> =
                told.range(host * HOST_PENS..(host + 1) * HOST_PENS).map(|(_, times)| times).collect();
            let all = threads.iter().copied().flatten().copied().collect();
            let thread = threads.iter().map(|times| longest((*times).clone(), from, to)).max();
            Gap { host: longest(all, from, to), thread: thread.unwrap_or_default() }
        };
        (0..HOSTS).map(host).collect()
    }

    /// Has the hosts end what they have begun; gives all that they have said.
    pub(crate) fn end(mut self) -> Vec<Said> {
        self.all.iter_mut().for_each(|(child, _)| drop(child.stdin.take()));
        for (mut child, heard) in std::mem::take(&mut self.all) {
            let status = child.wait().unwrap();
            assert!(status.success(), "a host failed: {status}");
            heard.join().unwrap();
        }
        std::mem::take(&mut self.said.lock().unwrap())
    }
}

impl Drop for Hosts {
    fn drop(&mut self) {
        for (child, _) in &mut self.all {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// How long a host was told of no commit.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Gap {
    /// None of its threads was.
    pub(crate) host: Duration,
    /// One of its threads was not, the one that had to wait longest.
    pub(crate) thread: Duration,
}
