public import Notation

/// Why a change of a cycle isn't carried out.
public struct CycleFault: Error, Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    /// What was entered can't be taken.
    case invalid
    /// It doesn't fit what has happened meanwhile, or comes too early or too late.
    case conflict
    /// It isn't theirs to do.
    case forbidden
  }

  public let kind: Kind
  /// All of them at once.
  public let messages: [Message]

  public init(_ messages: [Message], kind: Kind = .invalid) {
    self.messages = messages
    self.kind = kind
  }

  public static func invalid(_ key: String, _ parts: [String: Message.Part] = [:]) -> CycleFault {
    CycleFault([Message(key, parts)])
  }

  public static func conflict(_ key: String, _ parts: [String: Message.Part] = [:]) -> CycleFault {
    CycleFault([Message(key, parts)], kind: .conflict)
  }

  public static let forbidden = CycleFault([Message("refusal.forbidden")], kind: .forbidden)
}
