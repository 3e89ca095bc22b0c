public import Notation
public import Registry

/// What a list of schools or groups is narrowed to.
public struct RegistryFilter: Sendable, Hashable {
  public enum Sort: String, Sendable, CaseIterable { case code, name, pupils, members, formed }
  public enum State: String, Sendable, CaseIterable { case covered, uncovered, weak, new, closed, noLead }

  public var words: String?
  /// Within this authority.
  public var area: ID?
  public var stage: SchoolStages?
  public var ownership: School.Ownership?
  public var location: School.Location?
  public var state: State?
  /// Also those weak or new, whatever `state` says of coverage.
  public var flag: School.Flag.Kind?
  /// Schools with compulsory stages alone.
  public var isCompulsory = false
  public var form: String?
  /// Groups of one of these forms; nil: whatever form.
  public var forms: [String]?
  /// Groups of none of these forms.
  public var otherForms: [String] = []
  /// Schools of a policy's area, and groups whose lead school lies in it.
  public var zone: String?
  /// Groups formed in these years.
  public var formed: ClosedRange<Int>?
  public var sort = Sort.code
  public var page = 1

  public init() {}

  /// What is shown where a page lies beyond the last: the first. Nil where this is it.
  var fallback: RegistryFilter? {
    guard page > 1 else { return nil }
    var first = self
    first.page = 1
    return first
  }
}

public struct ListedSchool: Sendable {
  public let id: ID
  public let code: String
  public let name: String
  public let authority: String
  public let stages: SchoolStages
  public let ownership: School.Ownership?
  public let location: School.Location?
  public let pupils: Int?
  public let closed: Day?
  public let isWeak: Bool
  public let isNew: Bool
  public let groups: Int
}

public struct ListedGroup: Sendable {
  public let id: ID
  public let code: String
  public let name: String
  public let authority: String
  public let form: String?
  public let formed: Day?
  public let dissolved: Day?
  public let lead: String?
  public let schools: Int
  /// Of how many authorities its schools are.
  public let authorities: Int
}

/// Schools and groups in lists, as of a day, bound to the viewer's reach.
public enum RegistryLists {
  public static let perPage = 50

  /// A page of the schools, and how many there are in all.
  public static func schools(
    _ filter: RegistryFilter, on day: Day, for reach: RegistryReach, _ transaction: any Transaction
  ) throws -> (rows: [ListedSchool], total: Int) {
    let query = SchoolQuery(filter, day, reach)
    let order =
      switch filter.sort {
      case .name: "name, s.code"
      case .pupils: "CASE WHEN s.pupils IS NULL THEN 1 ELSE 0 END, s.pupils DESC, s.code"
      default: "s.code"
      }
    let rows = try transaction.rows(
      """
      SELECT s.id, s.code, COALESCE(p.name, s.name) AS name, a.name AS authority_name,
        COALESCE(p.stages, s.stages) AS stages, COALESCE(p.ownership, s.ownership) AS ownership,
        COALESCE(p.location, s.location) AS location, s.pupils, s.closed,
        \(query.has("weak")) AS weak, \(query.has("new")) AS fresh,
        (SELECT COUNT(*) FROM membership m JOIN school_group g ON g.id = m.grp WHERE m.school = s.id AND \(query.holds)) AS groups,
        COUNT(*) OVER () AS total
      \(query.from) WHERE \(query.condition)
      ORDER BY \(order) LIMIT \(perPage) OFFSET \((max(1, filter.page) - 1) * perPage)
      """, query.values)
    guard let total = try rows.first?.int("total") else {
      return try filter.fallback.map { try schools($0, on: day, for: reach, transaction) } ?? ([], 0)
    }
    return (try rows.map(school), total)
  }

  private static func school(_ row: Row) throws -> ListedSchool {
    ListedSchool(
      id: try row.id("id"), code: try row.text("code"), name: try row.text("name"),
      authority: try row.text("authority_name"), stages: SchoolStages(rawValue: try row.int("stages")),
      ownership: try row.optionalText("ownership").flatMap { School.Ownership(rawValue: $0) },
      location: try row.optionalText("location").flatMap { School.Location(rawValue: $0) },
      pupils: try row.optionalInteger("pupils").map { Int($0) }, closed: try row.optionalDay("closed"),
      isWeak: try row.int("weak") > 0, isNew: try row.int("fresh") > 0, groups: try row.int("groups"))
  }

