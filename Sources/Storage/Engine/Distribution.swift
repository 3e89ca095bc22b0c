public import Notation

/// How the tables are spread over many servers where the database is a Citus, a distributed PostgreSQL.
public enum Distribution {
  /// Small, asked for from everywhere, seldom changed: whole on every server. In an order in which none refers to one
  /// that follows.
  static let everywhere = [
    "authority", "authority_within", "school", "school_group", "membership", "account", "appointment", "invitation",
    "api_token", "policy_edition", "evidence_file",
  ]

  /// By the authority they belong to, so that all of a year lies on one server.
  static let byAuthority = [
    "cycle", "stage", "extension", "participant", "participant_school", "sheet", "mark", "hand_in", "submission",
    "line", "recommendation", "draw", "assignment", "veto", "second_look", "presence", "evidence", "evidence_link",
    "report", "tie_decision", "objection", "result", "edition", "reopening", "audit", "audit_head",
    "audit_check",
  ]

  /// Written at every request, each by a key of its own.
  static let byOwnKey = [("session", "token"), ("sign_in_failure", "subject"), ("request_key", "account")]

  /// Only on the server that programs connect to: what every program locks while it writes.
  static let here = ["migration"]

  /// Every table of the schema.
  static let tables = everywhere + byAuthority + byOwnKey.map(\.0) + here

  public enum Outcome: Sendable, Hashable {
    /// The tables that were distributed now; those that were before are left as they are.
    case distributed([String])
    /// Why it isn't possible, in words.
    case impossible(Message)
  }

  /// Distributes the tables; can be called again, and carries on where it was broken off.
  ///
  /// Throws `DatabaseError`.
  public static func distribute(_ database: some Database) async throws -> Outcome {
    guard database.engine == .postgres else { return .impossible(Message("storage.distribution.sqlite")) }
    let installed = try await database.read { transaction in
      try transaction.row("SELECT COUNT(*) AS n FROM pg_extension WHERE extname = 'citus'")?.integer("n") ?? 0
    }
    guard installed > 0 else { return .impossible(Message("storage.distribution.citus")) }
    var done: [String] = []
    for (table, call) in calls {
      let isNew = try await database.write { transaction in
        let known = try transaction.rows(
          "SELECT 1 AS known FROM pg_dist_partition WHERE logicalrelid = CAST(CAST($1 AS TEXT) AS regclass)",
          [.text(table)])
        if known.isEmpty { _ = try transaction.rows(call) }
        return known.isEmpty
      }
      if isNew { done.append(table) }
    }
    return .distributed(done)
  }

  static var calls: [(table: String, call: String)] {
    var calls = everywhere.map { ($0, "SELECT create_reference_table('\($0)')") }
    for table in byAuthority {
      let beside = table == byAuthority[0] ? "none" : byAuthority[0]
      calls.append((table, "SELECT create_distributed_table('\(table)', 'authority', colocate_with => '\(beside)')"))
    }
    for (table, key) in byOwnKey {
      calls.append((table, "SELECT create_distributed_table('\(table)', '\(key)', colocate_with => 'none')"))
    }
    return calls
  }
}
