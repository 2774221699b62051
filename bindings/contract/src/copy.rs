//! Moving to another database.

use handfast::copy::{CopyProgress, Copying};

use crate::{failure::Failure, handle::Handle, open::Place, types::Copied};

impl Handle {
    /// Copies all that this library holds to another database, a file or `postgres://`, which must be empty or an earlier
    /// copy. What is there already is compared, so a copy that was cut short goes on when it is called again. The library
    /// may be used meanwhile, also by other processes, the other database by nobody.
    ///
    /// `live` says that the library is being used: nothing is verified then. Otherwise both databases are compared in the
    /// end, row by row. The root key is in neither database: the copy must be opened with the same.
    ///
    /// `tell` hears how many rows are done, of how many: until the verification begins, of as many as were read.
    ///
    /// Errors: `not_a_database`, `not_a_copy`, `copy_differs` (somebody wrote meanwhile), `newer_schema`, `contention`,
    /// `in_doubt`, the stores' own.
    pub fn copy_to(&self, url: &str, live: bool, tell: &dyn Fn(u32, u32)) -> Result<Copied, Failure> {
        self.call("copy_to", |handfast| {
            let to = Place::parse(url)?.lasting()?;
            let mut copying = Copying::begin(handfast.store(), &to)?;
            while let Some(progress) = copying.step()? {
                tell(number(progress.rows), number(progress.rows));
            }
            let done = copying.so_far().clone();
            let verified = |progress: CopyProgress| tell(number(progress.rows), number(done.rows));
            let verified = if live { None } else { Some(copying.verify(verified)?) };
            Ok(Copied::of(&done, verified))
        })
    }
}

fn number(rows: u64) -> u32 {
    u32::try_from(rows).unwrap_or(u32::MAX)
}
