//! QR codes as pictures: of invite links, and of the secrets that authenticator apps scan.

use qrcode::{Color, EcLevel, QrCode, render::svg};
use serde::Deserialize;

use crate::{
    error::{Code, Error, Faults, Result},
    value::choices,
};

/// How a QR code is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct QrOptions {
    /// The side of the picture in pixels, 64 to 4,096. A PNG is drawn in whole pixels a module and so is at
    /// most this large.
    pub size: u32,
    /// How much of it may be dirty or torn.
    pub error_correction: ErrorCorrection,
    /// The white border in modules, 0 to 16; ISO/IEC 18004 asks for 4.
    pub quiet_zone: u32,
}

choices! {
    /// How much of a QR code may be lost and still be read (ISO/IEC 18004).
    pub enum ErrorCorrection {
        /// 7%.
        Low = "low",
        /// 15%.
        Medium = "medium",
        /// 25%.
        Quartile = "quartile",
        /// 30%: for flyers that get wet, or a logo in the middle.
        High = "high",
    }
}

impl Default for QrOptions {
    fn default() -> Self {
        QrOptions { size: 512, error_correction: ErrorCorrection::Medium, quiet_zone: 4 }
    }
}

/// The QR code of a text as an SVG picture. Errors: `invalid_input` (`size`, `quiet_zone`).
pub(crate) fn qr_svg(text: &str, options: &QrOptions) -> Result<String> {
    let modules = Modules::of(text, options)?;
    let side = modules.side + 2 * options.quiet_zone;
    // the renderer's own quiet zone is always 4, so the border is drawn as white modules
    let colors: Vec<Color> = (0..side * side).map(|at| modules.at(at % side, at / side)).collect();
    let mut renderer = qrcode::render::Renderer::<svg::Color<'_>>::new(&colors, side as usize, 0);
    Ok(renderer.min_dimensions(options.size, options.size).max_dimensions(options.size, options.size).build())
}

/// The same as a PNG picture, black on white. Errors: `invalid_input` (`size`, `quiet_zone`; `size` also when it leaves
/// less than a pixel a module).
pub(crate) fn qr_png(text: &str, options: &QrOptions) -> Result<Vec<u8>> {
    let modules = Modules::of(text, options)?;
    let pixels = options.size / (modules.side + 2 * options.quiet_zone);
    if pixels == 0 {
        return Err(too_small());
    }
    let side = pixels * (modules.side + 2 * options.quiet_zone);
    let shade = |at: u32| match modules.at(at % side / pixels, at / side / pixels) {
        Color::Dark => 0,
        Color::Light => 255,
    };
    let shades: Vec<u8> = (0..side * side).map(shade).collect();
    let drawn = png(side, &shades);
    drawn.map_err(|error| Error::because(Code::Internal, "the QR code could not be drawn").caused_by(error))
}

fn png(side: u32, shades: &[u8]) -> Result<Vec<u8>, png::EncodingError> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, side, side);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(shades)?;
    writer.finish()?;
    Ok(file)
}

/// The black and white of a QR code, with a border.
struct Modules {
    colors: Vec<Color>,
    side: u32,
    quiet_zone: u32,
}

impl Modules {
    fn of(text: &str, options: &QrOptions) -> Result<Self> {
        let mut faults = Faults::default();
        let range = |least, most| Err(Error::because(Code::OutOfRange, format!("must lie between {least} and {most}")));
        if !(64..=4_096).contains(&options.size) {
            faults.check::<()>("size", range(64, 4_096));
        }
        if options.quiet_zone > 16 {
            faults.check::<()>("quiet_zone", range(0, 16));
        }
        faults.finish()?;
        let level = match options.error_correction {
            ErrorCorrection::Low => EcLevel::L,
            ErrorCorrection::Medium => EcLevel::M,
            ErrorCorrection::Quartile => EcLevel::Q,
            ErrorCorrection::High => EcLevel::H,
        };
        let code = QrCode::with_error_correction_level(text, level);
        // a URL of 2,000 characters does not fit; no link of ours is that long unless the base URL is
        let code = code.map_err(|_| Error::because(Code::TooLong, "the URL is too long for a QR code"))?;
        let side = u32::try_from(code.width()).map_err(|_| Error::new(Code::Internal))?;
        Ok(Modules { colors: code.to_colors(), side, quiet_zone: options.quiet_zone })
    }

    /// The color at a place that counts from the corner of the border.
    fn at(&self, x: u32, y: u32) -> Color {
        let inside = |at: u32| at.checked_sub(self.quiet_zone).filter(|at| *at < self.side);
        let color = inside(x).zip(inside(y)).and_then(|(x, y)| self.colors.get((y * self.side + x) as usize));
        color.copied().unwrap_or(Color::Light)
    }
}

fn too_small() -> Error {
    let mut faults = Faults::default();
    faults.check::<()>("size", Err(Error::because(Code::OutOfRange, "leaves less than a pixel a module")));
    faults.finish().err().unwrap_or_else(|| Error::new(Code::OutOfRange))
}
