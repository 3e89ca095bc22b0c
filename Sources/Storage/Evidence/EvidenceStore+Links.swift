public import Cycles
public import Notation
public import People

extension EvidenceStore {
  /// Where anything is shown for a group in a cycle, whoever may look at it; one statement. The caller has found the
  /// group within the viewer's reach.
  public static func shown(
    for group: ID, authority: ID, cycle: ID, _ transaction: any Transaction
  ) throws -> Set<EvidencePlace> {
    let rows = try transaction.rows(
      """
      SELECT DISTINCT l.item, l.entry
      FROM evidence_link l JOIN evidence e ON e.authority = l.authority AND e.id = l.evidence
      WHERE l.authority = $1 AND l.cycle = $2 AND e.grp = $3 AND e.withdrawn_at IS NULL AND e.replaced_by IS NULL
      """, [.id(authority), .id(cycle), .id(group)])
    return Set(
      try rows.map { row in
        let entry = try row.text("entry")
        return EvidencePlace(item: try row.text("item"), entry: entry.isEmpty ? nil : entry)
      })
  }

  /// Where a piece is shown in a cycle. The caller has found it within the viewer's reach.
  public static func links(
    of piece: StoredEvidence, in cycle: ID, _ transaction: any Transaction
  ) throws -> [StoredEvidence.Link] {
    try transaction.rows(
      """
      SELECT l.item, l.entry, l.stage, l.late, l.at AS linked_at, l.by_account AS linked_by
      FROM evidence_link l WHERE l.authority = $1 AND l.evidence = $2 AND l.cycle = $3
      ORDER BY l.item, l.entry
      """, [.id(piece.authority), .id(piece.id), .id(cycle)]
    ).compactMap { try StoredEvidence.Link($0) }
  }

  /// Shows a piece of evidence for one more item.
  ///
  /// Throws `EvidenceFault`, `DatabaseError`.
  public static func link(
    _ id: ID, to place: EvidencePlace, authority: ID, cycle: ID, plan: EvidencePlan, for post: Viewer.Post,
    at now: Instant, by actor: Actor, _ transaction: any Transaction
  ) throws {
    guard let evidence = try evidence(authority: authority, id, for: post, transaction), !evidence.isWithdrawn else {
      throw EvidenceFault.unknown
    }
    let (_, stage, isLate) = try opened(
      authority: authority, cycle: cycle, group: evidence.group, for: post, at: now, transaction)
    guard plan.has(place) else {
      throw EvidenceFault.invalid([Message("evidence.item.unknown", ["item": .text(place.item)])])
    }
    // A member shows what is its own.
    if post.role == .member, evidence.school != post.school {
      throw EvidenceFault.closed(Message("evidence.closed.foreign"))
    }
    try EvidencePlaces(authority: authority, cycle: cycle, stage: stage, isLate: isLate)
      .link(id, place, at: now, by: actor, transaction)
  }

  /// Shows a piece of evidence for an item no longer. What was handed in stays as it was: those who evaluate only take
  /// back links of their own.
  ///
  /// Throws `EvidenceFault`, `DatabaseError`.
  public static func unlink(
    _ id: ID, from place: EvidencePlace, authority: ID, cycle: ID, for post: Viewer.Post, at now: Instant,
    by actor: Actor, _ transaction: any Transaction
  ) throws {
    guard let evidence = try evidence(authority: authority, id, for: post, transaction) else {
      throw EvidenceFault.unknown
    }
    let (_, _, isLate) = try opened(
      authority: authority, cycle: cycle, group: evidence.group, for: post, at: now, transaction)
    guard
      let link = try transaction.row(
        """
        SELECT by_account, late FROM evidence_link
        WHERE authority = $1 AND evidence = $2 AND cycle = $3 AND item = $4 AND entry = $5
        """, EvidencePlaces.key(authority, id, cycle, place))
    else { throw EvidenceFault.unknown }
    let isOwn = try link.optionalID("by_account") == actor.account
    let isOfSchools = try link.integer("late") == 0
    guard isOwn || (!isLate && isOfSchools && owns(evidence, post, actor)) else {
      throw EvidenceFault.closed(Message("evidence.closed.foreign"))
    }
    try transaction.run(
      """
      DELETE FROM evidence_link
      WHERE authority = $1 AND evidence = $2 AND cycle = $3 AND item = $4 AND entry = $5
      """, EvidencePlaces.key(authority, id, cycle, place))
    transaction.record(
      AuditEntry(
        authority: authority, at: now, actor: actor, action: "evidence.unlinked", object: "evidence/\(id)",
        item: place.item, before: place.entry ?? place.item,
        after: JSONText.object([("cycle", .id(cycle))]).text))
  }

