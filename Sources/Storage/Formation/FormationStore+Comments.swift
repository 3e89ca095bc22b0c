public import Formations
public import Notation

/// How much may be said without an account.
public struct CommentLimits: Sendable, Hashable {
  /// From one place in an hour.
  public let fromPlace: Int
  /// To one case in an hour.
  public let toCase: Int

  public init(fromPlace: Int = 5, toCase: Int = 200) {
    self.fromPlace = fromPlace
    self.toCase = toCase
  }
}

extension FormationStore {
  /// Keeps what somebody said while the publicity runs.
  ///
  /// - Parameter source: a hash of the place it comes from; forgotten after a day.
  ///
  /// Throws `CaseFault` where it can't be taken; `CycleFault` where too much was said.
  public static func comment(
    _ comment: CaseComment, on stored: StoredFormation, source: String, limits: CommentLimits = CommentLimits(),
    at now: Instant, actor: Actor, _ transaction: any Transaction
  ) throws {
    let value = stored.value
    _ = try value.after(
      .comment(comment), by: CaseActor(.anybody, account: nil), at: now, in: stored.setting)
    let since = now.adding(seconds: -3600)
    let counts = try transaction.row(
      """
      SELECT
        (SELECT count(*) FROM formation_comment WHERE authority = $1 AND source = $3 AND at > $4) AS here,
        (SELECT count(*) FROM formation_comment WHERE authority = $1 AND formation = $2 AND at > $4) AS there
      """, [.id(value.authority), .id(value.id), .text(source), .instant(since)])
    guard try counts?.int("here") ?? 0 < limits.fromPlace, try counts?.int("there") ?? 0 < limits.toCase else {
      throw CycleFault.conflict("formation.fault.tooMany")
    }
    try transaction.run(
      "UPDATE formation_comment SET source = NULL WHERE authority = $1 AND source IS NOT NULL AND at < $2",
      [.id(value.authority), .instant(now.adding(seconds: -86_400))])
    // No version rises: those who write on the case and those who comment don't stand in each other's way.
    try transaction.run(
      """
      INSERT INTO formation_comment (authority, formation, id, speaker, text, at, source)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      """,
      [
        .id(value.authority), .id(value.id), .id(comment.id), .text(comment.speaker.rawValue), .text(comment.text),
        .instant(comment.at), .text(source),
      ])
    // The log names no place either: whoever speaks here stays unknown.
    transaction.record(
      AuditEntry(
        authority: value.authority, at: now, actor: Actor(account: nil, request: actor.request),
        action: "formation.commented", object: "formation/\(value.id)", after: comment.text))
  }
}
