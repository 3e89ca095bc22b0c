import Notation

/// What the objects of audit rows are called.
extension AuditStore {
  /// Names by object, such as `sheet/12`: of a sheet its group and stage, of an account its name. One statement for all
  /// of them; objects without a name of their own are left out.
  public static func names(of objects: Set<String>, _ transaction: any Transaction) throws -> [String: String] {
    var values: [Value] = []
    var pieces: [String] = []
    for (kind, query) in queries {
      let ids = objects.filter { $0.hasPrefix(kind + "/") }.compactMap { Int64($0.dropFirst(kind.count + 1)) }.sorted()
      guard !ids.isEmpty else { continue }
      let places = ids.map { id -> String in
        values.append(.integer(id))
        return "$\(values.count)"
      }
      pieces.append("SELECT '\(kind)' AS kind, \(query) IN (\(places.joined(separator: ", ")))")
    }
    guard !pieces.isEmpty else { return [:] }
    var names: [String: String] = [:]
    for row in try transaction.rows(pieces.joined(separator: "\nUNION ALL\n"), values) {
      names["\(try row.text("kind"))/\(try row.id("id"))"] = try row.text("name")
    }
    return names
  }

  /// By kind: id and name, and the condition that numbers are put behind.
  private static let queries: [(String, String)] = [
    ("account", "a.id AS id, a.name || ' ' || a.login AS name FROM account a WHERE a.id"),
    ("authority", "a.id AS id, a.name AS name FROM authority a WHERE a.id"),
    ("cycle", "c.id AS id, c.title AS name FROM cycle c WHERE c.id"),
    ("evidence", "e.id AS id, e.title AS name FROM evidence e WHERE e.id"),
    ("group", "g.id AS id, g.name AS name FROM school_group g WHERE g.id"),
    ("school", "s.id AS id, s.name AS name FROM school s WHERE s.id"),
    (
      "sheet",
      """
      s.id AS id, p.name || ' ' || t.title AS name
      FROM sheet s
      JOIN participant p ON p.authority = s.authority AND p.cycle = s.cycle AND p.grp = s.grp
      JOIN stage t ON t.authority = s.authority AND t.cycle = s.cycle AND t.stage = s.stage
      WHERE s.id
      """
    ),
  ]
}
