import Fixtures
import Notation
import Testing

@testable import Rules

/// What an expression says in a small world: `a` is 2, `b` is 3, `flag` true, `word` "甲"; everything else is missing.
func said(_ text: String) -> String {
  let world: [String: ExpressionValue] = [
    "a": .number(2), "b": .number(3), "n": .number(-4), "flag": .boolean(true), "off": .boolean(false),
    "word": .text("甲"), "学校.数": .number(7), "_x1": .number(1),
  ]
  do throws(Fault) {
    switch try Expression(text).value(in: Scope { world[$0] ?? .missing }) {
    case .missing: return "missing"
    case .number(let number): return number.plain
    case .boolean(let boolean): return boolean ? "true" : "false"
    case .text(let text): return "“\(text)”"
    }
  } catch {
    return error.message.key.replacing("fault.", with: "")
  }
}

@Suite struct ExpressionTests {
  @Test(
    arguments: [
      ("1 + 2 * 3", "7"), ("(1 + 2) * 3", "9"), ("8 / 4 / 2", "1"), ("8 - 4 - 2", "2"), ("-2 * 3", "-6"),
      ("- -2", "2"), ("2 * -3", "-6"), ("-a + b", "1"), ("1 - -1", "2"), ("2 / 4 * 2", "1"), ("7 - 2 * 3 + 1", "2"),
      ("1 + 1 == 2", "true"), ("1 + 1 < 2 * 2", "true"), ("not 1 == 2", "true"), ("not flag and off", "false"),
      ("not (flag and off)", "true"), ("flag or off and off", "true"), ("(flag or off) and off", "false"),
      ("off and off or flag", "true"), ("not off or flag", "true"), ("not not flag", "true"),
      ("a + 1 in [3, 4]", "true"), ("not a in [3, 4]", "true"), ("a in [1 + 1]", "true"), ("a < b and b < 4", "true"),
    ])
  func `binds from tight to loose`(text: String, value: String) { #expect(said(text) == value) }

  @Test(
    arguments: [
      ("min(3, 1, 2)", "1"), ("max(a, b)", "3"), ("abs(n)", "4"), ("floor(7 / 2)", "3"), ("ceil(7 / 2)", "4"),
      ("floor(-7 / 2)", "-4"), ("ceil(-7 / 2)", "-3"), ("round(2.345, 2)", "2.35"), ("round(-2.345, 2)", "-2.35"),
      ("round(2.5, 0)", "3"), ("round(1 / 3, 20) < 1 / 3", "true"), ("if(flag, 1, 2)", "1"), ("if(off, 1, 2)", "2"),
      ("if(flag, '是', '否')", "“是”"), ("min(1)", "1"), ("0.1 + 0.2 == 0.3", "true"), ("1 / 3 * 3 == 1", "true"),
      ("round(1, a - b)", "places"), ("round(1, 1 / 2)", "places"),
    ])
  func `computes exactly`(text: String, value: String) { #expect(said(text) == value) }

  @Test(
    arguments: [
      ("nobody + 1", "missing"), ("-nobody", "missing"), ("min(1, nobody)", "missing"), ("round(nobody, 2)", "missing"),
      ("nobody / 0", "missing"), ("nobody == nobody", "false"), ("nobody != 1", "false"), ("nobody < 1", "false"),
      ("nobody >= 1", "false"), ("nobody in [1, 2]", "false"), ("1 in [nobody, 1]", "true"),
      ("1 in [nobody]", "false"), ("not (nobody == 1)", "true"), ("not nobody in [1]", "true"),
      ("if(nobody, 1, 2)", "2"), ("nobody and flag", "false"), ("nobody or flag", "true"), ("not nobody", "true"),
      ("abs(nobody) > 0", "false"), ("nobody + 1 == nobody + 1", "false"), ("if(flag, nobody, 1)", "missing"),
    ])
  func `what is missing stays missing and no comparison with it holds`(text: String, value: String) {
    #expect(said(text) == value)
  }

  @Test(
    arguments: [
      ("word == \"甲\"", "true"), ("word == '乙'", "false"), ("word != '乙'", "true"), ("word in ['乙', '甲']", "true"),
      ("'a\"b' == \"a\"", "false"), ("\"it's\" == \"it's\"", "true"), ("'' == ''", "true"), ("学校.数 + 1", "8"),
      ("_x1", "1"), ("flag == true", "true"), ("flag != off", "true"), ("word == 1", "false"),
      ("'a\\' == 'a\\'", "true"),
      ("a\n+\tb", "5"), ("'and' == 'and'", "true"),
    ])
  func `reads texts and names of any script`(text: String, value: String) { #expect(said(text) == value) }

  @Test(
    arguments: [
      ("off and 1 / 0 > 0", "false"), ("flag or 1 / 0 > 0", "true"), ("if(a == 0, 1 / (a - a), 5)", "5"),
      ("if(a == 2, 5, 1 / (a - a))", "5"), ("flag and 1 / (a - a) > 0", "division"), ("1 / (a - a)", "division"),
      ("min(1, 1 / (a - 2))", "division"), ("off or 1 / (b - 3) == 1", "division"), ("2 in [2, 1 / (a - 2)]", "true"),
    ])
  func `reads no more than it needs and reports a computed zero below a line`(text: String, value: String) {
    #expect(said(text) == value)
  }

  @Test(
    arguments: [
      ("", "expression.end"), ("1 +", "expression.end"), ("(1", "expression.end"), ("1)", "expression.unexpected"),
      ("1 2", "expression.unexpected"), ("a b", "expression.unexpected"), ("+1", "expression.unexpected"),
      ("1 < 2 < 3", "expression.unexpected"), ("a in 1", "expression.unexpected"), ("a in []", "expression.unexpected"),
      ("a in [1", "expression.end"), ("min()", "expression.unexpected"), ("sum(1)", "expression.function"),
      ("'abc", "expression.quote"), ("\"abc'", "expression.quote"), ("1.", "expression.number"),
      ("1.2.3", "expression.number"), ("1a", "expression.number"), ("2学", "expression.number"),
      ("a & b", "expression.character"),
      ("a = 1", "expression.character"), (".a", "expression.character"), ("a ? 1", "expression.character"),
      ("not", "expression.end"), ("and", "expression.unexpected"), ("a and", "expression.end"),
      ("in [1]", "expression.unexpected"),
      ("1e3", "expression.number"), ("“甲”", "expression.character"), ("a <> b", "expression.unexpected"),
      ("min(1,)", "expression.unexpected"), ("a === b", "expression.character"), ("1 == == 2", "expression.unexpected"),
    ])
  func `refuses what is no expression`(text: String, fault: String) { #expect(said(text) == fault) }

  @Test func `bounds length and depth`() {
    #expect(said(String(repeating: "(", count: 40) + "1" + String(repeating: ")", count: 40)) == "1")
    #expect(said(String(repeating: "(", count: 100) + "1" + String(repeating: ")", count: 100)) == "expression.deep")
    #expect(said(String(repeating: "-", count: 200) + "1") == "expression.deep")
    #expect(said(String(repeating: "not ", count: 200) + "flag") == "expression.deep")
    #expect(said(String(repeating: "if(flag, ", count: 100)) == "expression.deep")
    #expect(said(String(repeating: "a in [", count: 100)) == "expression.deep")
    #expect(said(String(repeating: "1 + ", count: 990) + "1") == "991")
    #expect(said(String(repeating: "1 + ", count: 1200) + "1") == "expression.long")
    #expect(said(String(repeating: "1", count: 10_001)) == "expression.long")
    #expect(said(String(repeating: "flag or ", count: 900) + "flag") == "true")
  }

  @Test func `numbers grow without overflowing`() {
    let nines = String(repeating: "9", count: 60)
    let product = Array(repeating: nines, count: 100).joined(separator: " * ")
    #expect(said("\(product) > 0") == "true")
  }

  @Test func `any text at all is read or refused and nothing worse`() {
    var seeded = Seeded(7)
    let pieces = [
      "a", "1", ".", "(", ")", "[", "]", ",", "+", "-", "*", "/", "<", ">=", "==", "!=", "in", "not", "and", "or",
      "if(",
      "min(", "'", "\"", " ", "学", "é", "\u{301}", "😀", "\r\n", "streak(", "0", "{", "\u{0}",
    ]
    for _ in 0..<4000 {
      let text = (0..<Int.random(in: 1...14, using: &seeded)).map { _ in
        pieces[Int.random(in: 0..<pieces.count, using: &seeded)]
      }
      _ = said(text.joined())
    }
  }

  @Test func `knows the names it mentions`() throws {
    #expect(try Expression("if(a > 0, b.c, 学) + streak(d == 1)").names == ["a", "b.c", "学", "d"])
  }
}
