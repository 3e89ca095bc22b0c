public import Notation

/// Somebody who teaches or leads at a school: a name, a school, and a number of ours. Nothing else is kept of people.
public struct Teacher: Sendable, Hashable {
  public let id: ID
  public let school: ID
  /// Unique in the school, made by us; tells apart two of one name.
  public let code: String
  public let name: String

  public init(id: ID, school: ID, code: String, name: String) {
    self.id = id
    self.school = school
    self.code = code
    self.name = name
  }

  public static let longestName = 30

  /// Whether two spellings are one name.
  public static func isSame(_ name: String, _ other: String) -> Bool { name.nameForm == other.nameForm }

  /// As those see it who need not know who it is: the family name alone.
  public var masked: String { Teacher.masked(name) }

  public static func masked(_ name: String) -> String { name.prefix(1) + "**" }
}
