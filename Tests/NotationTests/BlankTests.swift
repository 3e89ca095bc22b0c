import Notation
import Testing

@Suite struct BlankTests {
  @Test(arguments: ["", " ", "\u{3000}", "\u{200B}", "\u{202E}\u{FEFF}", "\u{2800}\u{3164}", "\n\t\u{0}"])
  func `what shows nothing says nothing`(text: String) {
    #expect(text.isBlank && text.trimmedText.isEmpty)
  }

  @Test func `what shows stays as it is, without its blank ends`() {
    #expect("\u{200B} 材料 齐全\u{3000}\n".trimmedText == "材料 齐全")
    #expect("👨\u{200D}👩".trimmedText == "👨\u{200D}👩" && !"。".isBlank)
  }
}
