public import Formations
public import Notation

/// A paper of a case about to be kept with the case; its file lies in the store already.
public struct PaperDraft: Sendable {
  public let id: ID
  public let kind: CasePaper.Kind
  public let title: String
  public let fileName: String
  public let file: ReceivedFile
  public let type: FileKind

  /// - Parameter title: the file's name without its ending where nobody gives one.
  public init(
    id: ID, kind: CasePaper.Kind, title: String?, fileName: String, file: ReceivedFile, type: FileKind
  ) {
    self.id = id
    self.kind = kind
    self.fileName = fileName
    self.file = file
    self.type = type
    let given = FileName.piece(title ?? "")
    let name = fileName.lastIndex(of: ".").map { String(fileName[..<$0]) } ?? fileName
    self.title = String((given.isEmpty ? FileName.piece(name) : given).prefix(120))
  }
}

/// A paper's file on its way out.
public struct StoredPaper: Sendable, Hashable {
  public let fileName: String
  public let file: FileHash
  public let kind: FileKind
  /// Bytes.
  public let size: Int64
}

extension FormationStore {
  /// Throws `CycleFault` where so many bytes more are too many of one party's within a year, those taken away included.
  ///
  /// - Parameter most: bytes, as whoever runs the program decides.
  public static func requireRoom(
    _ bytes: Int64, of party: FormationCase.Party, most: Int64, at now: Instant, _ transaction: any Transaction
  ) throws {
    let (authority, school) = party.seat
    let used =
      try transaction.row(
        """
        SELECT CAST(COALESCE(SUM(f.size), 0) AS BIGINT) AS used FROM formation_paper p JOIN evidence_file f ON f.hash = p.file
        WHERE (p.of_authority = $1 OR p.of_school = $2) AND p.at > $3
        """, [.id(authority), .id(school), .instant(now.adding(seconds: -366 * 86_400))])?.integer("used") ?? 0
    guard bytes <= most - min(used, most) else {
      throw CycleFault.invalid(
        "formation.fault.quota", ["used": .count(Int(used >> 20)), "most": .count(Int(most >> 20))])
    }
  }

  /// Adds papers to a case.
  ///
  /// - Parameter quota: bytes that one party may add within a year.
  /// Throws `CaseFault` with everything that stands against it; `CycleFault` where somebody was quicker.
  public static func attach(
    _ drafts: [PaperDraft], to stored: StoredFormation, by party: FormationCase.Party,
    quota: Int64 = EvidenceQuota.usual, at now: Instant, actor: Actor, ids: IDMaker, _ transaction: any Transaction
  ) throws {
    try requireRoom(drafts.reduce(0) { $0 + $1.file.size }, of: party, most: quota, at: now, transaction)
    for draft in drafts {
      try transaction.run(
        """
        INSERT INTO evidence_file (hash, size, kind, crc, stored_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (hash) DO NOTHING
        """,
        [
          .text(draft.file.hash.hex), .integer(draft.file.size), .text(draft.type.id), .integer(Int64(draft.file.crc)),
          .instant(now),
        ])
    }
    let signed = Signed(at: now, by: actor.account)
    try act(
      .attach(
        drafts.map {
          CasePaper(
            id: $0.id, kind: $0.kind, title: $0.title, fileName: $0.fileName, file: $0.file.hash.hex,
            size: $0.file.size, party: party, signed: signed)
        }), on: stored, by: party, at: now, actor: actor, ids: ids, transaction)
  }

  static func keepPapers(_ papers: [CasePaper], _ key: [Value], _ transaction: any Transaction) throws {
    for paper in papers {
      let (authority, school) = paper.party.seat
      try transaction.run(
        """
        INSERT INTO formation_paper (authority, formation, id, kind, title, file_name, file, of_authority, of_school, at,
          by_account)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """,
        key + [
          .id(paper.id), .text(paper.kind.rawValue), .text(paper.title), .text(paper.fileName), .text(paper.file),
          .id(authority), .id(school), .instant(paper.signed.at), .id(paper.signed.by),
        ])
    }
  }

