//! How large a text can be written and where its lines break, without knowing the font: widths are those of wide common
//! fonts, and a little more.

use unicode_normalization::char::is_combining_mark;

/// From one line to the next, and from the top of a line to its letters' feet, in hundredths of the size.
const LEADING: u32 = 125;
const ASCENT: u32 = 100;
/// By how much a size that does not fit is made smaller, in hundredths.
const STEP: u32 = 94;

/// Lines, and the size they are written in.
pub(super) struct Fitted {
    pub(super) size: u32,
    pub(super) lines: Vec<String>,
}

/// The largest size at which the text fits the place, and its lines, which are about equally long. What does not fit
/// even at the smallest size loses its end.
pub(super) fn fit(text: &str, width: u32, most: u32, largest: u32, smallest: u32) -> Fitted {
    let pieces = pieces(text);
    let mut size = largest;
    loop {
        let available = u64::from(width) * 100 / u64::from(size.max(1));
        let lines = wrapped(&pieces, available);
        if height(size, lines.len()) <= most {
            return Fitted { size, lines: balanced(&pieces, available, lines) };
        }
        let smaller = size * STEP / 100;
        if smaller < smallest || smaller == size {
            let fitting = (1..=lines.len()).rev().find(|lines| height(size, *lines) <= most).unwrap_or(1);
            return Fitted { size, lines: cut(lines, fitting) };
        }
        size = smaller;
    }
}

/// The height of lines at a size.
pub(super) fn height(size: u32, lines: usize) -> u32 {
    size.saturating_mul(u32::try_from(lines).unwrap_or(u32::MAX)).saturating_mul(LEADING) / 100
}

/// How far below the top a line's letters stand.
pub(super) fn baseline(size: u32, line: usize) -> u32 {
    height(size, line) + size * ASCENT / 100
}

/// Whether the first letter that has a direction is of a script that is read from the right.
pub(super) fn reads_from_the_right(line: &str) -> bool {
    let from_right = |c: char| {
        matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}'
            | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
    };
    line.chars().find(|c| c.is_alphabetic()).is_some_and(from_right)
}

/// The parts of a text between which a line may break, and how wide each is in hundredths of the size.
struct Piece {
    text: String,
    width: u64,
    /// Whether a space stands in front, which the end of a line swallows.
    spaced: bool,
    /// Whether it may only be parted from the piece before where that would be wider than a line by itself.
    glued: bool,
}

fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for word in text.split_whitespace() {
        let (mut first, mut before) = (true, None);
        for c in word.chars() {
            match pieces.last_mut() {
                Some(piece) if !first && clings(c, before) => {
                    piece.text.push(c);
                    piece.width += em(c);
                }
                _ => {
                    let glued = !first && !is_wide(c) && !before.is_some_and(is_wide);
                    pieces.push(Piece { text: c.into(), width: em(c), spaced: first, glued });
                }
            }
            (first, before) = (false, Some(c));
        }
    }
    pieces
}

/// Whether a character belongs to the one before: marks, and what joiners join.
fn clings(c: char, before: Option<char>) -> bool {
    let joins = |c| matches!(c, '\u{200C}' | '\u{200D}');
    is_combining_mark(c)
        || joins(c)
        || matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' | '\u{1F3FB}'..='\u{1F3FF}')
        || before.is_some_and(joins)
}

const SPACE: u64 = 33;

