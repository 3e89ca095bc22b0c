import Formations
public import Notation
import Policies

/// What waits for somebody beside the evaluation of a year: tasks of a list, cases, conferences.
public struct Waiting: Sendable, Hashable {
  public enum Kind: String, Sendable, CaseIterable {
    /// A task of one's own whose last day is past or near.
    case report
    /// Tasks of one's list that others are late with.
    case press
    /// Cases handed in, accepted, commented on, to be filed; one's own that are returned or begun.
    case accept, decide, answer, file, revise, write
    /// What a case asks of one's school.
    case consent, charter
    /// A conference that is over, and one that comes.
    case minutes, attend
  }

  public let kind: Kind
  public let count: Int
  /// The earliest.
  public let due: Day?
  /// Where there is one alone: which, and what it is called.
  public let only: Only?

  public struct Only: Sendable, Hashable {
    public let authority: ID
    public let id: ID
    public let title: String?
  }
}

public enum WaitingStore {
  /// What waits for an appointment on a day, by kind. One statement, and one more for a policy not read before.
  ///
  /// - Parameter soon: a task is told from so many days before its last day on, a conference before its day.
  public static func waiting(
    for appointment: ID, on day: Day, soon: Int, _ editions: PolicyEditions, _ transaction: any Transaction
  ) throws -> [Waiting] {
    let rows = try transaction.rows(
      """
      WITH own AS (
        SELECT p.authority, p.school FROM appointment p WHERE p.id = $1 AND p.role IN ('office', 'lead', 'member'))
      SELECT x.kind, x.edition, x.part, x.is_private, count(*) AS count, min(x.due) AS due,
        min(x.authority) AS authority, min(x.id) AS id, min(x.title) AS title
      FROM (
        \((tasks + cases + schools + conferences).joined(separator: "\nUNION\n"))
      ) x
      GROUP BY x.kind, x.edition, x.part, x.is_private
      """, [.id(appointment), .day(day), .day(day.adding(days: soon))])
    var found: [Waiting.Kind: [Waiting]] = [:]
    for row in rows {
      guard let kind = Waiting.Kind(rawValue: try row.text("kind")) else { continue }
      if kind == .consent || kind == .charter {
        guard let edition = try row.optionalText("edition"),
          asks(kind, FormationTerms(try editions.policy(edition, transaction)), try part(row))
        else { continue }
      }
      found[kind, default: []].append(try waiting(kind, row))
    }
    return Waiting.Kind.allCases.compactMap { kind in
      guard let parts = found[kind], let first = parts.first else { return nil }
      return Waiting(
        kind: kind, count: parts.reduce(0) { $0 + $1.count }, due: parts.compactMap(\.due).min(),
        only: parts.count == 1 ? first.only : nil)
    }
  }

  private static func waiting(_ kind: Waiting.Kind, _ row: Row) throws -> Waiting {
    let count = try row.int("count")
    return Waiting(
      kind: kind, count: count, due: try row.optionalDay("due"),
      only: count == 1
        ? Waiting.Only(
          authority: try row.id("authority"), id: try row.id("id"), title: try row.optionalText("title")) : nil)
  }

  /// What a policy asks of a school in a case: its part there, and whether it is private.
  private static func asks(_ kind: Waiting.Kind, _ terms: FormationTerms, _ school: CaseSchool) -> Bool {
    kind == .consent ? !terms.consents(of: school, .new).isEmpty : terms.asksForCharter
  }

  private static func part(_ row: Row) throws -> CaseSchool {
    CaseSchool(
      school: try row.id("id"), name: "", part: try row.optionalText("part").flatMap(CaseSchool.Part.init) ?? .member,
      authority: try row.id("authority"), authorityName: "", level: "", pupils: nil,
      isPrivate: try row.optionalInteger("is_private").map { $0 == 1 }, isNew: nil, isWeak: nil)
  }

  // MARK: The parts of the statement: appointment `$1`, day `$2`, day up to which something is soon `$3`

  private static func select(_ kind: String, _ table: String, title: String, due: String) -> String {
    """
    SELECT \(kind) AS kind, CAST(NULL AS TEXT) AS edition, CAST(NULL AS TEXT) AS part,
      CAST(NULL AS BIGINT) AS is_private, \(table).authority, \(table).id, \(title) AS title, \(due) AS due
    """
  }

