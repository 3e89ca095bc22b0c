public import Notation

/// Who is on a sheet just now. Not audited: it says nothing about anybody's evaluation and is gone in minutes.
public enum PresenceStore {
  public struct Other: Sendable {
    public let name: String
    public let item: String?
  }

  /// Notes where somebody is.
  public static func note(
    _ account: ID, on sheet: ID, authority: ID, item: String?, at now: Instant, _ transaction: any Transaction
  ) throws {
    try transaction.run(
      """
      INSERT INTO presence (authority, sheet, account, item, at) VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (authority, sheet, account) DO UPDATE SET item = excluded.item, at = excluded.at
      """, [.id(authority), .id(sheet), .id(account), .optional(item), .instant(now)])
  }

  /// The others seen within the last minute. An expert assigned to the sheet marks blind, and isn't told which other
  /// experts are at work.
  public static func others(
    than account: ID, on sheet: ID, authority: ID, at now: Instant, _ transaction: any Transaction
  ) throws -> [Other] {
    try transaction.rows(
      """
      WITH panel AS (
        SELECT o.account FROM sheet s
        JOIN assignment x ON x.authority = s.authority AND x.cycle = s.cycle AND x.stage = s.stage AND x.grp = s.grp
        JOIN appointment o ON o.id = x.appointment
        WHERE s.authority = $1 AND s.id = $2)
      SELECT a.name, p.item FROM presence p JOIN account a ON a.id = p.account
      WHERE p.authority = $1 AND p.sheet = $2 AND p.account <> $3 AND p.at > $4
        AND ($3 NOT IN (SELECT account FROM panel) OR p.account NOT IN (SELECT account FROM panel))
      ORDER BY a.name
      """, [.id(authority), .id(sheet), .id(account), .instant(now.adding(seconds: -60))]
    ).map { Other(name: try $0.text("name"), item: try $0.optionalText("item")) }
  }
}
