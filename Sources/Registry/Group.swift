public import Notation

/// Schools run together (办学共同体: 教育集团, 学区, 教联体, 结对帮扶).
public struct Group: Sendable, Hashable {
  public let id: ID
  /// The authority the group answers to: a district, or the city for its own.
  public let authority: ID
  public let code: String
  public let name: String
  /// The policy's id of its form.
  public let form: String?
  public let formed: Day?

  public init(id: ID, authority: ID, code: String, name: String, form: String?, formed: Day?) {
    self.id = id
    self.authority = authority
    self.code = code
    self.name = name
    self.form = form
    self.formed = formed
  }
}

/// A school's part in a group, from a day on.
public struct Membership: Sendable, Hashable {
  public enum Role: String, Sendable { case lead, member }

  public let group: ID
  public let school: ID
  public let role: Role
  public let since: Day
  /// The first day it no longer holds; nil: it holds.
  public let until: Day?

  public init(group: ID, school: ID, role: Role, since: Day, until: Day?) {
    self.group = group
    self.school = school
    self.role = role
    self.since = since
    self.until = until
  }
}
