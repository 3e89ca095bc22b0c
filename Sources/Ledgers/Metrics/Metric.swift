public import Notation
public import Rules

/// A figure that the year's records yield: `ledger.exchange.rate`.
public struct Metric: Sendable {
  public enum Form: String, Sendable { case number, boolean, names, counts, awards, text }

  public let id: String
  /// What it can be; which of them, the input says.
  public let forms: [Form]
  /// The kinds of records it is computed from.
  public let kinds: [String]
  /// The parameters a binding may give.
  public let parameters: [String]
  let work: @Sendable (MetricScope) -> MetricReading

  init(
    _ id: String, _ forms: [Form], _ kinds: [String], with parameters: [String] = [],
    _ work: @escaping @Sendable (MetricScope) -> MetricReading
  ) {
    self.id = id
    self.forms = forms
    self.kinds = kinds
    self.parameters = parameters
    self.work = work
  }

  public var title: Message { Message("metric.\(id)") }

  /// Whether it can answer what an input asks.
  public func answers(_ kind: Need.Kind) -> Bool {
    switch kind {
    case .number: forms.contains(.number)
    case .boolean: forms.contains(.boolean)
    case .text, .level: forms.contains(.text)
    case .names: forms.contains(.names)
    case .counts: forms.contains(.counts)
    case .awards: forms.contains(.awards)
    }
  }

  /// What it comes to. A value the input can't take (a percentage above 100, an unknown grade) is no value: it is named.
  public func reading(_ scope: MetricScope) -> MetricReading {
    var reading = work(scope)
    reading.how += scope.leftOut(kinds)
    guard let value = reading.value else { return reading }
    if case .number(let number) = value {
      let tooMuch = scope.need.range == .percent && number > Exact.hundred
      if tooMuch || number.isNegative {
        return reading.refused(Message("ledger.missing.range", ["value": .number(number)]))
      }
    }
    if case .text(let text) = value, case .level(let levels) = scope.need.kind, !levels.contains(text) {
      return reading.refused(
        Message("ledger.missing.level", ["value": .text(text), "known": .names(levels)]))
    }
    reading.value = value
    return reading
  }
}

extension MetricReading {
  func refused(_ why: Message) -> MetricReading {
    var reading = self
    reading.value = nil
    reading.missing.append(why)
    return reading
  }
}
