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
