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

  /// The memberships of a school that nobody has ended, in groups within an authority.
  public static func openMemberships(
    of school: ID, within authority: ID, _ transaction: any Transaction
  ) throws -> [RegistryRow] {
    let table = RegistryTable.memberships
    let condition = """
      x.school = $1 AND x.until IS NULL
        AND EXISTS (SELECT 1 FROM authority_within w WHERE w.lower_id = own.authority AND w.upper_id = $2)
      """
    return try transaction.rows(table.select(where: condition), [.id(school), .id(authority)]).map { try table.row($0) }
  }
}
