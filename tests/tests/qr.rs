//! The QR code of an invite link, read by an independent decoder.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::io::Cursor;

use handfast::{
    Code,
    invite::{ErrorCorrection, LinkView, QrOptions},
    mail::{Brand, BrandInput},
};
use handfast_tests::{StoreKind, World, refusal};

const LEVELS: [ErrorCorrection; 4] =
    [ErrorCorrection::Low, ErrorCorrection::Medium, ErrorCorrection::Quartile, ErrorCorrection::High];

/// Shades of grey, with the side of the square that they are.
struct Picture {
    side: usize,
    shades: Vec<u8>,
}

impl Picture {
    fn of_png(file: &[u8]) -> Self {
        let mut reader = png::Decoder::new(Cursor::new(file)).read_info().unwrap();
        let mut shades = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut shades).unwrap();
        assert_eq!(
            (info.width, info.color_type, info.bit_depth),
            (info.height, png::ColorType::Grayscale, png::BitDepth::Eight)
        );
        Picture { side: info.width as usize, shades }
    }

    /// Draws the one path of squares that the picture is made of: `M<x> <y>h<width>v<height>h..z`.
    fn of_svg(text: &str) -> Self {
        let side = number(text, "viewBox=\"0 0 ");
        let mut picture = Picture { side, shades: vec![255; side * side] };
        let (_, path) = text.split_once(" d=\"").expect("a path");
        let (path, _) = path.split_once('"').unwrap();
        for square in path.split('M').skip(1) {
            let numbers: Vec<usize> =
                square.split(|end: char| !end.is_ascii_digit()).filter_map(|digits| digits.parse().ok()).collect();
            let [x, y, width, height] = numbers[..4] else { panic!("a square: {square}") };
            for row in y..y + height {
                picture.shades[row * side + x..][..width].fill(0);
            }
        }
        picture
    }

    /// Modules of white at the left, where the picture has `modules` a side.
    fn is_white_for(&self, pixels: usize) -> bool {
        let rows = self.shades.chunks(self.side);
        let (top, rest) = self.shades.split_at(pixels * self.side);
        let bottom = &rest[rest.len() - pixels * self.side..];
        let white = |shades: &[u8]| shades.iter().all(|shade| *shade == 255);
        let sides = |row: &[u8]| white(&row[..pixels]) && white(&row[row.len() - pixels..]);
        white(top) && white(bottom) && rows.into_iter().all(sides)
    }

    /// The same picture on a white wall, as a reader sees it who holds it up: rqrr wants some white around.
    fn on_a_wall(&self) -> Self {
        let (margin, side) = (self.side / 4, self.side + 2 * (self.side / 4));
        let mut shades = vec![255; side * side];
        for (row, own) in self.shades.chunks(self.side).enumerate() {
            shades[(row + margin) * side + margin..][..self.side].copy_from_slice(own);
        }
        Picture { side, shades }
    }

    fn read(&self) -> String {
        let shade = |x: usize, y: usize| self.shades[y * self.side + x];
        let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(self.side, self.side, shade);
        let grids = prepared.detect_grids();
        assert_eq!(grids.len(), 1, "a picture of {} pixels a side", self.side);
        grids[0].decode().unwrap().1
    }
}

fn number(text: &str, after: &str) -> usize {
    let (_, rest) = text.split_once(after).unwrap_or_else(|| panic!("{after} in {:.300}", text));
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().unwrap()
}

fn link() -> LinkView {
    let world = World::new(StoreKind::Memory);
    let firm = world.firm("Flora Export");
    world.invites().link(firm.admin).unwrap()
}

fn every_option(sizes: &[u32]) -> impl Iterator<Item = QrOptions> {
    let with =
        |size, error_correction| [0, 1, 4, 16].map(|quiet_zone| QrOptions { size, error_correction, quiet_zone });
    sizes.iter().flat_map(move |size| LEVELS.iter().flat_map(move |level| with(*size, *level)))
}

#[test]
fn every_png_leads_to_the_link() {
    let link = link();
    for options in every_option(&[128, 333]) {
        let picture = Picture::of_png(&link.qr_png(&options).unwrap());
        assert!(picture.side <= options.size as usize && picture.side * 2 > options.size as usize, "{options:?}");
        assert_eq!(picture.on_a_wall().read(), link.url, "{options:?}");
    }
}

#[test]
fn every_svg_leads_to_the_link() {
    let link = link();
    for options in every_option(&[128, 333]) {
        let picture = Picture::of_svg(&link.qr_svg(&options).unwrap());
        assert_eq!(picture.on_a_wall().read(), link.url, "{options:?}");
    }
}

#[test]
fn the_quiet_zone_that_iso_18004_asks_for_is_white_and_enough_to_be_read() {
    let link = link();
    let picture = Picture::of_png(&link.qr_png(&QrOptions::default()).unwrap());
    assert_eq!(picture.read(), link.url);
    let modules = |quiet_zone: u32| {
        let options = QrOptions { quiet_zone, size: 512, ..QrOptions::default() };
        Picture::of_png(&link.qr_png(&options).unwrap())
    };
    let bare = modules(0);
    assert!(!bare.is_white_for(1));
    for zone in [1, 4, 16] {
        let picture = modules(zone);
        // a module is as wide as the finder pattern's frame: its first black run in the first black row is 7 modules
        let first = picture.shades.iter().position(|shade| *shade == 0).unwrap();
        let run = picture.shades[first..].iter().take_while(|shade| **shade == 0).count();
        let pixels = run / 7;
        assert_eq!(first % picture.side, pixels * zone as usize);
        assert!(picture.is_white_for(pixels * zone as usize) && !picture.is_white_for(pixels * zone as usize + 1));
    }
}

#[test]
fn the_smallest_is_read_and_the_largest_is_drawn() {
    let link = link();
    for (size, error_correction) in [(64, ErrorCorrection::Low), (1_024, ErrorCorrection::High)] {
        let options = QrOptions { size, error_correction, quiet_zone: 4 };
        assert_eq!(Picture::of_png(&link.qr_png(&options).unwrap()).read(), link.url, "{options:?}");
    }
    let largest = QrOptions { size: 4_096, ..QrOptions::default() };
    assert!(Picture::of_png(&link.qr_png(&largest).unwrap()).side > 4_000);
}

#[test]
fn a_long_base_address_is_read_and_one_too_long_for_any_code_is_told() {
    let linked = |path: usize| {
        let brand = Brand::new(BrandInput {
            product_name: "Lonja".into(),
            logo_url: None,
            sender_name: "Lonja".into(),
            sender_address: "mail@lonja.example".into(),
            base_url: format!("https://lonja.example/{}", "a".repeat(path)),
        });
        let handfast = handfast::Handfast::builder(handfast::store::Memory::new())
            .brand(brand.unwrap())
            .hashing(handfast::secret::HashingCost::INSECURE_FOR_TESTS)
            .build()
            .unwrap();
        let firm = handfast.companies().sign_up(&World::sign_up_input("Flora Export")).unwrap();
        handfast.invites().link(firm.actor()).unwrap()
    };
    let link = linked(300);
    let options = QrOptions { size: 600, ..QrOptions::default() };
    assert_eq!(Picture::of_png(&link.qr_png(&options).unwrap()).read(), link.url);
    assert_eq!(
        refusal(linked(1_900).qr_png(&QrOptions { error_correction: ErrorCorrection::High, ..options })),
        Code::TooLong
    );
}
