public import Notation
public import People

/// Something that happened to a group in a cycle.
public struct GroupEvent: Sendable, Hashable {
  public enum Kind: String, Sendable {
    case submitted, returned, recommended, notRecommended, recommendationEnded, report, extended, assigned, veto,
      vetoLifted, secondLook, objection, answered
  }

  public let kind: Kind
  public let at: Instant
  public let stage: String?
  /// A member school, where it is one's sheet.
  public let school: ID?
  /// A reason, a veto's id, an item, a day.
  public let detail: String?
  /// Who did it, by name; nil where nobody is told.
  public let by: String?
  public let total: Exact?
}

public enum GroupEventStore {
  /// What has happened to a group, the newest first, in one statement; nothing where the appointment doesn't reach it.
  /// Names, panels and their second looks are told to offices and supervisors only.
  public static func events(
    of group: ID, in cycle: StoredCycle, for post: Viewer.Post, _ transaction: any Transaction
  ) throws -> [GroupEvent] {
    let seesAll = post.role == .office || post.role == .supervisor
    let rows = try transaction.rows(
      """
      WITH reached AS (
        SELECT r.grp FROM participant_reach r
        WHERE r.appointment = $3 AND r.authority = $1 AND r.cycle = $2 AND r.grp = $4
      ), happened AS (
        SELECT 'submitted' AS kind, u.at, s.stage, s.school, COALESCE(u.without_experts, u.without_evidence) AS detail, u.by_account, u.sheet, u.number
        FROM sheet s CROSS JOIN submission u
        WHERE u.authority = s.authority AND u.sheet = s.id AND s.authority = $1 AND s.cycle = $2 AND s.grp IN (SELECT grp FROM reached)
        UNION ALL
        SELECT 'returned', u.returned_at, s.stage, s.school, u.reason, u.returned_by, u.sheet, u.number
        FROM sheet s CROSS JOIN submission u
        WHERE u.authority = s.authority AND u.sheet = s.id AND s.authority = $1 AND s.cycle = $2 AND s.grp IN (SELECT grp FROM reached) AND u.returned_at IS NOT NULL
        UNION ALL
        SELECT CASE WHEN x.recommended = 1 THEN 'recommended' ELSE 'notRecommended' END, x.at, x.stage, 0, x.reason,
          x.by_account, 0, 0
        FROM recommendation x
        WHERE x.authority = $1 AND x.cycle = $2 AND x.grp IN (SELECT grp FROM reached)
        UNION ALL
        SELECT 'recommendationEnded', x.ended_at, x.stage, 0, x.ended_by, NULL, 0, 0
        FROM recommendation x
        WHERE x.authority = $1 AND x.cycle = $2 AND x.grp IN (SELECT grp FROM reached) AND x.ended_at IS NOT NULL
        UNION ALL
        SELECT 'report', x.at, x.stage, 0, x.remark, x.by_account, 0, 0
        FROM report x
        WHERE x.authority = $1 AND x.cycle = $2 AND x.grp IN (SELECT grp FROM reached)
        UNION ALL
        SELECT 'extended', x.at, x.stage, 0, x.due, x.by_account, 0, 0
        FROM extension x
        WHERE x.authority = $1 AND x.cycle = $2 AND x.grp IN (SELECT grp FROM reached)
        UNION ALL
        SELECT 'assigned', min(x.at), x.stage, 0, CAST(count(*) AS TEXT), min(x.by_account), 0, 0
        FROM assignment x
        WHERE x.authority = $1 AND x.cycle = $2 AND x.grp IN (SELECT grp FROM reached) AND CAST($5 AS BIGINT) = 1
        GROUP BY x.stage
        UNION ALL
        SELECT 'veto', v.at, NULL, 0, v.veto, v.by_account, 0, 0
        FROM veto v
        WHERE v.authority = $1 AND v.cycle = $2 AND v.grp IN (SELECT grp FROM reached)
        UNION ALL
        SELECT 'vetoLifted', v.lifted_at, NULL, 0, v.veto, v.lifted_by, 0, 0
        FROM veto v
        WHERE v.authority = $1 AND v.cycle = $2 AND v.grp IN (SELECT grp FROM reached) AND v.lifted_at IS NOT NULL
        UNION ALL
        SELECT 'secondLook', l.at, s.stage, s.school, l.item, l.by_account, 0, 0
        FROM sheet s CROSS JOIN second_look l
        WHERE l.authority = s.authority AND l.sheet = s.id AND s.authority = $1 AND s.cycle = $2 AND s.grp IN (SELECT grp FROM reached) AND CAST($5 AS BIGINT) = 1
        UNION ALL
        SELECT 'objection', o.at, NULL, 0, o.item, o.by_account, 0, 0
        FROM objection o
        WHERE o.authority = $1 AND o.cycle = $2 AND o.grp IN (SELECT grp FROM reached)
        UNION ALL
        SELECT 'answered', o.answered_at, NULL, 0, o.item, o.answered_by, 0, 0
        FROM objection o
        WHERE o.authority = $1 AND o.cycle = $2 AND o.grp IN (SELECT grp FROM reached) AND o.answered_at IS NOT NULL
      )
      SELECT h.kind, h.at, h.stage, h.school, h.detail, a.name AS by_name, s.total
      FROM happened h
      LEFT JOIN account a ON a.id = h.by_account
      LEFT JOIN sheet s ON s.authority = $1 AND s.id = h.sheet AND s.submission = h.number
      ORDER BY h.at DESC
      """, [.id(cycle.authority), .id(cycle.id), .id(post.appointment), .id(group), .integer(seesAll ? 1 : 0)])
    return try rows.compactMap { row in
      guard let kind = GroupEvent.Kind(rawValue: try row.text("kind")) else { return nil }
      let school = try row.integer("school")
      return GroupEvent(
        kind: kind, at: try row.instant("at"), stage: try row.optionalText("stage"),
        school: school == 0 ? nil : ID(school), detail: try row.optionalText("detail"),
        by: seesAll ? try row.optionalText("by_name") : nil, total: try row.optionalExact("total"))
    }
  }
}
