import Notation

/// What the objects of audit rows are called.
public struct AuditNames: Sendable {
  /// By object, such as `sheet/12`: of a sheet its group and stage, of an account its name.
  public let names: [String: String]
  /// The hash of the policy under which a sheet or a cycle stands.
  public let editions: [String: String]

  public init(names: [String: String] = [:], editions: [String: String] = [:]) {
    self.names = names
    self.editions = editions
  }
}

extension AuditStore {
  /// Names of all that is asked for in one statement; objects without a name of their own are left out.
  public static func names(of objects: Set<String>, _ transaction: any Transaction) throws -> AuditNames {
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
    guard !pieces.isEmpty else { return AuditNames() }
    var names: [String: String] = [:]
    var editions: [String: String] = [:]
    for row in try transaction.rows(pieces.joined(separator: "\nUNION ALL\n"), values) {
      let object = "\(try row.text("kind"))/\(try row.id("id"))"
      names[object] = try row.text("name")
      editions[object] = try row.optionalText("edition")
    }
    return AuditNames(names: names, editions: editions)
  }

  /// By kind: id, name and edition, and the condition that numbers are put behind.
  private static let queries: [(String, String)] = [
    (
      "account", "a.id AS id, a.name || ' ' || a.login AS name, CAST(NULL AS TEXT) AS edition FROM account a WHERE a.id"
    ),
    (
      "appointment",
      """
      p.id AS id, a.name AS name, CAST(NULL AS TEXT) AS edition
      FROM appointment p JOIN account a ON a.id = p.account
      WHERE p.id
      """
    ), ("authority", "a.id AS id, a.name AS name, CAST(NULL AS TEXT) AS edition FROM authority a WHERE a.id"),
    ("cycle", "c.id AS id, c.title AS name, c.edition AS edition FROM cycle c WHERE c.id"),
    ("conference", "c.id AS id, c.title AS name, CAST(NULL AS TEXT) AS edition FROM conference c WHERE c.id"),
    (
      "formation",
      "c.id AS id, COALESCE(c.name, '') AS name, c.edition AS edition FROM formation_case c WHERE c.id"
    ), ("task", "t.id AS id, t.title AS name, CAST(NULL AS TEXT) AS edition FROM work_task t WHERE t.id"),
    ("evidence", "e.id AS id, e.title AS name, CAST(NULL AS TEXT) AS edition FROM evidence e WHERE e.id"),
    ("group", "g.id AS id, g.name AS name, CAST(NULL AS TEXT) AS edition FROM school_group g WHERE g.id"),
    ("school", "s.id AS id, s.name AS name, CAST(NULL AS TEXT) AS edition FROM school s WHERE s.id"),
    ("teacher", "t.id AS id, t.code AS name, CAST(NULL AS TEXT) AS edition FROM teacher t WHERE t.id"),
    (
      "sheet",
      """
      s.id AS id, p.name || ' ' || t.title AS name, c.edition AS edition
      FROM sheet s
      JOIN cycle c ON c.authority = s.authority AND c.id = s.cycle
      JOIN participant p ON p.authority = s.authority AND p.cycle = s.cycle AND p.grp = s.grp
      JOIN stage t ON t.authority = s.authority AND t.cycle = s.cycle AND t.stage = s.stage
      WHERE s.id
      """
    ),
  ]
}