  /// Takes a piece of evidence back. It stays, with who did so and when; what an earlier year was judged by can't be
  /// taken back.
  ///
  /// Throws `EvidenceFault`, `DatabaseError`.
  public static func withdraw(
    _ id: ID, authority: ID, cycle: ID, for post: Viewer.Post, at now: Instant, by actor: Actor,
    _ transaction: any Transaction
  ) throws {
    let (evidence, _) = try changeable(id, authority: authority, cycle: cycle, for: post, at: now, actor, transaction)
    try transaction.run(
      """
      UPDATE evidence SET withdrawn_at = $3, withdrawn_by = $4
      WHERE authority = $1 AND id = $2 AND withdrawn_at IS NULL
      """, [.id(authority), .id(id), .instant(now), .id(actor.account)])
    transaction.record(
      AuditEntry(
        authority: authority, at: now, actor: actor, action: "evidence.withdrawn", object: "evidence/\(id)",
        before: evidence.title))
  }

  /// A piece that somebody may replace or take back now: the schools theirs before they hand in, those who evaluate
  /// what they added themselves. Nothing that another year's cycle shows.
  static func changeable(
    _ id: ID, authority: ID, cycle: ID, for post: Viewer.Post, at now: Instant, _ actor: Actor,
    _ transaction: any Transaction
  ) throws -> (StoredEvidence, opened: (ground: EvidenceGround, stage: String, isLate: Bool)) {
    guard let evidence = try evidence(authority: authority, id, for: post, transaction) else {
      throw EvidenceFault.unknown
    }
    let opened = try opened(
      authority: authority, cycle: cycle, group: evidence.group, for: post, at: now, transaction)
    guard owns(evidence, post, actor) else { throw EvidenceFault.closed(Message("evidence.closed.foreign")) }
    let state = try transaction.row(
      """
      SELECT replaced_by,
        (SELECT count(*) FROM evidence_link l WHERE l.authority = e.authority AND l.evidence = e.id AND l.cycle <> $3)
          AS elsewhere,
        (SELECT count(*) FROM evidence_link l
          WHERE l.authority = e.authority AND l.evidence = e.id AND l.cycle = $3 AND l.late = 0) AS handed_in
      FROM evidence e WHERE e.authority = $1 AND e.id = $2
      """, [.id(authority), .id(id), .id(cycle)])
    guard let state, !evidence.isWithdrawn, try state.optionalID("replaced_by") == nil else {
      throw EvidenceFault.closed(Message("evidence.closed.gone"))
    }
    guard try state.integer("elsewhere") == 0 else { throw EvidenceFault.closed(Message("evidence.closed.elsewhere")) }
    guard try !opened.isLate || state.integer("handed_in") == 0 else {
      throw EvidenceFault.closed(Message("evidence.closed.submitted"))
    }
    return (evidence, opened)
  }

  private static func owns(_ evidence: StoredEvidence, _ post: Viewer.Post, _ actor: Actor) -> Bool {
    switch post.role {
    case .lead: !evidence.isOfReview
    case .member: !evidence.isOfReview && evidence.school == post.school
    default: evidence.isOfReview && evidence.uploadedBy == actor.account
    }
  }
}

/// Where links of one cycle are written down.
struct EvidencePlaces {
  let authority: ID
  let cycle: ID
  let stage: String
  let isLate: Bool

  static func key(_ authority: ID, _ evidence: ID, _ cycle: ID, _ place: EvidencePlace) -> [Value] {
    [.id(authority), .id(evidence), .id(cycle), .text(place.item), .text(place.entry ?? "")]
  }

  /// Does nothing where the link is there.
  func link(
    _ evidence: ID, _ place: EvidencePlace, at now: Instant, by actor: Actor, _ transaction: any Transaction
  ) throws {
    let made = try transaction.run(
      """
      INSERT INTO evidence_link (authority, evidence, cycle, item, entry, stage, late, at, by_account)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      ON CONFLICT (authority, evidence, cycle, item, entry) DO NOTHING
      """,
      Self.key(authority, evidence, cycle, place) + [
        .text(stage), .integer(isLate ? 1 : 0), .instant(now), .id(actor.account),
      ])
    guard made > 0 else { return }
    transaction.record(
      AuditEntry(
        authority: authority, at: now, actor: actor, action: "evidence.linked", object: "evidence/\(evidence)",
        item: place.item,
        after: JSONText.object([
          ("cycle", .id(cycle)), ("entry", .optional(place.entry)), ("stage", .text(stage)),
          ("late", .boolean(isLate)),
        ]).text))
  }
}
