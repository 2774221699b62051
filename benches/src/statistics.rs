//! Medians and percentiles.

use std::time::Duration;

/// The time that `part` of all times do not exceed, in microseconds.
pub(crate) fn percentile(times: &mut [Duration], part: f64) -> f64 {
    times.sort_unstable();
    let at = (times.len().saturating_sub(1) as f64 * part).round() as usize;
    times.get(at).map_or(f64::NAN, |time| time.as_nanos() as f64 / 1000.0)
}

/// The number in the middle.
pub(crate) fn median(numbers: &[f64]) -> f64 {
    in_order(numbers, numbers.len() / 2)
}

/// The number that three quarters are not below: where what disturbs only adds, one that was hardly disturbed.
pub(crate) fn lower_quartile(numbers: &[f64]) -> f64 {
    in_order(numbers, numbers.len() / 4)
}

fn in_order(numbers: &[f64], at: usize) -> f64 {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(at).copied().unwrap_or(f64::NAN)
}
