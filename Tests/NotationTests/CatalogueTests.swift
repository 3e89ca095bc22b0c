import Fixtures
import Testing

@testable import Notation

@Suite struct CatalogueTests {
  let sample = Catalogue(
    language: "en", lines: Array("# remark\na = {one} and {two}\nb = line\\nline\nlist.separator = ; \n".utf8))

  @Test func `fills the gaps of a sentence`() {
    #expect(sample.text("a", ["one": .count(1), "two": .number(.decimal("0.50"))]) == "1 and 0.5")
    #expect(sample.text("a", ["one": "x", "two": .message(Message("b"))]) == "x and line\nline")
    #expect(
      sample.text("a", ["one": .list([Message("b"), Message("b")]), "two": ""]) == "line\nline; line\nline and ")
  }

  @Test func `a filled gap is not filled again`() {
    #expect(sample.text("a", ["one": "{two}", "two": "x"]) == "{two} and x")
  }

  @Test func `shows an unfilled gap and an unknown key rather than nothing`() {
    #expect(sample.text("a", ["one": "x"]) == "x and {two}")
    #expect(sample.text("no.such.key") == "no.such.key")
  }

  @Test func `what opens no gap stands for itself`() {
    let words = Catalogue(
      language: "en", lines: Array("a = { } {} {a1} {a:b} {a:b|c {x\nb = 集{团}团 = {\nc={a}\n = d\n".utf8))
    #expect(words.keys == ["a", "b", ""])
    #expect(words.text("a") == "{ } {} {a1} {a:b} {a:b|c {x")
    #expect(words.text("b") == "集{团}团 = {")
    #expect(words.text("") == "d")
  }

  @Test func `one thing and several are told of in different words`() {
    let words = Catalogue(
      language: "en", lines: Array("a = {count} {count:group has|groups have} {days}\nb = {count:one|more}".utf8))
    func told(_ part: Message.Part) -> String { words.text("a", ["count": part, "days": .count(2)]) }
    #expect(told(.count(1)) == "1 group has 2")
    #expect(told("1") == "1 group has 2")
    #expect(told(.count(0)) == "0 groups have 2")
    #expect(told(.count(11)) == "11 groups have 2")
    #expect(words.text("b") == "more")
    #expect(words.gaps(of: "a") == ["count", "days"])
    #expect(words.gaps(of: "b") == ["count"])
  }

  @Test func `both languages have the same sentences with the same gaps`() {
    let (chinese, english) = (Catalogue.chinese, Catalogue.english)
    #expect(chinese.keys.subtracting(english.keys).sorted() == [])
    #expect(english.keys.subtracting(chinese.keys).sorted() == [])
    for key in chinese.keys.intersection(english.keys).sorted() {
      #expect(chinese.gaps(of: key) == english.gaps(of: key), "\(key)")
    }
  }

  @Test(arguments: ["zh-CN", "en"])
  func `every problem says what to do`(language: String) {
    let catalogue = Catalogue.of(language: language)
    let frame: Set = ["problem.sentence", "problem.at", "problem.note"]
    for key in catalogue.keys where key.hasPrefix("problem.") && !frame.contains(key) {
      let other = key.hasSuffix(".do") ? String(key.dropLast(3)) : key + ".do"
      #expect(catalogue.keys.contains(other), "\(key)")
    }
  }

  @Test(arguments: ["zh-CN", "en"])
  func `gives every key once and says something`(language: String) {
    let lines = Repository.text("Sources/Notation/Texts/\(language).txt").split(separator: "\n")
    var seen: Set<Substring> = []
    for line in lines where !line.hasPrefix("#") {
      guard let cut = line.firstRange(of: " = ") else {
        #expect(line.isEmpty, "\(line)")
        continue
      }
      #expect(seen.insert(line[..<cut.lowerBound]).inserted, "\(line)")
    }
  }

  @Test func `lists as many known names as help and says where there are none`() {
    func shown(_ count: Int) -> String {
      Catalogue.chinese.text("problem.named.form.do", ["known": .known((0..<count).map { "n\($0)" })])
    }
    #expect(shown(0) == "已有：无")
    #expect(shown(3) == "已有：n0、n1、n2")
    #expect(shown(60).hasSuffix("n58、n59"))
    #expect(shown(10_000).hasSuffix("n58、n59、…"))
  }

  @Test func `chooses a language`() {
    #expect(Catalogue.of(language: "en-GB").language == "en")
    #expect(Catalogue.of(language: "zh-CN").language == "zh-CN")
    #expect(Catalogue.of(language: "").language == "zh-CN")
  }
}
