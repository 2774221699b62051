//! What PostgreSQL says when it fails, as the codes of the library.

use std::{error, fmt, io};

use handfast::{Code, Error, store::CommitError};

/// A failure of the database or of the way to it.
///
/// It holds no message of PostgreSQL's, because those quote statements, names and values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Failure {
    /// PostgreSQL refused, with this state.
    Refused(State),
    /// The connection was lost, or none could be made for now.
    Lost,
    /// No answer came in time.
    Silent,
    /// All connections were busy for too long.
    Crowded,
    /// The server does not take this host in, or has no certificate that can be trusted.
    Barred,
    /// A stored value is not of the type its column has.
    Value,
    /// A statement was used wrongly: a mistake of this crate.
    Misuse,
}

/// An SQLSTATE: five letters or digits, the first two of which say the class.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct State([u8; 5]);

impl State {
    fn of(code: &str) -> Self {
        State(code.as_bytes().try_into().unwrap_or(*b"XX000"))
    }

    fn is(self, code: &str) -> bool {
        self.0 == code.as_bytes()
    }

    fn begins(self, class: &str) -> bool {
        self.0.starts_with(class.as_bytes())
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SQLSTATE {}", String::from_utf8_lossy(&self.0))
    }
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl error::Error for State {}

impl Failure {
    /// The code a program decides by.
    fn code(self) -> Code {
        match self {
            Failure::Lost | Failure::Silent | Failure::Crowded => Code::StoreBusy,
            Failure::Refused(state) if state.begins("40") || state.begins("57") || state.is("55P03") => Code::StoreBusy,
            Failure::Refused(state) if state.is("53300") || state.is("25006") => Code::StoreBusy,
            Failure::Refused(state) if state.is("53100") || state.is("42501") => Code::StoreFull,
            Failure::Refused(state) if state.is("XX001") || state.is("XX002") => Code::Corrupt,
            Failure::Refused(_) | Failure::Barred => Code::StoreFailed,
            Failure::Value => Code::Corrupt,
            Failure::Misuse => Code::Internal,
        }
    }

    /// Whether a unique key refused a row.
    pub(crate) fn is_taken(self) -> bool {
        self.is("23505")
    }

    /// Whether a check failed: each divides by what it counts, and nothing else divides.
    pub(crate) fn is_unmet(self) -> bool {
        self.is("22012")
    }

    /// Whether another transaction stood in the way (serialization failure, deadlock): nothing happened, and the same
    /// again may pass.
    pub(crate) fn is_collision(self) -> bool {
        self.is("40001") || self.is("40P01")
    }

    /// Whether this connection is of no use any more, and another may be: it was lost, the server stops or starts or has
    /// no room for one more, it only reads, because another one leads now (which it also says as 0A000, when a transaction
    /// begins that writes), or what was prepared fits the tables no more (0A000 too).
    pub(crate) fn is_outage(self) -> bool {
        let states = ["57P01", "57P02", "57P03", "57P05", "53300", "25006", "0A000"];
        self == Failure::Lost || self.begins("08") || states.iter().any(|state| self.is(state))
    }

    /// Whether connections that are idle are of no use either: they lead to the same server. One that is silent for longer
    /// than it may let a statement run is frozen or cut off.
    pub(crate) fn is_of_the_server(self) -> bool {
        self.is_outage() || self == Failure::Silent
    }

    /// Whether what was sent may have been done nevertheless: the connection ended, or nobody waited for the answer.
    pub(crate) fn is_doubtful(self) -> bool {
        matches!(self, Failure::Lost | Failure::Silent)
            || self.begins("08")
            || ["57P01", "57P02", "57P05"].iter().any(|state| self.is(state))
    }

    /// Whether the table or the schema is not there.
    pub(crate) fn is_missing(self) -> bool {
        self.is("42P01") || self.is("3F000")
    }

    /// Whether someone else made the same schema, table or index at the same moment.
    pub(crate) fn is_made_meanwhile(self) -> bool {
        ["23505", "42P06", "42P07", "42710", "XX000"].iter().any(|state| self.is(state))
    }

    fn is(self, code: &str) -> bool {
        matches!(self, Failure::Refused(state) if state.is(code))
    }

    fn begins(self, class: &str) -> bool {
        matches!(self, Failure::Refused(state) if state.begins(class))
    }

    /// Why no connection could be made. Errors that waiting does not mend are told at once.
    pub(crate) fn of_connecting(error: &tokio_postgres::Error) -> Self {
        match Failure::from(error) {
            Failure::Refused(state) if state.begins("28") => Failure::Barred,
            // a certificate that is not trusted
            Failure::Lost if io_kind(error) == Some(io::ErrorKind::InvalidData) => Failure::Barred,
            Failure::Misuse if io_kind(error).is_none() && error::Error::source(error).is_none() => Failure::Lost,
            Failure::Misuse => Failure::Barred,
            other => other,
        }
    }
}

fn io_kind(error: &tokio_postgres::Error) -> Option<io::ErrorKind> {
    Some(error::Error::source(error)?.downcast_ref::<io::Error>()?.kind())
}

impl From<&tokio_postgres::Error> for Failure {
    fn from(error: &tokio_postgres::Error) -> Self {
        match error.code() {
            Some(state) => Failure::Refused(State::of(state.code())),
            None if error.is_closed() || io_kind(error).is_some() => Failure::Lost,
            None => Failure::Misuse,
        }
    }
}

impl From<tokio_postgres::Error> for Failure {
    fn from(error: tokio_postgres::Error) -> Self {
        Failure::from(&error)
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        let error = Error::new(failure.code());
        match failure {
            Failure::Refused(state) => error.caused_by(state),
            Failure::Lost => error.caused_by("the connection to PostgreSQL was lost"),
            Failure::Silent => error.caused_by("PostgreSQL did not answer in time"),
            Failure::Crowded => error.caused_by("all connections to PostgreSQL were busy"),
            Failure::Barred => error
                .caused_by("PostgreSQL does not take this user, does not encrypt, or its certificate is not trusted"),
            Failure::Value | Failure::Misuse => error,
        }
    }
}

impl From<Failure> for CommitError {
    fn from(failure: Failure) -> Self {
        CommitError::Store(failure.into())
    }
}
