public import Notation

/// How the tables are spread over many servers where the database is a Citus, a distributed PostgreSQL.
public enum Distribution {
  /// Small, asked for from everywhere, seldom changed: whole on every server. In an order in which none refers to one
  /// that follows.
  static let everywhere = [
    "authority", "authority_within", "school", "school_group", "membership", "school_successor", "school_past",
    "school_flag", "division", "group_successor", "group_past", "school_year", "allotment", "coverage_step",
    "coverage_fresh",
    "account", "appointment", "invitation",
    "api_token", "policy_edition", "evidence_file", "teacher", "calendar_feed", "message",
  ]

  /// By the authority they belong to, so that all of a year lies on one server.
  static let byAuthority = [
    "cycle", "stage", "extension", "participant", "participant_school", "sheet", "mark", "hand_in", "submission",
    "line", "recommendation", "draw", "assignment", "veto", "second_look", "presence", "evidence", "evidence_link",
    "report", "tie_decision", "objection", "result", "edition", "reopening", "audit", "audit_head",
    "audit_check", "ledger_record", "ledger_statement", "proposal",
    "formation_policy", "formation_case", "formation_school", "formation_entry", "formation_consent",
    "formation_comment", "formation_paper", "work_task", "task_unit", "unit_office", "task_report", "conference",
    "conference_point",
    "reminder_told", "recommendation_paper", "recommendation_draft",
  ]

  /// Written at every request, each by a key of its own.
  static let byOwnKey = [
    ("session", "token"), ("sign_in_failure", "subject"), ("request_key", "account"), ("import_draft", "id"),
    ("mailbox", "account"), ("outbox", "id"),
  ]

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

  /// Distributes the tables, all or none; called again, it distributes those that have come since.
  ///
  /// Throws `DatabaseError`.
  public static func distribute(_ database: some Database) async throws -> Outcome {
    guard database.engine == .postgres else { return .impossible(Message("storage.distribution.sqlite")) }
    let installed = try await database.read { transaction in
      try transaction.row("SELECT COUNT(*) AS n FROM pg_extension WHERE extname = 'citus'")?.integer("n") ?? 0
    }
    guard installed > 0 else { return .impossible(Message("storage.distribution.citus")) }
    return .distributed(try await database.write { try spread($0) })
  }
}
