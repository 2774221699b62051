//! The file that keeps root keys: base64, a line each, the active one first, for its owner's eyes alone.

use std::{
    ffi::OsString,
    fs::{self, File, OpenOptions},
    io::{self, ErrorKind, Read as _, Write as _},
    path::{Path, PathBuf},
};

use zeroize::Zeroizing;

use super::root_key::RootKey;
use crate::{
    error::{Code, Error, Result},
    random::Random,
};

/// Bytes of the longest file worth reading: some 180 keys.
const LONGEST: u64 = 8 * 1024;

/// The active key and the retired ones.
pub(super) fn read_or_create(path: &Path, random: &dyn Random) -> Result<(RootKey, Vec<RootKey>)> {
    match File::open(path) {
        Ok(file) => read(file, path),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let key = RootKey::generate(random)?;
            create(path, &key).map_err(|error| cannot_write(path, error))?;
            read(File::open(path).map_err(|error| cannot_read(path, error))?, path)
        }
        Err(error) => Err(cannot_read(path, error)),
    }
}

fn read(file: File, path: &Path) -> Result<(RootKey, Vec<RootKey>)> {
    refuse_open_to_others(&file, path)?;
    // The whole capacity at once, so that no half-read copy is left behind by growing.
    let mut bytes = Zeroizing::new(Vec::with_capacity(LONGEST as usize + 1));
    file.take(LONGEST + 1).read_to_end(&mut bytes).map_err(|error| cannot_read(path, error))?;
    let text = std::str::from_utf8(&bytes).map_err(|_| bad(path, "is not text"))?;
    if bytes.len() as u64 > LONGEST {
        return Err(bad(path, "is too long"));
    }
    let lines = text.lines().map(str::trim).enumerate().filter(|(_, line)| !line.is_empty());
    let keys = lines.map(|(at, line)| {
        RootKey::parse(line).map_err(|error| bad(path, &format!("is wrong in line {}: {}", at + 1, error.message())))
    });
    let mut keys = keys.collect::<Result<Vec<_>>>()?.into_iter();
    let active = keys.next().ok_or_else(|| bad(path, "is empty; remove it if no database was made with it"))?;
    Ok((active, keys.collect()))
}

#[cfg(unix)]
fn refuse_open_to_others(file: &File, path: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    // The opened file is asked, not the path, which could by now be another file.
    let metadata = file.metadata().map_err(|error| cannot_read(path, error))?;
    if metadata.permissions().mode() & 0o077 == 0 {
        return Ok(());
    }
    Err(bad(path, &format!("can be used by others than its owner: run `chmod 600 {}`", path.display())))
}

#[cfg(not(unix))]
fn refuse_open_to_others(_file: &File, _path: &Path) -> Result<()> {
    Ok(())
}

/// Makes the file with `key`, unless another process made it meanwhile.
///
/// The draft beside it is written under its lock and then takes the final name, so nobody ever sees half a
/// key. Until the file stands, nothing removes or renames the draft but the holder of its lock, so all who
/// wait wait for the same one; once it stands, nobody writes. A draft left by a crash is overwritten.
fn create(path: &Path, key: &RootKey) -> io::Result<()> {
    let draft_path = draft_beside(path);
    let mut draft = only_for_the_owner().write(true).create(true).truncate(false).open(&draft_path)?;
    draft.lock()?;
    if path.try_exists()? {
        // Either the locked file is by now the key file itself, or it is a draft that came too late.
        return fs::remove_file(&draft_path).or_else(|error| match error.kind() {
            ErrorKind::NotFound => Ok(()),
            _ => Err(error),
        });
    }
    draft.set_len(0)?;
    draft.write_all(Zeroizing::new(format!("{}\n", *key.to_text())).as_bytes())?;
    draft.sync_all()?;
    fs::rename(&draft_path, path)?;
    sync_folder_of(path)
}

fn draft_beside(path: &Path) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(".new");
    name.into()
}

#[cfg(unix)]
fn only_for_the_owner() -> OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut options = OpenOptions::new();
    options.mode(0o600);
    options
}

#[cfg(not(unix))]
fn only_for_the_owner() -> OpenOptions {
    OpenOptions::new()
}

/// Makes the new name durable: without it a power cut could lose a key that was used already.
fn sync_folder_of(path: &Path) -> io::Result<()> {
    if cfg!(not(unix)) {
        return Ok(());
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

fn bad(path: &Path, problem: &str) -> Error {
    Error::because(Code::BadKey, format!("the root key file `{}` {problem}", path.display()))
}

fn cannot_read(path: &Path, error: io::Error) -> Error {
    let message = format!("the root key file `{}` cannot be read", path.display());
    Error::because(Code::StoreFailed, message).caused_by(error)
}

fn cannot_write(path: &Path, error: io::Error) -> Error {
    let code = match error.kind() {
        ErrorKind::StorageFull
        | ErrorKind::QuotaExceeded
        | ErrorKind::ReadOnlyFilesystem
        | ErrorKind::PermissionDenied => Code::StoreFull,
        _ => Code::StoreFailed,
    };
    Error::because(code, format!("the root key file `{}` cannot be written", path.display())).caused_by(error)
}

#[cfg(test)]
#[path = "key_file_tests.rs"]
mod tests;
