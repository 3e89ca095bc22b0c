public import Notation
public import Registry

/// Pupils of schools that are no more, with the school they count with (`Succession`), as the database counts them.
extension CoverageStore {
  /// The pupils of the compulsory stages of a school `s`: a year's count `y`, else those it is registered with.
  static func pupils(_ school: String, stages: String) -> String {
    """
    CASE WHEN y.parts > 0 THEN CASE WHEN y.known = y.parts THEN y.pupils END
      WHEN (\(stages) & 57) <> 0 THEN NULL
      WHEN y.school IS NULL THEN \(school).pupils ELSE y.whole END
    """
  }

  /// What is counted of the rows of `school_year` of a school and a year.
  static let counted = """
    school, COUNT(CASE WHEN part IN ('primary', 'junior') THEN 1 END) AS parts,
      COUNT(CASE WHEN part IN ('primary', 'junior') THEN pupils END) AS known,
      CAST(SUM(CASE WHEN part IN ('primary', 'junior') THEN pupils END) AS BIGINT) AS pupils,
      MAX(CASE WHEN part = 'whole' THEN pupils END) AS whole
    """

  /// Each school that is no more with the one it counts with, through mergers one after another. A step holds as long as
  /// the school gone to has no count of a later year.
  static func gone(on day: String, year: String) -> String {
    """
    WITH RECURSIVE ended (school, heir, counted) AS (
      SELECT o.id, (SELECT MIN(x.successor) FROM school_successor x WHERE x.school = o.id),
        CAST(SUBSTR(o.closed, 1, 4) AS BIGINT) + CASE WHEN SUBSTR(o.closed, 6, 5) > '09-01' THEN 1 ELSE 0 END
      FROM school o WHERE o.closed <= \(day) AND o.id IN (SELECT school FROM school_successor)
    ), gone (school, own, heir, counted) AS (
      SELECT school, counted, heir, counted FROM ended
      UNION
      SELECT g.school, g.own, e.heir, e.counted FROM gone g JOIN ended e ON e.school = g.heir
      WHERE NOT EXISTS (
        SELECT 1 FROM school_year z WHERE z.school = g.heir AND z.year > g.counted AND z.year <= e.counted)
    )
    SELECT g.heir, o.id AS school, o.code, o.name, o.closed, \(pupils("o", stages: "o.stages")) AS pupils
    FROM gone g JOIN school o ON o.id = g.school
    LEFT JOIN (
      SELECT year, \(counted)
      FROM school_year WHERE school IN (SELECT school FROM school_successor) GROUP BY year, school
    ) y ON y.school = o.id AND y.year = g.own
    WHERE (o.stages & 6) <> 0 AND NOT EXISTS (
      SELECT 1 FROM school_year z WHERE z.school = g.heir AND z.year > g.counted AND z.year <= \(year))
    """
  }

  /// How many pupils a school counts with, and of which schools that are no more some of them were.
  public struct Counted: Sendable {
    public internal(set) var pupils: Int?
    public internal(set) var gone: [Succession.Gone] = []
  }

  /// The pupils some schools count with in the coverage of a day. One statement.
  public static func counted(
    _ ids: [ID], on day: Day, year: Int, _ transaction: any Transaction
  ) throws -> [ID: Counted] {
    guard !ids.isEmpty else { return [:] }
    let list = places(ids.count, from: 3)
    var found: [ID: Counted] = [:]
    for row in try transaction.rows(
      """
      SELECT t.school AS heir, t.school, '' AS code, '' AS name, CAST(NULL AS TEXT) AS closed, t.pupils
      FROM (\(schools("$1", year: "$2", area: nil))) t WHERE t.school IN (\(list))
      UNION ALL
      SELECT * FROM (\(gone(on: "$1", year: "$2"))) n WHERE n.heir IN (\(list))
      ORDER BY 5, 3
      """, [.day(day), .integer(year)] + ids.map { .id($0) })
    {
      let (heir, pupils) = (try row.id("heir"), try row.optionalInteger("pupils").map { Int($0) })
      if let closed = try row.optionalDay("closed") {
        found[heir, default: Counted()].gone.append(
          Succession.Gone(
            school: try row.id("school"), code: try row.text("code"), name: try row.text("name"), closed: closed,
            pupils: pupils))
      } else {
        found[heir, default: Counted()].pupils = pupils
      }
    }
    return found
  }
}
