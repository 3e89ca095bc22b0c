import Fixtures
import Notation
import Testing

@testable import Rules

@Suite struct TypeTests {
  /// What the check says of an expression over facts: `number`, `boolean`, `text`, or the fault's key.
  func type(_ texts: String...) -> String {
    var table = TypeTable(context: GroupContext.types.merging(["points": .number]) { $1 }, opensFacts: true)
    var last = ""
    do throws(Fault) {
      for text in texts {
        switch try table.check(try Expression(text)) {
        case .known(let type): last = type.rawValue
        case .open: last = "open"
        }
      }
      return last
    } catch {
      return error.message.key.replacing("fault.", with: "")
    }
  }

  @Test(
    arguments: [
      ("a + 1", "number"), ("a < 1", "boolean"), ("a == 'x'", "boolean"), ("a", "open"), ("not a", "boolean"),
      ("if(a, 1, b)", "number"), ("if(a, 'x', b)", "text"), ("a in ['x', 'y']", "boolean"), ("form", "text"),
      ("min(a, b)", "number"), ("a and b", "boolean"), ("-a", "number"), ("a == b", "boolean"),
      ("points / 2", "number"),
    ])
  func `infers types from use`(text: String, expected: String) { #expect(type(text) == expected) }

  @Test(
    arguments: [
      ("true + 1", "type.expected"), ("1 and true", "type.expected"), ("not 1", "type.expected"),
      ("'a' < 'b'", "type.expected"), ("form > 1", "type.two"), ("form == 1", "type.differ"),
      ("true == 1", "type.differ"), ("1 in ['a']", "type.differ"), ("if(1, 2, 3)", "type.expected"),
      ("if(a, 1, 'x')", "type.differ"), ("min(true)", "type.expected"), ("abs(1, 2)", "function.arity"),
      ("round(1)", "function.arity"), ("if(true, 1)", "function.arity"), ("round(1, 0.5)", "function.places"),
      ("round(1, -1)", "function.places"), ("round(1, 21)", "function.places"), ("1 / 0", "expression.zero"),
      ("a / (2 - 2)", "expression.zero"), ("a / min(0, 1)", "expression.zero"), ("streak(true)", "function.place"),
      ("vetoed('x')", "function.place"), ("percent_of('x')", "function.place"), ("-'a'", "type.expected"),
      ("a + 1 == 'x'", "type.differ"), ("(a == 1) + 1", "type.expected"), ("a == 'x' and a > 1", "type.two"),
    ])
  func `refuses wrong types and wrong calls`(text: String, fault: String) {
    #expect(type(text) == fault)
  }

  @Test func `a name keeps its type from one expression to the next`() {
    #expect(type("a > 1", "a + 1") == "number")
    #expect(type("a > 1", "a == 'x'").hasPrefix("type."))
    #expect(type("a == b", "b == 'x'", "a in ['y']") == "boolean")
    #expect(type("a == b", "b == 'x'", "a > 1").hasPrefix("type."))
    #expect(type("a == b", "b == c", "c > 1", "a == true").hasPrefix("type."))
    #expect(type("a == a", "a > 1") == "boolean")
  }

  @Test func `unknown names are refused where there are no facts`() throws {
    var table = TypeTable(context: GroupContext.types, opensFacts: false)
    #expect(throws: Fault.self) { try table.check(try Expression("rank > 1")) }
    try table.check(try Expression("members > 1 and form == 'x'"), expecting: .boolean)
  }

  @Test func `reads a map as a condition`() throws {
    let node = Written.node("{form: [tight, loose], members: 2, open: true}")
    let values: [String: ExpressionValue] = ["form": .text("loose"), "members": .number(2), "open": .boolean(true)]
    let condition = try Expression(condition: node)
    #expect(try condition.holds(in: Scope { values[$0] ?? .missing }))
    #expect(try !condition.holds(in: Scope { $0 == "open" ? .missing : values[$0] ?? .missing }))
    #expect(try Expression(condition: Written.node("true")).holds(in: .empty))
    #expect(try !Expression(condition: Written.node("false")).holds(in: .empty))
  }

  @Test(arguments: ["{form: []}", "{form: {a: b}}", "{form: null}", "{}", "[a]", "{form: [a, [b]]}"])
  func `refuses a map that names no allowed values`(text: String) {
    #expect(throws: Fault.self) { try Expression(condition: Written.node(text)) }
  }
}
