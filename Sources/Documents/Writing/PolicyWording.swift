public import Notation
public import Policies
import Rules

/// A policy's parts in the reader's words, for the command line and for pages alike.
public struct PolicyWording {
  public let policy: Policy
  public let catalogue: Catalogue

  public init(policy: Policy, catalogue: Catalogue) {
    self.policy = policy
    self.catalogue = catalogue
  }

  /// An input of an item: how it is called and measured, and where it comes from.
  public struct Input: Sendable {
    /// As facts files name it, `part.input`.
    public let name: String
    public let title: String?
    public let unit: String?
    /// As the policy writes it.
    public let from: String?
    public let note: String?
  }

  /// All inputs of an item, those of its parts behind their own.
  public func inputs(of item: Item) -> [Input] { inputs(item.rule, item.needs, item.inputs, item.node, path: "") }

  private func inputs(
    _ rule: any Rule, _ needs: [Need], _ inputs: [String: InputDescription], _ node: Node, path: String
  ) -> [Input] {
    needs.map { need in
      let described = inputs[need.name]
      let unit = described?.unit.flatMap { catalogue.named("unit.\($0)") }.flatMap { trimmed($0) }
      return Input(
        name: path + need.name, title: described?.title, unit: unit, from: described?.from,
        note: node["inputs"]?[path + need.name]?["note"]?.text)
    }
      + RulePart.of(rule).flatMap { self.inputs($0.rule, $0.needs, $0.inputs, node, path: "\(path)\($0.id).") }
  }

  /// The inputs an item describes, where its rule can't be read yet.
  public func inputs(described item: Node) -> [Input] {
    (item["inputs"]?.map ?? []).map { entry in
      Input(
        name: entry.key, title: entry.value["title"]?.text,
        unit: entry.value["unit"]?.text.flatMap { catalogue.named("unit.\($0)") }.flatMap { trimmed($0) },
        from: entry.value["from"]?.text, note: entry.value["note"]?.text)
    }
  }

  private func trimmed(_ unit: String) -> String? {
    let text = String(unit.drop { $0 == " " })
    return text.isEmpty ? nil : text
  }

  /// Where an input comes from: `ledger.exchange.rate` as «学年记录».
  public func origin(_ from: String?) -> String? {
    guard let from else { return nil }
    let words = from.split(separator: ".").map(String.init)
    let kind = words.first ?? ""
    switch kind {
    case "document":
      let id = words.dropFirst().joined(separator: ".")
      let title = (policy.root["documents"]?.list ?? []).first { $0["id"]?.text == id }?["title"]?.text
      return catalogue.text("origin.document", ["title": .text(title ?? catalogue.named("document.\(id)") ?? id)])
    case "survey":
      let audience = words.count > 1 ? words[1] : ""
      return catalogue.text("origin.survey", ["audience": .text(catalogue.named("audience.\(audience)") ?? audience)])
    case "previous": return catalogue.text("origin.previous", ["item": .text(words.count > 1 ? words[1] : "")])
    default: return catalogue.named("origin.\(kind)") ?? from
    }
  }

  public func stage(_ stage: Stage) -> String {
    [stage.title, stage.by.map { catalogue.text("actor.\($0)") }, stage.due?.text].compactMap(\.self)
      .joined(separator: "  ")
  }

  public func decision(_ decision: Decision) -> String {
    let reading = decision.reading ?? catalogue.text("show.undecided")
    return "\(decision.id)  \(decision.question) → \(reading)  \(decision.source)"
  }

  public func grade(_ grade: Grading.Grade) -> String {
    catalogue.text(
      grade.from.isZero ? "show.grade.rest" : "show.grade", ["name": .text(grade.name), "from": .number(grade.from)])
  }

  /// A condition of the policy; what can't be read stays as it is written.
  public func condition(_ node: Node) -> String {
    ExpressionWording(policy: policy, catalogue: catalogue).condition(node)
      ?? RuleWording(policy: policy, catalogue: catalogue).undecided(node)
  }

  /// Who gets it of those that could, in sentences.
  public func selection(_ node: Node) -> [String] {
    let rules = RuleWording(policy: policy, catalogue: catalogue)
    var lines: [String] = []
    if let among = node["among"] { lines.append(catalogue.text("select.among", ["when": .text(condition(among))])) }
    for key in ["quota", "count"] {
      guard let size = node[key] else { continue }
      let keys = (node["order"]?.list ?? []).map { order($0, rules) }
      lines.append(
        catalogue.text(
          "select.\(key)", ["size": .text(size.number?.plain ?? rules.undecided(size)), "order": .names(keys)]))
    }
    if node["by"] != nil { lines.append(catalogue.text("select.by")) }
    for key in ["round", "ties"] {
      guard let word = node[key] else { continue }
      lines.append(word.text.map { catalogue.text("select.\(key).\($0)") } ?? rules.undecided(word))
    }
    return lines
  }

  /// `total desc` as «总分从高到低».
  private func order(_ node: Node, _ rules: RuleWording) -> String {
    guard let text = node.text else { return rules.undecided(node) }
    let words = text.split(separator: " ").map(String.init)
    guard words.count == 2 else { return text }
    return catalogue.text("order.\(words[1])", ["key": .text(catalogue.named("reads.name.\(words[0])") ?? words[0])])
  }

  /// A section without a type of its own: its title, what it says, its clause.
  public func line(_ node: Node) -> String {
    [node["title"]?.text ?? node["id"]?.text, details(node), node["source"]?.text]
      .compactMap(\.self).filter { !$0.isEmpty }.joined(separator: "  ")
  }

  /// What such a section says beside its title and clause.
  public func details(_ node: Node) -> String {
    let aside = ["id", "title", "source", "note", "text", "tasks", "entries", "contents"]
    let shown = (node.map ?? []).filter { !aside.contains($0.key) && !($0.value.list?.isEmpty ?? false) }
    let entries = (node["entries"]?.list ?? []).compactMap { $0["title"]?.text }
    return (shown.map(said) + entries).joined(separator: catalogue.text("reads.separator"))
  }

  /// A key and its value in the reader's words, where the catalogue has them.
  private func said(_ entry: Node.Entry) -> String {
    let key = catalogue.named("key.\(entry.key)") ?? entry.key
    if entry.key == "from", let origin = origin(entry.value.text) { return "\(key) \(origin)" }
    if let inner = entry.value.map { return ([key] + inner.map(said)).joined(separator: " ") }
    let words = (entry.value.list ?? [entry.value]).map(\.plainText)
    return key + " "
      + words.map { catalogue.named("word.\($0)") ?? $0 }.joined(separator: catalogue.text("list.separator"))
  }
}
