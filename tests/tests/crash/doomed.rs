use std::{
    io::{BufRead as _, BufReader},
    os::unix::process::ExitStatusExt as _,
    process::{Child, ChildStdout, Command, Stdio},
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    thread::{self, JoinHandle},
    time::Duration,
};

/// SIGKILL, which no process can catch.
const KILLED: i32 = 9;

/// A worker that says nothing for so long will never again.
const SILENCE: Duration = Duration::from_secs(120);

/// A worker that will be killed.
pub(crate) struct Doomed {
    child: Child,
    said: JoinHandle<Vec<String>>,
    heard: Receiver<String>,
}

impl Doomed {
    pub(crate) fn start(arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_crash_worker"));
        let mut child = command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (out, (hears, heard)) = (child.stdout.take().unwrap(), channel());
        let said = thread::spawn(move || lines(out, |line| _ = hears.send(line.to_owned())));
        Doomed { child, said, heard }
    }

    /// Waits until it has said something.
    pub(crate) fn wait(&self) {
        self.heard.recv().expect("a worker that begins");
    }

    /// Waits until it has said this word so many times more.
    pub(crate) fn wait_for(&self, word: &str, times: usize) {
        let mut heard = 0;
        while heard < times {
            match self.heard.recv_timeout(SILENCE) {
                Ok(line) => heard += usize::from(line.starts_with(word)),
                Err(RecvTimeoutError::Disconnected) => panic!("the worker ended by itself"),
                Err(RecvTimeoutError::Timeout) => panic!("the worker has said nothing for {SILENCE:?}"),
            }
        }
    }

    /// Kills it; gives the lines it said.
    pub(crate) fn kill(mut self) -> Vec<String> {
        self.child.kill().unwrap();
        let status = self.child.wait().unwrap();
        assert_eq!(status.signal(), Some(KILLED), "the worker ended by itself: {status}");
        self.said.join().unwrap()
    }
}

/// The whole lines of what is said; the last one may have been cut.
fn lines(out: ChildStdout, hears: impl Fn(&str)) -> Vec<String> {
    let (mut out, mut lines) = (BufReader::new(out), Vec::new());
    loop {
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        match line.strip_suffix('\n') {
            Some(line) => {
                hears(line);
                lines.push(line.to_owned());
            }
            None => return lines,
        }
    }
}