  /// Only those have to do it who carry it out; where none is named, who leads; else who guides (`WorkTask.responsible`).
  private static let undone = """
    t.closed_on IS NULL
      AND (u.part = 'carryOut' OR NOT EXISTS (
        SELECT 1 FROM task_unit v WHERE v.authority = u.authority AND v.task = u.task
          AND (v.part = 'carryOut' OR (v.part = 'lead' AND u.part = 'guide'))))
      AND NOT EXISTS (
        SELECT 1 FROM task_report r WHERE r.authority = u.authority AND r.task = u.task AND r.unit = u.name
          AND r.percent = 100 AND r.at = (
            SELECT max(l.at) FROM task_report l
            WHERE l.authority = r.authority AND l.task = r.task AND l.unit = r.unit))
    """

  private static let tasks = [
    """
    \(select("'report'", "t", title: "t.title", due: "t.due_on"))
    FROM unit_office o
    JOIN task_unit u ON u.authority = o.authority AND u.name = o.name
    JOIN work_task t ON t.authority = u.authority AND t.id = u.task
    WHERE (o.office IN (SELECT authority FROM own) OR o.school IN (SELECT school FROM own))
      AND t.due_on <= $3 AND \(undone)
    """,
    """
    \(select("'press'", "t", title: "t.title", due: "t.due_on"))
    FROM work_task t
    JOIN task_unit u ON u.authority = t.authority AND u.task = t.id
    LEFT JOIN unit_office o ON o.authority = u.authority AND o.name = u.name
    WHERE t.authority IN (SELECT authority FROM own) AND t.due_on < $2
      AND (o.office IS NULL OR o.office <> t.authority) AND \(undone)
    """,
  ]

  private static let cases = [
    """
    \(select("CASE WHEN c.accepted_at IS NULL THEN 'accept' ELSE 'decide' END", "c", title: "c.name", due: "NULL"))
    FROM formation_case c
    WHERE c.approver IN (SELECT authority FROM own) AND c.submitted_at IS NOT NULL AND c.decision IS NULL
      AND c.withdrawn_at IS NULL AND (c.public_through IS NULL OR c.public_through < $2)
    """,
    """
    \(select("'answer'", "c", title: "c.name", due: "c.public_through"))
    FROM formation_case c
    JOIN formation_comment m ON m.authority = c.authority AND m.formation = c.id
    WHERE c.approver IN (SELECT authority FROM own) AND c.decision IS NULL AND c.withdrawn_at IS NULL
      AND m.answered_at IS NULL AND m.withheld_at IS NULL
    """,
    """
    \(select("'file'", "c", title: "c.name", due: "NULL"))
    FROM formation_case c
    WHERE c.filer IN (SELECT authority FROM own) AND c.decision = 'approved' AND c.filed_at IS NULL
    """,
    """
    \(select("CASE WHEN c.returned_at IS NULL THEN 'write' ELSE 'revise' END", "c", title: "c.name", due: "NULL"))
    FROM formation_case c
    WHERE (c.applicant_authority IN (SELECT authority FROM own) OR c.applicant_school IN (SELECT school FROM own))
      AND c.submitted_at IS NULL AND c.decision IS NULL AND c.withdrawn_at IS NULL
    """,
  ]

  private static let schools = [
    """
    SELECT 'consent', c.edition, s.part, s.is_private, c.authority, c.id, c.name, NULL
    FROM formation_school s
    JOIN formation_case c ON c.authority = s.authority AND c.id = s.formation
    WHERE s.school IN (SELECT school FROM own) AND c.kind <> 'plan' AND c.decision IS NULL AND c.withdrawn_at IS NULL
      AND NOT EXISTS (
        SELECT 1 FROM formation_consent y
        WHERE y.authority = s.authority AND y.formation = s.formation AND y.school = s.school)
    """,
    """
    SELECT 'charter', c.edition, s.part, s.is_private, c.authority, c.id, c.name, NULL
    FROM formation_school s
    JOIN formation_case c ON c.authority = s.authority AND c.id = s.formation
    WHERE s.school IN (SELECT school FROM own) AND s.part <> 'leaving' AND s.charter_on IS NULL
      AND c.charter_at IS NULL AND c.kind IN ('new', 'change') AND c.decision = 'approved'
    """,
  ]

  private static let conferences = [
    """
    \(select("'minutes'", "c", title: "c.title", due: "c.day"))
    FROM conference c
    WHERE c.authority IN (SELECT authority FROM own) AND c.minutes IS NULL AND c.off_at IS NULL AND c.day < $2
    """,
    """
    \(select("'attend'", "c", title: "c.title", due: "c.day"))
    FROM conference c
    WHERE c.authority IN (
        SELECT w.upper_id FROM authority_within w JOIN own ON own.authority = w.lower_id)
      AND c.minutes IS NULL AND c.off_at IS NULL AND c.day >= $2 AND c.day <= $3
    """,
  ]
}
