import ArgumentParser
import Documents
import Foundation
import Notation
import Policies
import Rules

extension PolicyCommand {
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: Words.help("policy.show"), discussion: Words.help("policy.show.more"))
    @Argument(help: ArgumentHelp(Words.help("policy.name")))
    var policy: String
    @Option(help: ArgumentHelp(Words.help("policy.show.item"), valueName: "id"))
    var item: String?
    @OptionGroup var options: PolicyOptions

    func run() throws {
      let policy = try Loading.sound(policy, folder: options.policies)
      guard let id = item else {
        Terminal.out(PolicyText(policy: policy).tree)
        return
      }
      guard let item = policy.allItems.first(where: { $0.id == id }) else {
        Terminal.say(
          Words.text("tool.item.missing", ["id": .text(id), "known": .known(policy.allItems.map(\.id))]))
        throw ExitCode.refused
      }
      Terminal.out(PolicyText(policy: policy).clause(item))
    }
  }
}

/// A policy as text for the terminal.
struct PolicyText {
  let policy: Policy

  var tree: String {
    var lines = [Terminal.coloured(policy.title, .bold)]
    let facts = [policy.issuer, policy.region, Words.text("status.\(policy.status)")].compactMap(\.self)
    lines.append(facts.joined(separator: " · "))
    section("show.forms", policy.forms.map { "\($0.name)  \($0.source)" }, &lines)
    if let scheme = policy.scheme {
      lines += ["", heading("show.scheme", ["total": .number(scheme.total)])]
      for indicator in scheme.indicators { add(indicator, depth: 0, &lines) }
    }
    if let bonus = policy.bonus {
      section("show.bonus", bonus.items.map(line), &lines)
    }
    section("show.vetoes", policy.vetoes.map { "\($0.title)  \($0.source)" }, &lines)
    section(
      "show.grades",
      (policy.grading?.grades ?? []).map {
        Words.text(
          $0.from.isZero ? "show.grade.rest" : "show.grade", ["name": .text($0.name), "from": .number($0.from)])
      },
      &lines)
    section("show.stages", policy.stages.map(stage), &lines)
    section("show.consequences", policy.consequences.map { "\($0.title)  \($0.source)" }, &lines)
    for key in ["targets", "documents", "tasks", "measures", "dimensions"] {
      section("show.\(key)", (policy.root[key]?.list ?? []).map { PolicyText.line($0) }, &lines)
    }
    section("show.decisions", policy.decisions.map(decision), &lines)
    return lines.joined(separator: "\n") + "\n"
  }

  private func heading(_ key: String, _ parts: [String: Message.Part] = [:]) -> String {
    Terminal.coloured(Words.text(key, parts), .bold)
  }

  private func section(_ key: String, _ entries: [String], _ lines: inout [String]) {
    guard !entries.isEmpty else { return }
    lines += ["", heading(key)] + entries.map { "  " + $0 }
  }

  private func add(_ indicator: Indicator, depth: Int, _ lines: inout [String]) {
    let indent = String(repeating: "  ", count: depth + 1)
    let points =
      indicator.points.map { Words.text("show.points", ["points": .number($0)]) } ?? Words.text("show.pending")
    lines.append("\(indent)\(indicator.id) \(indicator.title)  \(points)")
    for inner in indicator.indicators { add(inner, depth: depth + 1, &lines) }
    for item in indicator.items { lines.append(indent + "  " + line(item)) }
  }

  private func line(_ item: Item) -> String {
    "\(item.id) \(item.title)  \(Words.text("show.points", ["points": .number(item.points)]))  \(item.source)"
  }

  private func stage(_ stage: Stage) -> String {
    [stage.title, stage.by.map { Words.text("actor.\($0)") }, stage.due?.text].compactMap(\.self)
      .joined(separator: "  ")
  }

  private func decision(_ decision: Decision) -> String {
    let reading = decision.reading ?? Words.text("show.undecided")
    return "\(decision.id)  \(decision.question) → \(reading)  \(decision.source)"
  }

  /// A section without a type of its own: its title, what it says, its clause.
  static func line(_ node: Node) -> String {
    let aside = ["id", "title", "source", "note", "text", "tasks", "entries", "contents"]
    let shown = (node.map ?? []).filter { !aside.contains($0.key) && !($0.value.list?.isEmpty ?? false) }
    let entries = (node["entries"]?.list ?? []).compactMap { $0["title"]?.text }
    let details = shown.map(said) + entries
    return [node["title"]?.text ?? node["id"]?.text, details.joined(separator: "; "), node["source"]?.text]
      .compactMap(\.self).filter { !$0.isEmpty }.joined(separator: "  ")
  }

  /// A key and its value in the reader's words, where the catalogue has them.
  private static func said(_ entry: Node.Entry) -> String {
    let key = Words.catalogue.named("key.\(entry.key)") ?? entry.key
    if let inner = entry.value.map { return ([key] + inner.map(said)).joined(separator: " ") }
    let words = (entry.value.list ?? [entry.value]).map(\.plainText)
    return key + " "
      + words.map { Words.catalogue.named("word.\($0)") ?? $0 }.joined(separator: Words.text("list.separator"))
  }

  /// One item with its clause, rule, inputs and readings.
  func clause(_ item: Item) -> String {
    var lines = [Terminal.coloured(line(item), .bold)]
    if let text = item.text { lines += ["", heading("show.text"), "  " + text] }
    if let scoring = item.scoring { lines += ["", heading("show.scoring"), "  " + scoring] }
    let kind = item.node["rule"]?["kind"]?.text ?? ""
    lines += [
      "", heading("show.rule"), "  \(Words.text("kind.\(kind)")) \(kind)  \(Words.text("of.\(item.of.rawValue)"))",
    ]
    section("show.inputs", PolicyText.inputs(item.rule, item.needs, item.inputs, path: ""), &lines)
    section("show.evidence", item.evidence, &lines)
    section("show.methods", item.methods.map { Words.text("method.\($0)") }, &lines)
    section("show.decisions", item.decisions.compactMap(policy.decision).map(decision), &lines)
    return lines.joined(separator: "\n") + "\n"
  }

  static func inputs(
    _ rule: any Rule, _ needs: [Need], _ inputs: [String: InputDescription], path: String
  ) -> [String] {
    needs.map { need in
      let described = inputs[need.name]
      let unit = described?.unit.map { Words.text("unit.\($0)").trimmingCharacters(in: .whitespaces) }
      return [path + need.name, described?.title, unit, described?.from].compactMap(\.self)
        .joined(separator: "  ")
    } + RulePart.of(rule).flatMap { self.inputs($0.rule, $0.needs, $0.inputs, path: "\(path)\($0.id).") }
  }
}
