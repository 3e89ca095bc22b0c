import Cycles
public import Notation
public import People

/// Evidence as it is kept. Every query is bound to what the viewer's post reaches.
public enum EvidenceStore {
  /// The evidence of a group in a cycle: what is linked there, and what speaks for its year and isn't linked yet, in the
  /// order it came. Older versions are left out, withdrawn ones are in.
  ///
  /// - Parameter item: only what is shown for this item; nil: all.
  public static func list(
    authority: ID, cycle: ID, group: ID, item: String? = nil, for post: Viewer.Post, _ transaction: any Transaction
  ) throws -> [StoredEvidence] {
    let sight = EvidenceSight(post)
    let rows = try transaction.rows(
      """
      SELECT \(StoredEvidence.columns), l.item, l.entry, l.stage, l.late, l.at AS linked_at, l.by_account AS linked_by
      FROM evidence e
      JOIN evidence_file f ON f.hash = e.file
      LEFT JOIN evidence_link l ON l.authority = e.authority AND l.evidence = e.id AND l.cycle = $5
      WHERE e.authority = $4 AND e.grp = $6
        AND EXISTS (
          SELECT 1 FROM participant_reach r
          WHERE r.appointment = $1 AND r.authority = e.authority AND r.cycle = $5 AND r.grp = e.grp)
        AND \(EvidenceSight.condition)
        AND (l.item IS NOT NULL OR (e.replaced_by IS NULL AND e.year = (
          SELECT c.year FROM cycle c WHERE c.authority = $4 AND c.id = $5)))
        AND (CAST($7 AS TEXT) IS NULL OR l.item = $7)
      ORDER BY e.uploaded_at, e.id, l.item, l.entry
      """,
      [
        .id(post.appointment), sight.own, sight.isOfSchool, .id(authority), .id(cycle), .id(group), .optional(item),
      ])
    return try joined(rows)
  }

  /// All versions of one piece, newest first; empty where the viewer doesn't reach it.
  public static func versions(
    authority: ID, _ evidence: ID, for post: Viewer.Post, _ transaction: any Transaction
  ) throws -> [StoredEvidence] {
    let sight = EvidenceSight(post)
    let rows = try transaction.rows(
      """
      SELECT \(StoredEvidence.columns)
      FROM evidence e
      JOIN evidence_file f ON f.hash = e.file
      WHERE e.authority = $4 AND e.series = (SELECT o.series FROM evidence o WHERE o.authority = $4 AND o.id = $5)
        AND \(reached) AND \(EvidenceSight.condition)
      ORDER BY e.version DESC
      """, [.id(post.appointment), sight.own, sight.isOfSchool, .id(authority), .id(evidence)])
    return try rows.map { try StoredEvidence($0) }
  }

  /// One piece, any version of it; nil where the viewer doesn't reach it.
  public static func evidence(
    authority: ID, _ evidence: ID, for post: Viewer.Post, _ transaction: any Transaction
  ) throws -> StoredEvidence? {
    let sight = EvidenceSight(post)
    return try transaction.row(
      """
      SELECT \(StoredEvidence.columns)
      FROM evidence e
      JOIN evidence_file f ON f.hash = e.file
      WHERE e.authority = $4 AND e.id = $5 AND \(reached) AND \(EvidenceSight.condition)
      """, [.id(post.appointment), sight.own, sight.isOfSchool, .id(authority), .id(evidence)]
    ).map { try StoredEvidence($0) }
  }

  /// Whether `$1` reaches `e`: by a cycle that any version of it is linked in, or one of the year it speaks for.
  static let reached = """
    EXISTS (
      SELECT 1 FROM participant_reach r
      JOIN cycle c ON c.authority = r.authority AND c.id = r.cycle
      WHERE r.appointment = $1 AND r.authority = e.authority AND r.grp = e.grp
        AND (c.year = e.year OR EXISTS (
          SELECT 1 FROM evidence v
          JOIN evidence_link k ON k.authority = v.authority AND k.evidence = v.id AND k.cycle = c.id
          WHERE v.authority = e.authority AND v.series = e.series)))
    """

  /// A row for each link becomes one piece with its links.
  private static func joined(_ rows: [Row]) throws -> [StoredEvidence] {
    var all: [StoredEvidence] = []
    for row in rows {
      if try all.last?.id != row.id("id") { all.append(try StoredEvidence(row)) }
      if let link = try StoredEvidence.Link(row) { all[all.count - 1].links.append(link) }
    }
    return all
  }
}
