/// The texts of one language: `key = sentence with {gaps}`, one a line, `#` begins a remark, `\n` a new line.
public struct Catalogue: Sendable {
  public let language: String
  let sentences: [String: String]

  public static let chinese = Catalogue(language: "zh-CN", lines: PackageResources.zh_CN_txt)
  public static let english = Catalogue(language: "en", lines: PackageResources.en_txt)

  public static func of(language: String) -> Catalogue { language.hasPrefix("en") ? english : chinese }

  init(language: String, lines: [UInt8]) {
    self.language = language
    var sentences: [String: String] = [:]
    for line in String(decoding: lines, as: UTF8.self).split(separator: "\n") where !line.hasPrefix("#") {
      guard let cut = line.firstRange(of: " = ") else { continue }
      let text = line[cut.upperBound...].replacing("\\n", with: "\n")
      sentences[String(line[..<cut.lowerBound])] = String(text)
    }
    self.sentences = sentences
  }

  public var keys: Set<String> { Set(sentences.keys) }

  /// The names of the gaps in a key's sentence.
  public func gaps(of key: String) -> Set<String> {
    Set((sentences[key] ?? "").matches(of: #/\{([a-zA-Z]+)\}/#).map { String($0.output.1) })
  }

  /// The message in words. A key the catalogue lacks shows as the key itself, so that nothing disappears silently.
  public func text(_ message: Message) -> String {
    guard let sentence = sentences[message.key] else { return message.key }
    var result = ""
    var rest = sentence[...]
    while let open = rest.firstIndex(of: "{") {
      result += rest[..<open]
      guard let close = rest[open...].firstIndex(of: "}") else { break }
      let name = String(rest[rest.index(after: open)..<close])
      result += message.parts[name].map(text) ?? "{\(name)}"
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }

  /// A fixed text, such as a heading.
  public func text(_ key: String, _ parts: [String: Message.Part] = [:]) -> String { text(Message(key, parts)) }

  func text(_ part: Message.Part) -> String {
    switch part {
    case .text(let text): text
    case .number(let number): number.plain
    case .message(let message): text(message)
    case .list(let messages) where messages.isEmpty: sentences["list.none"] ?? ""
    case .list(let messages): messages.map(text).joined(separator: sentences["list.separator"] ?? ", ")
    }
  }

  /// Several lines of reasoning as one paragraph.
  public func paragraph(_ messages: [Message]) -> String {
    messages.map(text).joined(separator: sentences["paragraph.separator"] ?? "; ")
  }
}
