import Fixtures
import Testing

@testable import Notation

@Suite struct JSONTests {
  func read(_ text: String) throws -> Node { try JSON.read(Array(text.utf8), file: "facts.json") }

  /// The line and key of what is wrong, such as `3 json.comma`.
  func wrong(_ bytes: [UInt8]) -> String? {
    do {
      _ = try JSON.read(bytes, file: "facts.json")
      return nil
    } catch {
      return "\(error.problem.place.line) \(error.problem.what.key.replacing("problem.", with: ""))"
    }
  }
  func wrong(_ text: String) -> String? { wrong(Array(text.utf8)) }

  @Test func `keeps numbers exact`() throws {
    let list = try #require(try read("[0.1, 1e-7, -12.50, 1E3, 0, -0, 123456789012345678901234567890]").list)
    let expected = ["0.1", "0.0000001", "-12.5", "1000", "0", "0", "123456789012345678901234567890"]
    #expect(list.map(\.number) == expected.map { Exact(decimal: $0) })
  }

  @Test(arguments: ["01", "1.", ".5", "+1", "1e", "--1", "NaN", "-", "1.5.2", "Infinity", "tru", "nul"])
  func `refuses what is no number or word`(text: String) { #expect(wrong("[\n\(text)]") == "2 json.value") }

  @Test(arguments: ["1e999", "1e-41", String(repeating: "9", count: 61)])
  func `refuses numbers beyond all sense`(text: String) { #expect(wrong("[\n\(text)]") == "2 json.long") }

  @Test func `shows the word it does not know`() {
    #expect(throws: SyntaxProblem.self) { try read("{\"a\": oops}") }
    do {
      _ = try read("{\"a\": oops, \"b\": 1}")
    } catch let error as SyntaxProblem {
      #expect(error.problem.line(in: .chinese).contains("“oops”"))
    } catch {}
  }

  @Test func `reads every escape`() throws {
    let text = #"["\"\\\/\b\f\n\r\t", "\u5b89\u5EB7", "\ud83d\ude00", "\u0000"]"#
    let list = try #require(try read(text).list)
    #expect(list.map(\.text) == ["\"\\/\u{8}\u{c}\n\r\t", "安康", "😀", "\0"])
  }

  @Test(
    arguments: [
      #""\x41""#, #""\u12""#, #""\ud83d""#, #""\ud83d\u0041""#, #""\ude00""#, #""\ud83dx""#, #""\u+041""#,
      #""\u-000""#, #""\uGGGG""#, #""\ud83d\ud83d""#,
    ])
  func `refuses escapes and surrogates that mean nothing`(text: String) { #expect(wrong(text) == "1 json.escape") }

  @Test func `names the line of a key given twice`() {
    #expect(wrong("{\n\"a\": 1,\n\"b\": {\n\"a\": 2},\n\"a\": 3}") == "5 key.twice")
    #expect(wrong("{\"a\": {\"x\": 1}, \"b\": {\"x\": 1}}") == nil)
  }

  @Test(
    arguments: [
      ("{\n\"a\" 1}", "2 json.colon"), ("[1\n2]", "2 json.comma"), ("{\"a\": 1\n\"b\": 2}", "2 json.comma"),
      ("[1,\n]", "2 json.value"), ("{\"a\": 1,\n}", "2 json.key"), ("{a: 1}", "1 json.key"),
      ("[1]\n[2]", "2 json.trailing"),
      ("", "1 json.end"), ("\n\n", "3 json.end"), ("[\"a\nb\"]", "1 json.control"), ("[\"abc", "1 json.end"),
      ("{\n\n\"a\":", "3 json.end"), ("[1, // no\n2]", "1 json.value"), ("'a'", "1 json.value"),
    ])
  func `names the line and the cause`(text: String, expected: String) { #expect(wrong(text) == expected) }

  @Test func `refuses text that is not UTF-8`() {
    #expect(wrong([0x22, 0xC3, 0x28, 0x22]) == "1 text.utf8")
    #expect(wrong([0x0A, 0x22, 0xB0, 0xB2, 0x22]) == "2 text.utf8")
  }

  @Test func `bounds nesting`() {
    #expect(wrong(String(repeating: "[", count: 63) + String(repeating: "]", count: 63)) == nil)
    #expect(wrong(String(repeating: "[", count: 100_000)) == "1 json.deep")
    #expect(wrong(String(repeating: "{\"a\":", count: 100_000)) == "1 json.deep")
  }

  @Test func `overlooks a byte order mark and carriage returns`() throws {
    #expect(wrong([0xEF, 0xBB, 0xBF] + Array("[1]".utf8)) == nil)
    #expect(wrong("{\r\n\"a\": 1,\r\n\"b\" 2}") == "3 json.colon")
  }

  @Test func `knows the line of every value`() throws {
    let node = try read("{\n \"a\": [1,\n  {\"b\":\n true}]}")
    #expect(node["a"]?.place.line == 2)
    #expect(node["a"]?.list?[1].place.line == 3)
    #expect(node["a"]?.list?[1]["b"]?.place.line == 4)
  }

  static let whole = #"{"years": [{"year": 2022, "n": -1.5e-3, "t": "安\u5eb7\ud83d\ude00", "b": [true, false, null]}]}"#

  @Test func `a text cut short at any byte is refused and nothing worse`() {
    let bytes = Array(Self.whole.utf8)
    #expect(wrong(bytes) == nil)
    for count in 0..<bytes.count { #expect(wrong(Array(bytes[..<count])) != nil) }
  }

  @Test func `a text with any byte changed is read or refused and nothing worse`() {
    var seeded = Seeded(8259)
    let bytes = Array(Self.whole.utf8)
    for _ in 0..<2000 {
      var changed = bytes
      changed[Int.random(in: 0..<bytes.count, using: &seeded)] = UInt8.random(in: 0...255, using: &seeded)
      _ = wrong(changed)
    }
  }

  @Test func `what JSON quotes it reads back`() throws {
    let text = "a\"b\\c\n\r\t\u{1}\u{1f}安康😀/"
    #expect(try read(JSONText.quoted(text)).text == text)
  }
}
