import Notation

/// Another school year of a group in which records stand fast: its results are confirmed, or keepers said that kinds are
/// complete. A record that speaks for it changes there no more from another year's page.
public struct SettledYear: Sendable, Hashable {
  public let days: SchoolYearDays
  public let isConfirmed: Bool
  public let statements: Set<Statement>

  public init(days: SchoolYearDays, isConfirmed: Bool, statements: Set<Statement>) {
    self.days = days
    self.isConfirmed = isConfirmed
    self.statements = statements
  }

  /// Why what a keeper keeps of a kind stands fast in it; nil: it doesn't.
  func fast(_ kind: LedgerKind, by keeper: ID?) -> Fast? {
    if isConfirmed { return .confirmed }
    func said(_ term: Term?) -> Bool { statements.contains(Statement(kind: kind.id, school: keeper, term: term)) }
    return said(nil) || Term.allCases.allSatisfy(said) ? .closed : nil
  }

  enum Fast: String { case confirmed, closed }
}

/// A record as the years ask for it.
struct DatedRecord {
  let keeper: ID?
  let first: Day
  let last: Day?
  let values: [String: LedgerValue]

  /// Whether it speaks for a school year: of a document, whether the policy still holds it for one of that year.
  func speaks(for days: SchoolYearDays, _ kind: LedgerKind, _ year: GroupYear) -> Bool {
    guard first <= days.last, last.map({ $0 >= days.first }) ?? true else { return false }
    guard kind.id == "documents", case .words(let words)? = values["document"], let word = words.first,
      let asked = year.asked.first(where: { $0.id == word })
    else { return true }
    return asked.speaks(from: first, in: days)
  }
}
