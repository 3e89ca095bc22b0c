public import Notation
public import Rules

/// What a metric comes to, and what it stands on.
public struct MetricReading: Sendable {
  /// Nil: not known. Never a zero for want of records.
  public var value: Fact?
  /// A number or list that may still change, where too little has been said for a value.
  public var soFar: Fact?
  /// Whether the value stands on records and may still rise: the ledger hasn't been declared complete.
  public var mayRise = false
  /// The records behind it.
  public var rows: [ID] = []
  /// What keeps it from being known, or from being final.
  public var missing: [Message] = []
  /// How it came about: «12 of 118».
  public var how: [Message] = []

  public init(value: Fact? = nil) { self.value = value }

  static func unknown(_ missing: [Message]) -> MetricReading {
    var reading = MetricReading()
    reading.missing = missing
    return reading
  }
}
