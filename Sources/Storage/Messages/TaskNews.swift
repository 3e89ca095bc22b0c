import Notation

/// Something new about tasks and conferences that people are told at once.
public struct TaskNews: Sendable {
  public let note: Note
  let ids: IDMaker

  public init(_ note: Note, ids: IDMaker) {
    self.note = note
    self.ids = ids
  }

  /// Tells those in office at an authority and at those right below it, but not who did it.
  func tellOffices(
    of authority: ID, but doer: ID?, at now: Instant, _ transaction: any Transaction
  ) throws {
    let accounts = try transaction.rows(
      """
      SELECT DISTINCT p.account FROM appointment p
      JOIN authority a ON a.id = p.authority AND (a.id = $1 OR a.parent = $1)
      JOIN account c ON c.id = p.account AND c.closed_at IS NULL
      WHERE p.role = 'office' AND p.since <= $2 AND (p.until IS NULL OR p.until > $2)
      ORDER BY p.account
      """, [.id(authority), .day(now.day)]
    ).map { try $0.id("account") }
    try tell(accounts, but: doer, at: now, transaction)
  }

  /// Tells those who speak for units.
  func tellUnits(
    _ units: [String], of authority: ID, but doer: ID?, at now: Instant, _ transaction: any Transaction
  ) throws {
    let people = try UnitPeople.accounts(of: authority, on: now.day, transaction)
    var seen: Set<ID> = []
    try tell(
      units.flatMap { people[$0] ?? [] }.filter { seen.insert($0).inserted }, but: doer, at: now, transaction)
  }

  private func tell(_ accounts: [ID], but doer: ID?, at now: Instant, _ transaction: any Transaction) throws {
    for account in accounts where account != doer {
      try MessageStore.tell(account, [note], several: { _ in note.title }, at: now, ids: ids, transaction)
    }
  }
}

/// Who speaks for the units that tasks name.
enum UnitPeople {
  /// By the name the document calls a unit; under the empty name the office that keeps the list. One statement.
  static func accounts(
    of authority: ID, on day: Day, _ transaction: any Transaction
  ) throws -> [String: [ID]] {
    var people: [String: [ID]] = [:]
    for row in try transaction.rows(
      """
      SELECT x.name, x.account FROM (
        SELECT o.name, p.account FROM unit_office o
        JOIN appointment p ON p.authority = o.office AND p.role = 'office' AND p.since <= $2
          AND (p.until IS NULL OR p.until > $2)
        WHERE o.authority = $1
        UNION
        SELECT o.name, p.account FROM unit_office o
        JOIN appointment p ON p.school = o.school AND p.role IN ('lead', 'member') AND p.since <= $2
          AND (p.until IS NULL OR p.until > $2)
        WHERE o.authority = $1
        UNION
        SELECT '', p.account FROM appointment p
        WHERE p.authority = $1 AND p.role = 'office' AND p.since <= $2 AND (p.until IS NULL OR p.until > $2)
      ) x
      JOIN account a ON a.id = x.account AND a.closed_at IS NULL
      ORDER BY x.name, x.account
      """, [.id(authority), .day(day)])
    {
      people[try row.text("name"), default: []].append(try row.id("account"))
    }
    return people
  }
}
