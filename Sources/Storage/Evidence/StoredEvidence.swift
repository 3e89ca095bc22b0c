public import Cycles
public import Notation
import People

/// A piece of evidence as it is kept: a file, what it shows, whose it is.
public struct StoredEvidence: Sendable, Hashable {
  public let authority: ID
  public let id: ID
  public let group: ID
  /// The school it is of; nil: the group as a whole.
  public let school: ID?
  public let schoolName: String?
  public let title: String
  public let fileName: String
  public let file: FileHash
  /// Bytes.
  public let size: Int64
  public let crc: UInt32
  public let kind: FileKind
  /// The school year it speaks for, by the year it ends in.
  public let year: Int
  /// All versions share the number of the first.
  public let series: ID
  public let version: Int
  public let uploadedAt: Instant
  public let uploadedBy: ID?
  public let uploader: String?
  /// Added by those who evaluate.
  public let isOfReview: Bool
  public let withdrawnAt: Instant?
  public let withdrawer: String?
  /// Where it is shown in the cycle that was asked for.
  public var links: [Link]

  public struct Link: Sendable, Hashable {
    public let place: EvidencePlace
    public let stage: String
    /// Added after the group had handed in.
    public let isLate: Bool
    public let at: Instant
    public let by: ID?
  }

  public var isWithdrawn: Bool { withdrawnAt != nil }
  public var isLate: Bool { links.contains(where: \.isLate) }

  /// Who evaluates is not named to schools; `$3` is `EvidenceSight.isOfSchool`.
  static let columns = """
    e.authority, e.id, e.grp, e.school, e.title, e.file_name, e.file, f.size, f.crc, f.kind, e.year, e.series,
    e.version, e.uploaded_at, e.uploaded_by, e.review, e.withdrawn_at,
    (SELECT s.name FROM school s WHERE s.id = e.school) AS school_name,
    (SELECT a.name FROM account a
      WHERE a.id = e.uploaded_by AND (e.review = 0 OR CAST($3 AS BIGINT) = 0)) AS uploader,
    (SELECT a.name FROM account a WHERE a.id = e.withdrawn_by) AS withdrawer
    """

  init(_ row: Row) throws {
    guard let file = FileHash(try row.text("file")), let kind = FileKind(id: try row.text("kind")) else {
      throw DatabaseError.statement("evidence \(try row.integer("id")) has no file")
    }
    authority = try row.id("authority")
    id = try row.id("id")
    group = try row.id("grp")
    school = try row.optionalID("school")
    schoolName = try row.optionalText("school_name")
    title = try row.text("title")
    fileName = try row.text("file_name")
    self.file = file
    size = try row.integer("size")
    crc = UInt32(truncatingIfNeeded: try row.integer("crc"))
    self.kind = kind
    year = try row.int("year")
    series = try row.id("series")
    version = try row.int("version")
    uploadedAt = try row.instant("uploaded_at")
    uploadedBy = try row.optionalID("uploaded_by")
    uploader = try row.optionalText("uploader")
    isOfReview = try row.integer("review") == 1
    withdrawnAt = try row.optionalInstant("withdrawn_at")
    withdrawer = try row.optionalText("withdrawer")
    links = []
  }
}

extension StoredEvidence.Link {
  /// Nil where the row has none.
  init?(_ row: Row) throws {
    guard let item = try row.optionalText("item") else { return nil }
    let entry = try row.text("entry")
    place = EvidencePlace(item: item, entry: entry.isEmpty ? nil : entry)
    stage = try row.text("stage")
    isLate = try row.integer("late") == 1
    at = try row.instant("linked_at")
    by = try row.optionalID("linked_by")
  }
}

/// What a viewer may see of the evidence of groups in reach: a member school its own and the group's; schools what those
/// who evaluate have added once that stage is handed in.
struct EvidenceSight {
  /// The only school whose evidence is seen; null: of all.
  let own: Value
  /// 1 for schools.
  let isOfSchool: Value

  init(_ post: Viewer.Post) {
    own = post.role == .member ? .id(post.school ?? ID(0)) : .null
    isOfSchool = .integer(post.role.isOfSchool ? 1 : 0)
  }

  /// Of `e`; by the places of `own` and `isOfSchool` among the values.
  static func condition(own: Int, isOfSchool: Int) -> String {
    """
    (CAST($\(own) AS BIGINT) IS NULL OR e.school IS NULL OR e.school = $\(own))
    AND (CAST($\(isOfSchool) AS BIGINT) = 0 OR e.review = 0 OR EXISTS (
      SELECT 1 FROM evidence_link v
      JOIN sheet h ON h.authority = v.authority AND h.cycle = v.cycle AND h.stage = v.stage AND h.grp = e.grp
        AND h.submission IS NOT NULL
      WHERE v.authority = e.authority AND v.evidence = e.id))
    """
  }

  /// Of `e`, where they are the second and third value.
  static let condition = condition(own: 2, isOfSchool: 3)
}
