//! Crockford's base 32: what is read aloud and typed in is written with it.

/// No I, L, O or U, so that nothing is misread and no word comes out.
pub(crate) const ALPHABET: [char; 32] = [
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'j', 'k', 'm', 'n', 'p',
    'q', 'r', 's', 't', 'v', 'w', 'x', 'y', 'z',
];

/// What a character stands for, in capitals or not; O is taken as 0, I and L as 1.
pub(crate) fn value_of(character: char) -> Option<u128> {
    let read = match character.to_ascii_lowercase() {
        'o' => '0',
        'i' | 'l' => '1',
        other => other,
    };
    ALPHABET.into_iter().zip(0..).find_map(|(known, value)| (known == read).then_some(value))
}
