import Formations
import Notation

/// What is kept beside a case's content, entry by entry: `passed/members`, `found/…`, `spoken/…`, `past/…`.
struct FormationBeside {
  var passed: [String: String] = [:]
  var found = FoundGroup()
  var spoken: Set<CaseConsent.Key> = []
  var past: Set<CaseConsent.Key> = []

  mutating func add(_ kind: some StringProtocol, _ id: String, _ value: String) {
    switch kind {
    case "passed": passed[id] = value
    case "found":
      switch id {
      case "name": found.name = value
      case "form": found.form = value
      default: if let school = ID(id) { found.schools[school] = value == "lead" }
      }
    case "spoken": if let key = CaseConsent.Key(entry: id) { spoken.insert(key) }
    case "past": if let key = CaseConsent.Key(entry: id) { past.insert(key) }
    default: break
    }
  }
}

extension FormationCase.Party {
  /// As columns have it: an authority, a school, or neither.
  var seat: (authority: ID?, school: ID?) {
    switch self {
    case .authority(let id): (id, nil)
    case .school(let id): (nil, id)
    case .anybody: (nil, nil)
    }
  }
}

extension CaseConsent.Key {
  /// `school/kind`.
  init?(entry: String) {
    let parts = entry.split(separator: "/", maxSplits: 1)
    guard parts.count == 2, let school = ID(String(parts[0])) else { return nil }
    self.init(school: school, kind: String(parts[1]))
  }

  var entry: String { "\(school)/\(kind)" }
}

extension FormationStore {
  /// The consents of a case, the group it speaks of with other open cases about it, and what the registry holds of its
  /// schools, in one statement.
  static func registry(
    _ key: [Value], at now: Instant, _ transaction: any Transaction
  ) throws -> (
    consents: [CaseConsent], group: CaseGroup?, registered: [ID: RegisteredFlags], others: [StoredFormation.Other]
  ) {
    let rows = try transaction.rows(
      """
      SELECT 'consent' AS what, school, kind, day, CAST(NULL AS TEXT) AS until, paper, agrees, present, in_favour, at,
        by_account
      FROM formation_consent WHERE authority = $1 AND formation = $2
      UNION ALL
      SELECT 'group', g.id, g.form, g.dissolved, NULL, g.name, NULL, NULL, NULL, NULL, NULL
      FROM formation_case c JOIN school_group g ON g.id = c.grp WHERE c.authority = $1 AND c.id = $2
      UNION ALL
      SELECT 'member', m.school, m.role, m.since, m.until, k.name, NULL, NULL, NULL, NULL, NULL
      FROM formation_case c JOIN membership m ON m.grp = c.grp JOIN school k ON k.id = m.school
      WHERE c.authority = $1 AND c.id = $2
      UNION ALL
      SELECT 'flags', r.school, r.area, r.closed, NULL, NULL, r.is_private, r.is_new, r.is_weak, NULL, NULL
      FROM (
        SELECT k.id AS school, k.closed, \(known("$3")), (
            SELECT min(f.area) FROM school_flag f WHERE f.school = k.id AND f.flag = 'area' AND f.since <= $3
              AND (f.until IS NULL OR f.until > $3)) AS area
        FROM formation_school s JOIN school k ON k.id = s.school WHERE s.authority = $1 AND s.formation = $2
      ) r
      UNION ALL
      SELECT 'other', o.id, o.kind, NULL, CASE WHEN o.accepted_at IS NOT NULL THEN 'accepted'
          WHEN o.submitted_at IS NOT NULL THEN 'submitted' WHEN o.returned_at IS NOT NULL THEN 'returned'
          ELSE 'writing' END, COALESCE(x.name, y.name), NULL, NULL, NULL, NULL, NULL
      FROM formation_case c
      JOIN formation_case o ON o.authority = $1 AND o.grp = c.grp AND o.id <> c.id
      LEFT JOIN authority x ON x.id = o.applicant_authority
      LEFT JOIN school y ON y.id = o.applicant_school
      WHERE c.authority = $1 AND c.id = $2 AND c.kind IN ('change', 'dissolution') AND \(isOpen("o"))
        AND (o.shown = 1 OR o.applicant_authority = c.applicant_authority OR o.applicant_school = c.applicant_school)
      ORDER BY what, school, kind, day
      """, key + [.day(now.day)])
    var consents: [CaseConsent] = []
    var registered: [ID: RegisteredFlags] = [:]
    var (head, memberships): (Row?, [Row]) = (nil, [])
    var others: [StoredFormation.Other] = []
    for row in rows {
      switch try row.text("what") {
      case "consent": if let consent = try consent(row) { consents.append(consent) }
      case "group": head = row
      case "member": memberships.append(row)
      case "other":
        others.append(
          StoredFormation.Other(
            kind: FormationCase.Kind(rawValue: try row.text("kind")) ?? .change,
            phase: FormationCase.Phase(rawValue: try row.text("until")) ?? .writing,
            applicant: try row.optionalText("paper") ?? ""))
      default:
        func flag(_ name: String) throws -> Bool? { try row.optionalInteger(name).map { $0 == 1 } }
        registered[try row.id("school")] = RegisteredFlags(
          isPrivate: try flag("agrees"), isNew: try flag("present"), isWeak: try flag("in_favour"),
          area: try row.optionalText("kind"), closed: try row.optionalDay("day"))
      }
    }
    return (consents, try head.map { try group($0, memberships, on: now.day) }, registered, others)
  }

