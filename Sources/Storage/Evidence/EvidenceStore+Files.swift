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
  /// Store and table are walked side by side, a page of the table at a time.
  ///
  /// - Returns: how many.
  public static func sweep(_ files: any EvidenceFiles, in database: any Database, at now: Instant) async throws -> Int {
    var removed = 0
    var page: ArraySlice<FileHash> = []
    var last: FileHash?
    var isOver = false
    for try await file in files.all() where file.storedAt < now.milliseconds / 1000 - 86_400 {
      while page.first.map({ $0 < file.hash }) ?? !isOver {
        if !page.isEmpty {
          page.removeFirst()
        } else {
          let after = last
          page = try await database.read { try self.files(after: after, most: pageSize, $0).map(\.hash) }[...]
          isOver = page.isEmpty
          last = page.last
        }
      }
      guard page.first != file.hash else { continue }
      // It may have been added since the page was read.
      guard try await !database.read({ try isKnown(file.hash, $0) }) else { continue }
      try await files.remove(file.hash)
      removed += 1
    }
    return removed
  }

  private static let pageSize = 1_000
}
