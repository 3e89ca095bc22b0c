public import Notation
import Registry

/// The steps of coverage as they are kept: derived in the write that changes the registry, or left out until then.
public enum CoverageStepStore {
  /// The national school year: statistics are of 1 September.
  public static let start = DayOfYear(month: 9, day: 1)
  private static let columns = [
    "schools", "covered", "pupils", "covered_pupils", "uncounted", "weak", "weak_covered", "fresh", "fresh_covered",
  ]

  /// Says that the steps of some authorities no longer hold.
  static func outdate(_ authority: ID, _ transaction: any Transaction) throws {
    try transaction.run("DELETE FROM coverage_fresh WHERE authority = $1", [.id(authority)])
  }

  static func outdate(_ authorities: Set<ID>, _ transaction: any Transaction) throws {
    let all = authorities.sorted()
    for first in stride(from: 0, to: all.count, by: 500) {
      let part = all[first..<min(first + 500, all.count)]
      try transaction.run(
        "DELETE FROM coverage_fresh WHERE authority IN (\(places(part.count)))", part.map { .id($0) })
    }
  }

  /// Makes the steps anew that no longer hold, a few authorities in each write, so that others get their turn between.
  public static func refreshStale(_ database: any Database) async throws {
    var after = ID(0)
    while true {
      let start = after
      let stale = try await database.write { transaction -> [ID] in
        let stale = try transaction.rows(
          """
          SELECT a.id FROM authority a
          WHERE a.id > $1 AND NOT EXISTS (SELECT 1 FROM coverage_fresh f WHERE f.authority = a.id) ORDER BY a.id LIMIT 25
          """, [.id(start)]
        ).map { try $0.id("id") }
        if !stale.isEmpty { try refresh(Set(stale), transaction) }
        return stale
      }
      guard let last = stale.last else { return }
      after = last
    }
  }

  /// Those of a school's authorities, present and past.
  static func outdate(school: ID, _ transaction: any Transaction) throws {
    try transaction.run(
      """
      DELETE FROM coverage_fresh WHERE authority IN (
        SELECT authority FROM school WHERE id = $1 UNION SELECT authority FROM school_past WHERE school = $1)
      """, [.id(school)])
  }

  /// Makes the steps of some authorities anew, some at a time.
  static func refresh(_ authorities: Set<ID>, _ transaction: any Transaction) throws {
    let all = authorities.sorted()
    for first in stride(from: 0, to: all.count, by: 100) {
      let part = Array(all[first..<min(first + 100, all.count)])
      let (book, schools) = try RegistryBookStore.book(of: part, transaction)
      let years = try SchoolYearStore.years(of: schools, transaction)
      let steps = book.coverageSteps(of: Set(part), years: years, startingOn: start)
      let (list, values) = (places(part.count), part.map { Value.id($0) })
      try transaction.run("DELETE FROM coverage_step WHERE authority IN (\(list))", values)
      for begin in stride(from: 0, to: steps.count, by: 64) {
        let rows = steps[begin..<min(begin + 64, steps.count)]
        try transaction.run(
          """
          INSERT INTO coverage_step (authority, day, \(columns.joined(separator: ", ")))
          VALUES \(AuditChain.places(rows: rows.count, columns: columns.count + 2))
          """, rows.flatMap { step in [.id(step.authority), .day(step.day)] + numbers(step.change) })
      }
      try transaction.run("DELETE FROM coverage_fresh WHERE authority IN (\(list))", values)
      try transaction.run(
        "INSERT INTO coverage_fresh (authority) VALUES \(AuditChain.places(rows: part.count, columns: 1))", values)
    }
  }

  private static func numbers(_ one: Coverage) -> [Value] {
    [
      one.schools, one.covered, one.pupils, one.coveredPupils, one.uncounted, one.weak, one.weakCovered, one.new,
      one.newCovered,
    ].map { .integer($0) }
  }

  /// Whether the steps of all that lies within some authorities hold.
  static func hold(within authorities: [ID], _ transaction: any Transaction) throws -> Bool {
    try transaction.rows(
      """
      SELECT 1 AS stale FROM authority_within w
      WHERE w.upper_id IN (\(places(authorities.count)))
        AND NOT EXISTS (SELECT 1 FROM coverage_fresh f WHERE f.authority = w.lower_id)
      LIMIT 1
      """, authorities.map { .id($0) }
    ).isEmpty
  }

  /// The sums of the steps up to a day, as `asked`, in the columns of a coverage.
  static func sum(_ place: Int, within tops: String, day: String) -> String {
    let sums = columns.map { "CAST(SUM(c.\($0)) AS BIGINT) AS \($0)" }.joined(separator: ", ")
    return """
      SELECT \(place) AS asked, c.authority, \(sums)
      FROM coverage_step c JOIN authority_within w ON w.lower_id = c.authority AND w.upper_id IN (\(tops))
      WHERE c.day <= \(day)
      GROUP BY c.authority HAVING SUM(c.schools) > 0
      """
  }
}
