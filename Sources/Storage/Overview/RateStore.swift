public import Notation

/// What share of its points each item has, by group or by area.
public struct ItemRates: Sendable {
  /// A group at a stage: its sheet and the scores of its items; nil is one that isn't scored, absent one not asked of it.
  public struct GroupLine: Sendable {
    public let group: ID
    public let sheet: ID
    public let scores: [String: Exact?]
  }

  /// An item in a district: how many groups have a score, how many lack it, the sum of the scores.
  public struct DistrictLine: Sendable {
    public let district: ID
    public let item: String
    public let scored: Int
    public let missing: Int
    public let sum: Exact
  }
}

/// What share of its points each item has, from the database.
///
/// Sheets and lines are written as products, because SQLite takes those in their order: left to itself it begins with the
/// lines of all years.
public enum RateStore {
  /// The scores of some groups at a stage, item by item, in one statement; only those the appointment reaches.
  public static func groups(
    _ groups: [ID], stage: String, of cycle: StoredCycle, for appointment: ID, _ transaction: any Transaction
  ) throws -> [ItemRates.GroupLine] {
    guard !groups.isEmpty else { return [] }
    var values: [Value] = [.id(cycle.authority), .id(cycle.id), .id(appointment), .text(stage)]
    let places = groups.map { group -> String in
      values.append(.id(group))
      return "$\(values.count)"
    }
    let rows = try transaction.rows(
      """
      SELECT s.grp, s.id AS sheet, l.item, l.score
      FROM sheet s CROSS JOIN line l
      WHERE l.authority = s.authority AND l.sheet = s.id AND s.authority = $1 AND s.cycle = $2 AND s.stage = $4 AND s.school = 0 AND s.submission IS NOT NULL
        AND s.grp IN (\(places.joined(separator: ", "))) AND s.grp IN (\(OverviewStore.reached))
      ORDER BY s.grp
      """, values)
    var lines: [ItemRates.GroupLine] = []
    var scores: [String: Exact?] = [:]
    for (place, row) in rows.enumerated() {
      scores[try row.text("item")] = .some(try row.optionalExact("score"))
      let group = try row.id("grp")
      if place == rows.count - 1 || rows[place + 1].values[0] != row.values[0] {
        lines.append(ItemRates.GroupLine(group: group, sheet: try row.id("sheet"), scores: scores))
        scores = [:]
      }
    }
    return lines
  }

  /// One item's scores at a stage, of every group within reach that has one.
  public static func scores(
    ofItem item: String, stage: String, of cycle: StoredCycle, for appointment: ID, _ transaction: any Transaction
  ) throws -> [ID: Exact] {
    let rows = try transaction.rows(
      """
      SELECT s.grp, l.score
      FROM sheet s CROSS JOIN line l
      WHERE l.authority = s.authority AND l.sheet = s.id AND l.item = $5 AND s.authority = $1 AND s.cycle = $2 AND s.stage = $4 AND s.school = 0 AND s.submission IS NOT NULL
        AND l.score IS NOT NULL AND s.grp IN (\(OverviewStore.reached))
      """, [.id(cycle.authority), .id(cycle.id), .id(appointment), .text(stage), .text(item)])
    var scores: [ID: Exact] = [:]
    for row in rows { scores[try row.id("grp")] = try row.optionalExact("score") }
    return scores
  }

  /// The same for every district at once, summed up in the database: whole ten-thousandths of a point, so that both
  /// engines add exactly.
  public static func districts(
    stage: String, of cycle: StoredCycle, for appointment: ID, _ transaction: any Transaction
  ) throws -> [ItemRates.DistrictLine] {
    try transaction.rows(
      """
      SELECT p.district, l.item, count(l.score) AS scored, count(*) AS lines,
        CAST(coalesce(sum(CAST(round(CAST(l.score AS NUMERIC) * 10000) AS BIGINT)), 0) AS BIGINT) AS sum
      FROM sheet s CROSS JOIN participant p CROSS JOIN line l
      WHERE s.authority = $1 AND s.cycle = $2 AND s.stage = $4 AND s.school = 0 AND s.submission IS NOT NULL
        AND p.authority = s.authority AND p.cycle = s.cycle AND p.grp = s.grp
        AND l.authority = s.authority AND l.sheet = s.id AND s.grp IN (\(OverviewStore.reached))
      GROUP BY p.district, l.item
      """, [.id(cycle.authority), .id(cycle.id), .id(appointment), .text(stage)]
    ).map { row in
      let scored = try row.int("scored")
      return ItemRates.DistrictLine(
        district: try row.id("district"), item: try row.text("item"), scored: scored,
        missing: try row.int("lines") - scored, sum: Exact(try row.int("sum")) / Exact(10_000))
    }
  }
}
