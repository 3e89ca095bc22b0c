public import Notation

/// «There is nothing more to record»: said by a keeper of a kind, for a term or the whole year. Without it a silent ledger
/// means that nobody has said anything, not that nothing was done.
public struct Statement: Sendable, Hashable {
  public let kind: String
  /// The school that says so; nil: the lead school for the group.
  public let school: ID?
  /// Nil: for the whole year.
  public let term: Term?

  public init(kind: String, school: ID?, term: Term?) {
    self.kind = kind
    self.school = school
    self.term = term
  }
}

/// A group's school year: who belongs to it, what was recorded, what was said to be complete.
public struct GroupYear: Sendable {
  public let group: ID
  public let days: SchoolYearDays
  /// Every school that belongs to it on any day of the year, the lead school first: what figures stand over.
  public let schools: [LedgerSchool]
  /// Schools of other years, which older records may name.
  public let past: [LedgerSchool]
  /// Whether the year's results are confirmed: nothing in it changes any more.
  public let isConfirmed: Bool
  /// Other years of the group in which something stands fast; empty where nobody asks.
  public let settled: [SettledYear]
  public let asked: [AskedDocument]
  public let terms: RecordTerms
  public let statements: Set<Statement>
  /// Records that don't count in figures, each with the check that says why.
  public private(set) var void: [ID: String] = [:]
  private let byKind: [String: [LedgerRecord]]

  /// - Parameters:
  ///   - records: those whose days touch the year; of documents and other standing records the earlier ones too.
  ///   - today: what lies later can't have happened; nil where nobody asks.
  public init(
    group: ID, days: SchoolYearDays, schools: [LedgerSchool], asked: [AskedDocument] = [],
    terms: RecordTerms = RecordTerms(), records: [LedgerRecord], statements: Set<Statement>,
    past: [LedgerSchool] = [], isConfirmed: Bool = false, settled: [SettledYear] = [], today: Day? = nil
  ) {
    self.group = group
    self.days = days
    self.schools = schools
    self.asked = asked
    self.terms = terms
    self.statements = statements
    self.past = past
    self.isConfirmed = isConfirmed
    self.settled = settled
    byKind = Dictionary(grouping: records, by: \.kind)
    void = VoidRecords.found(in: self, today: today)
  }

  public var lead: LedgerSchool? { schools.first(where: \.isLead) }
  /// The schools of the day that is asked about: who owes documents, whose part is asked for.
  public var present: [LedgerSchool] { schools.filter(\.isPresent) }
  public var members: [LedgerSchool] { schools.filter { !$0.isLead && $0.isPresent } }
  /// Every school that may be named.
  public var known: [LedgerSchool] { schools + past }
  public func school(_ id: ID) -> LedgerSchool? { known.first { $0.id == id } }
  public func records(_ kind: String) -> [LedgerRecord] { byKind[kind] ?? [] }
  /// Those of a kind that count in figures.
  func counting(_ kind: String) -> [LedgerRecord] { records(kind).filter { void[$0.id] == nil } }
  public var allRecords: [LedgerRecord] { LedgerKinds.all.flatMap { records($0.id) } }

  /// The days somebody stayed at a school without a break, whether they stand in one record or, term by term, in several;
  /// `last` nil: still there.
  func stay(of row: LedgerRecord) -> (first: Day, last: Day?) {
    let rows = counting(row.kind).filter {
      $0.school == row.school && $0.teacher("teacher") == row.teacher("teacher")
        && $0.schools("host") == row.schools("host")
    }.sorted { $0.first < $1.first }
    var stays: [(first: Day, last: Day?)] = []
    for next in rows {
      guard let before = stays.last, before.last.map({ next.first <= $0.adding(days: 1) }) ?? true else {
        stays.append((next.first, next.last))
        continue
      }
      let last = before.last.flatMap { earlier in next.last.map { max(earlier, $0) } }
      stays[stays.count - 1] = (before.first, last)
    }
    return stays.last { $0.first <= row.first } ?? (row.first, row.last)
  }

  /// Who has to say that a kind is complete: nil for the lead school on behalf of the group.
  public func keepers(of kind: LedgerKind) -> [ID?] { kind.keeper == .group ? [nil] : schools.map(\.id) }

  /// Whether a keeper has said that nothing is missing for a term, or the year.
  public func isClosed(_ kind: String, by school: ID?, _ term: Term?) -> Bool {
    func said(_ term: Term?) -> Bool { statements.contains(Statement(kind: kind, school: school, term: term)) }
    if said(nil) { return true }
    guard let term else { return Term.allCases.allSatisfy(said) }
    return said(term)
  }

  /// What still has to be said before silence means none.
  func unsaid(_ kind: String, by keepers: [ID?], _ term: Term?) -> [Message] {
    keepers.filter { !isClosed(kind, by: $0, term) }.map { keeper in
      Message(
        "ledger.missing.statement",
        [
          "kind": .message(Message("ledger.kind.\(kind)")),
          "keeper": keeper.flatMap { school($0) }.map { .text($0.name) } ?? .message(Message("ledger.keeper.group")),
          "term": .message(term?.title ?? Message("ledger.term.year")),
        ])
    }
  }
}