/// Lines as full as they can be. A word goes to the next line whole, unless it is wider than a line.
fn wrapped(pieces: &[Piece], available: u64) -> Vec<String> {
    let (mut lines, mut line, mut used) = (Vec::new(), String::new(), 0);
    let mut at = 0;
    while at < pieces.len() {
        let word = word(pieces, at);
        let width: u64 = word.iter().map(|piece| piece.width).sum();
        let space = match word.first() {
            Some(piece) if piece.spaced && !line.is_empty() => SPACE,
            _ => 0,
        };
        if !line.is_empty() && used + space + width > available {
            lines.push(std::mem::take(&mut line));
            used = 0;
        } else if space > 0 {
            line.push(' ');
            used += space;
        }
        for piece in word {
            if !line.is_empty() && used + piece.width > available {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            line.push_str(&piece.text);
            used += piece.width;
        }
        at += word.len();
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// The piece at `from` with all that are glued to it.
fn word(pieces: &[Piece], from: usize) -> &[Piece] {
    let rest = pieces.get(from..).unwrap_or_default();
    let glued = rest.iter().skip(1).take_while(|piece| piece.glued).count();
    rest.get(..=glued).unwrap_or(rest)
}

/// The same number of lines, in as little width as that takes: no line of one word below a full one.
fn balanced(pieces: &[Piece], available: u64, lines: Vec<String>) -> Vec<String> {
    let (mut narrow, mut wide) = (0, available);
    while wide > narrow + 1 {
        let between = narrow.midpoint(wide);
        // a word that would break in two is no gain
        let whole = (0..pieces.len()).all(|at| word_fits(pieces, at, between, available));
        if whole && wrapped(pieces, between).len() <= lines.len() { wide = between } else { narrow = between }
    }
    wrapped(pieces, wide)
}

/// Whether the word that begins at `at` is whole on a line of `between`, or would be on none.
fn word_fits(pieces: &[Piece], at: usize, between: u64, available: u64) -> bool {
    if pieces.get(at).is_none_or(|piece| piece.glued) {
        return true;
    }
    let width: u64 = word(pieces, at).iter().map(|piece| piece.width).sum();
    width <= between || width > available
}

fn cut(mut lines: Vec<String>, most: usize) -> Vec<String> {
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            last.pop();
            last.push('…');
        }
    }
    lines
}

fn is_wide(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{115F}' | '\u{2E80}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FF60}' | '\u{FFE0}'..='\u{FFE6}' | '\u{1F000}'..='\u{1FAFF}'
        | '\u{20000}'..='\u{3FFFF}')
}

/// How wide a character is, in hundredths of the size, in bold.
fn em(c: char) -> u64 {
    match c {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' => 38,
        'f' | 'r' | 't' | 'I' | '(' | ')' | '[' | ']' | '-' | '/' => 48,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '&' => 112,
        '\u{200C}' | '\u{200D}' | '\u{FE00}'..='\u{FE0F}' => 0,
        'a'..='z' | '0'..='9' => 68,
        // a word, a whole sentence, and signs of a cuneiform tablet that are each one character
        '\u{FDFD}' => 900,
        '\u{FDF0}'..='\u{FDFC}' => 300,
        '\u{12000}'..='\u{1254F}' => 300,
        _ if is_combining_mark(c) => {
            if c.is_alphabetic() {
                40
            } else {
                0
            }
        }
        _ if c.is_ascii() => 82,
        _ if is_wide(c) => 102,
        _ if c.is_lowercase() => 74,
        _ => 90,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_fits_is_written_on_one_line_in_full_size() {
        let fitted = fit("  Ana   Ruiz ", 2_000, 300, 160, 50);
        assert_eq!((fitted.size, fitted.lines), (160, vec!["Ana Ruiz".to_owned()]));
    }

    #[test]
    fn lines_break_between_words_and_are_about_equally_long() {
        let fitted = fit("one two three four five six", 1_000, 300, 100, 50);
        assert_eq!(fitted.lines, ["one two three", "four five six"]);
    }

    #[test]
    fn marks_and_joined_signs_stay_with_their_letters() {
        for cluster in ["\u{928}\u{94d}", "\u{915}\u{93f}", "e\u{301}", "👩\u{200d}🚀", "❤\u{fe0f}"] {
            for width in 150..400 {
                for line in fit(&cluster.repeat(40), width, 10_000, 100, 100).lines {
                    assert_eq!(line.replace(cluster, ""), "");
                }
            }
        }
    }

    #[test]
    fn what_never_fits_loses_its_end() {
        let fitted = fit(&"W".repeat(2_000), 1_000, 200, 100, 50);
        assert!(fitted.lines.last().unwrap().ends_with('…') && fitted.lines.len() == 3);
    }

    proptest! {
        #[test]
        fn nothing_is_lost_that_fits_and_no_line_is_too_wide(
            text in "(\\PC|[a-zA-Z ]){0,120}",
            width in 200_u32..2_500,
        ) {
            let fitted = fit(&text, width, 100_000, 100, 50);
            let kept = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(kept(&fitted.lines.concat()), kept(&text));
            for line in &fitted.lines {
                let wide: u64 = line.chars().map(|c| if c == ' ' { SPACE } else { em(c) }).sum();
                prop_assert!(wide <= u64::from(width) || pieces(line).len() == 1, "{}: {}", line, wide);
            }
        }
    }
}
