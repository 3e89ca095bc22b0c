public import Notation

/// The files behind the evidence, for backup and sweeping.
extension EvidenceStore {
  /// Files after a hash in the order of the hashes, so many at most: what a backup has to hold.
  public static func files(
    after hash: FileHash?, most: Int, _ transaction: any Transaction
  ) throws -> [(hash: FileHash, size: Int64)] {
    try transaction.rows(
      "SELECT hash, size FROM evidence_file WHERE hash > $1 ORDER BY hash LIMIT $2",
      [.text(hash?.hex ?? ""), .integer(most)]
    ).compactMap { row in
      guard let hash = FileHash(try row.text("hash")) else { return nil }
      return (hash, try row.integer("size"))
    }
  }

  static func isKnown(_ hash: FileHash, _ transaction: any Transaction) throws -> Bool {
    try transaction.row("SELECT 1 AS one FROM evidence_file WHERE hash = $1", [.text(hash.hex)]) != nil
  }

  /// Removes files that nothing has referred to for a day: uploads whose request was refused after the file was kept.
  ///
  /// - Returns: how many.
  public static func sweep(_ files: any EvidenceFiles, in database: any Database, at now: Instant) async throws -> Int {
    var removed = 0
    for try await file in files.all() where file.storedAt < now.milliseconds / 1000 - 86_400 {
      guard try await !database.read({ try isKnown(file.hash, $0) }) else { continue }
      try await files.remove(file.hash)
      removed += 1
    }
    return removed
  }
}
