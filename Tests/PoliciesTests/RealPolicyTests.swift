import Documents
import Fixtures
import Notation
import Policies
import Rules
import Testing

/// The policies that come with the program, and the page that describes their format.
@Suite struct RealPolicyTests {
  static let files = PolicyFiles(folder: Repository.path("policies"))

  @Test(arguments: Repository.policies)
  func `has no problems, at most decisions nobody has taken`(policy: String) throws {
    let result = try #require(Self.files.read(policy))
    let others = result.problems.filter { $0.what.key != "problem.undecided" }
    #expect(others.map { $0.line(in: .chinese) } == [])
    #expect(result.isSound)
    #expect(result.policy?.id == policy)
  }

  @Test(arguments: Repository.policies)
  func `reads the same twice`(policy: String) throws {
    let (one, two) = (try #require(Self.files.read(policy)?.policy), try #require(Self.files.read(policy)?.policy))
    #expect(one.root.says(two.root))
  }

  @Test func `the schema for editors is the shape the check uses`() {
    #expect(Repository.text("policies/policy.schema.json") == PolicyShape.schema)
  }

  @Test func `the schema is JSON`() throws {
    let schema = try JSON.read(Array(PolicyShape.schema.utf8), file: "policy.schema.json")
    #expect(schema["$defs"]?["policy"]?["required"]?.texts() == ["policy", "title"])
  }

  /// Every key any policy may use: those of the schema's objects.
  static var keys: Set<String> {
    guard let schema = try? JSON.read(Array(PolicyShape.schema.utf8), file: "policy.schema.json") else { return [] }
    return (schema["$defs"]?.map ?? []).reduce(into: []) { keys, definition in
      keys.formUnion((definition.value["properties"]?.map ?? []).map(\.key))
    }
  }

  @Test func `the page on the format mentions every key`() {
    let page = Repository.text("docs/policy-format.md")
    #expect(Self.keys.count > 100)
    let words = Set(page.split { !($0.isLetter || $0.isNumber) }.map(String.init))
    #expect(Self.keys.subtracting(words).sorted() == [])
  }

  @Test func `the page on the format has every rule kind in its table`() {
    let page = Repository.text("docs/policy-format.md")
    for kind in RuleKinds.all { #expect(page.contains("\n| `\(kind.kind)` |"), "\(kind.kind)") }
  }

  @Test func `the page on the format names every parameter of every rule kind in the kind's row`() {
    let rows = Repository.text("docs/policy-format.md").split(separator: "\n")
    for kind in RuleKinds.all {
      let row = rows.first { $0.hasPrefix("| `\(kind.kind)` |") } ?? ""
      for field in kind.fields { #expect(row.contains(field.key), "\(kind.kind): \(field.key)") }
    }
  }

  @Test func `the page on the format names every word of the closed lists`() {
    let page = Repository.text("docs/policy-format.md")
    for word in InputShape.units + InputShape.types { #expect(page.contains(word), "\(word)") }
    for word in Rounding.Mode.allCases { #expect(page.contains(word.rawValue), "\(word)") }
    for word in Item.Across.allCases { #expect(page.contains("`\(word.rawValue)`"), "\(word)") }
    for word in Stage.Kind.allCases { #expect(page.contains("\n| `\(word.rawValue)` |"), "\(word)") }
    for word in Item.Subject.allCases { #expect(page.contains("`\(word.rawValue)`"), "\(word)") }
  }
}
