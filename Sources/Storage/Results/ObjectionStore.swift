import Cycles
public import Notation
import Policies
import Publishing

/// An objection of a lead school to its group's result.
public struct StoredObjection: Sendable {
  public let id: ID
  public let group: ID
  public let groupName: String
  public let item: String?
  public let text: String
  public let at: Instant
  public let who: String?
  public let answer: String?
  public let isUpheld: Bool?
  public let answeredAt: Instant?
  public let answeredBy: String?

  public var isAnswered: Bool { answeredAt != nil }
}

/// Objections raised by lead schools while the window is open, answered by the office that runs the cycle.
public enum ObjectionStore {
  static let mostOpen = 20

  /// Raises an objection for the group whose lead school the appointment is of.
  ///
  /// Throws `ResultsRefusal` where the window isn't open, or the group is none of the school's.
  public static func raise(
    _ id: ID, text: String, item: String?, group: ID, of cycle: StoredCycle, for appointment: ID, at now: Instant,
    by actor: Actor, _ transaction: any Transaction
  ) throws {
    let leads = try transaction.row(
      """
      SELECT (SELECT count(*) FROM objection o
        WHERE o.authority = m.authority AND o.cycle = m.cycle AND o.grp = m.grp AND o.answered_at IS NULL) AS open
      FROM appointment p
      JOIN participant_school m ON m.school = p.school AND m.role = 'lead'
      WHERE p.id = $1 AND p.role = 'lead' AND m.authority = $2 AND m.cycle = $3 AND m.grp = $4
      """, [.id(appointment), .id(cycle.authority), .id(cycle.id), .id(group)])
    guard let leads else { throw ResultsRefusal("results.objection.group") }
    let state = try YearState.of(cycle, transaction)
    guard let window = state.window(cycle.calendar), window.isOpen(at: now) else {
      throw ResultsRefusal("results.objection.closed")
    }
    guard try leads.int("open") < mostOpen else {
      throw ResultsRefusal("results.objection.many", ["most": .count(mostOpen)])
    }
    if let item, !cycle.policy.allItems.contains(where: { $0.id == item }) {
      throw ResultsRefusal("results.objection.item")
    }
    try transaction.run(
      """
      INSERT INTO objection (authority, id, cycle, grp, item, text, at, by_account)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      """,
      [
        .id(cycle.authority), .id(id), .id(cycle.id), .id(group), .optional(item), .text(text), .instant(now),
        .id(actor.account),
      ])
    transaction.record(
      AuditEntry(
        authority: cycle.authority, at: now, actor: actor, action: "objection.raised", object: "group/\(group)",
        item: item, after: text))
  }

  /// Answers an objection once.
  ///
  /// Throws `ResultsRefusal` where there is none, or it is answered already.
  public static func answer(
    _ id: ID, upheld: Bool, reason: String, of cycle: StoredCycle, at now: Instant, by actor: Actor,
    _ transaction: any Transaction
  ) throws {
    let found = try transaction.rows(
      """
      UPDATE objection SET answer = $4, upheld = $5, answered_at = $6, answered_by = $7
      WHERE authority = $1 AND id = $2 AND cycle = $3 AND answered_at IS NULL
      RETURNING grp, item
      """,
      [
        .id(cycle.authority), .id(id), .id(cycle.id), .text(reason), .integer(upheld ? 1 : 0), .instant(now),
        .id(actor.account),
      ])
    guard let row = found.first else { throw ResultsRefusal("results.objection.answered") }
    transaction.record(
      AuditEntry(
        authority: cycle.authority, at: now, actor: actor,
        action: upheld ? "objection.upheld" : "objection.dismissed", object: "group/\(try row.id("grp"))",
        item: try row.optionalText("item"), after: reason))
  }

  /// The objections an appointment may read: of its own group a lead school, all the office that runs the cycle and
  /// supervision; those without an answer first.
  public static func list(
    _ cycle: StoredCycle, for appointment: ID, _ transaction: any Transaction
  ) throws -> [StoredObjection] {
    try transaction.rows(
      """
      SELECT o.id, o.grp, g.name, o.item, o.text, o.at, a.name AS who, o.answer, o.upheld, o.answered_at,
        b.name AS answered_by
      FROM objection o
      JOIN participant g ON g.authority = o.authority AND g.cycle = o.cycle AND g.grp = o.grp
      LEFT JOIN account a ON a.id = o.by_account
      LEFT JOIN account b ON b.id = o.answered_by
      WHERE o.authority = $1 AND o.cycle = $2 AND (
        EXISTS (
          SELECT 1 FROM appointment p JOIN authority_within w ON w.upper_id = p.authority
          WHERE p.id = $3 AND w.lower_id = o.authority
            AND (p.role = 'supervisor' OR (p.role = 'office' AND p.authority = o.authority)))
        OR EXISTS (
          SELECT 1 FROM appointment p
          JOIN participant_school m ON m.school = p.school AND m.role = 'lead'
          WHERE p.id = $3 AND p.role = 'lead' AND m.authority = o.authority AND m.cycle = o.cycle AND m.grp = o.grp))
      ORDER BY CASE WHEN o.answered_at IS NULL THEN 0 ELSE 1 END, o.at DESC, o.id
      """, [.id(cycle.authority), .id(cycle.id), .id(appointment)]
    ).map { row in
      StoredObjection(
        id: try row.id("id"), group: try row.id("grp"), groupName: try row.text("name"),
        item: try row.optionalText("item"), text: try row.text("text"), at: try row.instant("at"),
        who: try row.optionalText("who"), answer: try row.optionalText("answer"),
        isUpheld: try row.optionalInteger("upheld").map { $0 == 1 },
        answeredAt: try row.optionalInstant("answered_at"), answeredBy: try row.optionalText("answered_by"))
    }
  }

  /// The groups of a cycle whose lead school the appointment is of.
  public static func led(
    _ cycle: StoredCycle, by appointment: ID, _ transaction: any Transaction
  ) throws -> [(group: ID, name: String)] {
    try transaction.rows(
      """
      SELECT g.grp, g.name
      FROM appointment p
      JOIN participant_school m ON m.school = p.school AND m.role = 'lead'
      JOIN participant g ON g.authority = m.authority AND g.cycle = m.cycle AND g.grp = m.grp
      WHERE p.id = $3 AND p.role = 'lead' AND m.authority = $1 AND m.cycle = $2
      ORDER BY g.position, g.grp
      """, [.id(cycle.authority), .id(cycle.id), .id(appointment)]
    ).map { (group: try $0.id("grp"), name: try $0.text("name")) }
  }
}
