//! The certificate as a picture to print.

use std::fmt::Write as _;

use crate::{
    error::{Code, Error, Result},
    qr::{QrOptions, qr_svg},
};

mod fit;
mod words;

use fit::{Fitted, fit};
use words::Words;

/// The page, A4 landscape, in tenths of a millimetre.
const WIDTH: u32 = 2_970;
const HEIGHT: u32 = 2_100;
const MIDDLE: u32 = WIDTH / 2;
/// The side of the QR code with its white border: 4 cm are read from half a metre.
const QR: u32 = 440;
/// Characters of an address that is printed; a longer one nobody types, and the QR code has it.
const LONGEST_ADDRESS: usize = 160;

const INK: &str = "#1f2a44";
const SOFT: &str = "#5b6478";
const GOLD: &str = "#a8874a";
// no font can be counted on, so that each list ends with a family that every reader has
const SERIF: &str = "Georgia, 'Noto Serif', 'Times New Roman', serif";
const SANS: &str = "'Helvetica Neue', Arial, 'Noto Sans', sans-serif";

/// What stands on a certificate. Every text may be any text: it is shrunk, wrapped and in the end cut, so that nothing
/// leaves its place.
#[derive(Clone, Copy, Debug)]
pub struct Drawing<'a> {
    /// Who is certified, of 120 characters in any script.
    pub name: &'a str,
    /// The title of the course, of 200 characters.
    pub title: &'a str,
    /// The number of the certificate.
    pub number: &'a str,
    /// The date as it is to be read.
    pub issued: &'a str,
    /// The version of the course.
    pub version: u32,
    /// The digest of the evidence.
    pub digest: &'a str,
    /// Where anyone verifies the certificate: the QR code leads there.
    pub url: &'a str,
    /// The language of the words around: Spanish for `es` with any region, English for any other.
    pub language: &'a str,
    /// The product that certifies.
    pub product: &'a str,
}

/// A rectangle that a text is to stay in, and how large it may be written.
#[derive(Clone, Copy)]
struct Place {
    /// Where its lines begin, end, or have their middle.
    x: u32,
    anchor: Anchor,
    top: u32,
    width: u32,
    height: u32,
    largest: u32,
    smallest: u32,
}

#[derive(Clone, Copy)]
enum Anchor {
    Start,
    Middle,
}

struct Look {
    family: &'static str,
    color: &'static str,
    more: &'static str,
}

impl Drawing<'_> {
    /// The certificate as an SVG file, A4 landscape, without anything that is loaded from elsewhere. Errors:
    /// `too_long`, when the URL does not fit in a QR code.
    pub fn svg(&self) -> Result<String> {
        let words = Words::of(self.language);
        let mut page = String::with_capacity(32 * 1024);
        // a String takes everything
        let _ = write!(
            page,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"297mm\" height=\"210mm\" \
             viewBox=\"0 0 {WIDTH} {HEIGHT}\" xml:lang=\"{}\"><title>{}</title>",
            words.language,
            escaped(&format!("{}: {}", words.certificate, self.name)),
        );
        page.push_str(FRAME);
        self.center(&mut page, words);
        self.foot(&mut page, words);
        self.qr(&mut page)?;
        page.push_str("</svg>\n");
        Ok(page)
    }

    /// From the product down to the course, in the middle of the page.
    fn center(&self, page: &mut String, words: &Words) {
        let middle = |top, width, height, largest, smallest| Place {
            x: MIDDLE,
            anchor: Anchor::Middle,
            top,
            width,
            height,
            largest,
            smallest,
        };
        let bold = |color| Look { family: SERIF, color, more: "font-weight=\"bold\"" };
        let quiet = || Look { family: SERIF, color: SOFT, more: "font-style=\"italic\"" };
        write(
            page,
            middle(210, 2_400, 90, 58, 28),
            self.product,
            &Look { family: SANS, color: GOLD, more: "font-weight=\"bold\"" },
        );
        write(page, middle(320, 2_400, 180, 150, 100), words.certificate, &bold(INK));
        write(page, middle(540, 2_400, 80, 56, 40), words.certifies, &quiet());
        write(page, middle(635, 2_300, 275, 170, 50), self.name, &bold(INK));
        let _ = write!(page, "<path d=\"M885 955h1200\" stroke=\"{GOLD}\" stroke-width=\"5\"/>");
        write(page, middle(985, 2_400, 80, 56, 40), words.completed, &quiet());
        write(page, middle(1_080, 2_300, 260, 100, 46), self.title, &Look { family: SERIF, color: INK, more: "" });
    }

    /// What the certificate is known by, at the left of the QR code.
    fn foot(&self, page: &mut String, words: &Words) {
        let version = self.version.to_string();
        let columns: [(u32, u32, &str, &str); 3] = [
            (230, 820, words.number, self.number),
            (1_090, 640, words.issued, self.issued),
            (1_770, 400, words.version, &version),
        ];
        let label = Look { family: SANS, color: SOFT, more: "" };
        let value = Look { family: SANS, color: INK, more: "" };
        for (x, width, name, text) in columns {
            write(page, start(x, 1_440, width, 44, 30), name, &label);
            write(page, start(x, 1_486, width, 84, 48), text, &Look { more: "font-weight=\"bold\"", ..value });
        }
        write(page, start(230, 1_620, 1_940, 40, 30), words.evidence, &label);
        let spaced = grouped(self.digest);
        write(
            page,
            start(230, 1_664, 1_940, 44, 34),
            &spaced,
            &Look { family: "'DejaVu Sans Mono', Menlo, Consolas, monospace", ..value },
        );
        write(page, start(230, 1_750, 1_940, 40, 30), words.verify, &label);
        if self.url.chars().count() <= LONGEST_ADDRESS {
            write(page, start(230, 1_794, 1_940, 90, 36), self.url, &value);
        }
    }

    fn qr(&self, page: &mut String) -> Result<()> {
        let code = qr_svg(self.url, &QrOptions { size: QR, ..QrOptions::default() })?;
        // its own size is a whole number of pixels a module; here it is as large as its place
        let inside = |text: &str, from, to| Some(text.split_once(from)?.1.split_once(to)?.0.to_owned());
        let drawn = inside(&code, "viewBox=\"", "\"").zip(inside(&code, "<svg ", "</svg>"));
        let (view_box, drawn) = drawn.ok_or_else(|| Error::because(Code::Internal, "the QR code is no picture"))?;
        let (x, squares) = (WIDTH - 190 - QR, drawn.split_once('>').map_or("", |(_, squares)| squares));
        let _ = write!(
            page,
            "<svg x=\"{x}\" y=\"1420\" width=\"{QR}\" height=\"{QR}\" viewBox=\"{view_box}\" \
             shape-rendering=\"crispEdges\">{squares}</svg>"
        );
        Ok(())
    }
}

