//! How the tour speaks: chapters, sentences, mails, lists.

use std::io::{self, IsTerminal, Write};

use handfast::mail::Message;

/// Columns of a line.
const WIDTH: usize = 96;

/// Tells the story on the standard output.
#[derive(Debug)]
pub(crate) struct Narrator {
    chapter: usize,
    style: Style,
}

/// Whether the reader sees bold letters, or their control codes.
#[derive(Clone, Copy, Debug)]
enum Style {
    Bold,
    Plain,
}

impl Narrator {
    pub(crate) fn new() -> Self {
        let bold = io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
        Narrator { chapter: 0, style: if bold { Style::Bold } else { Style::Plain } }
    }

    /// A heading, numbered on.
    pub(crate) fn chapter(&mut self, title: &str) {
        self.chapter += 1;
        let heading = format!("{}. {title}", self.chapter);
        print("");
        match self.style {
            Style::Bold => print(&format!("\u{1b}[1m{heading}\u{1b}[0m")),
            Style::Plain => print(&heading),
        }
        print("");
    }

    /// One or more sentences.
    pub(crate) fn say(&self, text: impl AsRef<str>) {
        self.indented(text.as_ref(), "   ", "   ");
    }

    /// One line of a list.
    pub(crate) fn item(&self, text: impl AsRef<str>) {
        self.indented(text.as_ref(), "     - ", "       ");
    }

    /// A line that is shown as it is: a table, a command.
    pub(crate) fn line(&self, text: impl AsRef<str>) {
        print(format!("     {}", text.as_ref()).trim_end());
    }

    /// Mails that went out; the same one to several people is told once.
    pub(crate) fn mails(&self, messages: &[Message]) {
        for same in messages.chunk_by(|one, next| one.subject == next.subject) {
            let people: Vec<_> = same.iter().map(|message| message.to.as_str()).collect();
            let subject = same.first().map_or("", |message| &message.subject);
            print(&format!("   [mail] {}: \"{subject}\"", people.join(", ")));
        }
    }

    fn indented(&self, text: &str, first: &str, rest: &str) {
        let options = textwrap::Options::new(WIDTH).initial_indent(first).subsequent_indent(rest).break_words(false);
        textwrap::wrap(text, options).iter().for_each(|line| print(line));
    }
}

/// A reader who stops listening does not stop the story: what is done to the database is done to its end.
fn print(line: &str) {
    let _ = writeln!(io::stdout(), "{line}");
}
