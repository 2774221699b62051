//! A way to the server that can lose what is sent.

use std::{
    io::{Read, Write},
    net::{Shutdown, TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering::SeqCst},
    },
    thread,
};

/// Passes everything on between a store and a server, but for what it is told to lose.
pub struct Proxy {
    pub port: u16,
    loses: Arc<Loses>,
}

#[derive(Default)]
struct Loses {
    /// Commits that are passed on, but not their answers.
    answers: AtomicU32,
    /// Commits that are not passed on.
    commits: AtomicU32,
    /// Beginnings of transactions that are passed on in another wording, which no server understands.
    begins: AtomicU32,
}

/// A commit, as a client says it.
const COMMIT: &[u8] = b"Q\0\0\0\x0bCOMMIT\0";

impl Proxy {
    pub fn to(port: u16) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let loses = Arc::new(Loses::default());
        let proxy = Proxy { port: listener.local_addr().unwrap().port(), loses: Arc::clone(&loses) };
        thread::spawn(move || {
            for client in listener.incoming() {
                let (Ok(client), Ok(server)) = (client, TcpStream::connect(("127.0.0.1", port))) else { continue };
                let (from, to) = (server.try_clone().unwrap(), client.try_clone().unwrap());
                thread::spawn(move || pass_on(from, to));
                let loses = Arc::clone(&loses);
                thread::spawn(move || loses.watch(client, server));
            }
        });
        proxy
    }

    pub fn lose_answers(&self, of: u32) {
        self.loses.answers.store(of, SeqCst);
    }

    pub fn spoil_begins(&self, of: u32) {
        self.loses.begins.store(of, SeqCst);
    }

    pub fn lose_commits(&self, of: u32) {
        self.loses.commits.store(of, SeqCst);
    }
}

/// How a transaction begins.
const BEGIN: &[u8] = b"BEGIN ISOLATION LEVEL READ COMMITTED";

fn take(from: &AtomicU32) -> bool {
    from.fetch_update(SeqCst, SeqCst, |left| left.checked_sub(1)).is_ok()
}

fn pass_on(mut from: TcpStream, mut to: TcpStream) {
    let _ = std::io::copy(&mut from, &mut to);
    let _ = to.shutdown(Shutdown::Both);
}

impl Loses {
    /// Passes on what a client says.
    fn watch(&self, mut client: TcpStream, mut server: TcpStream) {
        let mut said = vec![0; 1 << 16];
        while let Ok(count @ 1..) = client.read(&mut said) {
            let said = &mut said[..count];
            if let Some(at) = said.windows(BEGIN.len()).position(|part| part == BEGIN)
                && take(&self.begins)
            {
                said[at] = b'X';
            }
            let said = &said[..];
            // all of a commit is one write, so its end is the end of what is read
            if said.ends_with(COMMIT) {
                if take(&self.commits) {
                    let _ = server.write_all(&said[..count - COMMIT.len()]);
                    break;
                }
                if take(&self.answers) {
                    let _ = client.shutdown(Shutdown::Both);
                    let _ = server.write_all(said);
                    // what is lost may be decided at any time; here it is, before anyone asks again
                    let _ = server.shutdown(Shutdown::Write);
                    break;
                }
            }
            if server.write_all(said).is_err() {
                break;
            }
        }
        let _ = client.shutdown(Shutdown::Both);
        let _ = server.shutdown(Shutdown::Write);
    }
}
