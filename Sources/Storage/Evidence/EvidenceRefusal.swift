public import Notation

/// Why a file isn't taken as evidence.
public enum EvidenceRefusal: Error, Sendable, Hashable {
  /// No file name, or none that is left after cleaning.
  case unnamed
  case empty(name: String)
  /// Bytes allowed for what it is.
  case tooLarge(name: String, limit: Int64)
  /// The name ends in something that isn't taken.
  case ending(name: String)
  /// The content is a kind that is taken, but another one than the name says.
  case otherKind(name: String, found: FileKind)
  /// The content is none of the kinds that are taken.
  case unknown(name: String)
  /// A web page, a drawing with scripts, a script or a program.
  case active(name: String)
  /// An archive, which nobody can look into here.
  case archive(name: String)
  case macros(name: String)
  /// Says that it unpacks to far more than it is.
  case bloated(name: String)
  /// Protected by a password.
  case encrypted(name: String)
  /// Begins as what it claims to be, and is cut off or altered.
  case damaged(name: String)

  /// The sentence of the catalogue for it.
  public var message: Message {
    switch self {
    case .unnamed: Message("evidence.refused.unnamed")
    case .empty(let name): Message("evidence.refused.empty", ["file": .text(name)])
    case .tooLarge(let name, let limit):
      Message("evidence.refused.large", ["file": .text(name), "limit": .count(Int(limit >> 20))])
    case .ending(let name):
      Message("evidence.refused.ending", ["file": .text(name), "endings": .names(FileKind.endings)])
    case .otherKind(let name, let found):
      Message(
        "evidence.refused.other",
        [
          "file": .text(name), "ending": .text(FileKind.ending(of: name) ?? ""),
          "found": .message(Message("evidence.kind.\(found.id)")), "right": .text(found.endings[0]),
        ])
    case .unknown(let name): Message("evidence.refused.unknown", ["file": .text(name)])
    case .active(let name): Message("evidence.refused.active", ["file": .text(name)])
    case .archive(let name): Message("evidence.refused.archive", ["file": .text(name)])
    case .macros(let name): Message("evidence.refused.macros", ["file": .text(name)])
    case .bloated(let name): Message("evidence.refused.bloated", ["file": .text(name)])
    case .encrypted(let name): Message("evidence.refused.encrypted", ["file": .text(name)])
    case .damaged(let name): Message("evidence.refused.damaged", ["file": .text(name)])
    }
  }
}
