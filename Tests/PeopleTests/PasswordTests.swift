import Notation
import People
import Testing

@Suite struct PasswordTests {
  static func keys(_ text: String, words: [String] = []) -> [String] {
    Password(text).problems(words: words).map(\.key)
  }

  @Test func `a phrase of any script will do`() {
    for text in [
      "correct horse battery", "kv7-qmtz-w3", "\u{6625}\u{6C5F}\u{6F6E}\u{6C34}\u{8FDE}\u{6D77}\u{5E73}\u{6D77}",
    ] {
      #expect(Self.keys(text) == [], "\(text)")
    }
  }
}
