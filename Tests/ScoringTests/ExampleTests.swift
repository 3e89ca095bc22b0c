import Fixtures
import Notation
import Policies
import Scoring
import Testing

/// Every worked example of every policy.
@Suite struct ExampleTests {
  static let policies = Repository.policies.filter { Repository.exists("policies/\($0)/examples") }

  @Test(arguments: policies)
  func `items are scored as the examples say`(policy: String) throws {
    let examples = try Examples.of(policy)
    #expect(!examples.items.isEmpty)
    for (file, node) in examples.items {
      let title = node["title"]?.text ?? ""
      #expect(examples.disagreement(ofItem: node) == nil, "\(file):\(node.place.line) \(title)")
    }
  }

  @Test(arguments: policies)
  func `years come out as the examples say`(policy: String) throws {
    let examples = try Examples.of(policy)
    #expect(!examples.years.isEmpty)
    for (file, node) in examples.years {
      let title = node["title"]?.text ?? ""
      #expect(try examples.disagreements(ofYears: node) == [], "\(file):\(node.place.line) \(title)")
    }
  }

  @Test(arguments: policies)
  func `every item has an example but those that need other groups`(policy: String) throws {
    let examples = try Examples.of(policy)
    let shown = Set(examples.items.compactMap { $0.node["item"]?.text })
    #expect(examples.policy.allItems.filter { !$0.isPlaced && !shown.contains($0.id) }.map(\.id) == [])
  }
}
