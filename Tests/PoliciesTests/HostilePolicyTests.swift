import Documents
import Fixtures
import Notation
import Policies
import Testing

/// Files that are broken, enormous or meant to do harm: refused in good time, never worse.
@Suite struct HostilePolicyTests {
  static func check(_ bytes: [UInt8]) -> [Problem] {
    do throws(SyntaxProblem) {
      return PolicyReader.read(try YAML.read(bytes, file: "policy.yaml"), file: "policy.yaml") { _, _, _ in nil }
        .problems
    } catch {
      return [error.problem]
    }
  }

  static func keys(_ bytes: [UInt8]) -> Set<String> { Set(check(bytes).map(\.what.key)) }

  /// All the files of a policy as one.
  static func whole(_ policy: String) -> String {
    let folder = "policies/\(policy)"
    let files =
      ["policy.yaml"]
      + Repository.names(in: folder).filter {
        $0.hasSuffix(".yaml") && $0 != "policy.yaml" && $0 != "demonstration.yaml"
      }
    return files.map { Repository.text("\(folder)/\($0)") }.joined(separator: "\n")
      .split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix("include:") }
      .joined(separator: "\n")
  }

  @Test(arguments: Repository.policies)
  func `a policy changed at random is read or refused and nothing worse`(policy: String) {
    let lines = Self.whole(policy).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var seeded = Seeded(UInt64(lines.count))
    for _ in 0..<80 {
      var changed = lines
      for _ in 0..<Int.random(in: 1...3, using: &seeded) {
        Mutation.allCases.randomElement(using: &seeded)?.apply(to: &changed, &seeded)
      }
      let took = processorTime { _ = Self.check(Array(changed.joined(separator: "\n").utf8)) }
      #expect(took < .seconds(5))
    }
  }

  @Test(arguments: ["[", "{a: ", "- ", "\"", "? ", "&a [", "{", "[{"])
  func `ten megabytes of one sign are refused within two seconds`(sign: String) {
    let bytes = Array(String(repeating: sign, count: 10_000_000 / sign.utf8.count).utf8)
    let took = processorTime { #expect(Self.keys(bytes) == ["problem.file.large"]) }
    #expect(took < .seconds(2))
  }

  @Test func `ten megabytes on disk are refused within two seconds`() throws {
    try Repository.withFolder { folder in
      try Repository.writeFile(String(repeating: "[", count: 10 << 20), at: "\(folder)/policy.yaml")
      let took = processorTime {
        let problems = PolicyFiles(folder: folder).read(folder)?.problems
        #expect(problems?.map(\.what.key) == ["problem.file.large"])
      }
      #expect(took < .seconds(2))
    }
  }

  @Test(arguments: [
    "[", "{a: ", "- ", "\"", "? ", "&a [", "{", "[{", "a: b\n", "a: {b: c}\n", "- {}\n", "!", "*a ", "\t", "%", "|",
    ">",
  ])
  func `a file of the largest size is refused within seconds`(sign: String) {
    let bytes = Array(String(repeating: sign, count: (4 << 20) / sign.utf8.count).utf8)
    let took = processorTime { #expect(!Self.check(bytes).isEmpty) }
    #expect(took < .seconds(10))
  }

  @Test func `many keys that nobody knows are refused within seconds`() {
    let text = "policy: example\ntitle: 示例办法\n" + (0..<10_000).map { "k\($0): 1\n" }.joined()
    let took = processorTime { #expect(Self.keys(Array(text.utf8)) == ["problem.key.unknown"]) }
    #expect(took < .seconds(10))
  }

  @Test func `many wrong names among many right ones are told within seconds`() {
    let documents = (0..<300).map { "  - {id: d\($0), title: 材料, every: once, source: 一}\n" }.joined()
    let stages = (0..<200).map { "  - {id: s\($0), title: 阶段, needs: [n\($0)]}\n" }.joined()
    let text = "policy: example\ntitle: 示例办法\ndocuments:\n\(documents)stages:\n\(stages)"
    var problems: [Problem] = []
    let took = processorTime { problems = Self.check(Array(text.utf8)) }
    #expect(problems.count == 200)
    #expect(problems.allSatisfy { $0.line(in: .chinese).count < 1000 })
    #expect(took < .seconds(20))
  }

  @Test func `a bomb of aliases is refused`() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    for level in 1..<40 {
      text += "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ") + "]\n"
    }
    #expect(Self.keys(Array(text.utf8)) == ["problem.yaml.nodes"])
  }

  @Test func `aliases add their depth`() {
    var text = "a0: &a0 " + String(repeating: "[", count: 90) + String(repeating: "]", count: 90) + "\n"
    #expect(!Self.keys(Array((text + "b: *a0\n").utf8)).contains("problem.yaml.deep"))
    text += "b: [[[[[[[[[[[[ *a0 ]]]]]]]]]]]]\n"
    #expect(Self.keys(Array(text.utf8)) == ["problem.yaml.deep"])
  }

  @Test func `an anchor inside itself is not defined yet`() {
    #expect(Self.keys(Array("a: &a [*a]\n".utf8)) == ["problem.yaml.alias"])
  }

  @Test func `a policy of any bytes is refused`() {
    var seeded = Seeded(9)
    for _ in 0..<300 {
      let bytes = (0..<Int.random(in: 0...200, using: &seeded)).map { _ in UInt8.random(in: 0...255, using: &seeded) }
      #expect(!Self.check(bytes).isEmpty)
    }
  }

  @Test func `numbers keep to YAML's core schema`() throws {
    let node = Written.node(
      "[0x1F, 0o17, 1e3, .5, 0x-1, 0x-8000000000000000, 0o-7, 1_000, 12:30, yes, True, ~, '1', .inf]")
    let kinds = try #require(node.list).map { $0.number?.plain ?? $0.text ?? ($0.isNull ? "null" : "boolean") }
    #expect(
      kinds == [
        "31", "15", "1000", "0.5", "0x-1", "0x-8000000000000000", "0o-7", "1_000", "12:30", "yes", "True", "null", "1",
        ".inf",
      ])
  }

  @Test func `a file that is no file is refused`() throws {
    try Repository.withFolder { folder in
      try Repository.makeFolder("\(folder)/policy.yaml")
      let result = PolicyFiles(folder: folder).read("\(folder)/policy.yaml")
      #expect(result == nil || result?.problems.map(\.what.key) == ["problem.file.unreadable"])
      #expect(PolicyFiles(folder: folder).read("\(folder)/none.yaml") == nil)
      #expect(PolicyFiles(folder: folder).read("nobody-2022") == nil)
      #expect(throws: SyntaxProblem.self) { try PolicyFiles.tree("\(folder)/none.yaml") }
    }
  }
}