/// A place whose lines begin at `x`.
fn start(x: u32, top: u32, width: u32, height: u32, largest: u32) -> Place {
    Place { x, anchor: Anchor::Start, top, width, height, largest, smallest: 20 }
}

/// Writes a text as large as its place lets it be, and cuts what even so would leave it: how wide a font is that is not
/// known can only be guessed.
fn write(page: &mut String, place: Place, text: &str, look: &Look) {
    let Fitted { size, lines } = fit(text, place.width, place.height, place.largest, place.smallest);
    let (left, anchor, x) = match place.anchor {
        Anchor::Start => (place.x, "start", 0),
        Anchor::Middle => (place.x - place.width / 2, "middle", place.width / 2),
    };
    let Look { family, color, more } = look;
    let (width, height) = (place.width, place.height);
    let _ = write!(
        page,
        "<svg x=\"{left}\" y=\"{}\" width=\"{width}\" height=\"{height}\" overflow=\"hidden\">\
         <g font-family=\"{family}\" font-size=\"{size}\" fill=\"{color}\" text-anchor=\"{anchor}\" {more}>",
        place.top
    );
    let spare = height.saturating_sub(fit::height(size, lines.len()));
    let above = if matches!(place.anchor, Anchor::Middle) { spare / 2 } else { 0 };
    for (at, line) in lines.iter().enumerate() {
        let baseline = above + fit::baseline(size, at);
        let direction = if fit::reads_from_the_right(line) { " direction=\"rtl\"" } else { "" };
        let _ = write!(page, "<text x=\"{x}\" y=\"{baseline}\"{direction}>{}</text>", escaped(line));
    }
    page.push_str("</g></svg>");
}

/// Text as XML holds it. What XML 1.0 cannot hold at all is shown as a replacement.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            '\n' | '\t' => escaped.push(' '),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            c => escaped.push(c),
        }
    }
    escaped
}

/// A digest in groups of eight, as two people compare it.
fn grouped(digest: &str) -> String {
    let digits: Vec<char> = digest.chars().collect();
    digits.chunks(8).map(String::from_iter).collect::<Vec<_>>().join(" ")
}

/// The paper, its double border, and a small ornament in each corner.
const FRAME: &str = "<rect width=\"2970\" height=\"2100\" fill=\"#fff\"/>\
    <rect x=\"80\" y=\"80\" width=\"2810\" height=\"1940\" fill=\"none\" stroke=\"#1f2a44\" stroke-width=\"10\"/>\
    <rect x=\"110\" y=\"110\" width=\"2750\" height=\"1880\" fill=\"none\" stroke=\"#a8874a\" stroke-width=\"4\"/>\
    <path fill=\"none\" stroke=\"#a8874a\" stroke-width=\"4\" d=\"\
    M110 210h60v-60h-60M170 150h40v-40M2860 210h-60v-60h60M2800 150h-40v-40\
    M110 1890h60v60h-60M170 1950h40v40M2860 1890h-60v60h60M2800 1950h-40v40\"/>\
    <path stroke=\"#a8874a\" stroke-width=\"2\" d=\"M230 1390h2510\"/>";

#[cfg(test)]
mod tests;
