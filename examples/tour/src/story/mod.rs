//! The story of the article, from a company's sign-up to customers who buy, on a real database.

mod activation;
mod company;
mod decision;
mod desk;
mod link;
mod notes;
mod orders;
mod partner;
mod records;
mod summary;
mod users;
mod visitor;

use std::{
    error, fs,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use handfast::{
    Actor, Handfast, SystemRandom,
    mail::{EmlMailer, Mailer, Message},
    secret::Keyring,
};
use handfast_sqlite::SqliteStore;

use crate::{narrator::Narrator, scenario::key_file};
use notes::Notes;

/// Whatever stops the tour: the library's errors, and those of files.
pub(crate) type Result<T> = std::result::Result<T, Box<dyn error::Error>>;

/// Plays the story on the database at `database`; mails go to the folder `mails`, pictures beside the database.
///
/// Played again on the same database, it goes on with the same company and new visitors.
pub fn play(database: &Path, mails: &Path) -> Result<()> {
    let folder = database.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(|error| format!("cannot make the folder `{}`: {error}", folder.display()))?;
    let known = database.exists();
    let keyring = Keyring::at(key_file(database), &SystemRandom)?;
    let handfast = Handfast::builder(SqliteStore::open(database)?).keyring(keyring).build()?;
    let narrator = Narrator::new();
    narrator.line(format!("Database  {} ({})", database.display(), if known { "used before" } else { "new" }));
    narrator.line(format!("Mails     {}, as .eml files", mails.display()));
    let notes = Notes::beside(database)?;
    let post = Post { folder: EmlMailer::new(mails), arrived: Mutex::default(), total: 0 };
    let (database, mails, folder) = (database.to_owned(), mails.to_owned(), folder.to_owned());
    Tour { handfast, narrator, post, notes, database, mails, folder, pictures: Vec::new() }.play()
}

/// The tour, under way.
struct Tour {
    handfast: Handfast,
    narrator: Narrator,
    post: Post,
    notes: Notes,
    database: PathBuf,
    mails: PathBuf,
    /// Where the database lies, and the pictures too.
    folder: PathBuf,
    pictures: Vec<PathBuf>,
}

/// Who acts for the company in the story.
#[derive(Clone, Copy)]
struct Cast {
    /// Ada Flores, Admin.
    ada: Actor,
    /// Pedro Paz, Procurement Manager.
    pedro: Actor,
    /// Sara Sol, Sales Manager.
    sara: Actor,
}

impl Tour {
    fn play(mut self) -> Result<()> {
        let ada = self.company()?;
        let (pedro, sara) = self.staff(ada)?;
        let cast = Cast { ada, pedro, sara };
        let offers = self.offers(ada)?;
        let slug = self.get_link(cast)?;
        let bea = self.first_visitor(&slug)?;
        let stranger = self.stranger(&slug)?;
        let (rosas, invitation) = self.decide(cast, &bea, &stranger)?;
        self.activate(cast, rosas, &offers)?;
        let others = self.decide_many(cast, &slug)?;
        self.activate_in_another_order(cast, &others, &offers)?;
        self.stop_and_go(cast, rosas)?;
        self.users(cast, rosas, invitation.as_deref())?;
        let nube = self.desk(cast)?;
        self.orders(cast, &nube)?;
        self.partner(ada)?;
        self.replace_link(cast, &slug)?;
        self.look_back(cast, rosas)?;
        self.summary(cast)
    }

    /// Delivers what is in the outbox, and tells of each mail.
    fn deliver(&mut self) -> Result<Vec<Message>> {
        let delivery = self.handfast.mails().deliver(&self.post, 1_000)?;
        let arrived = std::mem::take(&mut *self.post.arrived.lock().unwrap_or_else(PoisonError::into_inner));
        self.narrator.mails(&arrived);
        for failure in &delivery.failures {
            self.narrator.say(format!("A mail could not be written and is tried again later: {}.", failure.reason));
        }
        self.post.total += arrived.len();
        Ok(arrived)
    }

    /// A name or an address of this play: the second play's visitors are numbered, for addresses are unique.
    fn numbered(&self, name: &str) -> String {
        let play = self.notes.plays;
        match (play, name.split_once('@')) {
            (..=1, _) => name.to_owned(),
            (_, Some((person, place))) => format!("{person}{play}@{place}"),
            (_, None) => format!("{name} {play}"),
        }
    }
}

/// Writes mails as files, and remembers them until they were told of.
struct Post {
    folder: EmlMailer,
    arrived: Mutex<Vec<Message>>,
    total: usize,
}

impl Mailer for Post {
    fn send(&self, message: &Message) -> std::result::Result<(), handfast::mail::Rejected> {
        self.folder.send(message)?;
        self.arrived.lock().unwrap_or_else(PoisonError::into_inner).push(message.clone());
        Ok(())
    }
}
