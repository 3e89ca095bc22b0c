public import Notation

/// Workbooks between their preview and their acceptance: what was shown is what is stored, however large it is.
public enum ImportDraftStore {
  /// After so many hours nobody accepts one any more.
  static let hours: Int64 = 24

  /// Keeps one; an account has one at a time, and old ones go.
  public static func keep(
    _ content: [UInt8], as id: ID, of account: ID, at now: Instant, _ transaction: any Transaction
  ) throws {
    try transaction.run(
      "DELETE FROM import_draft WHERE account = $1 OR made_at < $2",
      [.id(account), .instant(now.adding(seconds: -hours * 3600))])
    try transaction.run(
      "INSERT INTO import_draft (id, account, content, made_at) VALUES ($1, $2, $3, $4)",
      [.id(id), .id(account), .bytes(content), .instant(now)])
  }

  /// The account's own; nil where it is gone.
  public static func content(
    _ id: ID, of account: ID, at now: Instant, _ transaction: any Transaction
  ) throws -> [UInt8]? {
    try transaction.row(
      "SELECT content FROM import_draft WHERE id = $1 AND account = $2 AND made_at >= $3",
      [.id(id), .id(account), .instant(now.adding(seconds: -hours * 3600))])?.optionalBytes("content")
  }

  public static func remove(_ id: ID, _ transaction: any Transaction) throws {
    try transaction.run("DELETE FROM import_draft WHERE id = $1", [.id(id)])
  }
}
