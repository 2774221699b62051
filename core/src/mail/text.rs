//! The text form of a mail.

use textwrap::{Options, WordSeparator, WordSplitter};

use super::{
    source::{Marker, Shape},
    template::Filled,
};

/// RFC 5322, 2.1.1: lines of at most 78 characters.
const COLUMNS: usize = 78;

/// The mail as text: paragraphs in 78 columns, addresses never broken, the footer as signature (RFC 3676, 4.3).
pub(super) fn written(mail: &Filled, footer: &str) -> String {
    let mut text = String::with_capacity(1024);
    for block in &mail.blocks {
        write(&mut text, block);
        text.push('\n');
    }
    text.push_str("-- \n");
    wrap(&mut text, footer, "", "");
    text
}

fn write(text: &mut String, block: &Shape<String>) {
    match block {
        Shape::Paragraph(paragraph) => wrap(text, paragraph, "", ""),
        Shape::Code(code) => wrap(text, code, "    ", "    "),
        Shape::Quote(quote) => {
            for line in quote.lines() {
                // An empty line would end the quote, and what a stranger wrote would go on as ours.
                if line.is_empty() { text.push_str(">\n") } else { wrap(text, line, "> ", "> ") }
            }
        }
        Shape::Heading(heading) => {
            wrap(text, heading, "", "");
            text.extend(std::iter::repeat_n('-', heading.chars().count().min(COLUMNS)));
            text.push('\n');
        }
        Shape::Button { label, link } => {
            wrap(text, &format!("{label}:"), "", "");
            wrap(text, link, "", "");
        }
        Shape::List(marker, entries) => {
            for (index, entry) in entries.iter().enumerate() {
                match marker {
                    Marker::Dash => wrap(text, entry, "- ", "  "),
                    Marker::Number => wrap(text, entry, &format!("{}. ", index + 1), "   "),
                }
            }
        }
    }
}

fn wrap(text: &mut String, words: &str, first: &str, rest: &str) {
    let options = Options::new(COLUMNS)
        .initial_indent(first)
        .subsequent_indent(rest)
        .break_words(false)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation);
    for line in textwrap::wrap(words, options) {
        text.push_str(line.trim_end());
        text.push('\n');
    }
}
