import Documents
import Notation
import Policies
import Storage

/// Makes a policy's page from its tree, so that what is undecided is shown and not left out.
struct PolicyPageMaker {
  let visit: Visit
  let found: PolicyFound

  var policy: Policy { found.policy }
  var words: Catalogue { visit.words }
  var wording: PolicyWording { PolicyWording(policy: policy, catalogue: words) }
  private var rules: RuleWording { RuleWording(policy: policy, catalogue: words) }

  var page: PolicyPage {
    let open = policy.decisions.count { $0.chosen == nil }
    return PolicyPage(
      title: policy.title, facts: facts, crumbs: found.crumbs(visit, withPolicy: false),
      note: policy.root["note"]?.text, obstacles: policy.obstacles.map { words.text($0) },
      total: policy.root["scheme"]?["total"].map { visit.text("show.scheme", ["total": .text(number($0))]) },
      rows: rows, sections: sections.filter { !$0.entries.isEmpty },
      decisions: policy.decisions.filter(\.binds).map(decision), procedures: procedures,
      undecided: open > 0 ? visit.text("policies.undecided", ["count": .count(open)]) : nil, compare: compare)
  }

  private var procedures: PolicyPage.Procedures? {
    let decisions = policy.decisions.filter { !$0.binds }
    guard !decisions.isEmpty else { return nil }
    return PolicyPage.Procedures(
      title: visit.text("policies.procedures", ["count": .count(decisions.count)]), decisions: decisions.map(decision))
  }

  private var facts: [String] {
    var facts = [policy.issuer, visit.text("status.\(policy.status)")].compactMap(\.self)
    if let from = policy.root["effective"]?["from"]?.text {
      facts.append(visit.text("policies.effective", ["from": .text(from)]))
    }
    return facts
      + found.uses.map {
        visit.text("policies.usedBy", ["cycle": .text($0.cycleTitle), "authority": .text($0.authorityName)])
      }
  }

  /// A number, or what is still to be decided in its place.
  func number(_ node: Node?) -> String {
    guard let node else { return "—" }
    return node.number?.plain ?? rules.undecided(node)
  }

  private var compare: [RatePanel.Link] {
    var others: [(title: String, key: String)] = []
    if let was = policy.was { others.append((PolicyFound.title(of: was, visit), was)) }
    for use in found.editions where use.hash != found.key && !others.contains(where: { $0.key == use.hash }) {
      others.append(("\(use.cycleTitle) \(use.title)", use.hash))
    }
    return others.prefix(6).map { other in
      RatePanel.Link(
        title: visit.text("policies.compareWith", ["title": .text(other.title)]),
        link: Endpoint.policyChanges.link(found.key, query: [("from", other.key)]))
    }
  }

  // MARK: the tree

  private var rows: [PolicyPage.Row] {
    let scheme = (policy.root["scheme"]?["indicators"]?.list ?? []).flatMap { rows($0, depth: 0) }
    guard let bonus = policy.root["bonus"] else { return scheme }
    let head = PolicyPage.Row(
      number: "", title: bonus["title"]?.text ?? visit.text("show.bonus"), link: nil,
      points: bonus["cap"]?.number.map { visit.text("policies.atMost", ["points": .number($0)]) } ?? "", look: "depth0",
      rule: "", source: bonus["source"]?.text ?? "", chip: nil)
    return scheme + [head] + (bonus["items"]?.list ?? []).map(row)
  }

  private func rows(_ indicator: Node, depth: Int) -> [PolicyPage.Row] {
    let isPending = indicator["pending"]?.boolean ?? false
    let own = PolicyPage.Row(
      number: "", title: indicator["title"]?.text ?? indicator["id"]?.text ?? "", link: nil,
      points: indicator["points"].map { number($0) } ?? "", look: "depth\(min(depth, 3))", rule: "",
      source: indicator["source"]?.text ?? "", chip: isPending ? visit.text("show.pending") : nil)
    return [own] + (indicator["indicators"]?.list ?? []).flatMap { rows($0, depth: depth + 1) }
      + (indicator["items"]?.list ?? []).map(row)
  }

  private func row(_ item: Node) -> PolicyPage.Row {
    let id = item["id"]?.text ?? ""
    let kind = item["rule"]?["kind"]?.text
    let isOpen = policy.allItems.first { $0.id == id } == nil
    return PolicyPage.Row(
      number: ItemNumber.of(id), title: item["title"]?.text ?? id, link: Endpoint.policyItem.link(found.key, id),
      points: number(item["points"]), look: "leaf", rule: kind.map { visit.text("kind.\($0)") } ?? "",
      source: item["source"]?.text ?? "", chip: isOpen ? visit.text("state.open") : nil)
  }

  // MARK: decisions

  func decision(_ decision: Decision) -> PolicyPage.DecisionRow {
    let items = policy.allItems.filter { $0.decisions.contains(decision.id) }
    return PolicyPage.DecisionRow(
      id: decision.id, question: decision.question,
      options: decision.options.map { option in
        PolicyPage.Option(title: option.title, isChosen: decision.chosen.map { option.value.says($0) } ?? false)
      },
      reading: decision.options.isEmpty ? decision.reading : nil,
      open: decision.chosen == nil ? visit.text("show.undecided") : nil, why: decision.why,
      source: decision.source,
      items: items.map {
        RatePanel.Link(title: $0.name, link: Endpoint.policyItem.link(found.key, $0.id))
      })
  }
}
