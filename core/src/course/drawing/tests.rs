use roxmltree::{Document, Node};

use super::*;
use crate::Code;

const DIGEST: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
const LONG: &str = "Sociedad Exportadora de Flores y Frutas Tropicales Gutiérrez-Villavicencio & Hermanos de la \
                    Provincia de Pichincha S.A.S";

fn drawing() -> Drawing<'static> {
    Drawing {
        name: "Ana Ruiz",
        title: "Certified Partner Certification",
        number: "HC-2026-4821-7730",
        issued: "22 November 2026",
        version: 3,
        digest: DIGEST,
        url: "https://lonja.example/verify/HC-2026-4821-7730",
        language: "en-US",
        product: "Lonja",
    }
}

fn texts(svg: &str) -> Vec<String> {
    let page = Document::parse(svg).unwrap();
    let texts = page.descendants().filter(|node| node.has_tag_name("text"));
    texts.map(|text| text.text().unwrap_or_default().to_owned()).collect()
}

fn number(node: &Node<'_, '_>, name: &str) -> u32 {
    node.attribute(name).unwrap().parse().unwrap()
}

/// Reads the QR code of a certificate with an independent decoder.
fn scanned(svg: &str) -> String {
    let page = Document::parse(svg).unwrap();
    let code = page.descendants().find(|node| node.attribute("shape-rendering") == Some("crispEdges"));
    let code = code.expect("a QR code");
    assert_eq!((number(&code, "width"), number(&code, "height")), (QR, QR));
    let side: usize = code.attribute("viewBox").unwrap().rsplit(' ').next().unwrap().parse().unwrap();
    let path = code.children().filter_map(|node| node.attribute("d")).next_back().unwrap();
    let mut shades = vec![255; side * side];
    for square in path.split('M').skip(1) {
        let numbers: Vec<usize> =
            square.split(|end: char| !end.is_ascii_digit()).filter_map(|digits| digits.parse().ok()).collect();
        let [x, y, width, height] = numbers[..4] else { panic!("a square: {square}") };
        (y..y + height).for_each(|row| shades[row * side + x..][..width].fill(0));
    }
    let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(side, side, |x, y| shades[y * side + x]);
    prepared.detect_grids()[0].decode().unwrap().1
}

#[test]
fn everything_that_was_given_stands_on_the_certificate() {
    let svg = drawing().svg().unwrap();
    let texts = texts(&svg).join("\n");
    for text in ["Ana Ruiz", "Certified Partner Certification", "HC-2026-4821-7730", "22 November 2026", "3", "Lonja"] {
        assert!(texts.lines().any(|line| line == text), "{text}");
    }
    assert!(texts.replace(' ', "").contains(DIGEST));
    assert!(texts.contains("This certifies that") && texts.contains("https://lonja.example/verify/HC-2026-4821-7730"));
}

#[test]
fn the_words_are_spanish_for_any_spanish() {
    let svg = |language| Drawing { language, ..drawing() }.svg().unwrap();
    assert!(texts(&svg("es-EC")).contains(&"Se certifica que".to_owned()));
    assert!(texts(&svg("ES")).contains(&"Certificado".to_owned()));
    assert!(texts(&svg("est")).contains(&"Certificate".to_owned()));
}

#[test]
fn the_qr_code_leads_to_where_it_is_verified() {
    let long = format!("https://lonja.example/verify?a={}&b=1", "x".repeat(300));
    for url in [drawing().url, &long] {
        assert_eq!(scanned(&Drawing { url, ..drawing() }.svg().unwrap()), url);
    }
    let endless = "x".repeat(4_000);
    assert_eq!(Drawing { url: &endless, ..drawing() }.svg().unwrap_err().code(), Code::TooLong);
}

#[test]
fn whatever_is_written_is_text_and_nothing_else() {
    let evil = "</text><script>alert('1 & \"2\"')</script>";
    let url = "https://lonja.example/?a=1&b=<2>";
    let every =
        Drawing { name: evil, title: evil, number: evil, issued: evil, digest: evil, product: evil, url, ..drawing() };
    let svg = Drawing { language: "\"><script>", ..every }.svg().unwrap();
    let page = Document::parse(&svg).unwrap();
    assert!(page.descendants().all(|node| !node.has_tag_name("script")));
    assert_eq!(texts(&svg).concat().replace(' ', "").matches("alert").count(), 6);
    let unseen = Drawing { name: "a\0b\u{1b}\u{ffff}c", ..drawing() }.svg().unwrap();
    assert!(texts(&unseen).contains(&"a\u{fffd}b\u{fffd}\u{fffd}c".to_owned()));
}

#[test]
fn a_long_name_is_whole_in_any_script_and_stays_in_its_place() {
    let repeated = |text: &str| text.chars().cycle().take(120).collect::<String>();
    for name in [
        LONG.into(),
        repeated("W"),
        repeated("株式会社"),
        repeated("شركة الزهور "),
        repeated("फूलों का निर्यात "),
        repeated("👩‍🚀"),
    ] {
        let svg = Drawing { name: &name, title: &repeated("Title of it "), ..drawing() }.svg().unwrap();
        let written: String = texts(&svg).concat().split_whitespace().collect();
        assert!(written.contains(&name.split_whitespace().collect::<String>()), "{name}");
        let page = Document::parse(&svg).unwrap();
        for place in page.descendants().filter(|node| node.attribute("overflow") == Some("hidden")) {
            let (left, top) = (number(&place, "x"), number(&place, "y"));
            assert!(left >= 200 && left + number(&place, "width") <= WIDTH - 200 && top >= 200);
            for text in place.descendants().filter(|node| node.has_tag_name("text")) {
                assert!(number(&text, "y") <= number(&place, "height"), "{:?}", text.text());
            }
        }
    }
}

/// Writes certificates to look at: `DRAWN=/tmp cargo test -p handfast --lib course::drawing`.
#[test]
fn certificates_can_be_looked_at() {
    let Ok(folder) = std::env::var("DRAWN") else { return };
    let repeated = |text: &str| text.chars().cycle().take(120).collect::<String>();
    let names = [
        ("short", "Ana Ruiz".to_owned()),
        ("long", LONG.into()),
        ("wide", repeated("W")),
        ("japanese", repeated("株式会社花輸出")),
        ("arabic", repeated("شركة الزهور الوطنية للتصدير ")),
        ("hindi", repeated("फूलों का निर्यात ")),
    ];
    for (file, name) in &names {
        let language = if *file == "long" { "es" } else { "en" };
        let title = if *file == "wide" { "A course with a long title ".repeat(7) } else { drawing().title.to_owned() };
        let svg = Drawing { name, language, title: &title, ..drawing() }.svg().unwrap();
        std::fs::write(format!("{folder}/{file}.svg"), svg).unwrap();
    }
}
