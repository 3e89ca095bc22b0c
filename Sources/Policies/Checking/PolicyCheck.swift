import Notation
import Rules

/// What is wrong with a policy beyond its shape (policy-format, «What `policy check` finds»).
struct PolicyCheck {
  static let mostPlaces = 8

  let policy: Policy
  let root: Node

  var named: Named {
    Named(
      forms: policy.forms.map(\.id),
      grades: (root["grading"]?["grades"]?.list ?? []).compactMap { $0["name"]?.text },
      vetoes: policy.vetoes.map(\.id),
      scored: indicatorNodes.map(\.0).compactMap { $0["id"]?.text } + itemNodes.compactMap { $0["id"]?.text },
      depth: indicatorNodes.map(\.1).max() ?? 0)
  }

  func run(_ problems: inout Problems) {
    checkHead(&problems)
    checkScheme(&problems)
    checkOutcome(&problems)
    checkYear(&problems)
    checkSetup(&problems)
    checkReadable(&problems)
  }

  func checkHead(_ problems: inout Problems) {
    if let id = root["policy"], let text = id.text, text.wholeMatch(of: #/[a-z0-9-]+/#) == nil {
      problems.add("policy.id", at: id.place, ["id": .text(text)])
    }
    if let region = root["region"], let text = region.text, text.wholeMatch(of: #/[0-9]{6}/#) == nil {
      problems.add("region", at: region.place, ["region": .text(text)])
    }
    if let places = root["rounding"]?["places"], let value = places.integer,
      !(0...PolicyCheck.mostPlaces).contains(value)
    {
      problems.add("rounding.places", at: places.place, ["most": .count(PolicyCheck.mostPlaces)])
    }
    problems.unique(root["forms"]?.list ?? [], of: "forms")
    for list in ["vetoes", "stages", "consequences", "documents", "measures", "dimensions"] {
      problems.unique(root[list]?.list ?? [], of: list)
    }
    for dimension in root["dimensions"]?.list ?? [] { problems.unique(dimension["entries"]?.list ?? [], of: "entries") }
  }

  /// Nothing that passed may fail to be read: a scorer that silently leaves something out would be unjust.
  func checkReadable(_ problems: inout Problems) {
    guard problems.errors.isEmpty, policy.decisions.allSatisfy({ $0.chosen != nil }) else { return }
    var unread: [Node] = []
    let known = Set(policy.allItems.map(\.id))
    unread += (itemNodes + bonusNodes).filter { !known.contains($0["id"]?.text ?? "") }
    if let scheme = root["scheme"], policy.scheme == nil { unread.append(scheme) }
    if let grading = root["grading"], policy.grading == nil { unread.append(grading) }
    for (node, consequence) in zip(root["consequences"]?.list ?? [], policy.consequences) {
      if node["when"] != nil, consequence.when == nil { unread.append(node) }
      if node["select"] != nil, consequence.select == nil { unread.append(node) }
    }
    if let eligible = root["eligible"], policy.eligible == nil { unread.append(eligible) }
    for node in unread { problems.add("unreadable", at: node.place) }
  }

  /// Every indicator with its depth, from 1.
  var indicatorNodes: [(Node, Int)] {
    func walk(_ node: Node, _ depth: Int) -> [(Node, Int)] {
      [(node, depth)] + (node["indicators"]?.list ?? []).flatMap { walk($0, depth + 1) }
    }
    return (root["scheme"]?["indicators"]?.list ?? []).flatMap { walk($0, 1) }
  }

  var itemNodes: [Node] { indicatorNodes.flatMap { $0.0["items"]?.list ?? [] } }
  var bonusNodes: [Node] { root["bonus"]?["items"]?.list ?? [] }
}
