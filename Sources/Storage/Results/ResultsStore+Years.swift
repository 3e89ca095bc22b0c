import Cycles
public import Notation
public import Publishing

/// A group's result in one of several years.
public struct ResultOfYear: Sendable {
  public let authority: ID
  public let cycle: ID
  public let year: Int
  /// The cycle's.
  public let title: String
  /// 0: confirmed and not public yet.
  public let edition: Int
  /// Numbers are written with so many places, by that year's policy.
  public let policyEdition: String
  public let result: FrozenResult
}

extension ResultsStore {
  /// What groups came to over the years, the latest year first: published last, or the draft where the reader sees it and
  /// nothing is published. One statement.
  public static func years(
    of groups: [ID], for reader: ID?, _ transaction: any Transaction
  ) throws -> [ResultOfYear] {
    guard !groups.isEmpty else { return [] }
    var values: [Value] = [.integer(reader?.number ?? 0)]
    let places = groups.map { group -> String in
      values.append(.id(group))
      return "$\(values.count)"
    }
    return try years(where: "r.grp IN (\(places.joined(separator: ", ")))", values, transaction)
  }

  /// The same of the groups that an appointment of a school belongs to, by their names.
  public static func ownYears(for appointment: ID, _ transaction: any Transaction) throws -> [ResultOfYear] {
    try years(
      where: """
        EXISTS (
          SELECT 1 FROM participant_reach x
          WHERE x.appointment = $1 AND x.authority = r.authority AND x.cycle = r.cycle AND x.grp = r.grp)
        """, [.id(appointment)], transaction)
  }

  private static func years(
    where condition: String, _ values: [Value], _ transaction: any Transaction
  ) throws -> [ResultOfYear] {
    try transaction.rows(
      """
      SELECT \(FrozenResult.columns), r.authority, r.cycle, r.edition, c.year, c.title, c.edition AS policy
      FROM result r
      JOIN cycle c ON c.authority = r.authority AND c.id = r.cycle
      WHERE \(condition)
        AND r.edition = coalesce(\(ResultReach.latest), 0) AND \(ResultReach.visible(to: "$1"))
      ORDER BY r.grp, c.year DESC, r.cycle DESC
      """, values
    ).map { row in
      ResultOfYear(
        authority: try row.id("authority"), cycle: try row.id("cycle"), year: try row.int("year"),
        title: try row.text("title"), edition: try row.int("edition"), policyEdition: try row.text("policy"),
        result: try FrozenResult(row))
    }
  }

  /// The year before of the same authority, group by group, as it was published last; empty where it wasn't.
  public static func yearBefore(
    _ cycle: StoredCycle, _ transaction: any Transaction
  ) throws -> [ID: FrozenResult] {
    let rows = try transaction.rows(
      """
      SELECT \(FrozenResult.columns)
      FROM cycle c JOIN result r ON r.authority = c.authority AND r.cycle = c.id
      WHERE c.authority = $1 AND c.year = $2 AND r.edition = \(ResultReach.latest)
      """, [.id(cycle.authority), .integer(cycle.year - 1)])
    return Dictionary(try rows.map { try FrozenResult($0) }.map { ($0.group, $0) }) { first, _ in first }
  }

  /// The totals of all groups of an authority in the years published up to a cycle's: of this one as the edition has
  /// them, of others as they were published last. Provisional totals are left out. One statement.
  ///
  /// - Parameter years: so many at most, the latest.
  public static func totals(
    upTo cycle: StoredCycle, edition: Int, years: Int = 6, _ transaction: any Transaction
  ) throws -> [Growth.Total] {
    try transaction.rows(
      """
      SELECT r.grp, r.name, r.district, r.total, c.year
      FROM cycle c JOIN result r ON r.authority = c.authority AND r.cycle = c.id
      WHERE c.authority = $1 AND c.year <= $2 AND c.year > $5 AND r.complete = 1
        AND r.edition = CASE WHEN c.id = $3 THEN $4 ELSE \(ResultReach.latest) END
      ORDER BY c.year, r.place, r.grp
      """,
      [
        .id(cycle.authority), .integer(cycle.year), .id(cycle.id), .integer(edition), .integer(cycle.year - years),
      ]
    ).map { row in
      Growth.Total(
        group: try row.id("grp"), name: try row.text("name"), district: try row.text("district"),
        year: try row.int("year"), total: try exact(row))
    }
  }

  private static func exact(_ row: Row) throws -> Exact {
    guard let total = try row.optionalExact("total") else { throw DatabaseError.statement("total is null") }
    return total
  }

  /// Authorities that have published something, with what and when.
  public static func publications(
    of authority: ID?, _ transaction: any Transaction
  ) throws -> [Publication] {
    try transaction.rows(
      """
      SELECT c.authority, a.name, c.id, c.year, c.title, e.number, e.document, e.made_at,
        (SELECT min(f.made_at) FROM edition f
          WHERE f.authority = c.authority AND f.cycle = c.id AND f.number = 1) AS first_at,
        (SELECT count(*) FROM result r
          WHERE r.authority = e.authority AND r.cycle = e.cycle AND r.edition = e.number) AS groups
      FROM cycle c
      JOIN authority a ON a.id = c.authority
      JOIN edition e ON e.authority = c.authority AND e.cycle = c.id
      WHERE e.number = (
          SELECT max(n.number) FROM edition n WHERE n.authority = c.authority AND n.cycle = c.id AND n.number > 0)
        AND (CAST($1 AS BIGINT) IS NULL OR c.authority = $1)
      ORDER BY a.code, c.authority, c.year DESC
      """, [.id(authority)]
    ).map { row in
      Publication(
        authority: try row.id("authority"), publisher: try row.text("name"), cycle: try row.id("id"),
        year: try row.int("year"), title: try row.text("title"), edition: try row.int("number"),
        document: try row.optionalText("document"), publishedAt: try row.instant("first_at"),
        changedAt: try row.instant("made_at"), groups: try row.int("groups"))
    }
  }
}

/// A cycle whose results are public.
public struct Publication: Sendable {
  public let authority: ID
  public let publisher: String
  public let cycle: ID
  public let year: Int
  public let title: String
  /// The latest.
  public let edition: Int
  public let document: String?
  /// The first edition's day and the latest's.
  public let publishedAt: Instant
  public let changedAt: Instant
  public let groups: Int
}
