public import Notation

/// Why results can't be confirmed, reopened or published as they are: everything at once.
public struct ResultsRefusal: Error, Sendable {
  public let messages: [Message]

  public init(_ messages: [Message]) { self.messages = messages }
  init(_ key: String, _ parts: [String: Message.Part] = [:]) { self.init([Message(key, parts)]) }
}
