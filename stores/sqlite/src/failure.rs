//! What SQLite says when it fails, as the codes of the library.

use handfast::{Code, Error, store::CommitError};
use rusqlite::{ErrorCode, ffi};

/// A failure of the database. Small and copied freely: one may be told to a whole group of callers.
///
/// It holds no message of SQLite's, because those quote statements and names.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Failure {
    /// SQLite refused, with this code.
    Sqlite(ffi::Error),
    /// A stored value is not of the type its column has.
    Value,
    /// A statement was used wrongly: a mistake of this crate.
    Misuse,
}

impl Failure {
    /// The code a program decides by.
    fn code(self) -> Code {
        let Failure::Sqlite(error) = self else {
            return if matches!(self, Failure::Value) { Code::Corrupt } else { Code::Internal };
        };
        match error.code {
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Code::StoreBusy,
            ErrorCode::DiskFull | ErrorCode::PermissionDenied => Code::StoreFull,
            // the file was moved away below an open connection: no room will help
            ErrorCode::ReadOnly if error.extended_code == ffi::SQLITE_READONLY_DBMOVED => Code::StoreFailed,
            ErrorCode::ReadOnly => Code::StoreFull,
            ErrorCode::DatabaseCorrupt => Code::Corrupt,
            _ => Code::StoreFailed,
        }
    }

    /// Whether a unique key or another rule of the table refused a row.
    pub(crate) fn is_constraint(self) -> bool {
        matches!(self, Failure::Sqlite(error) if error.code == ErrorCode::ConstraintViolation)
    }

    /// Whether someone else holds the database.
    pub(crate) fn is_busy(self) -> bool {
        self.code() == Code::StoreBusy
    }

    /// Whether the file is no database at all.
    pub(crate) fn is_foreign(self) -> bool {
        matches!(self, Failure::Sqlite(error) if error.code == ErrorCode::NotADatabase)
    }
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        match error {
            rusqlite::Error::SqliteFailure(error, _) | rusqlite::Error::SqlInputError { error, .. } => {
                Failure::Sqlite(error)
            }
            rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::IntegralValueOutOfRange(..)
            | rusqlite::Error::Utf8Error(..) => Failure::Value,
            _ => Failure::Misuse,
        }
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        let error = Error::new(failure.code());
        match failure {
            Failure::Sqlite(cause) => error.caused_by(cause),
            Failure::Value | Failure::Misuse => error,
        }
    }
}

impl From<Failure> for CommitError {
    fn from(failure: Failure) -> Self {
        CommitError::Store(failure.into())
    }
}
