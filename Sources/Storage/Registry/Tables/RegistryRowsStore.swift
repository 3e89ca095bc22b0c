public import Notation
public import Registry

/// The registry's tables as they are exchanged: everything within an authority.
public enum RegistryRowsStore {
  public static func rows(
    of table: RegistryTable, within authority: ID, _ transaction: any Transaction
  ) throws -> [RegistryRow] {
    let scope = table.owner.table == .authorities ? "own.id" : "own.authority"
    let condition = "EXISTS (SELECT 1 FROM authority_within w WHERE w.lower_id = \(scope) AND w.upper_id = $1)"
    return try transaction.rows(table.select(where: condition), [.id(authority)]).map { try table.row($0) }
  }
}
