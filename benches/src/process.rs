//! What the system tells of this process.

use std::{fs, time::Duration};

use crate::Result;

/// The most memory that it has held so far, in megabytes; 0 where that is not told.
pub(crate) fn peak() -> Result<u64> {
    let Ok(status) = fs::read_to_string("/proc/self/status") else { return Ok(0) };
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0");
    Ok(line.trim().trim_end_matches(" kB").parse::<u64>()? / 1_024)
}

/// How long the cores have worked for it, to a hundredth of a second; nothing where that is not told.
pub(crate) fn worked() -> Result<Duration> {
    let Ok(stat) = fs::read_to_string("/proc/self/stat") else { return Ok(Duration::ZERO) };
    // the second field is a name in brackets; the 14th and 15th are hundredths of seconds
    let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields).split_whitespace().skip(11).take(2);
    let ticks = fields.map(str::parse::<u64>).sum::<std::result::Result<u64, _>>()?;
    Ok(Duration::from_millis(ticks * 10))
}
