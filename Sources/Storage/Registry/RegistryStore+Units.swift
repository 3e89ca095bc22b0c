import Notation
public import People

/// An authority or a school, as far as appointing needs to know it.
public struct RegisteredUnit: Sendable, Hashable {
  public let seat: Appointment.Seat
  public let code: String
  public let name: String
}

extension RegistryStore {
  /// The authorities the actor reaches, by code.
  public static func authorities(for actor: Actor, _ transaction: any Transaction) throws -> [RegisteredUnit] {
    try transaction.rows(
      "SELECT id, code, name FROM authority WHERE \(ReachSQL.covers("authority.id", by: "$1")) ORDER BY code",
      [actor.reach]
    ).map { RegisteredUnit(seat: .authority(try $0.id("id")), code: try $0.text("code"), name: try $0.text("name")) }
  }

  /// Authorities and schools the actor reaches, authorities first, by code. At most `limit`.
  public static func units(for actor: Actor, limit: Int, _ transaction: any Transaction) throws -> [RegisteredUnit] {
    try transaction.rows(
      """
      SELECT 0 AS is_school, id, code, name FROM authority WHERE \(ReachSQL.covers("authority.id", by: "$1"))
      UNION ALL
      SELECT 1 AS is_school, id, code, name FROM school WHERE \(ReachSQL.covers("school.authority", by: "$1"))
      ORDER BY is_school, code LIMIT $2
      """, [actor.reach, .integer(limit)]
    ).map(unit)
  }

  /// What somebody typed for an authority or a school the actor reaches: its code, else its name. Several have the same
  /// name, or none has it.
  public static func units(
    called text: String, isSchool: Bool, for actor: Actor, _ transaction: any Transaction
  ) throws -> [RegisteredUnit] {
    let (table, authority) = isSchool ? ("school", "school.authority") : ("authority", "authority.id")
    let found = try transaction.rows(
      """
      SELECT \(isSchool ? 1 : 0) AS is_school, id, code, name FROM \(table)
      WHERE (code = $2 OR name = $2) AND \(ReachSQL.covers(authority, by: "$1")) ORDER BY code LIMIT 20
      """, [actor.reach, .text(text)]
    ).map(unit)
    let byCode = found.filter { $0.code == text }
    return byCode.isEmpty ? found : byCode
  }

  private static func unit(_ row: Row) throws -> RegisteredUnit {
    let id = try row.id("id")
    return RegisteredUnit(
      seat: try row.int("is_school") == 1 ? .school(id) : .authority(id), code: try row.text("code"),
      name: try row.text("name"))
  }
}
