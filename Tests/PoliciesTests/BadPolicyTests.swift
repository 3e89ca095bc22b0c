import Documents
import Fixtures
import Foundation
import Notation
import Policies
import Testing

/// Policies with one thing wrong each, beside exactly what the check says of them. After a deliberate change of a
/// sentence, `RESET_EXPECTED=1 swift test --filter BadPolicyTests` writes the files anew; read the difference.
@Suite struct BadPolicyTests {
  static let folder = "Tests/PoliciesTests/Bad"
  static let names = Repository.names(in: folder).filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }

  static func problems(_ name: String) -> [Problem] {
    let result = PolicyFiles(folder: Repository.path(folder)).read(Repository.path("\(folder)/\(name).yaml"))
    return result?.problems ?? []
  }

  /// As `policy check` says them, files named as seen from their folder.
  static func lines(_ name: String) -> String {
    problems(name).map { $0.line(in: .chinese) + "\n" }.joined()
      .replacing(Repository.path(folder) + "/", with: "")
  }

  @Test(arguments: names)
  func `is told exactly what is wrong`(name: String) throws {
    let expected = "\(Self.folder)/\(name).expected"
    let found = Self.lines(name)
    if ProcessInfo.processInfo.environment["RESET_EXPECTED"] == "1" { try Repository.write(found, to: expected) }
    #expect(Repository.exists(expected), "no \(name).expected")
    #expect(found == Repository.text(expected))
  }

  @Test func `every expectation has its policy`() {
    let expected = Repository.names(in: Self.folder).filter { $0.hasSuffix(".expected") }.map { String($0.dropLast(9)) }
    #expect(Set(expected).subtracting(Self.names).sorted() == [])
  }

  /// Included by others; nothing but its missing head is wrong with it.
  @Test func `every policy of the corpus has something wrong`() {
    for name in Self.names { #expect(!Self.problems(name).isEmpty, "\(name)") }
  }

  /// Why a sentence has no policy in the corpus.
  static let notProvoked = [
    "file.large": "would need a file of megabytes; see HostilePolicyTests",
    "file.unreadable": "depends on the rights of a file; see HostilePolicyTests",
    "unreadable": "the last guard: a policy that passes every check and still isn't read is a fault of the program",
  ]

  @Test func `every sentence about policies is provoked by the corpus`() {
    let others = ["fact", "facts", "excel", "json", "ledger", "registry", "standards", "sentence", "at", "note"]
    let known = Catalogue.chinese.keys.filter { $0.hasPrefix("problem.") && !$0.hasSuffix(".do") }
      .map { String($0.dropFirst("problem.".count)) }
      .filter { !others.contains(String($0.split(separator: ".")[0])) }
    let provoked = Set(Self.names.flatMap { Self.problems($0).map { String($0.what.key.dropFirst("problem.".count)) } })
    #expect(known.filter { !provoked.contains($0) && Self.notProvoked[$0] == nil }.sorted() == [])
    #expect(provoked.subtracting(known).sorted() == [], "sentences the catalogue lacks")
    #expect(Set(Self.notProvoked.keys).subtracting(known).sorted() == [])
  }
}
