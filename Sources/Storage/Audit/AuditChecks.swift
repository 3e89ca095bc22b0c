public import Notation

/// How far a check of a chain is, and what it found.
public struct AuditCheck: Sendable, Hashable {
  public let at: Instant
  /// Who asked for it; nil: the program.
  public let who: String?
  /// Rows found as they were written.
  public let good: Int64
  /// The hash of the last of them.
  public let hash: String
  /// Where the chain ended when the check began.
  public let last: Int64
  public let finishedAt: Instant?
  public let fault: AuditVerdict.Fault.Kind?

  public var isFinished: Bool { finishedAt != nil }
}

/// Checks of chains, in portions that each fit a request, so that a long chain is gone through step by step and one may
/// leave in between.
public enum AuditChecks {
  /// The latest check of a chain.
  public static func latest(of authority: ID, _ transaction: any Transaction) throws -> AuditCheck? {
    try transaction.row(
      """
      SELECT k.at, a.name AS who, k.good, k.hash, k.last, k.finished_at, k.fault
      FROM audit_check k LEFT JOIN account a ON a.id = k.by_account
      WHERE k.authority = $1 ORDER BY k.at DESC LIMIT 1
      """, [.id(authority)]
    ).map { row in
      AuditCheck(
        at: try row.instant("at"), who: try row.optionalText("who"), good: try row.integer("good"),
        hash: try row.text("hash"), last: try row.integer("last"), finishedAt: try row.optionalInstant("finished_at"),
        fault: try row.optionalText("fault").flatMap { AuditVerdict.Fault.Kind(rawValue: $0) })
    }
  }

  /// Goes on with the check that isn't finished, or begins a new one; at most `most` rows.
  ///
  /// Throws `DatabaseError`.
  @discardableResult
  public static func goOn(
    _ authority: ID, at now: Instant, by actor: Actor, most: Int64, in database: any Database
  ) async throws -> AuditCheck? {
    let step = try await database.read { transaction -> Step? in
      let end = try AuditChain.end(of: authority, transaction)
      guard let latest = try latest(of: authority, transaction), !latest.isFinished else {
        return Step(at: now, last: end.number, link: AuditChain.Link(number: 0, hash: ""), end: end)
      }
      return Step(
        at: latest.at, last: latest.last, link: AuditChain.Link(number: latest.good, hash: latest.hash), end: end)
    }
    guard var step else { return nil }
    var fault: AuditVerdict.Fault.Kind?
    let bound = min(step.last, step.link.number + most)
    while fault == nil, step.link.number < bound {
      let (from, to) = (step.link, min(bound, step.link.number + 5000))
      (step.link, fault) = try await database.read { try AuditChain.follow(authority, from: from, to: to, $0) }
    }
    let isDone = fault != nil || step.link.number >= step.last
    if fault == nil, isDone, step.isCut { fault = .head }
    let kept = (step, fault)
    try await database.write {
      try keep(kept.0, fault: kept.1, finished: isDone ? now : nil, of: authority, by: actor, $0)
    }
    return try await database.read { try latest(of: authority, $0) }
  }

  private struct Step: Sendable {
    let at: Instant
    let last: Int64
    var link: AuditChain.Link
    let end: AuditChain.End

    /// Whether the chain's end isn't where its rows end. Where nothing was written since, its hash is the last row's.
    var isCut: Bool {
      end.last != end.number || end.number < last || (end.number == link.number && end.hash != link.hash)
    }
  }

  private static func keep(
    _ step: Step, fault: AuditVerdict.Fault.Kind?, finished: Instant?, of authority: ID, by actor: Actor,
    _ transaction: any Transaction
  ) throws {
    try transaction.run(
      """
      INSERT INTO audit_check (authority, at, by_account, good, hash, last, finished_at, fault)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      ON CONFLICT (authority, at) DO UPDATE
      SET good = excluded.good, hash = excluded.hash, finished_at = excluded.finished_at, fault = excluded.fault
      """,
      [
        .id(authority), .instant(step.at), .id(actor.account), .integer(step.link.number), .text(step.link.hash),
        .integer(step.last), .instant(finished), .optional(fault?.rawValue),
      ])
    guard let finished else { return }
    transaction.record(
      AuditEntry(
        authority: authority, at: finished, actor: actor, action: "audit.checked", object: "audit/\(authority)",
        after: JSONText.object([
          ("good", .text(String(step.link.number))), ("fault", .optional(fault?.rawValue)),
        ]).text))
  }
}
