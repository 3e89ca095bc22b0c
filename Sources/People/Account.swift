public import Notation

/// A person's account.
public struct Account: Sendable, Hashable {
  public let id: ID
  public let login: String
  public let name: String
  /// The authority that keeps it; nil for those made on the machine itself.
  public let authority: ID?
  public let language: String
  /// Whether a password was ever chosen.
  public let hasSecret: Bool
  public let createdAt: Instant
  public let closedAt: Instant?

  public init(
    id: ID, login: String, name: String, authority: ID?, language: String = "zh-CN", hasSecret: Bool = false,
    createdAt: Instant, closedAt: Instant? = nil
  ) {
    self.id = id
    self.login = login
    self.name = name
    self.authority = authority
    self.language = language
    self.hasSecret = hasSecret
    self.createdAt = createdAt
    self.closedAt = closedAt
  }

  public static let longestName = 100

  /// What is wrong with a person's name.
  public static func problems(name: String) -> [Message] {
    let isPlain = name.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
    guard isPlain, (1...longestName).contains(name.unicodeScalars.count), name.contains(where: { !$0.isWhitespace })
    else {
      return [Message("people.name.form", ["most": .count(longestName)])]
    }
    return []
  }
}

/// What was asked can't be done, and why; nothing was changed.
public struct PeopleRefusal: Error, Sendable, Hashable {
  public let messages: [Message]

  public init(_ messages: [Message]) { self.messages = messages }
  public init(_ key: String, _ parts: [String: Message.Part] = [:]) { messages = [Message(key, parts)] }
}
