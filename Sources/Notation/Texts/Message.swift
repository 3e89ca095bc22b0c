/// A sentence for a person, not yet in words: the catalogue's key and what goes into the gaps.
///
/// The domain makes messages; only the edge (command line, page, workbook) turns them into text, in the reader's
/// language.
public struct Message: Sendable, Hashable {
  public enum Part: Sendable, Hashable {
    case text(String)
    case number(Exact)
    /// A sentence inside a sentence.
    case message(Message)
    /// Names in a row.
    case list([Message])
    /// Sentences in a row.
    case lines([Message])
  }

  public let key: String
  public let parts: [String: Part]

  public init(_ key: String, _ parts: [String: Part] = [:]) {
    self.key = key
    self.parts = parts
  }
}

extension Message.Part: ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
  public init(stringLiteral value: String) { self = .text(value) }

  /// Names in a row, as the language lists them.
  public static func names(_ names: some Sequence<String>) -> Message.Part {
    .list(names.map { Message("literal", ["text": .text($0)]) })
  }

  /// The names a writer may choose from, as many as help: a thousand would hide what is wrong.
  public static func known(_ names: some Sequence<String>, most: Int = 60) -> Message.Part {
    var shown = Array(names.prefix(most + 1))
    if shown.count > most { shown[most] = "…" }
    return .names(shown)
  }

  public static func count(_ value: Int) -> Message.Part { .number(Exact(value)) }

  /// Whether a single thing is told of.
  var isOne: Bool {
    switch self {
    case .number(let number): number == Exact(1)
    case .text(let text): text == "1"
    case .message, .list, .lines: false
    }
  }
}
