import Documents
public import Notation
import Outcomes
public import Policies
import Rules
import Scoring

/// The worked examples of a policy (policy-format, «Examples»): what an official can read, and a test each.
public struct Examples: Sendable {
  public let policy: Policy
  /// Whole groups to start from, shared by the policy's files.
  let sheets: [String: Node]
  public let items: [(file: String, node: Node)]
  public let years: [(file: String, node: Node)]

  /// The year item examples are read in; the format names none.
  static let year = 2022

  public init(policy: Policy, files: [(name: String, root: Node)]) {
    self.policy = policy
    sheets = files.flatMap { $0.root["sheets"]?.map ?? [] }.reduce(into: [:]) { $0[$1.key] = $1.value }
    items = files.flatMap { file in (file.root["items"]?.list ?? []).map { (file.name, $0) } }
    years = files.flatMap { file in (file.root["years"]?.list ?? []).map { (file.name, $0) } }
  }

  /// A policy with the examples beside it.
  public static func of(_ id: String) throws -> Examples {
    let folder = "policies/\(id)/examples"
    let files = try Repository.names(in: folder).filter { $0.hasSuffix(".yaml") }.map { name in
      (name, try YAML.read(Repository.bytes("\(folder)/\(name)"), file: name))
    }
    guard let policy = PolicyFiles(folder: Repository.path("policies")).read(id)?.policy else {
      preconditionFailure("no policy \(id)")
    }
    return Examples(policy: policy, files: files)
  }

  static func map(_ entries: [(String, Node)], at place: Place) -> Node {
    Node(.map(entries.map { Node.Entry(key: $0.0, keyPlace: place, value: $0.1) }), at: place)
  }

  /// A group with the sheet it is like; facts and bonus are overridden item by item, the rest key by key.
  func group(_ node: Node) -> Node {
    let own = (node.map ?? []).filter { $0.key != "like" }
    guard let name = node["like"]?.text, let sheet = sheets[name] else {
      return Node(.map(own), at: node.place)
    }
    var result = sheet
    for entry in own {
      var value = entry.value
      if entry.key == "facts" || entry.key == "bonus", let before = sheet[entry.key], before.map != nil {
        value = (entry.value.map ?? []).reduce(before) { $0.setting($1.key, $1.value) }
      }
      result = result.setting(entry.key, value)
    }
    return result
  }

  /// What an item example says otherwise than the program; nil where they agree.
  public func disagreement(ofItem node: Node) -> String? {
    guard let id = node["item"]?.text, let item = policy.allItems.first(where: { $0.id == id }) else {
      return "no such item"
    }
    let keys = ["score", "unscored", "incomplete"].filter { node[$0] != nil }
    guard keys.count == 1 else { return "wants exactly one of score, unscored and incomplete" }
    let place = node.place
    var group = self.group(
      Examples.map([("id", Node(.text("example"), at: place)), ("like", node["like"] ?? node)], at: place))
    let key = item.isBonus ? "bonus" : "facts"
    let facts = node["facts"] ?? Node(.null, at: place)
    group = group.setting(key, (group[key] ?? Examples.map([], at: place)).setting(id, facts))
    let (read, problems) = FactsReader.read(file(of: [(Examples.year, [group])], at: place), for: policy)
    guard problems.isEmpty, let year = read.years.first else {
      return problems.map { $0.line(in: .chinese) }.joined(separator: "\n")
    }
    let (cards, faults) = Scorer(policy: policy).score(year)
    if let fault = faults.first { return Catalogue.chinese.text(fault.message) }
    guard let line = (cards[0].lines + cards[0].bonusLines).first(where: { $0.item.id == id }) else {
      return "does not apply"
    }
    let found = line.missing.sorted()
    if let wanted = (node["unscored"] ?? node["incomplete"])?.texts() {
      return found == wanted.sorted() ? nil : "missing \(found)"
    }
    return line.missing.isEmpty && line.score == node["score"]?.number ? nil : "\(line.score?.plain ?? "—") \(found)"
  }

  /// What an example of whole years says otherwise than the program's own result file.
  public func disagreements(ofYears node: Node) throws -> [String] {
    let years = (node["facts"]?["years"]?.list ?? []).map { year in
      (year["year"]?.integer ?? 0, (year["groups"]?.list ?? []).map { group($0) })
    }
    let (facts, problems) = FactsReader.read(file(of: years, at: node.place), for: policy)
    guard problems.isEmpty else { return problems.map { $0.line(in: .chinese) } }
    let results = Confirmation(policy: policy).results(facts)
    guard results.faults.isEmpty else { return results.faults.map { Catalogue.chinese.text($0.message) } }
    let pieces = Pieces()
    ResultsJSON(policy: policy).write(results) { pieces.text += $0 }
    let found = try JSON.read(Array(pieces.text.utf8), file: "results.json")["results"]?.list ?? []
    let expected = node["expect"]?.list ?? []
    guard !expected.isEmpty else { return ["expects nothing"] }
    return expected.flatMap { Examples.differences($0, found) }
  }

  static func differences(_ expected: Node, _ found: [Node]) -> [String] {
    let result = found.first { result in
      ["year", "group"].allSatisfy { key in expected[key].map { result[key]?.says($0) ?? false } ?? false }
    }
    guard let result else { return ["no result for \(expected.plainText)"] }
    return (expected.map ?? []).compactMap { entry in
      guard let value = result[entry.key] else { return "no key \(entry.key)" }
      let same =
        if let wanted = entry.value.texts(), let had = value.texts() { wanted.sorted() == had.sorted() } else {
          value.says(entry.value)
        }
      return same ? nil : "\(result["group"]?.plainText ?? "") \(entry.key): \(value.plainText)"
    }
  }

  private func file(of years: [(Int, [Node])], at place: Place) -> Node {
    let list = years.map { year, groups in
      Examples.map(
        [("year", Node(.number(Exact(year)), at: place)), ("groups", Node(.list(groups), at: place))], at: place)
    }
    return Examples.map([("years", Node(.list(list), at: place))], at: place)
  }
}

/// Text that grows as it is written.
private final class Pieces {
  var text = ""
}
