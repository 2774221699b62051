//! Rows on their way out. A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula and runs it (CSV
//! injection, OWASP), so such a cell gets an apostrophe in front, which spreadsheets take as "this is text". Whoever reads
//! the file here takes exactly that apostrophe away again: see [`unguarded`].

use std::borrow::Cow;

/// Adds a row, ended by CRLF as RFC 4180 has it.
pub(crate) fn write<T: AsRef<str>>(text: &mut String, cells: impl IntoIterator<Item = T>) {
    for (at, cell) in cells.into_iter().enumerate() {
        if at > 0 {
            text.push(',');
        }
        let cell = guarded(cell.as_ref());
        // the other separators too, for a spreadsheet may split at them whatever the file says
        if cell.contains([',', ';', '\t', '"', '\n', '\r']) {
            text.push('"');
            text.push_str(&cell.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(&cell);
        }
    }
    text.push_str("\r\n");
}

/// A cell that no spreadsheet takes for a formula. One that looks as if it was guarded is guarded too, so that what is
/// taken away again is always what was added.
fn guarded(cell: &str) -> Cow<'_, str> {
    if is_formula(cell.trim_start_matches('\'')) { format!("'{cell}").into() } else { cell.into() }
}

/// The cell as it was before it was guarded.
pub(crate) fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_formula(rest.trim_start_matches('\'')) => rest,
        _ => cell,
    }
}

/// The wide forms are taken as the plain ones where people write Japanese. A negative number computes nothing.
fn is_formula(cell: &str) -> bool {
    let negative = |rest: &str| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    !cell.strip_prefix('-').is_some_and(negative)
        && cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_formula_is_written_as_text_and_nothing_else_is_touched() {
        let mut text = String::new();
        write(&mut text, ["=1+1", "+44 20", "-", "@x", "＝1", "'=1", "'quoted'", "1-1", "-1.5", "-1+1", ""]);
        assert_eq!(text, "'=1+1,'+44 20,'-,'@x,'＝1,''=1,'quoted',1-1,-1.5,'-1+1,\r\n");
    }

    #[test]
    fn what_could_end_a_cell_stands_in_quotes() {
        let mut text = String::new();
        write(&mut text, ["a,b", "a;b", "a\tb", "a\nb", "a\"b", "-\""]);
        assert_eq!(text, "\"a,b\",\"a;b\",\"a\tb\",\"a\nb\",\"a\"\"b\",\"'-\"\"\"\r\n");
    }

    proptest! {
        #[test]
        fn a_guarded_cell_is_the_same_again(cell in "['=+@\t\r＝a1.-]{0,6}") {
            let guarded = guarded(&cell);
            prop_assert_eq!(unguarded(&guarded), &cell);
            prop_assert!(!is_formula(&guarded));
        }
    }
}
