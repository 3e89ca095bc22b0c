/// The texts of one language: `key = sentence with {gaps}`, one a line, `#` begins a remark, `\n` a new line.
/// `{count:group|groups}` is the first word where `count` is 1, else the second.
public struct Catalogue: Sendable {
  public let language: String
  /// What it calls the groups where it isn't the usual word.
  public private(set) var groupWord: String?
  private let sentences: [String: [Piece]]

  /// A sentence is cut into its pieces once: explanations are written by the million.
  enum Piece: Equatable {
    case text(String)
    case gap(String)
    /// One word for a single thing, another for several.
    case number(gap: String, one: String, several: String)
  }

  public static let chinese = Catalogue(language: "zh-CN", lines: PackageResources.zh_CN_txt)
  public static let english = Catalogue(language: "en", lines: PackageResources.en_txt)

  public static func of(language: String) -> Catalogue { language.hasPrefix("en") ? english : chinese }

  init(language: String, lines: [UInt8]) {
    self.language = language
    sentences = Catalogue.read(lines)
  }

  private init(language: String, sentences: [String: [Piece]]) {
    self.language = language
    self.sentences = sentences
  }

  /// This catalogue with the sentences of another file; where both have a key, the other's holds.
  public func joined(with lines: [UInt8]) -> Catalogue {
    Catalogue(language: language, sentences: sentences.merging(Catalogue.read(lines)) { $1 })
  }

  /// This catalogue with another word for the groups (教联体), where its language is Chinese. What fills the gaps stays as
  /// it is, and so does the name of the whole (集团化办学).
  public func calling(groups word: String) -> Catalogue {
    guard language.hasPrefix("zh") else { return self }
    let usual = #/(?:\u{6559}\u{80B2})?\u{96C6}\u{56E2}(?!\u{5316})/#
    var called = Catalogue(
      language: language,
      sentences: sentences.mapValues { pieces in
        pieces.map { piece in
          guard case .text(let text) = piece, text.contains("\u{96C6}\u{56E2}") else { return piece }
          return .text(text.replacing(usual, with: word))
        }
      })
    called.groupWord = word
    return called
  }

  public var keys: Set<String> { Set(sentences.keys) }

  /// The names of the gaps in a key's sentence.
  public func gaps(of key: String) -> Set<String> {
    Set(
      (sentences[key] ?? []).compactMap {
        switch $0 {
        case .text: nil
        case .gap(let name), .number(let name, _, _): name
        }
      })
  }

  /// The message in words. A name the catalogue doesn't know (an input's, a level's) stands for itself; a key it lacks
  /// otherwise shows as the key, so that nothing disappears silently.
  public func text(_ message: Message) -> String {
    var result = ""
    write(message, to: &result)
    return result
  }

  /// A fixed text, such as a heading.
  public func text(_ key: String, _ parts: [String: Message.Part] = [:]) -> String { text(Message(key, parts)) }

  /// The catalogue's name for something a policy may also name itself; nil where it has none.
  public func named(_ key: String) -> String? { sentences[key] == nil ? nil : text(key) }

  private func write(_ message: Message, to result: inout String) {
    guard let pieces = sentences[message.key] else {
      if let name = message.parts["name"] { write(name, to: &result) } else { result += message.key }
      return
    }
    for piece in pieces {
      switch piece {
      case .text(let text): result += text
      case .gap(let name):
        if let part = message.parts[name] { write(part, to: &result) } else { result += "{\(name)}" }
      case .number(let gap, let one, let several):
        result += message.parts[gap]?.isOne == true ? one : several
      }
    }
  }

  private func write(_ part: Message.Part, to result: inout String) {
    switch part {
    case .text(let text): result += text
    case .number(let number): result += number.plain
    case .message(let message): write(message, to: &result)
    case .list(let messages) where messages.isEmpty: result += text("list.none")
    case .list(let messages): write(messages, separator: "list.separator", to: &result)
    case .lines(let messages): write(messages, separator: "lines.separator", to: &result)
    }
  }

  private func write(_ messages: [Message], separator: String, to result: inout String) {
    for (place, message) in messages.enumerated() {
      if place > 0 { write(Message(separator), to: &result) }
      write(message, to: &result)
    }
  }

  /// Several lines of reasoning as one paragraph.
  public func paragraph(_ messages: [Message]) -> String {
    var result = ""
    write(messages, separator: "paragraph.separator", to: &result)
    return result
  }
}
