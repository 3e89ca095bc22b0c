public import Notation

/// Who runs a cycle, in SQL.
enum CycleScope {
  /// The office of the authority that runs the cycle `c`, and nobody else.
  static func isRun(by appointment: String) -> String {
    """
    EXISTS (
      SELECT 1 FROM appointment p WHERE p.id = \(appointment) AND p.role = 'office' AND p.authority = c.authority)
    """
  }
}

extension CycleStore {
  /// The authority whose cycles an appointment may open: that of an office.
  ///
  /// Throws `CycleFault` where it is no office's.
  public static func opens(_ appointment: ID, _ transaction: any Transaction) throws -> ID {
    let row = try transaction.row(
      "SELECT authority FROM appointment WHERE id = $1 AND role = 'office'", [.id(appointment)])
    guard let authority = try row?.optionalID("authority") else { throw CycleFault.forbidden }
    return authority
  }

  /// The years an authority has run cycles of, the latest first.
  public static func years(of authority: ID, _ transaction: any Transaction) throws -> [Int] {
    try transaction.rows("SELECT year FROM cycle WHERE authority = $1 ORDER BY year DESC", [.id(authority)])
      .map { try $0.int("year") }
  }

  /// A cycle the appointment has to do with; nil otherwise. Two statements.
  public static func cycle(
    authority: ID, _ id: ID, for appointment: ID, _ editions: PolicyEditions, _ transaction: any Transaction
  ) throws -> StoredCycle? {
    try cycle(authority: authority, id, where: concerned, appointment, editions, transaction)
  }

  /// A cycle that the appointment's office runs, and that may still be changed.
  ///
  /// Throws `CycleFault`: forbidden where the office doesn't run it, a conflict once its results are confirmed.
  public static func cycle(
    authority: ID, _ id: ID, runBy appointment: ID, _ editions: PolicyEditions, _ transaction: any Transaction
  ) throws -> StoredCycle {
    guard
      let cycle = try cycle(
        authority: authority, id, where: CycleScope.isRun(by: "$1"), appointment, editions, transaction)
    else { throw CycleFault.forbidden }
    return try cycle.changeable
  }

  /// A cycle that the appointment's office runs, confirmed or not; nil otherwise.
  public static func cycle(
    authority: ID, _ id: ID, keptBy appointment: ID, _ editions: PolicyEditions, _ transaction: any Transaction
  ) throws -> StoredCycle? {
    try cycle(authority: authority, id, where: CycleScope.isRun(by: "$1"), appointment, editions, transaction)
  }

  /// - Parameter scope: a condition on the cycle `c` and the appointment bound as `$1`.
  private static func cycle(
    authority: ID, _ id: ID, where scope: String, _ appointment: ID, _ editions: PolicyEditions,
    _ transaction: any Transaction
  ) throws -> StoredCycle? {
    guard
      let row = try transaction.row(
        """
        SELECT c.*, a.name AS authority_name, a.parent,
          (SELECT max(e.number) FROM edition e WHERE e.authority = c.authority AND e.cycle = c.id AND e.number > 0)
            AS published
        FROM cycle c JOIN authority a ON a.id = c.authority
        WHERE c.authority = $2 AND c.id = $3 AND \(scope)
        """, [.id(appointment), .id(authority), .id(id)])
    else { return nil }
    return try read(row, editions, transaction)
  }
}

extension StoredCycle {
  /// The cycle, where its results aren't confirmed: afterwards nothing in it changes any more.
  public var changeable: StoredCycle {
    get throws {
      guard confirmedAt == nil else { throw CycleFault.conflict("cycle.closed.confirmed") }
      return self
    }
  }
}
