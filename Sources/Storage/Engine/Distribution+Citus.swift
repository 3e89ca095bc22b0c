import Notation

extension Distribution {
  /// The calls that Citus needs, in one transaction. It takes no table to which one that isn't distributed yet refers, nor
  /// one that refers to such a table: what ties the tables together is taken off first and put back afterwards.
  static func spread(_ transaction: borrowing some Transaction) throws -> [String] {
    let standing = Set(
      try transaction.rows(
        """
        SELECT CAST(logicalrelid AS TEXT) AS name FROM pg_dist_partition
        WHERE partmethod = 'h' OR (partmethod = 'n' AND repmodel = 't')
        """
      ).map { try $0.text("name") })
    let missing = calls.filter { !standing.contains($0.table) }
    guard !missing.isEmpty else { return [] }
    // Shard by shard: what is made in a transaction must not be used in it over several connections.
    _ = try transaction.rows("SELECT set_config('citus.multi_shard_modify_mode', 'sequential', true)")
    let (ties, views) = (try Tie.all(transaction), try View.all(transaction))
    let loose = ties.filter { !standing.contains($0.table) || !standing.contains($0.to) }
    for view in views { try transaction.run("DROP VIEW \(view.name)", []) }
    for tie in loose { try transaction.run("ALTER TABLE \(tie.table) DROP CONSTRAINT \(tie.name)", []) }
    for (_, call) in missing { _ = try transaction.rows(call) }
    for tie in loose { try transaction.run("ALTER TABLE \(tie.table) ADD CONSTRAINT \(tie.name) \(tie.words)", []) }
    for view in views { try transaction.run("CREATE VIEW \(view.name) AS \(view.words)", []) }
    return missing.map(\.table)
  }

  private static var calls: [(table: String, call: String)] {
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

  /// A foreign key.
  private struct Tie {
    let table: String
    let to: String
    let name: String
    let words: String

    static func all(_ transaction: borrowing some Transaction) throws -> [Tie] {
      try transaction.rows(
        """
        SELECT CAST(CAST(c.conrelid AS regclass) AS TEXT) AS tab, CAST(CAST(c.confrelid AS regclass) AS TEXT) AS target,
          quote_ident(c.conname) AS name, pg_get_constraintdef(c.oid) AS words
        FROM pg_constraint c
        WHERE c.contype = 'f' AND CAST(CAST(c.conrelid AS regclass) AS TEXT) = ANY (string_to_array($1, ' '))
        ORDER BY 1, 3
        """, [.text(tables.joined(separator: " "))]
      ).map { row in
        Tie(
          table: try row.text("tab"), to: try row.text("target"), name: try row.text("name"),
          words: try row.text("words"))
      }
    }
  }

  private struct View {
    let name: String
    let words: String

    static func all(_ transaction: borrowing some Transaction) throws -> [View] {
      try transaction.rows(
        """
        SELECT CAST(c.relname AS TEXT) AS name, pg_get_viewdef(c.oid) AS words
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind = 'v' AND n.nspname = current_schema()
          AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
        ORDER BY c.oid
        """
      ).map { View(name: try $0.text("name"), words: try $0.text("words")) }
    }
  }
}
