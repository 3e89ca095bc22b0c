import Documents
import Hummingbird
import Notation
import Policies

/// An item of a policy: the clause, the document's words on scoring, the rule in words, its inputs, evidence, readings.
struct PolicyItemPage {
  struct Input {
    let title: String
    let name: String
    let unit: String
    let origin: String
    let note: String?
  }

  struct Evidence {
    let title: String
    let isRequired: Bool
  }

  struct Leaf {
    let title: String
    let link: String
    let points: String
    let isCurrent: Bool
    /// Where another indicator begins.
    let heading: String?
  }

  struct Line {
    let text: String
    let look: String
  }

  let title: String
  let number: String
  let points: String
  let crumbs: [RatePanel.Link]
  let policyTitle: String
  let part: String
  let source: String
  let kind: String
  let text: String?
  let scoring: String?
  let rule: [Line]
  let inputs: [Input]
  let evidence: [Evidence]
  let methods: String?
  let decisions: [PolicyPage.DecisionRow]
  let continues: String?
  let leaves: [Leaf]
  let previousLink: RatePanel.Link?
  let nextLink: RatePanel.Link?

  static func answer(_ visit: Visit, _ found: PolicyFound) throws(Refusal) -> Response {
    let maker = PolicyItemMaker(visit: visit, found: found)
    guard let page = maker.page(try visit.parameter("item")) else { throw .notFound }
    return visit.page("policies/item", page, visit.frame("\(page.number) \(page.title)", current: "policies"))
  }
}

/// Makes an item's page.
struct PolicyItemMaker {
  let visit: Visit
  let found: PolicyFound

  private var policy: Policy { found.policy }

  /// An item's tree with the titles of the indicators above it.
  private struct Place {
    let node: Node
    let above: [String]
  }

  private var places: [Place] {
    func walk(_ node: Node, _ above: [String]) -> [Place] {
      let path = above + [node["title"]?.text ?? node["id"]?.text ?? ""]
      return (node["indicators"]?.list ?? []).flatMap { walk($0, path) }
        + (node["items"]?.list ?? []).map { Place(node: $0, above: path) }
    }
    let bonus = policy.root["bonus"]?["items"]?.list ?? []
    return (policy.root["scheme"]?["indicators"]?.list ?? []).flatMap { walk($0, []) }
      + bonus.map { Place(node: $0, above: [visit.text("show.bonus")]) }
  }

  func page(_ id: String) -> PolicyItemPage? {
    let places = places
    guard let index = places.firstIndex(where: { $0.node["id"]?.text == id }) else { return nil }
    let (node, above) = (places[index].node, places[index].above)
    let pages = PolicyPageMaker(visit: visit, found: found)
    // An item with something undecided isn't among the policy's own: its tree still says everything.
    let item = policy.allItems.first { $0.id == id }
    let rules = RuleWording(policy: policy, catalogue: visit.words).sentences(ofItem: node)
    let decisions = item?.decisions ?? PolicyItemMaker.decisions(in: node)
    func neighbour(_ offset: Int) -> RatePanel.Link? {
      guard places.indices.contains(index + offset) else { return nil }
      let other = places[index + offset].node
      let id = other["id"]?.text ?? ""
      return RatePanel.Link(
        title: "\(ItemNumber.of(id)) \(other["title"]?.text ?? "")", link: Endpoint.policyItem.link(found.key, id))
    }
    return PolicyItemPage(
      title: node["title"]?.text ?? id, number: ItemNumber.of(id),
      points: visit.text("show.points", ["points": .text(pages.number(node["points"]))]),
      crumbs: found.crumbs(visit, withPolicy: true), policyTitle: policy.title, part: above.joined(separator: " › "),
      source: node["source"]?.text ?? "",
      kind: node["rule"]?["kind"]?.text.map { visit.text("kind.\($0)") } ?? "", text: node["text"]?.text,
      scoring: node["scoring"]?.text, rule: rules.flatMap { lines($0, depth: 0) },
      inputs: inputs(item, node, pages.wording),
      evidence: (node["evidence"]?.list ?? []).map {
        PolicyItemPage.Evidence(
          title: $0["title"]?.text ?? $0["id"]?.text ?? "", isRequired: $0["required"]?.boolean ?? false)
      },
      methods: node["methods"]?.texts().map {
        $0.map { visit.text("method.\($0)") }.joined(separator: visit.text("list.separator"))
      },
      decisions: decisions.compactMap { policy.decision($0) }.map { pages.decision($0) },
      continues: node["was"]?.text.map { visit.text("policies.continues", ["id": .text($0)]) },
      leaves: leaves(places, current: id, pages), previousLink: neighbour(-1), nextLink: neighbour(1))
  }

  private func lines(_ sentence: RuleWording.Sentence, depth: Int) -> [PolicyItemPage.Line] {
    [PolicyItemPage.Line(text: sentence.text, look: "depth\(min(depth, 3))")]
      + sentence.under.flatMap { lines($0, depth: depth + 1) }
  }

  private func inputs(_ item: Item?, _ node: Node, _ wording: PolicyWording) -> [PolicyItemPage.Input] {
    (item.map { wording.inputs(of: $0) } ?? wording.inputs(described: node)).map { input in
      PolicyItemPage.Input(
        title: input.title ?? visit.words.named("input.\(input.name.split(separator: ".").last ?? "")") ?? input.name,
        name: input.name, unit: input.unit ?? "", origin: wording.origin(input.from) ?? "—", note: input.note)
    }
  }

  private func leaves(
    _ places: [Place], current: String, _ pages: PolicyPageMaker
  ) -> [PolicyItemPage.Leaf] {
    var part: String?
    return places.map { place in
      let id = place.node["id"]?.text ?? ""
      let own = place.above.first
      defer { part = own }
      return PolicyItemPage.Leaf(
        title: "\(ItemNumber.of(id)) \(place.node["title"]?.text ?? "")", link: Endpoint.policyItem.link(found.key, id),
        points: pages.number(place.node["points"]), isCurrent: id == current, heading: own == part ? nil : own)
    }
  }

  /// The decisions named anywhere in a tree, those nobody has taken included.
  static func decisions(in node: Node) -> [String] {
    var ids: [String] = []
    func add(_ id: String?) { if let id, !ids.contains(id) { ids.append(id) } }
    func walk(_ node: Node) {
      add(node.decision)
      if case .undecided(let id) = node.value { add(id) }
      for element in node.list ?? [] { walk(element) }
      for entry in node.map ?? [] { walk(entry.value) }
    }
    walk(node)
    return ids
  }
}
