import Formations
import Notation
import Policies
import Rules

extension FormationStore {
  /// What stands around a case in the registry.
  struct Around {
    /// Authorities at or above those of the case's schools and applicant, by who lies below: the nearest first.
    var above: [ID: [(id: ID, level: String)]] = [:]
    var names: [ID: String] = [:]
    /// Names of groups the schools belong to, the case's own aside.
    var groups: [ID: [String]] = [:]
    /// Groups formed in the year by form; of an area, those approved by cases.
    var formed: [(area: String?, form: String?, count: Int)] = []
    var applicant: ID?
  }

  /// In one statement: what it is, two ids, two texts, a number.
  ///
  /// - Parameter year: the calendar year whose groups are counted, this case's own left out.
  static func around(
    _ key: [Value], year: Int, at now: Instant, _ transaction: any Transaction
  ) throws -> Around {
    let rows = try transaction.rows(
      """
      WITH named AS (
        SELECT k.authority AS id FROM formation_school s JOIN school k ON k.id = s.school
        WHERE s.authority = $1 AND s.formation = $2
        UNION SELECT COALESCE(c.applicant_authority, k.authority) FROM formation_case c
        LEFT JOIN school k ON k.id = c.applicant_school
        WHERE c.authority = $1 AND c.id = $2
        UNION SELECT s.district FROM formation_school s
        WHERE s.authority = $1 AND s.formation = $2 AND s.district IS NOT NULL
        UNION SELECT c.approver FROM formation_case c WHERE c.authority = $1 AND c.id = $2 AND c.approver IS NOT NULL
      )
      SELECT 'above' AS what, w.lower_id AS a, u.id AS b, u.level AS t, u.name AS u,
        (SELECT count(*) FROM authority_within d WHERE d.lower_id = u.id) AS n
      FROM named n JOIN authority_within w ON w.lower_id = n.id JOIN authority u ON u.id = w.upper_id
      UNION ALL
      SELECT 'applicant', COALESCE(c.applicant_authority, k.authority), NULL, NULL, NULL, 0
      FROM formation_case c LEFT JOIN school k ON k.id = c.applicant_school WHERE c.authority = $1 AND c.id = $2
      UNION ALL
      SELECT 'group', m.school, g.id, g.name, NULL, 0
      FROM formation_school s
      JOIN membership m ON m.school = s.school AND m.since <= $3 AND (m.until IS NULL OR m.until > $3)
      JOIN school_group g ON g.id = m.grp AND (g.dissolved IS NULL OR g.dissolved > $3)
      JOIN formation_case c ON c.authority = s.authority AND c.id = s.formation
      WHERE s.authority = $1 AND s.formation = $2 AND (c.grp IS NULL OR c.grp <> g.id)
      UNION ALL
      SELECT 'formed', NULL, NULL, g.form, NULL, count(*)
      FROM school_group g JOIN authority_within w ON w.lower_id = g.authority AND w.upper_id = $1
      WHERE g.formed BETWEEN $4 AND $5 AND (g.dissolved IS NULL OR g.dissolved > $3)
        AND g.id <> COALESCE((SELECT o.grp FROM formation_case o WHERE o.authority = $1 AND o.id = $2), 0)
      GROUP BY g.form
      UNION ALL
      SELECT 'area', NULL, NULL, c.form, c.area, count(*)
      FROM formation_case c
      WHERE c.authority = $1 AND c.id <> $2 AND c.kind = 'new' AND c.decision = 'approved' AND c.decided_on BETWEEN $4 AND $5
        AND c.area IS NOT NULL
      GROUP BY c.form, c.area
      """, key + [.day(now.day), .text("\(year)-01-01"), .text("\(year)-12-31")])
    var found = Around()
    var above: [ID: [(id: ID, level: String, depth: Int)]] = [:]
    for row in rows {
      switch try row.text("what") {
      case "above":
        let (id, depth) = (try row.id("b"), try row.int("n"))
        above[try row.id("a"), default: []].append((id, try row.text("t"), depth))
        found.names[id] = try row.text("u")
      case "applicant": found.applicant = try row.optionalID("a")
      case "group": found.groups[try row.id("a"), default: []].append(try row.text("t"))
      case let what:
        found.formed.append((what == "area" ? try row.text("u") : nil, try row.optionalText("t"), try row.int("n")))
      }
    }
    found.above = above.mapValues { list in list.sorted { $0.depth > $1.depth }.map { ($0.id, $0.level) } }
    return found
  }

  /// The schools of a case in their order, and when each passed the charter.
  static func schools(
    _ key: [Value], _ around: Around, _ transaction: any Transaction
  ) throws -> (schools: [CaseSchool], charter: [ID: Day]) {
    var charter: [ID: Day] = [:]
    let schools = try transaction.rows(
      """
      SELECT s.school, s.part, s.district, s.is_private, s.is_new, s.is_weak, s.charter_on, k.name, k.pupils, k.authority,
        a.name AS authority_name, a.level
      FROM formation_school s JOIN school k ON k.id = s.school JOIN authority a ON a.id = k.authority
      WHERE s.authority = $1 AND s.formation = $2
      ORDER BY s.position, k.code
      """, key
    ).map { row in
      let id = try row.id("school")
      charter[id] = try row.optionalDay("charter_on")
      func flag(_ name: String) throws -> Bool? { try row.optionalInteger(name).map { $0 == 1 } }
      return CaseSchool(
        school: id, name: try row.text("name"), part: CaseSchool.Part(rawValue: try row.text("part")) ?? .member,
        authority: try row.id("authority"), authorityName: try row.text("authority_name"),
        level: try row.text("level"), district: try row.optionalID("district"),
        pupils: try row.optionalInteger("pupils").map { Int($0) }, isPrivate: try flag("is_private"),
        isNew: try flag("is_new"), isWeak: try flag("is_weak"), groups: around.groups[id] ?? [])
    }
    return (schools, charter)
  }

  static func offices(_ lead: CaseSchool?, _ around: Around) -> CaseOffices {
    let base = lead?.authority ?? around.applicant
    let chain = base.flatMap { around.above[$0] } ?? []
    let city = chain.first { $0.level == "city" }?.id
    let province = chain.first { $0.level == "province" }?.id
    // Whatever lies below a city has a district's powers.
    let district = chain.first { $0.level != "city" && $0.level != "province" }?.id
    return CaseOffices(
      leadAuthority: base, leadDistrict: lead?.district ?? district, city: city, province: province)
  }

  static func standing(_ around: Around, _ terms: FormationTerms, year: Int) -> FormationStanding {
    let areas = [nil] + terms.areas.map(Optional.some)
    return FormationStanding(
      counts: areas.map { area in
        let own = around.formed.filter { $0.area == area }
        return FormationStanding.Count(
          year: year, area: area,
          tight: own.filter { terms.form($0.form)?.isTight == true }.reduce(0) { $0 + $1.count },
          all: own.reduce(0) { $0 + $1.count },
          unknown: own.filter { terms.form($0.form) == nil }.reduce(0) { $0 + $1.count })
      })
  }
}
