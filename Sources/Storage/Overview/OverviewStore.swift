import Cycles
public import Notation

/// Where the groups stand that an appointment reaches.
public enum OverviewStore {
  /// Two statements: the groups with their sheets, and all else that is recorded of them.
  ///
  /// - Parameter group: one group alone; nil: all within reach.
  public static func overview(
    of cycle: StoredCycle, for appointment: ID, only group: ID? = nil, at now: Instant, _ transaction: any Transaction
  ) throws -> CycleOverview {
    try read(group.map { .these([$0]) } ?? .all, of: cycle, for: appointment, at: now, transaction)
  }

  /// The same for posts that reach few groups, such as schools' and experts'.
  public static func overviewOfFew(
    of cycle: StoredCycle, for appointment: ID, at now: Instant, _ transaction: any Transaction
  ) throws -> CycleOverview {
    try read(.few, of: cycle, for: appointment, at: now, transaction)
  }

  /// An overview with what has changed since; nil where all has to be read. Two statements.
  static func renewed(
    _ overview: CycleOverview, _ change: OverviewChange, of cycle: StoredCycle, for appointment: ID, at now: Instant,
    _ transaction: any Transaction
  ) throws -> CycleOverview? {
    guard case .groups(let changed) = change else { return nil }
    let read = try read(.these(changed.sorted()), of: cycle, for: appointment, at: now, transaction)
    return overview.renewed(by: read, changed, at: now)
  }

  /// Which of the groups within reach are read. A plan made for thousands of groups looks at all of them for one: few go
  /// into the statements by their numbers, or with a limit.
  package enum Wanted {
    case all
    /// All, of which there are hardly more than `mostFew`.
    case few
    case these([ID])
  }

  package static func read(
    _ wanted: Wanted, of cycle: StoredCycle, for appointment: ID, mostFew: Int = 64, at now: Instant,
    _ transaction: any Transaction
  ) throws -> CycleOverview {
    var reading = OverviewReading(cycle: cycle)
    let scope: [Value] = [.id(cycle.authority), .id(cycle.id), .id(appointment)]
    var (text, values) = (reached, scope)
    switch wanted {
    case .all: break
    case .few: text = "\(reachedByPost) LIMIT \(mostFew + 1)"
    case .these(let groups):
      let places = GroupPlaces(groups, after: scope.count)
      (text, values) = ("\(reached) AND r.grp IN (\(places.text))", scope + places.values)
    }
    for row in try groupRows(text, values, transaction) { try reading.addGroup(row) }
    let isFew = reading.groupIDs.count <= mostFew
    if case .few = wanted, !isFew {
      return try read(.all, of: cycle, for: appointment, mostFew: mostFew, at: now, transaction)
    }
    // These were found within reach.
    let found = isFew ? GroupPlaces(reading.groupIDs.sorted(), after: scope.count) : nil
    values = scope + (found?.values ?? []) + [.day(now.day)]
    for row in try otherRows(found?.text ?? "SELECT grp FROM reached", values, transaction) { try reading.add(row) }
    return reading.overview(at: now)
  }

  /// Groups as values of a statement; by powers of two, so that few texts of SQL are enough.
  private struct GroupPlaces {
    let values: [Value]
    let text: String

    init(_ groups: [ID], after count: Int) {
      var groups = groups.isEmpty ? [ID(0)] : groups
      while let last = groups.last, groups.count & (groups.count - 1) != 0 { groups.append(last) }
      values = groups.map { .id($0) }
      text = groups.indices.map { "$\(count + 1 + $0)" }.joined(separator: ", ")
    }
  }

  /// The groups of a cycle within the reach of the appointment bound as `$3`.
  static let reached = """
    SELECT r.grp FROM participant_reach r WHERE r.appointment = $3 AND r.authority = $1 AND r.cycle = $2
    """

  /// The same for posts that reach few groups: found by the post, whatever the year; the plus keeps SQLite from going
  /// through the year's schools instead.
  private static let reachedByPost = """
    SELECT DISTINCT r.grp FROM participant_reach r
    WHERE r.appointment = $3 AND +r.authority = $1 AND +r.cycle = $2
    """

