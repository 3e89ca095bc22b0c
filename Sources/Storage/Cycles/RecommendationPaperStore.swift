public import Notation
public import People

/// Files that recommendations are handed in with. Schools see those about them once the recommendation is decided.
public enum RecommendationPaperStore {
  /// A file as it is attached.
  public struct Attached: Sendable {
    public let id: ID
    public let stage: String
    /// Which of the stage's `needs` it is.
    public let paper: String
    public let fileName: String
    /// Bytes.
    public let size: Int64
    public let at: Instant
    /// Nil where nobody is told, or it was the program.
    public let who: String?
    /// The piece of evidence it was taken over from.
    public let evidence: ID?
  }

  /// A file on its way out.
  public struct Sent: Sendable {
    public let fileName: String
    public let file: FileHash
    public let kind: FileKind
    /// Bytes.
    public let size: Int64
  }

  /// A file about to be attached; its bytes lie in the store already.
  public struct Draft: Sendable {
    public let fileName: String
    public let file: FileHash
    /// Nil where the store's table knows the file already.
    public let received: (file: ReceivedFile, kind: FileKind)?
    public let size: Int64
    public let evidence: ID?

    public init(fileName: String, file: ReceivedFile, kind: FileKind) {
      self.fileName = fileName
      self.file = file.hash
      received = (file, kind)
      size = file.size
      evidence = nil
    }

    /// The group's own evidence, as it is now.
    public init(_ evidence: StoredEvidence) {
      fileName = evidence.fileName
      file = evidence.file
      received = nil
      size = evidence.size
      self.evidence = evidence.id
    }
  }

  /// What is attached, and what could be.
  public struct Papers: Sendable {
    /// By group, in the order it came.
    public fileprivate(set) var attached: [ID: [Attached]] = [:]
    /// Evidence of one group for the cycle's year, where it was asked for.
    public fileprivate(set) var evidence: [(id: ID, title: String)] = []

    public init(attached: [ID: [Attached]] = [:]) { self.attached = attached }
  }

  /// Of the groups within reach, what is attached.
  ///
  /// - Parameters:
  ///   - stage: nil: at all recommendations.
  ///   - group: one group alone; nil: all within reach.
  ///   - source: a group whose evidence is wanted beside; for offices only, which see all of it.
  public static func papers(
    at stage: String?, of cycle: StoredCycle, only group: ID? = nil, evidenceOf source: ID? = nil,
    for post: Viewer.Post, _ transaction: any Transaction
  ) throws -> Papers {
    let rows = try transaction.rows(
      """
      SELECT 'paper' AS what, p.grp, p.id, p.stage, p.paper, p.file_name AS name, p.evidence, p.at, f.size,
        a.name AS who
      FROM recommendation_paper p
      JOIN evidence_file f ON f.hash = p.file
      LEFT JOIN account a ON a.id = p.by_account
      WHERE p.authority = $1 AND p.cycle = $2 AND p.removed_at IS NULL
        AND (CAST($5 AS TEXT) IS NULL OR p.stage = $5) AND (CAST($6 AS BIGINT) IS NULL OR p.grp = $6)
        AND p.grp IN (\(OverviewStore.reached)) AND \(shown("$4"))
      UNION ALL
      SELECT 'piece', e.grp, e.id, '', '', e.title, NULL, e.uploaded_at, 0, NULL
      FROM evidence e
      WHERE e.authority = $1 AND e.grp = $7 AND e.year = $8 AND e.replaced_by IS NULL AND e.withdrawn_at IS NULL
        AND e.grp IN (\(OverviewStore.reached))
      ORDER BY at, id
      """,
      [
        .id(cycle.authority), .id(cycle.id), .id(post.appointment), isOfSchool(post), .optional(stage), .id(group),
        .id(post.role == .office ? source : nil), .integer(cycle.year),
      ])
    let namesPeople = post.role == .office || post.role == .supervisor
    return try rows.reduce(into: Papers()) { found, row in
      if try row.text("what") == "piece" {
        found.evidence.append((try row.id("id"), try row.text("name")))
        return
      }
      found.attached[try row.id("grp"), default: []].append(
        Attached(
          id: try row.id("id"), stage: try row.text("stage"), paper: try row.text("paper"),
          fileName: try row.text("name"), size: try row.integer("size"), at: try row.instant("at"),
          who: namesPeople ? try row.optionalText("who") : nil, evidence: try row.optionalID("evidence")))
    }
  }

  /// A file that the post may see; nil otherwise.
  public static func file(
    _ id: ID, at stage: String, of cycle: StoredCycle, for post: Viewer.Post, _ transaction: any Transaction
  ) throws -> Sent? {
    try transaction.row(
      """
      SELECT p.file_name, p.file, f.kind, f.size
      FROM recommendation_paper p
      JOIN evidence_file f ON f.hash = p.file
      WHERE p.authority = $1 AND p.cycle = $2 AND p.id = $5 AND p.stage = $6 AND p.removed_at IS NULL
        AND EXISTS (
          SELECT 1 FROM participant_reach r
          WHERE r.appointment = $3 AND r.authority = p.authority AND r.cycle = p.cycle AND r.grp = p.grp)
        AND \(shown("$4"))
      """,
      [.id(cycle.authority), .id(cycle.id), .id(post.appointment), isOfSchool(post), .id(id), .text(stage)]
    ).flatMap { row in
      guard let file = FileHash(try row.text("file")), let kind = FileKind(id: try row.text("kind")) else { return nil }
      return Sent(fileName: try row.text("file_name"), file: file, kind: kind, size: try row.integer("size"))
    }
  }

  private static func isOfSchool(_ post: Viewer.Post) -> Value { .integer(post.role.isOfSchool ? 1 : 0) }

  /// Whether `p` is for somebody of a school (1) or not (0) to see.
  private static func shown(_ isOfSchool: String) -> String {
    """
    (CAST(\(isOfSchool) AS BIGINT) = 0 OR EXISTS (
      SELECT 1 FROM recommendation x
      WHERE x.authority = p.authority AND x.cycle = p.cycle AND x.stage = p.stage AND x.grp = p.grp
        AND x.ended_at IS NULL))
    """
  }
}
