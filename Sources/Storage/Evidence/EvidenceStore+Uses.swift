public import Notation
public import People

/// Where else the same file is shown.
public struct EvidenceUses: Sendable, Hashable {
  public struct Use: Sendable, Hashable {
    public let group: ID
    public let groupName: String
    public let title: String
    /// The school year it speaks for there.
    public let year: Int
    /// Of the cycle it is linked in, with the item; nil where it isn't linked yet.
    public let cycleYear: Int?
    public let item: String?
  }

  /// Those the viewer may see.
  public var seen: [Use] = []
  /// How many other groups show it where the viewer may not look.
  public var otherGroups = 0

  public init() {}

  public var isEmpty: Bool { seen.isEmpty && otherGroups == 0 }
}

extension EvidenceStore {
  /// For every piece of a group's evidence whose file is shown elsewhere too, where: by this group for another year or
  /// as another piece, and by other groups.
  ///
  /// - Parameter piece: only of this piece; nil: of all.
  public static func uses(
    authority: ID, cycle: ID, group: ID, piece: ID? = nil, for post: Viewer.Post, _ transaction: any Transaction
  ) throws -> [ID: EvidenceUses] {
    let sight = EvidenceSight(post)
    // The same file may lie with any authority: what is mine is found first, since Citus joins across servers only with
    // what it has gathered.
    let rows = try transaction.rows(
      """
      WITH mine AS MATERIALIZED (
        SELECT m.id, m.file, m.series FROM evidence m
        WHERE m.authority = $4 AND m.grp = $6 AND m.withdrawn_at IS NULL AND m.replaced_by IS NULL
          AND (CAST($7 AS BIGINT) IS NULL OR m.id = $7)
          AND EXISTS (
            SELECT 1 FROM participant_reach r
            WHERE r.appointment = $1 AND r.authority = $4 AND r.cycle = $5 AND r.grp = $6)
      ), same AS (
        SELECT m.id AS mine, e.grp, e.title, e.year, l.item, l.cycle,
          CASE WHEN \(EvidenceSight.condition) AND EXISTS (
            SELECT 1 FROM participant_reach r
            JOIN cycle c ON c.authority = r.authority AND c.id = r.cycle
            WHERE r.appointment = $1 AND r.authority = e.authority AND r.grp = e.grp
              AND (c.id = l.cycle OR (l.cycle IS NULL AND c.year = e.year))) THEN 1 ELSE 0 END AS seen,
          (SELECT c.year FROM cycle c WHERE c.authority = e.authority AND c.id = l.cycle) AS cycle_year
        FROM mine m
        JOIN evidence e ON e.file = m.file
        LEFT JOIN evidence_link l ON l.authority = e.authority AND l.evidence = e.id
        WHERE e.withdrawn_at IS NULL
          AND NOT (e.authority = $4 AND e.series = m.series AND (l.cycle IS NULL OR l.cycle = $5))
      )
      SELECT s.mine, s.grp, g.name, s.title, s.year, s.cycle_year, s.item, 0 AS groups
      FROM same s JOIN school_group g ON g.id = s.grp
      WHERE s.seen = 1
      UNION ALL
      SELECT s.mine, 0, '', '', 0, NULL, NULL, count(DISTINCT s.grp)
      FROM same s WHERE s.seen = 0 AND s.grp <> $6
      GROUP BY s.mine
      ORDER BY 1, 5, 2, 7
      """,
      [.id(post.appointment), sight.own, sight.isOfSchool, .id(authority), .id(cycle), .id(group), .id(piece)])
    var uses: [ID: EvidenceUses] = [:]
    for row in rows {
      let mine = try row.id("mine")
      let groups = try row.int("groups")
      if groups > 0 {
        uses[mine, default: EvidenceUses()].otherGroups = groups
      } else {
        uses[mine, default: EvidenceUses()].seen.append(
          EvidenceUses.Use(
            group: try row.id("grp"), groupName: try row.text("name"), title: try row.text("title"),
            year: try row.int("year"), cycleYear: try row.optionalInteger("cycle_year").map { Int($0) },
            item: try row.optionalText("item")))
      }
    }
    return uses
  }
}
