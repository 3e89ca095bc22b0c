public import Notation

/// The columns of a workbook of accounts, by the codes that stand in it.
public enum AccountColumn: String, Sendable, CaseIterable, Hashable {
  case login, name, role, unit, since, until
}

/// One row of a workbook of accounts: a person in a post. A person with several posts has several rows.
public struct AccountRow: Sendable, Hashable {
  public let login: Login
  public let name: String
  public let role: Role
  /// The code of an authority; for a school's roles, of a school.
  public let unit: String
  public let since: Day
  /// The last day the post holds, as people write it; nil: until further notice.
  public let last: Day?
  /// Where each value stands.
  public let places: [AccountColumn: Place]

  public init(
    login: Login, name: String, role: Role, unit: String, since: Day, last: Day?, places: [AccountColumn: Place] = [:]
  ) {
    self.login = login
    self.name = name
    self.role = role
    self.unit = unit
    self.since = since
    self.last = last
    self.places = places
  }

  /// The first day the post no longer holds.
  public var until: Day? { last.map { $0.adding(days: 1) } }

  /// The cell of a value, or of the first one that stands in the row.
  public func place(_ column: AccountColumn) -> Place {
    places[column] ?? places.values.min() ?? Place(file: "", line: 1)
  }
}
