import Fixtures
import Testing

/// The texts of the web's rooms, a file each in both languages.
@Suite struct WebTexts {
  static let languages = ["zh-CN", "en"]

  /// The sentences of a language by key, with the file each stands in.
  static func sentences(_ language: String) -> [(key: String, text: String, file: String)] {
    let folder = "Sources/Web/Texts/\(language)"
    return Repository.names(in: folder).filter { $0.hasSuffix(".txt") }.flatMap { file in
      Repository.text("\(folder)/\(file)").split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
        guard let cut = line.firstRange(of: " = ") else { return (String(line), "", file) }
        return (String(line[..<cut.lowerBound]), String(line[cut.upperBound...]), file)
      }
    }
  }

  static let keys = Set(sentences("zh-CN").map(\.key))

  static func gaps(_ text: String) -> Set<String> {
    Set(text.matches(of: #/\{([a-zA-Z]+)\}/#).map { String($0.output.1) })
  }

  @Test func `both languages have the same files with the same sentences and the same gaps`() {
    let (chinese, english) = (Self.sentences("zh-CN"), Self.sentences("en"))
    let other = Dictionary(english.map { ($0.key, $0) }) { first, _ in first }
    #expect(Set(chinese.map(\.key)).symmetricDifference(english.map(\.key)).sorted() == [])
    for (key, text, file) in chinese {
      #expect(other[key]?.file == file, "\(key)")
      #expect(Self.gaps(text) == Self.gaps(other[key]?.text ?? ""), "\(key)")
    }
  }

  @Test(arguments: languages)
  func `every sentence says something and is given once`(language: String) {
    var seen: Set<String> = []
    for (key, text, file) in Self.sentences(language) {
      #expect(!text.isEmpty && seen.insert(key).inserted, "\(file): \(key)")
    }
  }
}