  /// The entries and the papers of a case, in one statement.
  static func said(
    _ key: [Value], _ transaction: any Transaction
  ) throws -> (entries: [(String, String)], papers: [CasePaper], removed: PaperTally) {
    let rows = try transaction.rows(
      """
      SELECT entry AS a, value AS b, CAST(NULL AS TEXT) AS c, CAST(NULL AS TEXT) AS d, CAST(NULL AS BIGINT) AS id,
        CAST(NULL AS BIGINT) AS size, CAST(NULL AS BIGINT) AS of_authority, CAST(NULL AS BIGINT) AS of_school,
        CAST(NULL AS BIGINT) AS at, CAST(NULL AS BIGINT) AS by_account, CAST(NULL AS BIGINT) AS removed_at
      FROM formation_entry WHERE authority = $1 AND formation = $2
      UNION ALL
      SELECT p.title, p.file_name, p.kind, p.file, p.id, f.size, p.of_authority, p.of_school, p.at, p.by_account,
        p.removed_at
      FROM formation_paper p JOIN evidence_file f ON f.hash = p.file
      WHERE p.authority = $1 AND p.formation = $2
      ORDER BY at, id, a
      """, key)
    var entries: [(String, String)] = []
    var papers: [CasePaper] = []
    var removed = PaperTally()
    for row in rows {
      guard let id = try row.optionalID("id") else {
        entries.append((try row.text("a"), try row.text("b")))
        continue
      }
      if try row.optionalInstant("removed_at") != nil {
        removed.count += 1
        removed.bytes += try row.integer("size")
        continue
      }
      let party: FormationCase.Party =
        if let school = try row.optionalID("of_school") { .school(school) } else {
          .authority(try row.id("of_authority"))
        }
      papers.append(
        CasePaper(
          id: id, kind: CasePaper.Kind(rawValue: try row.text("c")) ?? .other, title: try row.text("a"),
          fileName: try row.text("b"), file: try row.text("d"), size: try row.integer("size"), party: party,
          signed: Signed(at: try row.instant("at"), by: try row.optionalID("by_account"))))
    }
    return (entries, papers, removed)
  }

  /// The file of a paper of a case that the appointment may see; nil otherwise.
  public static func paper(
    _ id: ID, of formation: ID, authority: ID, for appointment: ID, _ transaction: any Transaction
  ) throws -> StoredPaper? {
    try paper(
      """
      EXISTS (
        SELECT 1 FROM formation_reach r
        WHERE r.appointment = $4 AND r.authority = p.authority AND r.formation = p.formation)
      """, [.id(authority), .id(formation), .id(id), .id(appointment)], transaction)
  }

  /// The file of a paper that everybody may read on a day: of a case whose publicity runs, of a kind its policy makes
  /// public. One statement beside those of the case.
  public static func publicPaper(
    _ id: ID, of formation: ID, authority: ID, at now: Instant, _ editions: PolicyEditions,
    _ transaction: any Transaction
  ) throws -> StoredPaper? {
    guard let stored = try findPublic(authority: authority, formation, at: now, editions, transaction),
      let paper = stored.value.papers.first(where: { $0.id == id }),
      stored.setting.terms.published.contains(paper.kind)
    else { return nil }
    return try self.paper("p.removed_by IS NULL", [.id(authority), .id(formation), .id(id)], transaction)
  }

  private static func paper(
    _ scope: String, _ values: [Value], _ transaction: any Transaction
  ) throws -> StoredPaper? {
    try transaction.row(
      """
      SELECT p.file_name, p.file, f.kind, f.size FROM formation_paper p JOIN evidence_file f ON f.hash = p.file
      WHERE p.authority = $1 AND p.formation = $2 AND p.id = $3 AND p.removed_at IS NULL AND \(scope)
      """, values
    ).flatMap { row in
      guard let file = FileHash(try row.text("file")), let kind = FileKind(id: try row.text("kind")) else { return nil }
      return StoredPaper(
        fileName: try row.text("file_name"), file: file, kind: kind, size: try row.integer("size"))
    }
  }
}
