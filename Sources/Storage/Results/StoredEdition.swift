import Cycles
import Documents
public import Notation
public import Publishing

/// An edition of a cycle's results without its texts.
public struct StoredEdition: Sendable {
  /// 0: the draft; negative: a draft taken back.
  public let number: Int
  /// Of the record.
  public let hash: String
  public let fileHash: String?
  public let document: String?
  public let disclosure: Disclosure?
  public let correction: Correction?
  public let confirmedAt: Instant
  public let madeAt: Instant

  static let columns = """
    e.number, e.hash, e.file_hash, e.document, e.disclosure, e.correction, e.confirmed_at, e.made_at
    """

  init(_ row: Row) throws {
    number = try row.int("number")
    hash = try row.text("hash")
    fileHash = try row.optionalText("file_hash")
    document = try row.optionalText("document")
    disclosure = try row.optionalText("disclosure").flatMap { DisclosureJSON.read($0) }
    correction = try row.optionalText("correction").flatMap { CorrectionJSON.read($0) }
    confirmedAt = try row.instant("confirmed_at")
    madeAt = try row.instant("made_at")
  }
}

extension ResultsStore {
  static func edition(
    _ number: Int, of cycle: StoredCycle, _ transaction: any Transaction
  ) throws -> StoredEdition? {
    try transaction.row(
      "SELECT \(StoredEdition.columns) FROM edition e WHERE e.authority = $1 AND e.cycle = $2 AND e.number = $3",
      [.id(cycle.authority), .id(cycle.id), .integer(number)]
    ).map { try StoredEdition($0) }
  }

  /// The published editions, the first first.
  public static func published(
    _ cycle: StoredCycle, _ transaction: any Transaction
  ) throws -> [StoredEdition] {
    try transaction.rows(
      """
      SELECT \(StoredEdition.columns) FROM edition e
      WHERE e.authority = $1 AND e.cycle = $2 AND e.number > 0 ORDER BY e.number
      """, [.id(cycle.authority), .id(cycle.id)]
    ).map { try StoredEdition($0) }
  }

  /// The file of a published edition, as it was frozen.
  public static func file(
    _ number: Int, of cycle: StoredCycle, _ transaction: any Transaction
  ) throws -> String? {
    try transaction.row(
      "SELECT e.file FROM edition e WHERE e.authority = $1 AND e.cycle = $2 AND e.number = $3 AND e.number > 0",
      [.id(cycle.authority), .id(cycle.id), .integer(number)])?.optionalText("file")
  }
}

/// An edition in a list of all there are.
public struct EditionNumber: Sendable, Hashable {
  public let number: Int
  public let madeAt: Instant
}

extension ResultsStore {
  /// Every edition of a cycle, drafts taken back included, the latest first. The caller has found that the viewer sees
  /// drafts.
  public static func numbers(of cycle: StoredCycle, _ transaction: any Transaction) throws -> [EditionNumber] {
    try transaction.rows(
      "SELECT number, made_at FROM edition WHERE authority = $1 AND cycle = $2 ORDER BY made_at DESC, number",
      [.id(cycle.authority), .id(cycle.id)]
    ).map { EditionNumber(number: try $0.int("number"), madeAt: try $0.instant("made_at")) }
  }

  /// Whether the appointment reaches a group of a cycle, and as its lead school.
  public static func reach(
    _ group: ID, of cycle: StoredCycle, for appointment: ID, _ transaction: any Transaction
  ) throws -> (reaches: Bool, leads: Bool) {
    let row = try transaction.row(
      """
      SELECT
        (SELECT count(*) FROM participant_reach x
          WHERE x.appointment = $4 AND x.authority = $1 AND x.cycle = $2 AND x.grp = $3) AS reached,
        (SELECT count(*) FROM appointment p
          JOIN participant_school m ON m.school = p.school AND m.role = 'lead'
          WHERE p.id = $4 AND p.role = 'lead' AND m.authority = $1 AND m.cycle = $2 AND m.grp = $3) AS led
      """, [.id(cycle.authority), .id(cycle.id), .id(group), .id(appointment)])
    return (try row?.integer("reached") ?? 0 > 0, try row?.integer("led") ?? 0 > 0)
  }
}
