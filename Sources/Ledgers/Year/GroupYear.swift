public import Notation

/// A school of a group, as far as records need to know it.
public struct LedgerSchool: Sendable, Hashable {
  public let id: ID
  public let code: String
  public let name: String
  public let isLead: Bool

  public init(id: ID, code: String, name: String, isLead: Bool) {
    self.id = id
    self.code = code
    self.name = name
    self.isLead = isLead
  }
}

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
  /// The lead school first.
  public let schools: [LedgerSchool]
  public let asked: [AskedDocument]
  public let terms: RecordTerms
  public let statements: Set<Statement>
  private let byKind: [String: [LedgerRecord]]

  /// - Parameter records: those whose days touch the year; of documents and other standing records the earlier ones too.
  public init(
    group: ID, days: SchoolYearDays, schools: [LedgerSchool], asked: [AskedDocument] = [],
    terms: RecordTerms = RecordTerms(), records: [LedgerRecord], statements: Set<Statement>
  ) {
    self.group = group
    self.days = days
    self.schools = schools
    self.asked = asked
    self.terms = terms
    self.statements = statements
    byKind = Dictionary(grouping: records, by: \.kind)
  }

  public var lead: LedgerSchool? { schools.first(where: \.isLead) }
  public var members: [LedgerSchool] { schools.filter { !$0.isLead } }
  public func school(_ id: ID) -> LedgerSchool? { schools.first { $0.id == id } }
  public func records(_ kind: String) -> [LedgerRecord] { byKind[kind] ?? [] }
  public var allRecords: [LedgerRecord] { LedgerKinds.all.flatMap { records($0.id) } }

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
