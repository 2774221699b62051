//! Businesses that are made up: the same number always gives the same one.

use handfast::{request::BusinessInput, value::PostalAddressInput};

const TRADES: [&str; 16] = [
    "Rosas",
    "Flores",
    "Viveros",
    "Jardines",
    "Cultivos",
    "Orquídeas",
    "Plantas",
    "Semillas",
    "Florería",
    "Blossom",
    "Garden",
    "Verde",
    "Ramos",
    "Pétalo",
    "Campo",
    "Huerto",
];
const FIRST_NAMES: [&str; 20] = [
    "Ana", "Bea", "Carlos", "Diego", "Elena", "Fabián", "Gloria", "Hugo", "Inés", "Javier", "Karla", "Luis", "María",
    "Nora", "Óscar", "Paula", "Raúl", "Sofía", "Tomás", "Vera",
];
const LAST_NAMES: [&str; 20] = [
    "Alba", "Bravo", "Castro", "Duarte", "Espín", "Fuentes", "Gil", "Herrera", "Ibarra", "Jara", "León", "Mora",
    "Núñez", "Ochoa", "Paz", "Quiroga", "Rivas", "Salas", "Toro", "Vega",
];
const CITIES: [(&str, &str); 5] =
    [("Quito", "EC"), ("Bogotá", "CO"), ("Madrid", "ES"), ("Miami", "US"), ("Lima", "PE")];
const CONSONANTS: &[u8; 16] = b"bcdfgklmnprstvxz";
const VOWELS: &[u8; 4] = b"aeio";

/// A business with what it is searched by.
pub(crate) struct Trader {
    /// What the visitor would give.
    pub(crate) input: BusinessInput,
    /// Its address.
    pub(crate) email: String,
    /// The common word of its name, which one in sixteen has.
    pub(crate) trade: &'static str,
    /// The contact's first name, which one in twenty has.
    pub(crate) first_name: &'static str,
    /// The word of its name that hardly another has.
    pub(crate) brand: String,
}

/// Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014. Spreads consecutive numbers.
pub(crate) fn spread(number: u64) -> u64 {
    let mixed = number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// The `number`-th business.
pub(crate) fn trader(number: u64) -> Trader {
    let mut dice = Dice(spread(number));
    let (trade, first_name, last_name) = (dice.of(&TRADES), dice.of(&FIRST_NAMES), dice.of(&LAST_NAMES));
    let (city, country) = dice.of(&CITIES);
    let brand = dice.word();
    let capital: String = brand.chars().take(1).flat_map(char::to_uppercase).chain(brand.chars().skip(1)).collect();
    let input = BusinessInput {
        legal_name: format!("{trade} {capital} S.A."),
        trade_name: number.is_multiple_of(3).then(|| format!("{trade} {capital}")),
        contact: format!("{first_name} {last_name}"),
        phone: format!("+593 2 {:03} {:04}", number / 10_000 % 1_000, number % 10_000),
        billing: PostalAddressInput {
            line1: format!("Av. Amazonas {}", number % 900 + 1),
            city: city.to_owned(),
            postal_code: Some(format!("{:05}", number % 100_000)),
            country: country.to_owned(),
            ..PostalAddressInput::default()
        },
        tax_id: Some(format!("{:013}", number * 7_919 + 1_000_000_000_000)),
        ..BusinessInput::default()
    };
    Trader { input, email: format!("{last_name}.{number}@{brand}.example").to_lowercase(), trade, first_name, brand }
}

/// Throws that are the same for the same beginning.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, sides: usize) -> usize {
        self.0 = spread(self.0);
        (self.0 % sides as u64) as usize
    }

    fn of<T: Copy, const N: usize>(&mut self, all: &[T; N]) -> T {
        all[self.below(N)]
    }

    /// One of a list that is not empty.
    pub(crate) fn one(&mut self, all: &[&'static str]) -> &'static str {
        let at = self.below(all.len());
        all.get(at).copied().unwrap_or_default()
    }

    /// Nine letters, longer than every common word: 33 million words.
    pub(crate) fn word(&mut self) -> String {
        let mut word = String::new();
        for _ in 0..4 {
            word.push(char::from(self.of(CONSONANTS)));
            word.push(char::from(self.of(VOWELS)));
        }
        word.push(char::from(self.of(CONSONANTS)));
        word
    }
}
