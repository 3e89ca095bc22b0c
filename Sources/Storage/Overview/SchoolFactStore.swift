public import Notation

/// What was recorded of a school by its group's last submission.
public struct SchoolFacts: Sendable {
  /// Who the school answers to.
  public let authorityName: String
  /// The group's facts as JSON; nil: nothing is handed in.
  public let facts: String?
}

public enum SchoolFactStore {
  /// One statement; the group was found within the viewer's reach.
  public static func facts(
    of group: GroupOverview, school: ID, in cycle: StoredCycle, _ transaction: any Transaction
  ) throws -> SchoolFacts {
    let sheet = group.lastSubmitted(cycle.calendar)
    let row = try transaction.row(
      """
      SELECT a.name, (
        SELECT u.facts FROM sheet s
        JOIN submission u ON u.authority = s.authority AND u.sheet = s.id AND u.number = s.submission
        WHERE s.authority = $1 AND s.id = $2 AND s.grp = $3) AS facts
      FROM school k JOIN authority a ON a.id = k.authority
      WHERE k.id = $4
      """, [.id(cycle.authority), .id(sheet?.id ?? ID(0)), .id(group.id), .id(school)])
    return SchoolFacts(authorityName: try row?.text("name") ?? "", facts: try row?.optionalText("facts"))
  }
}
