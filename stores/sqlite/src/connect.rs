//! How a file becomes a connection.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    thread,
    time::{Duration, Instant},
};

use handfast::{Code, Error, Result};
use rusqlite::{Connection, OpenFlags, config::DbConfig};

use crate::{
    failure::Failure,
    options::{Durability, Options},
    session::Session,
};

/// Statements that a connection keeps prepared: those of some twenty tables.
const STATEMENTS: usize = 512;

/// A file and how to open it.
pub(crate) struct Origin {
    path: PathBuf,
    options: Options,
}

impl Origin {
    /// The file at `path`; made, for its owner alone, when there is none.
    pub(crate) fn new(path: &Path, options: Options) -> Result<Self> {
        // absolute, so that no name has a meaning for SQLite (`:memory:`, `file:..`) or depends on the working folder
        let path = std::path::absolute(path).map_err(|error| unusable(path, error))?;
        create(&path).map_err(|error| unusable(&path, error))?;
        Ok(Origin { path, options })
    }

    /// The connection that writes.
    pub(crate) fn writer(&self) -> Result<Session> {
        let open = || {
            let connection = self.connect()?;
            self.begin_wal(&connection)?;
            Ok(connection)
        };
        open().map(Session::new).map_err(|failure| self.unfit(failure))
    }

    /// A connection that reads.
    pub(crate) fn reader(&self) -> Result<Session, Failure> {
        let connection = self.connect()?;
        connection.pragma_update(None, "query_only", true)?;
        Ok(Session::new(connection))
    }

    fn connect(&self) -> Result<Connection, Failure> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.path, flags)?;
        // before the first statement: without it, what the bundled build has learned of the data (STAT4) has
        // statements prepared again for each value bound
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
        // a column that is not there is an error, not a text in double quotes
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
        connection.busy_timeout(self.options.busy_timeout)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        connection.pragma_update(None, "cell_size_check", true)?;
        let synchronous = match self.options.durability {
            Durability::Full => "FULL",
            Durability::Process => "OFF",
        };
        connection.pragma_update(None, "synchronous", synchronous)?;
        Ok(connection)
    }

    /// Turns the write-ahead log on. SQLite does not wait when another connection does the same, so this does.
    fn begin_wal(&self, connection: &Connection) -> Result<(), Failure> {
        let begin = Instant::now();
        loop {
            let mode = connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get::<_, String>(0));
            match mode.map_err(Failure::from) {
                Ok(mode) if mode.eq_ignore_ascii_case("wal") => return Ok(()),
                Ok(_) => return Err(Failure::Misuse),
                Err(failure) if failure.is_busy() && begin.elapsed() < self.options.busy_timeout => {
                    thread::sleep(Duration::from_millis(1));
                }
                Err(failure) => return Err(failure),
            }
        }
    }

    /// The error of a file that cannot be opened, with its name.
    fn unfit(&self, failure: Failure) -> Error {
        let error = Error::from(failure);
        let path = self.path.display();
        let message = match error.code() {
            _ if failure.is_foreign() => format!("`{path}` is not a SQLite database"),
            Code::StoreBusy => format!("`{path}` is locked by another process"),
            Code::StoreFull => format!("`{path}` cannot be written"),
            Code::Corrupt => format!("`{path}` is damaged"),
            _ => format!("`{path}` cannot be opened"),
        };
        Error::because(error.code(), message).caused_by(error)
    }
}

/// Makes an empty file that only its owner may read: SQLite would leave that to the process's mask.
/// The files beside it (`-wal`, `-shm`) get the mode of this one.
fn create(path: &Path) -> io::Result<()> {
    // closing a file gives up the locks that this process holds on it, so no connection may be opened on the
    // file by another thread before it is closed here
    static ALONE: Mutex<()> = Mutex::new(());
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        other => other.map(drop),
    }
}

fn unusable(path: &Path, error: io::Error) -> Error {
    use io::ErrorKind::{PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull};
    let path = path.display();
    let code = match error.kind() {
        PermissionDenied | ReadOnlyFilesystem | StorageFull | QuotaExceeded => Code::StoreFull,
        _ => Code::StoreFailed,
    };
    Error::because(code, format!("`{path}` cannot be made: {error}")).caused_by(error)
}
