use std::{
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
};

use handfast::{Id, company::Company};
use serde::{Deserialize, Serialize};

use super::Result;

/// What the tour must know to go on where it stopped; all else is in the database. Kept as `shop.db.tour.json`.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Notes {
    /// How often the story was played, this time included.
    pub(super) plays: u32,
    /// The company of the story.
    pub(super) company: Option<Id<Company>>,
    #[serde(skip)]
    path: PathBuf,
}

impl Notes {
    /// Those beside the database, or none yet.
    pub(super) fn beside(database: &Path) -> Result<Self> {
        let mut path = OsString::from(database);
        path.push(".tour.json");
        let path = PathBuf::from(path);
        let notes = match fs::read_to_string(&path) {
            Ok(text) => serde_json::from_str(&text)
                .map_err(|error| format!("`{}` does not hold the tour's notes: {error}", path.display()))?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Notes::default(),
            Err(error) => return Err(format!("cannot read `{}`: {error}", path.display()).into()),
        };
        Ok(Notes { path, plays: notes.plays + 1, ..notes })
    }

    pub(super) fn keep(&self) -> Result<()> {
        let text = serde_json::to_string_pretty(self)?;
        fs::write(&self.path, text).map_err(|error| format!("cannot write `{}`: {error}", self.path.display()).into())
    }
}
