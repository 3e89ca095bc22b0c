import Cycles
import Notation
import Outcomes
public import Publishing

/// All that is recorded of a cycle beside its sheets, as one statement finds it.
struct YearReading {
  var groups: [Participant] = []
  var vetoes: [ID: [String]] = [:]
  var decisions: [RecordedDecision] = []
  /// Who decided last about a consequence of a group, in the order of the decisions.
  var deciders: [String?] = []
  var state: YearState
  /// Why the confirmation was taken back last, since the edition published last.
  var reopened: String?

  init(_ cycle: StoredCycle, _ transaction: any Transaction) throws {
    state = YearState(
      confirmedAt: cycle.confirmedAt, published: nil, publishedAt: nil, hasDraft: false, unanswered: 0, upheld: 0)
    var heads: [(row: Row, schools: [Row])] = []
    var places: [ID: Int] = [:]
    for row in try Self.rows(cycle, transaction) {
      switch try row.text("what") {
      case "group":
        places[try row.id("grp")] = heads.count
        heads.append((row, []))
      case "school":
        guard let place = places[try row.id("grp")] else { continue }
        heads[place].schools.append(row)
      case "veto": vetoes[try row.id("grp"), default: []].append(try row.text("t"))
      case "decision":
        decisions.append(
          RecordedDecision(
            year: cycle.year, consequence: try row.text("t"), group: try row.id("grp").description,
            granted: try row.integer("a") == 1, reason: try row.text("u")))
        deciders.append(try row.optionalText("v"))
      default:
        state = try YearState(row)
        reopened = try row.optionalText("v")
      }
    }
    groups = try heads.map { try Self.participant($0.row, $0.schools) }
  }

  private static func participant(_ row: Row, _ schools: [Row]) throws -> Participant {
    Participant(
      group: try row.id("grp"), name: try row.text("t"), form: try row.optionalText("u"),
      formed: try row.optionalText("v").flatMap { Day($0) }, district: try row.id("a"),
      districtName: try row.text("w"),
      schools: try schools.map { school in
        Participant.School(
          id: try school.id("a"), name: try school.text("t"), isLead: try school.text("u") == "lead",
          pupils: try school.optionalInteger("b").map { Int($0) }, authority: try school.id("c"))
      })
  }

  /// What it is, of which group, its place; three numbers, four texts.
  private static func rows(_ cycle: StoredCycle, _ transaction: any Transaction) throws -> [Row] {
    try transaction.rows(
      """
      SELECT 1 AS part, 'group' AS what, p.grp, p.position AS n, p.district AS a, CAST(NULL AS BIGINT) AS b,
        CAST(NULL AS BIGINT) AS c, p.name AS t, p.form AS u, p.formed AS v, d.name AS w
      FROM participant p JOIN authority d ON d.id = p.district
      WHERE p.authority = $1 AND p.cycle = $2
      UNION ALL
      SELECT 2, 'school', m.grp, m.position, m.school, m.pupils, k.authority, m.name, m.role, NULL, NULL
      FROM participant_school m JOIN school k ON k.id = m.school
      WHERE m.authority = $1 AND m.cycle = $2
      UNION ALL
      SELECT 3, 'veto', v.grp, v.at, NULL, NULL, NULL, v.veto, NULL, NULL, NULL
      FROM veto v
      WHERE v.authority = $1 AND v.cycle = $2 AND v.lifted_at IS NULL
      UNION ALL
      SELECT 4, 'decision', x.grp, x.at, x.granted, NULL, NULL, x.consequence, x.reason, k.name, NULL
      FROM tie_decision x LEFT JOIN account k ON k.id = x.by_account
      WHERE x.authority = $1 AND x.cycle = $2
      UNION ALL
      SELECT 5, 'state', 0, drafts, published, published_at, unanswered, CAST(upheld AS TEXT),
        CAST(confirmed_at AS TEXT), \(YearState.reopened), NULL
      FROM (\(YearState.select)) s
      ORDER BY 1, 4, 3, 8
      """, [.id(cycle.authority), .id(cycle.id)])
  }
}

extension YearState {
  /// One row about the cycle bound as `$1`, `$2`.
  static let select = """
    SELECT c.confirmed_at,
      (SELECT count(*) FROM edition e WHERE e.authority = $1 AND e.cycle = $2 AND e.number = 0) AS drafts,
      (SELECT max(e.number) FROM edition e WHERE e.authority = $1 AND e.cycle = $2 AND e.number > 0)
        AS published,
      (SELECT max(e.made_at) FROM edition e WHERE e.authority = $1 AND e.cycle = $2 AND e.number > 0)
        AS published_at,
      (SELECT count(*) FROM objection o
        WHERE o.authority = $1 AND o.cycle = $2 AND o.answered_at IS NULL) AS unanswered,
      (SELECT count(*) FROM objection o
        WHERE o.authority = $1 AND o.cycle = $2 AND o.upheld = 1 AND o.answered_at >= c.confirmed_at)
        AS upheld
    FROM cycle c WHERE c.authority = $1 AND c.id = $2
    """

  /// Of the cycle bound as `$1`, `$2` whose state `s` is: why its confirmation was taken back last, since what is
  /// published was.
  static let reopened = """
    (SELECT o.reason FROM reopening o
      WHERE o.authority = $1 AND o.cycle = $2 AND o.at > coalesce(s.published_at, 0)
      ORDER BY o.at DESC LIMIT 1)
    """

  /// A row of the year's reading.
  init(_ row: Row) throws {
    self.init(
      confirmedAt: try row.optionalText("u").flatMap { Int64($0) }.map { Instant(milliseconds: $0) },
      published: try row.optionalInteger("a").map { Int($0) },
      publishedAt: try row.optionalInstant("b"), hasDraft: try row.integer("n") > 0,
      unanswered: try row.int("c"), upheld: Int(try row.text("t")) ?? 0)
  }

  /// How far the results of a cycle are.
  public static func of(_ cycle: StoredCycle, _ transaction: any Transaction) throws -> YearState {
    guard let row = try transaction.row(select, [.id(cycle.authority), .id(cycle.id)]) else {
      throw DatabaseError.statement("no cycle \(cycle.id)")
    }
    return try YearState(named: row)
  }

  /// A row of `select`.
  init(named row: Row) throws {
    self.init(
      confirmedAt: try row.optionalInstant("confirmed_at"),
      published: try row.optionalInteger("published").map { Int($0) },
      publishedAt: try row.optionalInstant("published_at"), hasDraft: try row.integer("drafts") > 0,
      unanswered: try row.int("unanswered"), upheld: try row.int("upheld"))
  }
}
