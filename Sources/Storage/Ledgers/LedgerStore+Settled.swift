public import Ledgers
import Notation

extension LedgerStore {
  /// A group's year as those find it who may write in it: with the other years in which something stands fast; two
  /// statements.
  public static func year(on ground: LedgerGround, _ transaction: any Transaction) throws -> GroupYear {
    var found = try found(group: ground.group, ground.days, transaction)
    found.settled = try settled(on: ground, transaction)
    return ground.year(found)
  }

  /// The other years of a group whose results are confirmed or in which a kind was declared complete.
  static func settled(on ground: LedgerGround, _ transaction: any Transaction) throws -> [SettledYear] {
    var confirmed: Set<Int> = []
    var statements: [Int: Set<Statement>] = [:]
    for row in try transaction.rows(
      """
      SELECT x.year, x.kind, x.school, x.term FROM ledger_statement x
      WHERE x.grp = $1 AND x.year <> $2
      UNION ALL
      SELECT c.year, '', 0, '' FROM participant p
      JOIN cycle c ON c.authority = p.authority AND c.id = p.cycle
      WHERE p.grp = $1 AND c.year <> $2 AND c.confirmed_at IS NOT NULL
      """, [.id(ground.group), .integer(ground.days.year)])
    {
      let (year, kind, school) = (try row.int("year"), try row.text("kind"), try row.integer("school"))
      guard !kind.isEmpty else {
        confirmed.insert(year)
        continue
      }
      statements[year, default: []].insert(
        Statement(kind: kind, school: school == 0 ? nil : ID(school), term: Term(rawValue: try row.text("term"))))
    }
    return confirmed.union(statements.keys).sorted().compactMap { year in
      SchoolYearDays(year, of: ground.policy).map {
        SettledYear(days: $0, isConfirmed: confirmed.contains(year), statements: statements[year] ?? [])
      }
    }
  }
}
