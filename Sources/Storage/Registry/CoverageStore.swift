public import Notation
public import Registry

/// How many schools and pupils are in groups, counted by the database.
public enum CoverageStore {
  /// One thing asked: as of which day, with the pupils of which school year's statistics (a school without any counts
  /// with the pupils it is registered with), of the schools of one area alone.
  public struct Asked: Sendable, Hashable {
    public let day: Day
    public let year: Int
    public let area: String?

    public init(day: Day, year: Int, area: String? = nil) {
      self.day = day
      self.year = year
      self.area = area
    }
  }

  /// The coverage of each authority's own schools on a day, of all that lies within one.
  public static func coverage(
    within authority: ID, on day: Day, year: Int, area: String? = nil, _ transaction: any Transaction
  ) throws -> [ID: Coverage] {
    try coverages(within: authority, [Asked(day: day, year: year, area: area)], transaction)[0]
  }

  /// The same for several days or areas, in two statements: from the steps where they hold, else from the registry.
  public static func coverages(
    within authority: ID, _ asked: [Asked], _ transaction: any Transaction
  ) throws -> [[ID: Coverage]] {
    try coverages(within: [authority], asked, transaction)
  }

  /// The same within several authorities, none of which lies within another, in as many statements.
  public static func coverages(
    within authorities: [ID], _ asked: [Asked], _ transaction: any Transaction
  ) throws -> [[ID: Coverage]] {
    guard !authorities.isEmpty else { return asked.map { _ in [:] } }
    let (tops, holds) = (
      places(authorities.count), try CoverageStepStore.hold(within: authorities, transaction)
    )
    var values: [Value] = authorities.map { .id($0) }
    func bind(_ value: Value) -> String {
      values.append(value)
      return "$\(values.count)"
    }
    let parts = asked.enumerated().map { place, one in
      let isPlain = one.area == nil && one.year == one.day.schoolYear(startingOn: CoverageStepStore.start)
      if holds, isPlain { return CoverageStepStore.sum(place, within: tops, day: bind(.day(one.day))) }
      return counting(
        place, within: tops,
        schools(bind(.day(one.day)), year: bind(.integer(one.year)), area: one.area.map { bind(.text($0)) }))
    }
    var found: [[ID: Coverage]] = asked.map { _ in [:] }
    guard !parts.isEmpty else { return found }
    for row in try transaction.rows(parts.joined(separator: "\nUNION ALL\n"), values) {
      var one = Coverage()
      one.schools = try row.int("schools")
      one.covered = try row.int("covered")
      one.pupils = try row.int("pupils")
      one.coveredPupils = try row.int("covered_pupils")
      one.uncounted = try row.int("uncounted")
      one.weak = try row.int("weak")
      one.weakCovered = try row.int("weak_covered")
      one.new = try row.int("fresh")
      one.newCovered = try row.int("fresh_covered")
      found[try row.int("asked")][try row.id("authority")] = one
    }
    return found
  }

  private static func counting(_ place: Int, within tops: String, _ schools: String) -> String {
    """
    SELECT \(place) AS asked, t.authority, COUNT(*) AS schools, COUNT(t.covered) AS covered,
      CAST(COALESCE(SUM(t.pupils), 0) AS BIGINT) AS pupils,
      CAST(COALESCE(SUM(CASE WHEN t.covered IS NOT NULL THEN t.pupils END), 0) AS BIGINT) AS covered_pupils,
      COUNT(*) - COUNT(t.pupils) AS uncounted,
      COUNT(t.weak) AS weak, COUNT(CASE WHEN t.covered IS NOT NULL THEN t.weak END) AS weak_covered,
      COUNT(t.fresh) AS fresh, COUNT(CASE WHEN t.covered IS NOT NULL THEN t.fresh END) AS fresh_covered
    FROM (\(schools)) t
    JOIN authority_within w ON w.lower_id = t.authority AND w.upper_id IN (\(tops))
    GROUP BY t.authority
    """
  }

  /// Schools with compulsory stages as they were on a day: authority, whether in a group, weak or new, and the pupils of
  /// the compulsory stages in a year.
  static func schools(_ day: String, year: String, area: String?) -> String {
    """
    SELECT q.school, q.authority, q.covered, q.weak, q.fresh,
      CASE WHEN q.own IS NOT NULL THEN q.own + COALESCE(q.taken, 0) WHEN q.begins = 1 THEN q.taken END AS pupils
    FROM (\(each(day, year: year, area: area))) q
    """
  }

  /// The same, each with its own pupils and those of schools that are no more and count with it.
  private static func each(_ day: String, year: String, area: String?) -> String {
    """
    SELECT s.id AS school, COALESCE(p.authority, s.authority) AS authority, c.school AS covered, f.weak, f.fresh,
      \(pupils("s", stages: "COALESCE(p.stages, s.stages)")) AS own, n.pupils AS taken,
      CASE WHEN s.opened >= n.since THEN 1 END AS begins
    FROM school s
    LEFT JOIN (\(past(of: day))) p ON p.school = s.id
    LEFT JOIN (\(grouped(on: day))) c ON c.school = s.id
    LEFT JOIN (
      SELECT school, MAX(CASE WHEN flag = 'weak' THEN 1 END) AS weak, MAX(CASE WHEN flag = 'new' THEN 1 END) AS fresh
      FROM school_flag WHERE since <= \(day) AND (until IS NULL OR until > \(day)) GROUP BY school
    ) f ON f.school = s.id
    LEFT JOIN (
      SELECT \(counted) FROM school_year WHERE year = \(year) GROUP BY school
    ) y ON y.school = s.id
    LEFT JOIN (
      SELECT heir, CAST(SUM(pupils) AS BIGINT) AS pupils, MIN(closed) AS since
      FROM (\(gone(on: day, year: year))) u GROUP BY heir
    ) n ON n.heir = s.id
    WHERE (s.opened IS NULL OR s.opened <= \(day)) AND (s.closed IS NULL OR s.closed > \(day))
      AND (COALESCE(p.stages, s.stages) & 6) <> 0
      \(area.map { within($0, on: day) } ?? "")
    """
  }

  private static func within(_ area: String, on day: String) -> String {
    """
    AND EXISTS (
      SELECT 1 FROM school_flag a
      WHERE a.school = s.id AND a.flag = 'area' AND a.area = \(area)
        AND a.since <= \(day) AND (a.until IS NULL OR a.until > \(day)))
    """
  }

  /// What schools were on a day, where that is something else than now.
  static func past(of day: String) -> String {
    """
    SELECT q.school, q.authority, q.stages, q.name, q.ownership, q.location
    FROM school_past q
    JOIN (
      SELECT school, MIN(until) AS until FROM school_past
      WHERE until > \(day) AND (since IS NULL OR since <= \(day)) GROUP BY school
    ) first ON first.school = q.school AND first.until = q.until
    """
  }

  /// Schools that are in a group on a day, each once.
  private static func grouped(on day: String) -> String {
    """
    SELECT DISTINCT m.school
    FROM membership m JOIN school_group g ON g.id = m.grp
    WHERE m.since <= \(day) AND (m.until IS NULL OR m.until > \(day))
      AND (g.formed IS NULL OR g.formed <= \(day)) AND (g.dissolved IS NULL OR g.dissolved > \(day))
    """
  }
}
