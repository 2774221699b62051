use std::time::Duration;

/// Reads `90s`, `10m`, `24h`, `30d`, `250ms` or several together, `1h30m`: whole numbers, each with its unit.
pub(super) fn parse(text: &str) -> Result<Duration, String> {
    let unknown =
        || format!("`{text}` is not a duration: whole numbers with `ms`, `s`, `m`, `h` or `d`, as in `1h30m`");
    let (mut rest, mut sum) = (text, Duration::ZERO);
    while !rest.is_empty() || text.is_empty() {
        let (number, after) = rest.split_at(rest.bytes().take_while(u8::is_ascii_digit).count());
        let (unit, after) = after.split_at(after.bytes().take_while(u8::is_ascii_lowercase).count());
        let number: u64 = number.parse().map_err(|_| unknown())?;
        let size = UNITS.into_iter().find_map(|(known, size)| (known == unit).then_some(size));
        let millis = size.and_then(|size| number.checked_mul(size)).ok_or_else(unknown)?;
        sum = sum.checked_add(Duration::from_millis(millis)).ok_or_else(unknown)?;
        rest = after;
    }
    Ok(sum)
}

/// Milliseconds of each unit, the largest first.
const UNITS: [(&str, u64); 5] = [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1)];

/// The same, written back.
pub(super) fn written(duration: Duration) -> String {
    let (mut left, mut text) = (duration.as_millis(), String::new());
    for (unit, size) in UNITS {
        let count = left / u128::from(size);
        if count > 0 {
            text.push_str(&format!("{count}{unit}"));
        }
        left %= u128::from(size);
    }
    if text.is_empty() { "0s".to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_written_as_it_was_read() {
        for text in ["250ms", "90s", "10m", "25h", "30d", "0s", "1h30m", "9m59s999ms"] {
            let read = parse(text).unwrap();
            assert_eq!(parse(&written(read)).unwrap(), read, "{text}");
        }
        assert_eq!(written(parse("1h30m5s").unwrap()), "1h30m5s");
        assert_eq!(written(parse("90m").unwrap()), "1h30m");
    }

    #[test]
    fn what_is_no_duration_is_refused() {
        for text in
            ["", "10", "m", "10 m", "-1s", "1.5h", "1h30", "1h m", "99999999999999999999s", "18446744073709551615d"]
        {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
