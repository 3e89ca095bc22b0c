public import Cycles
public import Notation
public import People
import Policies

/// A group in a cycle as adding evidence sees it.
public struct EvidenceGround: Sendable {
  public let authority: ID
  public let cycle: ID
  public let group: ID
  /// The cycle's school year, by the year it ends in.
  public let year: Int
  public let participant: Participant
  /// Bytes added for the group since the cycle was opened, what was withdrawn included: it is kept.
  public let used: Int64
  public let window: EvidenceWindow
}

extension EvidenceStore {
  /// What is open for a group in a cycle; nil where the viewer doesn't reach it.
  public static func ground(
    authority: ID, cycle: ID, group: ID, for post: Viewer.Post, _ transaction: any Transaction
  ) throws -> EvidenceGround? {
    // What is asked within names the authority by its value: Citus must see that it all lies on one server.
    let rows = try transaction.rows(
      """
      SELECT c.year, c.confirmed_at, p.district, p.name, p.form, p.formed, d.name AS district_name, t.stage, t.kind,
        t.acts, t.due, h.submission, h.id AS sheet,
        (SELECT CAST(COALESCE(sum(f.size), 0) AS BIGINT) FROM evidence_file f WHERE f.hash IN (
          SELECT e.file FROM evidence e
          WHERE e.authority = $1 AND e.grp = $3 AND e.uploaded_at >= c.opened_at)) AS used,
        (SELECT x.due FROM extension x
          WHERE x.authority = $1 AND x.cycle = t.cycle AND x.stage = t.stage AND x.grp IN (0, p.grp)
          ORDER BY x.at DESC LIMIT 1) AS extended,
        (SELECT count(*) FROM assignment x
          WHERE x.authority = $1 AND x.cycle = p.cycle AND x.stage = t.stage AND x.grp = p.grp
            AND x.appointment = $4) AS assigned
      FROM cycle c
      JOIN participant p ON p.authority = c.authority AND p.cycle = c.id
      JOIN authority d ON d.id = p.district
      JOIN stage t ON t.authority = c.authority AND t.cycle = c.id
      LEFT JOIN sheet h ON h.authority = c.authority AND h.cycle = c.id AND h.stage = t.stage AND h.grp = p.grp
      WHERE c.authority = $1 AND c.id = $2 AND p.grp = $3
        AND EXISTS (
          SELECT 1 FROM participant_reach r
          WHERE r.appointment = $4 AND r.authority = $1 AND r.cycle = p.cycle AND r.grp = p.grp)
      ORDER BY t.position, h.school
      """, [.id(authority), .id(cycle), .id(group), .id(post.appointment)])
    guard let first = rows.first else { return nil }
    var open: [EvidenceWindow.OpenStage] = []
    var isHandedIn = false
    for row in rows where try row.optionalID("sheet") != nil {
      guard let kind = Stage.Kind(rawValue: try row.text("kind")) else { continue }
      let isSubmitted = try row.optionalInteger("submission") != nil
      if isSubmitted, kind == .selfEvaluation { isHandedIn = true }
      let stage = try row.text("stage")
      guard !isSubmitted, open.last?.id != stage else { continue }
      open.append(
        EvidenceWindow.OpenStage(
          id: stage, kind: kind, acts: try row.optionalText("acts").flatMap { Stage.Actor(rawValue: $0) },
          isAssigned: try row.integer("assigned") > 0,
          due: try row.optionalDay("extended") ?? row.optionalDay("due")))
    }
    let schools = try transaction.rows(
      """
      SELECT m.school AS school_id, m.name AS school_name, m.role, m.pupils, s.authority AS school_authority
      FROM participant_school m JOIN school s ON s.id = m.school
      WHERE m.authority = $1 AND m.cycle = $2 AND m.grp = $3
      ORDER BY m.position
      """, [.id(authority), .id(cycle), .id(group)]
    ).map { try SheetStore.school($0) }
    let district = try first.id("district")
    return EvidenceGround(
      authority: authority, cycle: cycle, group: group, year: try first.int("year"),
      participant: Participant(
        group: group, name: try first.text("name"), form: try first.optionalText("form"),
        formed: try first.optionalDay("formed"), district: district, districtName: try first.text("district_name"),
        schools: schools), used: try first.integer("used"),
      window: EvidenceWindow(
        open: open, isHandedIn: isHandedIn, isConfirmed: try first.optionalInteger("confirmed_at") != nil,
        authority: authority, district: district, leadAuthority: schools.first(where: \.isLead)?.authority ?? district))
  }

  /// The ground, and the stage at which somebody may add to it now.
  ///
  /// Throws `EvidenceFault`.
  static func opened(
    authority: ID, cycle: ID, group: ID, for post: Viewer.Post, at now: Instant, _ transaction: any Transaction
  ) throws -> (ground: EvidenceGround, stage: String, isLate: Bool) {
    guard let ground = try ground(authority: authority, cycle: cycle, group: group, for: post, transaction) else {
      throw EvidenceFault.unknown
    }
    switch ground.window.right(of: post, at: now) {
    case .may(let stage, let isLate): return (ground, stage, isLate)
    case .mayNot(let why): throw EvidenceFault.closed(why)
    }
  }
}

/// How much a group may add in a year's cycle: what stands against one group's filling everybody's disk.
public enum EvidenceQuota {
  /// Bytes.
  public static let usual: Int64 = 2 << 30

  /// Throws `EvidenceFault` where `more` bytes don't fit beside those there are.
  public static func admit(_ more: Int64, to ground: EvidenceGround, most: Int64) throws(EvidenceFault) {
    guard more <= most - min(ground.used, most) else {
      throw .closed(
        Message(
          "evidence.quota", ["used": .count(Int(ground.used >> 20)), "most": .count(Int(most >> 20))]))
    }
  }
}

/// Why a change of evidence isn't carried out.
public enum EvidenceFault: Error, Sendable, Hashable {
  /// There is none such, or the viewer doesn't reach it.
  case unknown
  /// Not now, or not by this post; with the sentence.
  case closed(Message)
  /// What was entered can't be taken; everything at once.
  case invalid([Message])
}
