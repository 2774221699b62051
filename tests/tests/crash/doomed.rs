use std::{
    io::{BufRead as _, BufReader},
    os::unix::process::ExitStatusExt as _,
    process::{Child, ChildStdout, Command, Stdio},
    sync::mpsc::{Receiver, channel},
    thread::{self, JoinHandle},
};

/// SIGKILL, which no process can catch.
const KILLED: i32 = 9;

/// A worker that will be killed.
pub(crate) struct Doomed {
    child: Child,
    said: JoinHandle<Vec<String>>,
    begun: Receiver<()>,
}

impl Doomed {
    pub(crate) fn start(arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_crash_worker"));
        let mut child = command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (out, (begins, begun)) = (child.stdout.take().unwrap(), channel());
        let said = thread::spawn(move || lines(out, || _ = begins.send(())));
        Doomed { child, said, begun }
    }

    /// Waits until it has said something.
    pub(crate) fn wait(&self) {
        self.begun.recv().expect("a worker that begins");
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
fn lines(out: ChildStdout, begins: impl Fn()) -> Vec<String> {
    let (mut out, mut lines) = (BufReader::new(out), Vec::new());
    loop {
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        match line.strip_suffix('\n') {
            Some(line) => lines.push(line.to_owned()),
            None => return lines,
        }
        begins();
    }
}
