public import Cycles
public import Notation
public import People

extension EvidenceStore {
  /// What became of a draft.
  public struct Added: Sendable, Hashable {
    public let id: ID
    /// The group had the same file already: it was linked instead of being kept twice.
    public let isKnown: Bool
    public let isLate: Bool
  }

  /// Adds evidence and links it. The file has been kept before; the plan is that of the cycle's policy.
  ///
  /// Throws `EvidenceFault`, `DatabaseError`.
  /// - Parameter quota: bytes that the group may add in the cycle.
  public static func add(
    _ draft: EvidenceDraft, plan: EvidencePlan, quota: Int64 = EvidenceQuota.usual, id: ID, for post: Viewer.Post,
    at now: Instant, by actor: Actor, _ transaction: any Transaction
  ) throws -> Added {
    let (ground, stage, isLate) = try opened(
      authority: draft.authority, cycle: draft.cycle, group: draft.group, for: post, at: now, transaction)
    // A member adds for itself, whatever the form says.
    let school = post.role == .member ? post.school : draft.school
    let year = draft.year ?? ground.year
    var faults = draft.places.filter { !plan.has($0) }.map {
      Message("evidence.item.unknown", ["item": .text($0.item)])
    }
    if let school, !ground.participant.schools.contains(where: { $0.id == school }) {
      faults.append(Message("evidence.school.foreign"))
    }
    if !years(around: ground.year).contains(year) {
      faults.append(Message("evidence.year.far", ["year": .text(String(year))]))
    }
    guard faults.isEmpty else { throw EvidenceFault.invalid(faults) }
    let isOfReview = !post.role.isOfSchool
    let known = try transaction.row(
      """
      SELECT id FROM evidence
      WHERE authority = $1 AND grp = $2 AND file = $3 AND year = $4 AND review = $5
        AND coalesce(school, 0) = $6 AND withdrawn_at IS NULL AND replaced_by IS NULL
      ORDER BY id
      """,
      [
        .id(draft.authority), .id(draft.group), .text(draft.file.hash.hex), .integer(year),
        .integer(isOfReview ? 1 : 0), .integer(school?.number ?? 0),
      ]
    ).map { try $0.id("id") }
    if known == nil {
      try EvidenceQuota.admit(draft.file.size, to: ground, most: quota)
      try insert(draft, id: id, series: id, version: 1, school, year, isOfReview, at: now, by: actor, transaction)
      transaction.record(
        AuditEntry(
          authority: draft.authority, at: now, actor: actor, action: "evidence.added", object: "evidence/\(id)",
          after: summary(draft, year, school)))
    }
    let places = EvidencePlaces(authority: draft.authority, cycle: draft.cycle, stage: stage, isLate: isLate)
    for place in draft.places { try places.link(known ?? id, place, at: now, by: actor, transaction) }
    return Added(id: known ?? id, isKnown: known != nil, isLate: isLate)
  }

  /// Puts a newer version in the place of a piece of evidence: it takes over title, school, year and the links of the
  /// cycle; earlier cycles keep the version they saw.
  ///
  /// Throws `EvidenceFault`, `DatabaseError`.
  /// - Parameter quota: bytes that the group may add in the cycle.
  public static func replace(
    _ old: ID, cycle: ID, with file: ReceivedFile, kind: FileKind, fileName: String,
    quota: Int64 = EvidenceQuota.usual, id: ID, for post: Viewer.Post, authority: ID, at now: Instant, by actor: Actor,
    _ transaction: any Transaction
  ) throws -> ID {
    let (evidence, opened) = try changeable(
      old, authority: authority, cycle: cycle, for: post, at: now, actor, transaction)
    // The same content again is no new version.
    if evidence.file == file.hash { return evidence.id }
    try EvidenceQuota.admit(file.size, to: opened.ground, most: quota)
    let draft = EvidenceDraft(
      authority: authority, cycle: cycle, group: evidence.group, school: evidence.school, title: evidence.title,
      fileName: fileName, file: file, kind: kind, year: evidence.year, places: [])
    try insert(
      draft, id: id, series: evidence.series, version: evidence.version + 1, evidence.school, evidence.year,
      evidence.isOfReview, at: now, by: actor, transaction)
    try transaction.run(
      "UPDATE evidence SET replaced_by = $3 WHERE authority = $1 AND id = $2", [.id(authority), .id(old), .id(id)])
    try transaction.run(
      """
      UPDATE evidence_link SET evidence = $4, stage = $5, late = $6, at = $7, by_account = $8
      WHERE authority = $1 AND evidence = $2 AND cycle = $3
      """,
      [
        .id(authority), .id(old), .id(cycle), .id(id), .text(opened.stage), .integer(opened.isLate ? 1 : 0),
        .instant(now), .id(actor.account),
      ])
    transaction.record(
      AuditEntry(
        authority: authority, at: now, actor: actor, action: "evidence.replaced", object: "evidence/\(old)",
        before: evidence.file.hex,
        after: JSONText.object([
          ("evidence", .id(id)), ("version", .number(evidence.version + 1)), ("file", .text(file.hash.hex)),
          ("name", .text(fileName)), ("cycle", .id(cycle)), ("stage", .text(opened.stage)),
          ("late", .boolean(opened.isLate)),
        ]).text))
    return id
  }

  /// School years that evidence of a cycle may speak for.
  public static func years(around year: Int) -> ClosedRange<Int> { year - 20...year + 1 }

  private static func insert(
    _ draft: EvidenceDraft, id: ID, series: ID, version: Int, _ school: ID?, _ year: Int, _ isOfReview: Bool,
    at now: Instant, by actor: Actor, _ transaction: any Transaction
  ) throws {
    try transaction.run(
      """
      INSERT INTO evidence_file (hash, size, kind, crc, stored_at) VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (hash) DO NOTHING
      """,
      [
        .text(draft.file.hash.hex), .integer(draft.file.size), .text(draft.kind.id), .integer(Int64(draft.file.crc)),
        .instant(now),
      ])
    try transaction.run(
      """
      INSERT INTO evidence (
        authority, id, grp, school, title, file_name, file, year, series, version, review, uploaded_at, uploaded_by)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
      """,
      [
        .id(draft.authority), .id(id), .id(draft.group), .id(school), .text(draft.title), .text(draft.fileName),
        .text(draft.file.hash.hex), .integer(year), .id(series), .integer(version), .integer(isOfReview ? 1 : 0),
        .instant(now), .id(actor.account),
      ])
  }

  private static func summary(_ draft: EvidenceDraft, _ year: Int, _ school: ID?) -> String {
    JSONText.object([
      ("title", .text(draft.title)), ("name", .text(draft.fileName)), ("file", .text(draft.file.hash.hex)),
      ("group", .id(draft.group)), ("school", .id(school)), ("year", .number(year)),
    ]).text
  }
}
