public import Notation

/// Where a sheet stands: of which group, and of which member school where a stage has one for each.
public struct SheetPlace: Sendable, Hashable {
  public let sheet: ID
  public let group: ID
  public let school: ID?
}

extension SheetStore {
  /// The sheets of a stage, whoever asks: for the program itself.
  public static func places(
    authority: ID, cycle: ID, stage: String, _ transaction: any Transaction
  ) throws -> [SheetPlace] {
    try transaction.rows(
      "SELECT id, grp, school FROM sheet WHERE authority = $1 AND cycle = $2 AND stage = $3 ORDER BY id",
      [.id(authority), .id(cycle), .text(stage)]
    ).map { row in
      let school = try row.integer("school")
      return SheetPlace(
        sheet: try row.id("id"), group: try row.id("grp"), school: school == 0 ? nil : ID(school))
    }
  }
}
