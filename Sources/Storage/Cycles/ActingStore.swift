public import Notation

/// For whom somebody acts at a stage, as the policy names who does (`CycleOffices`), in SQL.
public enum ActingStore {
  /// The groups of the cycle for which the appointment acts at a stage: as the office it names, as the lead school, or as
  /// the third party.
  public static func groups(
    at stage: String, of cycle: StoredCycle, by appointment: ID, _ transaction: any Transaction
  ) throws -> Set<ID> {
    let rows = try transaction.rows(
      """
      SELECT p.grp
      FROM participant p
      JOIN stage t ON t.authority = p.authority AND t.cycle = p.cycle AND t.stage = $3
      JOIN appointment o ON o.id = $4
      WHERE p.authority = $1 AND p.cycle = $2 AND \(acts)
      """, [.id(cycle.authority), .id(cycle.id), .text(stage), .id(appointment)])
    return Set(try rows.map { try $0.id("grp") })
  }

  /// Whether the appointment `o` acts for the group `p` at the stage `t`.
  static let acts = """
    ((o.role = 'office' AND o.authority = CASE t.acts
        WHEN 'district' THEN p.district
        WHEN 'city' THEN p.authority
        WHEN 'province' THEN (
          SELECT coalesce(a.parent, a.id) FROM authority a WHERE a.id = p.authority)
        WHEN 'leadAuthority' THEN coalesce((
          SELECT k.authority FROM participant_school m JOIN school k ON k.id = m.school
          WHERE m.authority = p.authority AND m.cycle = p.cycle AND m.grp = p.grp AND m.role = 'lead'), p.district)
      END)
      OR (o.role = 'lead' AND t.acts = 'lead' AND EXISTS (
        SELECT 1 FROM participant_school m
        WHERE m.authority = p.authority AND m.cycle = p.cycle AND m.grp = p.grp AND m.role = 'lead'
          AND m.school = o.school))
      OR (o.role = 'thirdParty' AND t.acts = 'thirdParty' AND EXISTS (
        SELECT 1 FROM authority_within w WHERE w.upper_id = o.authority AND w.lower_id = p.authority)))
    """

  /// The groups of the cycle that answer to the appointment's own authority.
  public static func ownGroups(
    of cycle: StoredCycle, by appointment: ID, _ transaction: any Transaction
  ) throws -> Set<ID> {
    let rows = try transaction.rows(
      """
      SELECT p.grp
      FROM participant p
      JOIN appointment o ON o.id = $3 AND o.role = 'office' AND o.authority = p.district
      WHERE p.authority = $1 AND p.cycle = $2
      """, [.id(cycle.authority), .id(cycle.id), .id(appointment)])
    return Set(try rows.map { try $0.id("grp") })
  }
}
