public import Notation
import Registry

/// A school or a group of the registry that a search found.
public struct RegistryFind: Sendable {
  public let id: ID
  public let isGroup: Bool
  public let name: String
  public let code: String
  public let authority: String
  /// The first day it is no more.
  public let end: Day?
}

extension RegistryLists {
  /// Schools and groups with some words in their names or codes, within reach, those that are no more last; so many of
  /// each. One statement.
  public static func find(
    _ words: String, most: Int, for reach: RegistryReach, _ transaction: any Transaction
  ) throws -> [RegistryFind] {
    func find(_ row: String, _ table: String, end: String, _ condition: String) -> String {
      """
      SELECT * FROM (
        SELECT \(row).id, '\(table)' AS kind, \(row).name, \(row).code, a.name AS authority_name, \(row).\(end) AS ended
        FROM \(table) \(row) JOIN authority a ON a.id = \(row).authority
        WHERE (\(isLike("\(row).name", "$2")) OR \(isLike("\(row).code", "$2"))) AND \(condition)
        ORDER BY CASE WHEN \(row).\(end) IS NULL THEN 0 ELSE 1 END, \(row).name, \(row).code LIMIT $3
      ) \(table)_found
      """
    }
    return try transaction.rows(
      [
        find("g", "school_group", end: "dissolved", reach.seesGroup),
        find("s", "school", end: "closed", reach.seesSchool),
      ].joined(separator: "\nUNION ALL\n"),
      [reach.value, .text(AccountStore.pattern(words)), .integer(most)]
    ).map { row in
      RegistryFind(
        id: try row.id("id"), isGroup: try row.text("kind") == "school_group", name: try row.text("name"),
        code: try row.text("code"), authority: try row.text("authority_name"), end: try row.optionalDay("ended"))
    }.sorted { ($0.end == nil ? 0 : 1, $0.name, $0.code) < ($1.end == nil ? 0 : 1, $1.name, $1.code) }
  }
}
