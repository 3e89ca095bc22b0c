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

  /// Those of several cycles, in their order, for posts that reach few groups, such as schools' and experts'; two
  /// statements for all of them.
  public static func overviewsOfFew(
    of cycles: [StoredCycle], for appointment: ID, at now: Instant, _ transaction: any Transaction
  ) throws -> [CycleOverview] {
    try read(cycles.map { (.few, $0) }, for: appointment, at: now, transaction)
  }

  /// Which of the groups within reach are read. A plan made for thousands of groups looks at all of them for one: few go
  /// into the statements by their numbers, or with a limit.
  package enum Wanted: Sendable {
    case all
    /// All, of which there are hardly more than `mostFew`.
    case few
    case these([ID])
  }

  package static func read(
    _ wanted: Wanted, of cycle: StoredCycle, for appointment: ID, mostFew: Int = 64, at now: Instant,
    _ transaction: any Transaction
  ) throws -> CycleOverview {
    try read([(wanted, cycle)], for: appointment, mostFew: mostFew, at: now, transaction)[0]
  }

  /// Where a cycle's part of a statement finds its values.
  private struct Part {
    let place: Int
    let authority: String
    let cycle: String
    /// The groups wanted.
    let groups: String
  }

  static func read(
    _ wanted: [(groups: Wanted, cycle: StoredCycle)], for appointment: ID, mostFew: Int = 64, at now: Instant,
    _ transaction: any Transaction
  ) throws -> [CycleOverview] {
    guard !wanted.isEmpty else { return [] }
    var readings = wanted.map { OverviewReading(cycle: $0.cycle) }
    var (parts, values) = Self.parts(wanted.map { $0.cycle }, for: appointment) { place, part, count in
      switch wanted[place].groups {
      case .all: return (within(part.authority, part.cycle), [])
      case .few: return ("\(reachedByPost(part.authority, part.cycle)) LIMIT \(mostFew + 1)", [])
      case .these(let groups):
        let places = GroupPlaces(groups, after: count)
        return ("\(within(part.authority, part.cycle)) AND r.grp IN (\(places.text))", places.values)
      }
    }
    for row in try transaction.rows(groupText(parts), values) { try readings[row.int("part")].addGroup(row) }
    let isFew = readings.map { $0.groupIDs.count <= mostFew }
    if zip(wanted, isFew).contains(where: { if case .few = $0.groups { !$1 } else { false } }) {
      let all = zip(wanted, isFew).map { want, isFew in (groups: isFew ? want.groups : .all, cycle: want.cycle) }
      return try read(all, for: appointment, mostFew: mostFew, at: now, transaction)
    }
    // These were found within reach.
    (parts, values) = Self.parts(wanted.map { $0.cycle }, for: appointment) { place, _, count in
      guard isFew[place] else { return ("SELECT grp FROM reached", []) }
      let found = GroupPlaces(readings[place].groupIDs.sorted(), after: count)
      return (found.text, found.values)
    }
    var areas: [Row] = []
    for row in try transaction.rows(otherText(parts, day: values.count + 1), values + [.day(now.day)]) {
      if try row.text("what") == "area" { areas.append(row) } else { try readings[row.int("part")].add(row) }
    }
    for place in readings.indices {
      for row in areas { try readings[place].add(row) }
    }
    return try readings.indices.map { try readings[$0].overview(at: now) }
  }

  /// A part of a statement for each cycle, and the values of all. The appointment is the third, whatever comes after.
  ///
  /// - Parameter groups: the groups wanted of a cycle and their values, which come after so many.
  private static func parts(
    _ cycles: [StoredCycle], for appointment: ID, groups: (Int, Part, Int) -> (text: String, values: [Value])
  ) -> (parts: [Part], values: [Value]) {
    var values: [Value] = []
    var parts: [Part] = []
    for (place, cycle) in cycles.enumerated() {
      values += [.id(cycle.authority), .id(cycle.id)]
      let (authority, id) = ("$\(values.count - 1)", "$\(values.count)")
      if place == 0 { values.append(.id(appointment)) }
      let wanted = groups(place, Part(place: place, authority: authority, cycle: id, groups: ""), values.count)
      values += wanted.values
      parts.append(Part(place: place, authority: authority, cycle: id, groups: wanted.text))
    }
    return (parts, values)
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
  static let reached = within("$1", "$2")

  private static func within(_ authority: String, _ cycle: String) -> String {
    """
    SELECT r.grp FROM participant_reach r
    WHERE r.appointment = $3 AND r.authority = \(authority) AND r.cycle = \(cycle)
    """
  }

  /// The same for posts that reach few groups: found by the post, whatever the year; the plus keeps SQLite from going
  /// through the year's schools instead.
  private static func reachedByPost(_ authority: String, _ cycle: String) -> String {
    """
    SELECT DISTINCT r.grp FROM participant_reach r
    WHERE r.appointment = $3 AND +r.authority = \(authority) AND +r.cycle = \(cycle)
    """
  }

  private static func groupText(_ parts: [Part]) -> String {
    parts.map { part in
      """
      SELECT \(part.place) AS part, p.position, p.grp, p.district, p.name, p.form, p.formed, d.name AS district_name,
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
      WHERE p.authority = \(part.authority) AND p.cycle = \(part.cycle) AND p.grp IN (\(part.groups))
      """
    }.joined(separator: "\nUNION ALL\n") + "\nORDER BY 1, 2, 3"
  }

  /// Everything else in one statement: what it is, of which group and stage, two numbers and three texts. The areas are
  /// the appointment's, whichever the cycle.
  private static func otherText(_ parts: [Part], day: Int) -> String {
    parts.map { part in
      """
      SELECT \(part.place) AS part, x.* FROM (
        WITH reached AS (\(within(part.authority, part.cycle)))
        SELECT 'school' AS what, m.grp, NULL AS stage, m.school AS a, m.pupils AS b, m.name AS t, m.role AS u,
          k.authority AS c
        FROM participant_school m JOIN school k ON k.id = m.school
        WHERE m.authority = \(part.authority) AND m.cycle = \(part.cycle) AND m.grp IN (\(part.groups))
        UNION ALL
        SELECT 'recommendation', x.grp, x.stage, x.recommended, x.at, x.reason, NULL, NULL
        FROM recommendation x
        WHERE x.authority = \(part.authority) AND x.cycle = \(part.cycle) AND x.grp IN (\(part.groups)) AND x.ended_at IS NULL
        UNION ALL
        SELECT 'report', x.grp, x.stage, x.at, NULL, NULL, NULL, NULL
        FROM report x
        WHERE x.authority = \(part.authority) AND x.cycle = \(part.cycle) AND x.grp IN (\(part.groups))
        UNION ALL
        SELECT 'expert', x.grp, x.stage, x.appointment, h.at, NULL, NULL, NULL
        FROM assignment x
        JOIN appointment o ON o.id = x.appointment AND (o.until IS NULL OR o.until > $\(day))
        LEFT JOIN sheet s ON s.authority = x.authority AND s.cycle = x.cycle AND s.stage = x.stage AND s.grp = x.grp
          AND s.school = 0
        LEFT JOIN hand_in h ON h.authority = s.authority AND h.sheet = s.id AND h.reviewer = o.account
        WHERE x.authority = \(part.authority) AND x.cycle = \(part.cycle) AND x.grp IN (\(part.groups))
        UNION ALL
        SELECT 'look', s.grp, s.stage, s.id, l.at, l.item, NULL, NULL
        FROM second_look l
        JOIN sheet s ON s.authority = l.authority AND s.id = l.sheet
        WHERE l.authority = \(part.authority) AND l.closed_at IS NULL AND s.cycle = \(part.cycle) AND s.grp IN (\(part.groups))
        UNION ALL
        SELECT 'objection', o.grp, NULL, o.id, o.at, o.item, NULL, NULL
        FROM objection o
        WHERE o.authority = \(part.authority) AND o.cycle = \(part.cycle) AND o.answered_at IS NULL AND o.grp IN (\(part.groups))
        UNION ALL
        SELECT 'veto', v.grp, NULL, v.at, NULL, v.veto, v.reason, NULL
        FROM veto v
        WHERE v.authority = \(part.authority) AND v.cycle = \(part.cycle) AND v.lifted_at IS NULL AND v.grp IN (\(part.groups))
        UNION ALL
        SELECT 'draw', NULL, d.stage, d.drawn_at, NULL, d.draw_on, d.chosen, NULL
        FROM draw d
        WHERE d.authority = \(part.authority) AND d.cycle = \(part.cycle)
        UNION ALL
        SELECT 'edition', NULL, NULL, e.made_at, e.number, NULL, NULL, NULL
        FROM edition e
        WHERE e.authority = \(part.authority) AND e.cycle = \(part.cycle) AND e.number IN (0, 1)\(part.place == 0 ? areas : "")) x
      """
    }.joined(separator: "\nUNION ALL\n")
  }

  private static let areas = """

    UNION ALL
    SELECT 'area', NULL, NULL, n.id, n.parent, n.name, n.level, NULL
    FROM appointment o
    JOIN authority_within w ON w.upper_id = o.authority
    JOIN authority n ON n.id = w.lower_id
    WHERE o.id = $3 AND o.role IN ('office', 'supervisor')
    """
}
