import Cycles
public import Notation
public import Policies
public import Publishing

/// Which rows of an edition are wanted, and how many.
public struct ResultFilter: Sendable, Hashable {
  public var district: String?
  /// A form's id.
  public var form: String?
  public var grade: String?
  /// A piece of the group's name, or of one of its schools'.
  public var name: String?
  public var offset: Int
  public var count: Int

  public init(
    district: String? = nil, form: String? = nil, grade: String? = nil, name: String? = nil, offset: Int = 0,
    count: Int
  ) {
    self.district = district
    self.form = form
    self.grade = grade
    self.name = name
    self.offset = offset
    self.count = count
  }
}

/// A page of an edition's rows.
public struct ResultList: Sendable {
  public let rows: [FrozenResult]
  /// How many the filter lets through.
  public let matching: Int

  public init(rows: [FrozenResult], matching: Int) {
    self.rows = rows
    self.matching = matching
  }
}

/// How many groups there are of each kind in an edition.
public struct ResultFacets: Sendable {
  public struct Facet: Sendable, Hashable {
    public let district: String
    public let form: String?
    public let grade: String?
    public let count: Int
  }

  public let facets: [Facet]

  public init(facets: [Facet]) { self.facets = facets }

  public var count: Int { facets.map(\.count).reduce(0, +) }
  public var districts: [String] { Set(facets.map(\.district)).sorted() }
  public var forms: [String] { Set(facets.compactMap(\.form)).sorted() }
  public func count(grade: String?) -> Int { facets.filter { $0.grade == grade }.map(\.count).reduce(0, +) }
}

extension ResultsStore {
  /// What there is in an edition that the reader sees; nil: nobody in particular.
  public static func facets(
    _ edition: Int, authority: ID, cycle: ID, for reader: ID?, _ transaction: any Transaction
  ) throws -> ResultFacets {
    ResultFacets(
      facets: try transaction.rows(
        """
        SELECT r.district, r.form, r.grade, count(*) AS number FROM result r
        WHERE r.authority = $1 AND r.cycle = $2 AND r.edition = $3 AND \(ResultReach.visible(to: "$4"))
        GROUP BY r.district, r.form, r.grade
        """, [.id(authority), .id(cycle), .integer(edition), .integer(reader?.number ?? 0)]
      ).map { row in
        ResultFacets.Facet(
          district: try row.text("district"), form: try row.optionalText("form"),
          grade: try row.optionalText("grade"), count: try row.int("number"))
      })
  }

  /// The rows of an edition that the reader sees, by rank (within forms or districts, where ranks are), those without one
  /// behind.
  public static func list(
    _ edition: Int, authority: ID, cycle: ID, _ filter: ResultFilter, within: Ranking.Within, for reader: ID?,
    lines: Bool = false, _ transaction: any Transaction
  ) throws -> ResultList {
    let part =
      switch within {
      case .all: ""
      case .form: "r.form, "
      case .district: "r.district, "
      }
    let order = "\(part)CASE WHEN r.place IS NULL THEN 1 ELSE 0 END, r.place, r.position"
    let rows = try transaction.rows(
      """
      WITH wanted AS (
        SELECT r.grp, count(*) OVER () AS matching
        FROM result r
        WHERE r.authority = $1 AND r.cycle = $2 AND r.edition = $3 AND \(ResultReach.visible(to: "$4"))
          AND (CAST($5 AS TEXT) IS NULL OR r.district = $5)
          AND (CAST($6 AS TEXT) IS NULL OR r.form = $6)
          AND (CAST($7 AS TEXT) IS NULL OR coalesce(r.grade, '') = $7)
          AND (CAST($8 AS TEXT) IS NULL OR \(isLike("r.name", "$8")) OR r.grp IN (
            SELECT m.grp FROM participant_school m
            WHERE m.authority = $1 AND m.cycle = $2 AND \(isLike("m.name", "$8"))))
        ORDER BY \(order)
        LIMIT $9 OFFSET $10
      )
      SELECT \(FrozenResult.columns)\(lines ? ", r.card" : ""), w.matching
      FROM wanted w
      JOIN result r ON r.authority = $1 AND r.cycle = $2 AND r.edition = $3 AND r.grp = w.grp
      ORDER BY \(order)
      """,
      [
        .id(authority), .id(cycle), .integer(edition), .integer(reader?.number ?? 0), .optional(filter.district),
        .optional(filter.form), .optional(filter.grade), .optional(filter.name.map(AccountStore.pattern)),
        .integer(filter.count), .integer(filter.offset),
      ])
    // A page beyond the last tells nothing of how many there are.
    guard let matching = try rows.first?.int("matching") else {
      guard filter.offset > 0 else { return ResultList(rows: [], matching: 0) }
      var first = filter
      first.offset = 0
      return try list(
        edition, authority: authority, cycle: cycle, first, within: within, for: reader, lines: lines, transaction)
    }
    return ResultList(rows: try rows.map { try FrozenResult($0) }, matching: matching)
  }

  /// One group's row with its lines, where the reader sees it.
  public static func row(
    _ edition: Int, authority: ID, cycle: ID, group: ID, for reader: ID?, _ transaction: any Transaction
  ) throws -> FrozenResult? {
    try transaction.row(
      """
      SELECT \(FrozenResult.columns), r.card FROM result r
      WHERE r.authority = $1 AND r.cycle = $2 AND r.edition = $3 AND r.grp = $5
        AND \(ResultReach.visible(to: "$4"))
      """, [.id(authority), .id(cycle), .integer(edition), .integer(reader?.number ?? 0), .id(group)]
    ).map { try FrozenResult($0) }
  }
}

extension ResultsStore {
  /// Groups to which something follows from the results of an edition, in the order of ranks, with its ids.
  public static func granted(
    _ edition: Int, authority: ID, cycle: ID, for reader: ID?, _ transaction: any Transaction
  ) throws -> [(group: ID, name: String, consequences: [String])] {
    try transaction.rows(
      """
      SELECT r.grp, r.name, r.consequences FROM result r
      WHERE r.authority = $1 AND r.cycle = $2 AND r.edition = $3 AND r.consequences <> '[]'
        AND \(ResultReach.visible(to: "$4"))
      ORDER BY CASE WHEN r.place IS NULL THEN 1 ELSE 0 END, r.place, r.position
      """, [.id(authority), .id(cycle), .integer(edition), .integer(reader?.number ?? 0)]
    ).map { row in
      let text = try row.text("consequences")
      guard let consequences = (try? JSON.read(Array(text.utf8), file: "consequences"))?.texts() else {
        throw DatabaseError.statement("consequences is no list")
      }
      return (group: try row.id("grp"), name: try row.text("name"), consequences: consequences)
    }
  }
}
