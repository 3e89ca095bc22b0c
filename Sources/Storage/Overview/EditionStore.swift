public import Notation

/// A policy as a cycle froze it, and the cycle.
public struct EditionUse: Sendable {
  public let hash: String
  /// The name of its folder.
  public let policy: String
  public let title: String
  public let authority: ID
  public let authorityName: String
  public let cycle: ID
  public let cycleTitle: String
  public let year: Int
}

public enum EditionStore {
  /// The editions of the cycles an appointment has to do with, the newest first; one statement.
  public static func uses(for appointment: ID, _ transaction: any Transaction) throws -> [EditionUse] {
    try transaction.rows(
      """
      SELECT e.hash, e.policy, e.title, c.authority, a.name AS authority_name, c.id, c.title AS cycle_title, c.year
      FROM cycle c
      JOIN policy_edition e ON e.hash = c.edition
      JOIN authority a ON a.id = c.authority
      WHERE \(CycleStore.concerned)
      ORDER BY c.year DESC, c.opened_at DESC
      """, [.id(appointment)]
    ).map { row in
      EditionUse(
        hash: try row.text("hash"), policy: try row.text("policy"), title: try row.text("title"),
        authority: try row.id("authority"), authorityName: try row.text("authority_name"), cycle: try row.id("id"),
        cycleTitle: try row.text("cycle_title"), year: try row.int("year"))
    }
  }
}

extension EditionStore {
  /// The title and all files of an edition, where an appointment has to do with a cycle under it; nil otherwise.
  public static func files(
    _ hash: String, for appointment: ID, _ transaction: any Transaction
  ) throws -> (title: String, files: PolicyEditions.Files)? {
    try transaction.row(
      """
      SELECT e.policy, e.title, e.files FROM policy_edition e
      WHERE e.hash = $2 AND e.hash IN (SELECT c.edition FROM cycle c WHERE \(CycleStore.concerned))
      """, [.id(appointment), .text(hash)]
    ).map { (title: try $0.text("title"), files: try PolicyEditions.files($0)) }
  }
}
