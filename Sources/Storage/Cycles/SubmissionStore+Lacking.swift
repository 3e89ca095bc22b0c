public import Notation

/// A sheet that was handed in without something that the policy asks for, and why.
public struct LackingSubmission: Sendable, Hashable {
  public let sheet: ID
  public let group: ID
  public let groupName: String
  public let stage: String
  /// A member's own sheet; nil: the group's.
  public let school: String?
  /// Why required evidence is missing; nil: none is.
  public let withoutEvidence: String?
  /// Why there were fewer experts than asked for; nil: there weren't.
  public let withoutExperts: String?
}

extension SubmissionStore {
  /// The sheets of a cycle that stand handed in without evidence or experts, of the groups an appointment reaches, in the
  /// order of the stages and groups. One statement.
  ///
  /// - Returns: at most `limit` of them, and how many there are.
  public static func lacking(
    of cycle: StoredCycle, for appointment: ID, limit: Int, _ transaction: any Transaction
  ) throws -> (sheets: [LackingSubmission], count: Int) {
    let rows = try transaction.rows(
      """
      SELECT s.id, s.grp, s.stage, p.name, m.name AS school_name, u.without_evidence, u.without_experts,
        count(*) OVER () AS all_of_them
      FROM sheet s
      JOIN submission u ON u.authority = $1 AND u.sheet = s.id AND u.number = s.submission
      JOIN stage t ON t.authority = $1 AND t.cycle = $2 AND t.stage = s.stage
      JOIN participant p ON p.authority = $1 AND p.cycle = $2 AND p.grp = s.grp
      LEFT JOIN participant_school m ON m.authority = $1 AND m.cycle = $2 AND m.grp = s.grp AND m.school = s.school
      WHERE s.authority = $1 AND s.cycle = $2 AND s.grp IN (\(OverviewStore.reached))
        AND (u.without_evidence IS NOT NULL OR u.without_experts IS NOT NULL)
      ORDER BY t.position, p.position, s.id
      LIMIT $4
      """, [.id(cycle.authority), .id(cycle.id), .id(appointment), .integer(limit)])
    return (
      try rows.map { row in
        LackingSubmission(
          sheet: try row.id("id"), group: try row.id("grp"), groupName: try row.text("name"),
          stage: try row.text("stage"), school: try row.optionalText("school_name"),
          withoutEvidence: try row.optionalText("without_evidence"),
          withoutExperts: try row.optionalText("without_experts"))
      }, try rows.first?.int("all_of_them") ?? 0
    )
  }
}
