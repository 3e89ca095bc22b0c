import Notation
import Registry

/// What the registry says of a group before something other than a table changes it: the chain is told of each row that
/// came, changed or went, as of an import.
struct RegistryTrace {
  private static let tables: [RegistryTable] = [.groups, .groupPast, .memberships]

  let group: ID
  private let rows: [RegistryTable: [RegistryKey: [String?]]]

  init(of group: ID, _ transaction: any Transaction) throws {
    self.group = group
    rows = try Self.rows(of: group, transaction)
  }

  private static func rows(
    of group: ID, _ transaction: any Transaction
  ) throws -> [RegistryTable: [RegistryKey: [String?]]] {
    try tables.reduce(into: [:]) { found, table in
      for row in try transaction.rows(table.select(where: "own.id = $1"), [.id(group)]) {
        let row = try table.row(row)
        found[table, default: [:]][row.key(table)] = row.values
      }
    }
  }

  /// - Parameter reason: the decision's number.
  func record(_ reason: String?, at now: Instant, by actor: Actor, _ transaction: any Transaction) throws {
    guard
      let authority = try transaction.row("SELECT authority FROM school_group WHERE id = $1", [.id(group)])?
        .id("authority")
    else { return }
    let after = try Self.rows(of: group, transaction)
    for table in Self.tables {
      let (old, new) = (rows[table] ?? [:], after[table] ?? [:])
      let keys = Set(old.keys).union(new.keys).sorted { $0.parts.lexicographicallyPrecedes($1.parts) }
      for key in keys where old[key] != new[key] {
        guard let values = new[key] ?? old[key] else { continue }
        let change = RegistryPlan.Change(
          table: table, row: RegistryRow(values, removes: new[key] == nil), before: old[key])
        transaction.record(AcceptedPlan.entry(change, of: group, authority, reason, by: actor, at: now))
      }
    }
  }
}
