//! The names of fields as JavaScript writes them, made while compiling: they are set and read with every record.

/// `trial_ends` as the property `trialEnds`.
macro_rules! key {
    ($name:ident) => {
        const {
            const NAME: &[u8] = stringify!($name).as_bytes();
            const KEY: [u8; $crate::language::node::key::length(NAME) + 1] =
                $crate::language::node::key::camel_case(NAME);
            match std::ffi::CStr::from_bytes_with_nul(&KEY) {
                Ok(key) => key,
                Err(_) => c"",
            }
        }
    };
}
pub(crate) use key;

/// How long the name is without its underscores.
pub(crate) const fn length(name: &[u8]) -> usize {
    let (mut at, mut length) = (0, 0);
    while at < name.len() {
        if name[at] != b'_' {
            length += 1;
        }
        at += 1;
    }
    length
}

/// The name in camelCase, with a zero at its end.
pub(crate) const fn camel_case<const N: usize>(name: &[u8]) -> [u8; N] {
    let (mut key, mut at, mut length, mut begins) = ([0; N], 0, 0, false);
    while at < name.len() {
        if name[at] == b'_' {
            begins = true;
        } else {
            key[length] = if begins { name[at].to_ascii_uppercase() } else { name[at] };
            length += 1;
            begins = false;
        }
        at += 1;
    }
    key
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_are_in_camel_case() {
        assert_eq!((key!(id), key!(trial_ends), key!(line1)), (c"id", c"trialEnds", c"line1"));
        assert_eq!(key!(longest_mail_wait), c"longestMailWait");
    }
}