  /// Whether a case is neither decided nor withdrawn.
  static func isOpen(_ alias: String) -> String { "\(alias).decision IS NULL AND \(alias).withdrawn_at IS NULL" }

  private static func consent(_ row: Row) throws -> CaseConsent? {
    guard let day = try row.optionalDay("day") else { return nil }
    return CaseConsent(
      school: try row.id("school"), kind: try row.text("kind"), day: day, agrees: try row.integer("agrees") == 1,
      present: try row.optionalInteger("present").map { Int($0) },
      inFavour: try row.optionalInteger("in_favour").map { Int($0) }, paper: try row.optionalText("paper"),
      signed: Signed(at: try row.instant("at"), by: try row.optionalID("by_account")))
  }

  private static func group(_ head: Row, _ memberships: [Row], on today: Day) throws -> CaseGroup {
    var (members, moved): ([CaseGroup.Member], Day?) = ([], nil)
    for row in memberships {
      let (since, until) = (try row.optionalDay("day"), try row.optionalDay("until"))
      moved = [moved, since, until].compactMap(\.self).filter { $0 <= today }.max()
      guard let since, since <= today, until.map({ $0 > today }) ?? true else { continue }
      members.append(
        CaseGroup.Member(
          school: try row.id("school"), name: try row.text("paper"), isLead: try row.text("kind") == "lead"))
    }
    return CaseGroup(
      name: try head.text("paper"), form: try head.optionalText("kind"), dissolved: try head.optionalDay("day"),
      members: members, moved: moved)
  }

  /// Keeps which consents are those of another text by now, who has spoken itself, and which schools were found.
  static func keepBeside(
    _ value: FormationCase, was before: FormationCase, _ key: [Value], _ transaction: any Transaction
  ) throws {
    func entries(_ value: FormationCase) -> Set<String> {
      Set(value.pastConsents.map { "past/\($0.key.entry)" } + value.spoken.map { "spoken/\($0.entry)" })
    }
    let (old, new) = (entries(before), entries(value))
    let gone = before.found.schools.keys.filter { value.found.schools[$0] == nil }.map { "found/\($0)" }
    for entry in old.subtracting(new).sorted() + gone.sorted() {
      try transaction.run(
        "DELETE FROM formation_entry WHERE authority = $1 AND formation = $2 AND entry = $3", key + [.text(entry)])
    }
    for entry in new.subtracting(old).sorted() { try transaction.run(entryInsert, key + [.text(entry), .text("1")]) }
  }

  /// Remembers the group as a case finds it.
  static func keepFound(
    _ group: ID, name: String?, form: String?, on day: Day, _ key: [Value], _ transaction: any Transaction
  ) throws {
    for (entry, text) in [("found/name", name), ("found/form", form)] {
      if let text { try transaction.run(entryInsert, key + [.text(entry), .text(text)]) }
    }
    try transaction.run(
      """
      INSERT INTO formation_entry (authority, formation, entry, value)
      SELECT CAST($1 AS BIGINT), CAST($2 AS BIGINT), 'found/' || CAST(m.school AS TEXT), m.role
      FROM membership m WHERE m.grp = $3 AND m.since <= $4 AND (m.until IS NULL OR m.until > $4)
      """, key + [.id(group), .day(day)])
  }

  /// Takes the area of a case that begins from where its lead school lies, if the policy knows that area.
  static func keepArea(
    _ areas: [String], on day: Day, _ key: [Value], _ transaction: any Transaction
  ) throws {
    guard !areas.isEmpty else { return }
    let area = try transaction.rows(
      """
      SELECT f.area FROM formation_school s JOIN school_flag f ON f.school = s.school
      WHERE s.authority = $1 AND s.formation = $2 AND s.part = 'lead' AND f.flag = 'area' AND f.since <= $3
        AND (f.until IS NULL OR f.until > $3)
      ORDER BY f.area
      """, key + [.day(day)]
    ).map { try $0.text("area") }.first { areas.contains($0) }
    guard let area else { return }
    try transaction.run("UPDATE formation_case SET area = $3 WHERE authority = $1 AND id = $2", key + [.text(area)])
  }

  /// How many cases an applicant may have begun without handing them in.
  static func mostDrafts(_ applicant: FormationCase.Party) -> Int {
    if case .authority = applicant { 100 } else { 20 }
  }

  /// Throws where an applicant has begun as many cases as it may.
  static func requireRoomForDrafts(_ applicant: FormationCase.Party, _ transaction: any Transaction) throws {
    let (authority, school) = applicant.seat
    let count = try transaction.row(
      """
      SELECT count(*) AS n FROM formation_case
      WHERE (applicant_authority = $1 OR applicant_school = $2) AND submitted_at IS NULL AND withdrawn_at IS NULL
      """, [.id(authority), .id(school)]
    )?.int("n")
    let most = mostDrafts(applicant)
    guard count ?? 0 < most else {
      throw CycleFault.invalid("formation.fault.drafts", ["most": .count(most)])
    }
  }
}
