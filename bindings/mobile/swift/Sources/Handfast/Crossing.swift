import Foundation

/// The longest span that crosses, in seconds: what is longer is refused just the same.
private let longest: TimeInterval = 1e12

/// A number of seconds as it crosses to Rust, which cuts it to whole milliseconds. A binary fraction may lie just before
/// the millisecond that it means, so the middle of the nearest millisecond is sent. What Rust has no word for would end
/// the process here; it becomes a number that is refused there, as all that lies before 1970 is.
private func nearest(_ seconds: TimeInterval, atLeast least: TimeInterval) -> TimeInterval {
    guard !seconds.isNaN else { return least }
    guard seconds >= 0 else { return max(seconds.rounded(.down), least) }
    return ((min(seconds, longest) * 1_000).rounded() + 0.5) / 1_000
}

extension Date {
    var crossing: Date {
        Date(timeIntervalSince1970: nearest(timeIntervalSince1970, atLeast: -longest))
    }
}

extension TimeInterval {
    var crossing: TimeInterval {
        nearest(self, atLeast: 0)
    }
}
