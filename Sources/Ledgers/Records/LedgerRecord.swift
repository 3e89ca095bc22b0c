public import Notation

/// What stands in a field of a record.
public enum LedgerValue: Sendable, Hashable {
  case text(String)
  case day(Day)
  case number(Exact)
  case flag(Bool)
  case words([String])
  case schools([ID])
  case teacher(ID)
}

/// One record of the year.
public struct LedgerRecord: Sendable, Hashable {
  public let id: ID
  public let group: ID
  /// The school that keeps it; nil where the lead school keeps it for the group.
  public let school: ID?
  public let kind: String
  /// The days it speaks for; `last` nil: still going on.
  public let first: Day
  public let last: Day?
  public let values: [String: LedgerValue]
  /// The piece of evidence that shows it.
  public let evidence: ID?
  /// Rises by one with each change.
  public let version: Int

  public init(
    id: ID, group: ID, school: ID?, kind: String, first: Day, last: Day?, values: [String: LedgerValue],
    evidence: ID? = nil, version: Int = 1
  ) {
    self.id = id
    self.group = group
    self.school = school
    self.kind = kind
    self.first = first
    self.last = last
    self.values = values
    self.evidence = evidence
    self.version = version
  }

  public func text(_ field: String) -> String? {
    switch values[field] {
    case .text(let text): text
    case .words(let words): words.first
    default: nil
    }
  }
  public func words(_ field: String) -> [String] { if case .words(let words)? = values[field] { words } else { [] } }
  public func day(_ field: String) -> Day? { if case .day(let day)? = values[field] { day } else { nil } }
  public func number(_ field: String) -> Exact? {
    if case .number(let number)? = values[field] { number } else { nil }
  }
  /// False only where somebody said so; nil where nobody said anything.
  public func flag(_ field: String) -> Bool? { if case .flag(let flag)? = values[field] { flag } else { nil } }
  public func schools(_ field: String) -> [ID] {
    if case .schools(let schools)? = values[field] { schools } else { [] }
  }
  public func teacher(_ field: String) -> ID? { if case .teacher(let id)? = values[field] { id } else { nil } }

  /// Every school it speaks of, its keeper included.
  public var allSchools: Set<ID> {
    var all = Set(school.map { [$0] } ?? [])
    for case .schools(let schools) in values.values { all.formUnion(schools) }
    return all
  }

  public func overlaps(_ from: Day, _ to: Day) -> Bool { first <= to && (last.map { $0 >= from } ?? true) }
}