  /// A page of the groups, and how many there are in all.
  public static func groups(
    _ filter: RegistryFilter, on day: Day, for reach: RegistryReach, _ transaction: any Transaction
  ) throws -> (rows: [ListedGroup], total: Int) {
    var bound: [Value] = [reach.value, .day(day)]
    func bind(_ value: Value) -> String {
      bound.append(value)
      return "$\(bound.count)"
    }
    let holds = "m.since <= $2 AND (m.until IS NULL OR m.until > $2)"
    var conditions = [reach.seesGroup, "(g.formed IS NULL OR g.formed <= $2)"]
    conditions.append(
      filter.state == .closed
        ? "g.dissolved IS NOT NULL AND g.dissolved <= $2" : "(g.dissolved IS NULL OR g.dissolved > $2)")
    if let words = filter.words {
      let like = bind(.text(AccountStore.pattern(words)))
      conditions.append("(\(isLike("g.name", like)) OR \(isLike("g.code", like)))")
    }
    if let area = filter.area {
      conditions.append(
        "EXISTS (SELECT 1 FROM authority_within v WHERE v.lower_id = g.authority AND v.upper_id = \(bind(.id(area))))")
    }
    if let form = filter.form { conditions.append("g.form = \(bind(.text(form)))") }
    if let forms = filter.forms {
      let names = forms.map { bind(.text($0)) }.joined(separator: ", ")
      conditions.append(forms.isEmpty ? "1 = 0" : "g.form IN (\(names))")
    }
    if !filter.otherForms.isEmpty {
      let names = filter.otherForms.map { bind(.text($0)) }.joined(separator: ", ")
      conditions.append("(g.form IS NULL OR g.form NOT IN (\(names)))")
    }
    if let zone = filter.zone {
      conditions.append(
        """
        EXISTS (
          SELECT 1 FROM membership m JOIN school_flag z ON z.school = m.school
          WHERE m.grp = g.id AND m.role = 'lead' AND \(holds) AND z.flag = 'area' AND z.area = \(bind(.text(zone)))
            AND z.since <= $2 AND (z.until IS NULL OR z.until > $2))
        """)
    }
    if let years = filter.formed {
      let (first, last) = (bind(.text("\(years.lowerBound)-01-01")), bind(.text("\(years.upperBound)-12-31")))
      conditions.append("g.formed BETWEEN \(first) AND \(last)")
    }
    if filter.state == .noLead {
      conditions.append("NOT EXISTS (SELECT 1 FROM membership m WHERE m.grp = g.id AND m.role = 'lead' AND \(holds))")
    }
    let order =
      switch filter.sort {
      case .name: "g.name, g.code"
      case .members: "schools DESC, g.code"
      case .formed: "CASE WHEN g.formed IS NULL THEN 1 ELSE 0 END, g.formed DESC, g.code"
      default: "g.code"
      }
    let rows = try transaction.rows(
      """
      SELECT g.id, g.code, g.name, a.name AS authority_name, g.form, g.formed, g.dissolved,
        (SELECT MIN(s.name) FROM membership m JOIN school s ON s.id = m.school
          WHERE m.grp = g.id AND m.role = 'lead' AND \(holds)) AS lead_name,
        (SELECT COUNT(*) FROM membership m WHERE m.grp = g.id AND \(holds)) AS schools,
        (SELECT COUNT(DISTINCT s.authority) FROM membership m JOIN school s ON s.id = m.school
          WHERE m.grp = g.id AND \(holds)) AS authorities,
        COUNT(*) OVER () AS total
      FROM school_group g JOIN authority a ON a.id = g.authority
      WHERE \(conditions.joined(separator: " AND "))
      ORDER BY \(order) LIMIT \(perPage) OFFSET \((max(1, filter.page) - 1) * perPage)
      """, bound)
    guard let total = try rows.first?.int("total") else {
      return try filter.fallback.map { try groups($0, on: day, for: reach, transaction) } ?? ([], 0)
    }
    return (
      try rows.map { row in
        ListedGroup(
          id: try row.id("id"), code: try row.text("code"), name: try row.text("name"),
          authority: try row.text("authority_name"), form: try row.optionalText("form"),
          formed: try row.optionalDay("formed"), dissolved: try row.optionalDay("dissolved"),
          lead: try row.optionalText("lead_name"), schools: try row.int("schools"),
          authorities: try row.int("authorities"))
      }, total
    )
  }
}