  private static func groupRows(
    _ wanted: String, _ values: [Value], _ transaction: any Transaction
  ) throws -> [Row] {
    try transaction.rows(
      """
      SELECT p.grp, p.district, p.name, p.form, p.formed, d.name AS district_name,
        s.id AS sheet, s.stage, s.school, s.submitted_at, s.base, s.bonus, s.total, s.grade, s.complete,
        CASE WHEN s.submission IS NULL THEN (
          SELECT max(u.returned_at) FROM submission u WHERE u.authority = s.authority AND u.sheet = s.id
        ) END AS returned_at,
        CASE WHEN s.submission IS NULL THEN (
          SELECT u.reason FROM submission u
          WHERE u.authority = s.authority AND u.sheet = s.id AND u.returned_at IS NOT NULL
          ORDER BY u.number DESC LIMIT 1
        ) END AS reason
      FROM participant p
      JOIN authority d ON d.id = p.district
      LEFT JOIN sheet s ON s.authority = p.authority AND s.cycle = p.cycle AND s.grp = p.grp
      WHERE p.authority = $1 AND p.cycle = $2 AND p.grp IN (\(wanted))
      ORDER BY p.position, p.grp
      """, values)
  }

  /// Everything else in one statement: what it is, of which group and stage, two numbers and three texts.
  private static func otherRows(
    _ groups: String, _ values: [Value], _ transaction: any Transaction
  ) throws -> [Row] {
    try transaction.rows(
      """
      WITH reached AS (\(reached))
      SELECT 'school' AS what, m.grp, NULL AS stage, m.school AS a, m.pupils AS b, m.name AS t, m.role AS u,
        k.authority AS c
      FROM participant_school m JOIN school k ON k.id = m.school
      WHERE m.authority = $1 AND m.cycle = $2 AND m.grp IN (\(groups))
      UNION ALL
      SELECT 'recommendation', x.grp, x.stage, x.recommended, x.at, x.reason, NULL, NULL
      FROM recommendation x
      WHERE x.authority = $1 AND x.cycle = $2 AND x.grp IN (\(groups)) AND x.ended_at IS NULL
      UNION ALL
      SELECT 'report', x.grp, x.stage, x.at, NULL, NULL, NULL, NULL
      FROM report x
      WHERE x.authority = $1 AND x.cycle = $2 AND x.grp IN (\(groups))
      UNION ALL
      SELECT 'expert', x.grp, x.stage, x.appointment, h.at, NULL, NULL, NULL
      FROM assignment x
      JOIN appointment o ON o.id = x.appointment AND (o.until IS NULL OR o.until > $\(values.count))
      LEFT JOIN sheet s ON s.authority = x.authority AND s.cycle = x.cycle AND s.stage = x.stage AND s.grp = x.grp
        AND s.school = 0
      LEFT JOIN hand_in h ON h.authority = s.authority AND h.sheet = s.id AND h.reviewer = o.account
      WHERE x.authority = $1 AND x.cycle = $2 AND x.grp IN (\(groups))
      UNION ALL
      SELECT 'look', s.grp, s.stage, s.id, l.at, l.item, NULL, NULL
      FROM second_look l
      JOIN sheet s ON s.authority = l.authority AND s.id = l.sheet
      WHERE l.authority = $1 AND l.closed_at IS NULL AND s.cycle = $2 AND s.grp IN (\(groups))
      UNION ALL
      SELECT 'objection', o.grp, NULL, o.id, o.at, o.item, NULL, NULL
      FROM objection o
      WHERE o.authority = $1 AND o.cycle = $2 AND o.answered_at IS NULL AND o.grp IN (\(groups))
      UNION ALL
      SELECT 'veto', v.grp, NULL, v.at, NULL, v.veto, v.reason, NULL
      FROM veto v
      WHERE v.authority = $1 AND v.cycle = $2 AND v.lifted_at IS NULL AND v.grp IN (\(groups))
      UNION ALL
      SELECT 'draw', NULL, d.stage, d.drawn_at, NULL, d.draw_on, d.chosen, NULL
      FROM draw d
      WHERE d.authority = $1 AND d.cycle = $2
      UNION ALL
      SELECT 'edition', NULL, NULL, e.made_at, e.number, NULL, NULL, NULL
      FROM edition e
      WHERE e.authority = $1 AND e.cycle = $2 AND e.number IN (0, 1)
      UNION ALL
      SELECT 'area', NULL, NULL, n.id, n.parent, n.name, n.level, NULL
      FROM appointment o
      JOIN authority_within w ON w.upper_id = o.authority
      JOIN authority n ON n.id = w.lower_id
      WHERE o.id = $3 AND o.role IN ('office', 'supervisor')
      """, values)
  }
}
