public import Notation

public struct School: Sendable, Hashable {
  public let id: ID
  /// Who the school answers to (主管部门).
  public let authority: ID
  public let code: String
  public let name: String
  /// Nil where nobody has said.
  public let pupils: Int?

  public init(id: ID, authority: ID, code: String, name: String, pupils: Int?) {
    self.id = id
    self.authority = authority
    self.code = code
    self.name = name
    self.pupils = pupils
  }
}
