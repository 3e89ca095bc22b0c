public import Notation

extension RecommendationStore {
  /// What somebody has chosen about a group and not handed in.
  public struct Draft: Sendable, Hashable {
    public let group: ID
    /// Nil: nothing is chosen yet.
    public let isRecommended: Bool?
    public let reason: String?

    public init(group: ID, isRecommended: Bool?, reason: String?) {
      self.group = group
      self.isRecommended = isRecommended
      self.reason = reason
    }
  }

  /// Puts what an account has chosen about some groups in the place of what it had chosen before. Not audited: it
  /// decides nothing, nobody else sees it, and it goes when the decision is handed in.
  ///
  /// - Parameter groups: of which the account's form speaks; who isn't among the drafts has none any more.
  public static func keep(
    _ drafts: [Draft], of groups: [ID], at stage: String, in cycle: StoredCycle, by account: ID, at now: Instant,
    _ transaction: any Transaction
  ) throws {
    guard !groups.isEmpty else { return }
    let key: [Value] = [.id(cycle.authority), .id(cycle.id), .text(stage), .id(account)]
    try transaction.run(
      """
      DELETE FROM recommendation_draft
      WHERE authority = $1 AND cycle = $2 AND stage = $3 AND account = $4 AND grp IN (\(places(groups.count)))
      """, key + groups.map { .id($0) })
    guard !drafts.isEmpty else { return }
    let rows = drafts.flatMap { draft -> [Value] in
      [
        key[0], key[1], key[2], .id(draft.group), key[3],
        .optional(draft.isRecommended.map { $0 ? 1 : 0 }), .optional(draft.reason), .instant(now),
      ]
    }
    try transaction.run(
      """
      INSERT INTO recommendation_draft (authority, cycle, stage, grp, account, recommended, reason, at)
      VALUES \(AuditChain.places(rows: drafts.count, columns: 8))
      """, rows)
  }

  /// What stands recorded.
  public static func recorded(
    at stage: String, of cycle: StoredCycle, _ transaction: any Transaction
  ) throws -> [ID: (isRecommended: Bool, reason: String?)] {
    try transaction.rows(
      """
      SELECT x.grp, x.recommended, x.reason FROM recommendation x
      WHERE x.authority = $1 AND x.cycle = $2 AND x.stage = $3 AND x.ended_at IS NULL
      """, [.id(cycle.authority), .id(cycle.id), .text(stage)]
    ).reduce(into: [:]) { found, row in
      found[try row.id("grp")] = (try row.integer("recommended") == 1, try row.optionalText("reason"))
    }
  }

  private static func places(_ count: Int) -> String { (5..<5 + count).map { "$\($0)" }.joined(separator: ", ") }
}
