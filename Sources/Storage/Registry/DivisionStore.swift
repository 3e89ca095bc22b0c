import Notation
public import Registry

/// The lists of divisions that authorities have given.
public enum DivisionStore {
  /// All of them, in one statement: a country has four thousand.
  public static func list(_ transaction: any Transaction) throws -> DivisionList {
    DivisionList(try entries(transaction))
  }

  /// The same with what a column says beside, once: for who asks both.
  static func list(
    counting sql: String, _ values: [Value], _ transaction: any Transaction
  ) throws -> (list: DivisionList, count: Int) {
    let rows = try transaction.rows(
      """
      SELECT NULL AS code, NULL AS name, NULL AS ended, NULL AS successors, NULL AS whole, (\(sql)) AS n
      UNION ALL SELECT code, name, ended, successors, whole, 0 FROM division
      ORDER BY 1
      """, values)
    let count = try rows.first { try $0.optionalText("code") == nil }?.int("n")
    guard let count else { throw DatabaseError.statement("a count without a row") }
    return (DivisionList(try rows.compactMap(entry)), count)
  }

  static func entries(_ transaction: any Transaction) throws -> [DivisionList.Entry] {
    try transaction.rows(
      "SELECT code, name, ended, successors, whole FROM division ORDER BY code, authority", []
    ).compactMap(entry)
  }

  private static func entry(_ row: Row) throws -> DivisionList.Entry? {
    guard let division = try row.optionalText("code").flatMap({ Division($0) }) else { return nil }
    return DivisionList.Entry(
      division: division, name: try row.text("name"), ended: try row.optionalDay("ended"),
      successors: DivisionList.Entry.successors(try row.optionalText("successors")) ?? [],
      isWhole: try row.optionalText("whole") != nil)
  }
}
