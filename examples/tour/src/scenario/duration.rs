use std::time::Duration;

/// Reads `90s`, `10m`, `24h`, `30d` or `250ms`: a whole number and one unit.
pub(super) fn parse(text: &str) -> Result<Duration, String> {
    let unknown = || format!("`{text}` is not a duration: use a whole number with `ms`, `s`, `m`, `h` or `d`");
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at(digits);
    let number: u64 = number.parse().map_err(|_| unknown())?;
    let millis = match unit {
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        _ => return Err(unknown()),
    };
    number.checked_mul(millis).map(Duration::from_millis).ok_or_else(unknown)
}

/// The same, written back in the largest unit that loses nothing.
pub(super) fn written(duration: Duration) -> String {
    let millis = duration.as_millis();
    let units = [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000)];
    let fitting = units.into_iter().find(|(_, size)| millis >= *size && millis.is_multiple_of(*size));
    fitting.map_or_else(|| format!("{millis}ms"), |(unit, size)| format!("{}{unit}", millis / size))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_written_as_it_was_read() {
        for text in ["250ms", "90s", "10m", "25h", "30d", "0ms"] {
            assert_eq!(written(parse(text).unwrap()), text);
        }
    }

    #[test]
    fn what_is_no_duration_is_refused() {
        for text in ["", "10", "m", "10 m", "-1s", "1.5h", "1h30m", "99999999999999999999s", "18446744073709551615d"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
