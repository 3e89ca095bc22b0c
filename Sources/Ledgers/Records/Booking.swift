public import Notation

/// A venue for some time of a day: one guest has it.
public struct Booking: Sendable {
  /// Where it is told that a venue is taken.
  public static let timeField = "begins"

  public let day: Day
  public let provider: ID
  public let venue: String
  public let begins: String
  public let ends: String

  /// Nil where the values are no booking.
  public init?(_ values: [String: LedgerValue]) {
    guard case .day(let day)? = values["day"], case .schools(let providers)? = values["provider"],
      let provider = providers.first, case .text(let venue)? = values["venue"],
      case .text(let begins)? = values["begins"], case .text(let ends)? = values["ends"]
    else { return nil }
    (self.day, self.provider, self.venue, self.begins, self.ends) = (day, provider, venue, begins, ends)
  }

  /// Whether both can't be: the same venue at the same time, however its name is written.
  public func clashes(with other: Booking) -> Bool {
    day == other.day && provider == other.provider && venue.nameForm == other.venue.nameForm
      && begins < other.ends && other.begins < ends
  }

  /// That it is taken.
  public var taken: Message {
    Message("ledger.fault.taken", ["venue": .text(venue), "begins": .text(begins), "ends": .text(ends)])
  }
}
