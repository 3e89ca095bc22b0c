public import Notation
public import Registry

/// The yearly statistics of schools, the districts' parts of targets, the years there are.
public enum SchoolYearStore {
  /// The years of all schools within an authority, or of one school, by year and school.
  public static func years(
    within authority: ID, _ years: ClosedRange<Int>, school: ID? = nil, _ transaction: any Transaction
  ) throws -> [Int: [ID: SchoolYear]] {
    let rows = try transaction.rows(
      """
      SELECT y.* FROM school_year y JOIN school s ON s.id = y.school
      JOIN authority_within w ON w.lower_id = s.authority AND w.upper_id = $1
      WHERE y.year BETWEEN $2 AND $3 AND (CAST($4 AS BIGINT) IS NULL OR y.school = $4)
      ORDER BY y.year, y.school
      """, [.id(authority), .integer(years.lowerBound), .integer(years.upperBound), .id(school)])
    return try read(rows)
  }

  /// Those of some schools.
  static func years(of schools: [ID], _ transaction: any Transaction) throws -> [Int: [ID: SchoolYear]] {
    var rows: [Row] = []
    try RegistryBookStore.eachPart(of: schools) { part, places in
      rows += try transaction.rows("SELECT y.* FROM school_year y WHERE y.school IN (\(places))", part)
    }
    return try read(rows)
  }

  /// One school's, whoever it answers to; the page has asked whether it may be seen.
  static func years(of school: ID, _ transaction: any Transaction) throws -> [Int: [ID: SchoolYear]] {
    try read(
      transaction.rows("SELECT y.* FROM school_year y WHERE y.school = $1 ORDER BY y.year, y.school", [.id(school)]))
  }

  /// Of all schools that belong or belonged to a group; the page has asked whether the group may be seen.
  public static func years(ofGroup group: ID, _ transaction: any Transaction) throws -> [Int: [ID: SchoolYear]] {
    try read(
      transaction.rows(
        """
        SELECT y.* FROM school_year y
        WHERE EXISTS (SELECT 1 FROM membership m WHERE m.grp = $1 AND m.school = y.school)
        ORDER BY y.year, y.school
        """, [.id(group)]))
  }

  private static func read(_ rows: [Row]) throws -> [Int: [ID: SchoolYear]] {
    var found: [Int: [ID: [SchoolYear.Row]]] = [:]
    for row in rows {
      guard let part = SchoolYear.Part(rawValue: try row.text("part")) else { continue }
      var amounts: [SchoolYear.Resource: Exact] = [:]
      for resource in SchoolYear.Resource.allCases {
        amounts[resource] =
          resource.isCount
          ? try row.optionalInteger(resource.rawValue).map { Exact(Int($0)) } : try row.optionalExact(resource.rawValue)
      }
      found[try row.int("year"), default: [:]][try row.id("school"), default: []].append(
        SchoolYear.Row(
          part: part, pupils: try row.optionalInteger("pupils").map { Int($0) },
          teachers: try row.optionalInteger("teachers").map { Int($0) }, amounts: amounts))
    }
    return Dictionary(
      uniqueKeysWithValues: found.map { year, schools in
        (
          year,
          Dictionary(
            uniqueKeysWithValues: schools.map { ($0, SchoolYear(school: $0, year: year, rows: $1)) })
        )
      })
  }

  /// What the districts within an authority were given of a policy's targets.
  public static func allotments(
    of policy: String, within authority: ID, _ transaction: any Transaction
  ) throws -> [Allotment] {
    try transaction.rows(
      """
      SELECT a.target, a.authority, a.measure, a.value FROM allotment a
      JOIN authority_within w ON w.lower_id = a.authority AND w.upper_id = $2
      WHERE a.policy = $1 ORDER BY a.target, a.authority
      """, [.text(policy), .id(authority)]
    ).compactMap { row in
      guard let measure = Target.Measure(rawValue: try row.text("measure")), let value = try row.optionalExact("value")
      else { return nil }
      return Allotment(
        policy: policy, target: try row.text("target"), authority: try row.id("authority"), measure: measure,
        value: value)
    }
  }
}
