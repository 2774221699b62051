//! Names in the case of other languages.

/// `can_order` as `canOrder`.
pub fn camel_case(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |text, word| {
        let mut letters = word.chars();
        let first = letters.next().map(|letter| letter.to_ascii_uppercase());
        text + &first.map(String::from).unwrap_or_default() + letters.as_str()
    })
}

#[cfg(test)]
mod tests {
    use super::camel_case;

    #[test]
    fn words_begin_with_a_capital_but_for_the_first() {
        assert_eq!((camel_case("list"), camel_case("can_order")), ("list".into(), "canOrder".into()));
    }
}
