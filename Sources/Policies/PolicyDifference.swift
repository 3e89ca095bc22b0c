import Notation

/// What changed from one policy to another: next year's against last year's, or a city's against the model it followed.
public struct PolicyDifference: Sendable {
  public enum Change: Sendable {
    case added
    case removed
    /// From what to what, in the words of the files.
    case changed(String, String)
  }

  public struct Entry: Sendable {
    /// Where, such as `items.4.points`.
    public let path: String
    public let title: String
    public let change: Change
  }

  /// In the order of the files.
  public let entries: [Entry]

  public init(from old: Policy, to new: Policy) {
    var comparison = Comparison()
    for key in ["title", "issuer", "status", "rounding", "eligible", "year", "counts", "weights", "reviewers", "cycle"]
    {
      comparison.compare(old.root[key], new.root[key], path: key, title: key)
    }
    comparison.compareLists(old.root["forms"], new.root["forms"], path: "forms")
    comparison.compareLists(old.root["decisions"], new.root["decisions"], path: "decisions")
    comparison.compareNodes(old.indicatorNodes, new.indicatorNodes, path: "indicators")
    comparison.compareNodes(old.allItems.map(\.node), new.allItems.map(\.node), path: "items")
    comparison.compare(old.root["scheme"]?["total"], new.root["scheme"]?["total"], path: "scheme.total", title: "total")
    comparison.compare(old.root["bonus"]?["cap"], new.root["bonus"]?["cap"], path: "bonus.cap", title: "cap")
    let grades = { (policy: Policy) in policy.root["grading"]?["grades"]?.list ?? [] }
    comparison.compareNodes(grades(old), grades(new), path: "grades")
    comparison.compare(
      old.root["grading"]?["rank"], new.root["grading"]?["rank"], path: "grading.rank", title: "rank")
    let lists = ["vetoes", "stages", "consequences", "targets", "documents", "tasks", "measures", "dimensions"]
    for key in lists { comparison.compareLists(old.root[key], new.root[key], path: key) }
    comparison.compare(old.root["formation"], new.root["formation"], path: "formation", title: "formation")
    entries = comparison.entries
  }
}

/// Compares trees and gathers what differs.
struct Comparison {
  private(set) var entries: [PolicyDifference.Entry] = []

  mutating func compare(_ old: Node?, _ new: Node?, path: String, title: String) {
    switch (old, new) {
    case (nil, nil): return
    case (nil, _): add(path, title, .added)
    case (_, nil): add(path, title, .removed)
    case (let old?, let new?):
      if old.says(new) { return }
      if let a = old.map, let b = new.map {
        let keys = a.map(\.key) + b.map(\.key).filter { key in !a.contains { $0.key == key } }
        for key in keys { compare(old[key], new[key], path: "\(path).\(key)", title: title) }
      } else if let a = old.list, let b = new.list, (a + b).allSatisfy({ $0["id"]?.text != nil }) {
        compareNodes(a, b, path: path)
      } else if let a = old.list, let b = new.list, a.count == b.count, (a + b).allSatisfy({ $0.map != nil }) {
        for (place, pair) in zip(a, b).enumerated() {
          compare(pair.0, pair.1, path: "\(path)[\(place)]", title: title)
        }
      } else {
        add(path, title, .changed(old.plainText, new.plainText))
      }
    }
  }

  mutating func compareLists(_ old: Node?, _ new: Node?, path: String) {
    compareNodes(old?.list ?? [], new?.list ?? [], path: path)
  }

  /// Pairs by id (or name, or year, and among equals by their order); an item that says `was:` continues the one it
  /// names.
  mutating func compareNodes(_ old: [Node], _ new: [Node], path: String) {
    let before = Comparison.keyed(old)
    var rest = Dictionary(before.map { ($0.key, $0.node) }) { first, _ in first }
    for (key, node) in Comparison.keyed(new) {
      compare(rest.removeValue(forKey: node["was"]?.text ?? key), node, path: "\(path).\(key)", title: node.shownName)
    }
    for (key, node) in before where rest[key] != nil { add("\(path).\(key)", node.shownName, .removed) }
  }

  private static func keyed(_ nodes: [Node]) -> [(key: String, node: Node)] {
    var seen: [String: Int] = [:]
    return nodes.enumerated().map { place, node in
      // Targets of the same year are told apart by their titles.
      let ofYear = [node["year"]?.plainText, node["title"]?.text].compactMap(\.self).joined(separator: " ")
      let key = node["id"]?.text ?? node["name"]?.text ?? (ofYear.isEmpty ? String(place) : ofYear)
      seen[key, default: 0] += 1
      let count = seen[key] ?? 1
      return (count == 1 ? key : "\(key)#\(count)", node)
    }
  }

  private mutating func add(_ path: String, _ title: String, _ change: PolicyDifference.Change) {
    entries.append(PolicyDifference.Entry(path: path, title: title, change: change))
  }
}

extension Policy {
  /// The indicators without what is below them.
  var indicatorNodes: [Node] {
    func walk(_ node: Node) -> [Node] {
      let own = (node.map ?? []).filter { $0.key != "indicators" && $0.key != "items" }
      return [Node(.map(own), at: node.place)] + (node["indicators"]?.list ?? []).flatMap(walk)
    }
    return (root["scheme"]?["indicators"]?.list ?? []).flatMap(walk)
  }
}

extension Node {
  fileprivate var shownName: String { self["title"]?.text ?? self["name"]?.text ?? self["id"]?.text ?? "" }
}
