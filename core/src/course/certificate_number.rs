use crate::{
    error::{Code, Error, Result},
    random::{self, Random},
    secret::{ALPHABET, value_of},
    value::text_value,
};

/// The number of a certificate: 100 random bits, so that nobody finds one by trying. Whoever is shown it can verify the
/// certificate, and learns no more than that it is good.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CertificateNumber(String);

/// Characters, without the dashes; each stands for five bits.
const LENGTH: usize = 20;
/// Characters of a group.
const GROUP: usize = 5;

impl CertificateNumber {
    pub(super) fn generate(random: &dyn Random) -> Result<Self> {
        let letters = random::bytes::<LENGTH>(random)?.map(|byte| ALPHABET[usize::from(byte) % ALPHABET.len()]);
        Ok(CertificateNumber::of(letters.into_iter()))
    }

    /// Reads one as people type it: in capitals or not, with dashes and spaces or without; O is taken as 0, I and L as
    /// 1. Errors: `not_found` for whatever none looks like, which is what an unknown one answers too.
    pub fn parse(text: &str) -> Result<Self> {
        let unknown = || Error::because(Code::NotFound, "there is no such certificate");
        // twice the length leaves room for every separator that people put in
        let typed = if text.len() <= 2 * LENGTH { text } else { "" };
        let letters = typed.chars().filter(|typed| !typed.is_whitespace() && *typed != '-');
        let values = letters.map(value_of).collect::<Option<Vec<_>>>().filter(|values| values.len() == LENGTH);
        let read = values.ok_or_else(unknown)?.into_iter().map(|value| ALPHABET[value as usize % ALPHABET.len()]);
        Ok(CertificateNumber::of(read))
    }

    fn of(letters: impl Iterator<Item = char>) -> Self {
        let grouped = letters.enumerate().flat_map(|(at, letter)| {
            let dash = (at > 0 && at % GROUP == 0).then_some('-');
            dash.into_iter().chain([letter.to_ascii_uppercase()])
        });
        CertificateNumber(grouped.collect())
    }

    /// The number in groups: `7K2MQ-X4V9D-0HS3E-PZ81N`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

text_value!(CertificateNumber, as_str of 0);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SystemRandom;

    #[test]
    fn a_number_is_read_as_people_type_it() {
        let number = CertificateNumber::generate(&SystemRandom).unwrap();
        assert_eq!(number.as_str().len(), 23);
        let plain = number.as_str().replace('-', "").to_lowercase().replace('0', "o").replace('1', "L");
        assert_eq!(CertificateNumber::parse(&plain).unwrap(), number);
        assert_eq!(CertificateNumber::parse(number.as_str()).unwrap(), number);
    }

    #[test]
    fn what_no_number_looks_like_is_unknown() {
        let long = "0".repeat(10_000_000);
        for text in ["", "7K2MQ", "7K2MQ-X4V9D-0HS3E-PZ81U", &long] {
            assert_eq!(CertificateNumber::parse(text).unwrap_err().code(), Code::NotFound, "{text:.40}");
        }
    }
}
