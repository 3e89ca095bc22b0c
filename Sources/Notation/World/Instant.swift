/// A moment, in milliseconds since 1970-01-01 00:00 UTC. The domain is told the moment, it never asks for it.
public struct Instant: Sendable, Hashable, Comparable {
  public let milliseconds: Int64

  public init(milliseconds: Int64) { self.milliseconds = milliseconds }

  public static func < (a: Instant, b: Instant) -> Bool { a.milliseconds < b.milliseconds }

  public func adding(seconds: Int64) -> Instant { Instant(milliseconds: milliseconds + seconds * 1000) }
}

/// The calendar and clock of the authority: Asia/Shanghai, eight hours ahead of UTC the whole year.
///
/// The zone kept summer time in 1940–1949 and 1986–1991; evaluation years begin later.
public struct LocalTime: Sendable, Hashable {
  public let day: Day
  public let hour: Int
  public let minute: Int
  public let second: Int

  static let offset: Int64 = 8 * 3600

  public init(_ instant: Instant) {
    let seconds = Int64((instant.milliseconds).flooredDivision(by: 1000)) + LocalTime.offset
    let days = seconds.flooredDivision(by: 86_400)
    let rest = Int(seconds - days * 86_400)
    day = Day(daysSince1970: Int(days))
    hour = rest / 3600
    minute = rest / 60 % 60
    second = rest % 60
  }

  /// `2026-08-31 14:32:05`
  public var text: String { "\(day.text) \(clock)" }
  /// `14:32:05`
  public var clock: String { "\(Day.two(hour)):\(Day.two(minute)):\(Day.two(second))" }
  /// `14:32`
  public var shortClock: String { "\(Day.two(hour)):\(Day.two(minute))" }
}

extension Instant {
  public var day: Day { LocalTime(self).day }

  /// The first moment of a day of the authority's calendar.
  public init(startOf day: Day) {
    self.init(milliseconds: (Int64(day.daysSince1970) * 86_400 - LocalTime.offset) * 1000)
  }

  /// The first moment after a day has passed: a deadline holds until then.
  public init(endOf day: Day) { self = Instant(startOf: day).adding(seconds: 86_400) }
}

extension Int64 {
  fileprivate func flooredDivision(by divisor: Int64) -> Int64 {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }
}
