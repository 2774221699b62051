use std::fs;

use handfast::{
    Actor,
    customer::{Customer, CustomerState},
    event::EventFilter,
    request::RequestState,
    store::{Page, Paging},
};

use super::{Cast, Result, Tour};

impl Tour {
    pub(super) fn summary(&mut self, cast: Cast) -> Result<()> {
        self.narrator.chapter("Summary");
        let again =
            if self.notes.plays > 1 { format!(" (play {} on this database)", self.notes.plays) } else { String::new() };
        self.narrator.say(format!("{} mails went out{again}. The company has by now:", self.post.total));
        self.customers(cast.ada)?;
        self.requests(cast.ada)?;
        let events = count(|paging| self.handfast.events().list(cast.ada, &EventFilter::default(), paging))?;
        self.narrator.line(format!("{events:>5} events in the audit trail"));
        self.narrator.say("Files:");
        let files = fs::read_dir(&self.mails).map_or(0, Iterator::count);
        self.narrator.line(format!("{}  ({files} files: open one with any mail program)", self.mails.display()));
        for picture in &self.pictures {
            self.narrator.line(picture.display().to_string());
        }
        let database = self.database.display();
        self.narrator.line(database.to_string());
        self.narrator.line(format!(
            "{database}.key  (the root key: without it the codes and links in the database mean nothing)"
        ));
        self.narrator.say("Look into the database with the SQLite shell:");
        for query in [
            "SELECT legal_name, state, ready IS NOT NULL AS could_order FROM handfast_customer",
            "SELECT what, count(*) FROM handfast_event GROUP BY what ORDER BY 2 DESC",
            "SELECT recipient, kind, state FROM handfast_mail ORDER BY id DESC LIMIT 10",
        ] {
            self.narrator.line(format!("sqlite3 -box {database} \"{query}\""));
        }
        self.narrator.say("Run the tour again, and it goes on with the same company and new visitors.");
        Ok(())
    }

    fn customers(&self, ada: Actor) -> Result<()> {
        for state in CustomerState::ALL {
            let customers = count(|paging| self.handfast.customers().list(ada, Some(*state), paging))?;
            self.narrator.line(format!("{customers:>5} customers {state}"));
        }
        let page: Page<Customer> = self.handfast.customers().list(ada, None, &Paging::first(500))?;
        let able = page.items.iter().filter(|customer| customer.can_order().yes).count();
        self.narrator.line(format!("{able:>5} customers can order"));
        Ok(())
    }

    fn requests(&self, ada: Actor) -> Result<()> {
        for state in [RequestState::Pending, RequestState::Approved, RequestState::Rejected] {
            let requests = count(|paging| self.handfast.requests().list(ada, state, paging))?;
            self.narrator.line(format!("{requests:>5} requests {state}"));
        }
        Ok(())
    }
}

/// How many there are, over all pages.
fn count<T>(list: impl Fn(&Paging) -> handfast::Result<Page<T>>) -> Result<usize> {
    let (mut count, mut paging) = (0, Some(Paging::first(500)));
    while let Some(asked) = paging {
        let page = list(&asked)?;
        count += page.items.len();
        paging = Paging::after(&page, 500);
    }
    Ok(count)
}
