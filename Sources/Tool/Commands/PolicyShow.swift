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
  let wording: PolicyWording

  init(policy: Policy) {
    self.policy = policy
    wording = PolicyWording(policy: policy, catalogue: Words.catalogue)
  }

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
    section("show.grades", (policy.grading?.grades ?? []).map(wording.grade), &lines)
    section("show.stages", policy.stages.map(wording.stage), &lines)
    section("show.consequences", policy.consequences.map { "\($0.title)  \($0.source)" }, &lines)
    for key in ["targets", "documents", "tasks", "measures", "dimensions"] {
      section("show.\(key)", (policy.root[key]?.list ?? []).map { wording.line($0) }, &lines)
    }
    section("show.decisions", policy.decisions.map(wording.decision), &lines)
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

  /// One item with its clause, rule, inputs and readings.
  func clause(_ item: Item) -> String {
    var lines = [Terminal.coloured(line(item), .bold)]
    if let text = item.text { lines += ["", heading("show.text"), "  " + text] }
    if let scoring = item.scoring { lines += ["", heading("show.scoring"), "  " + scoring] }
    let kind = item.node["rule"]?["kind"]?.text ?? ""
    lines += [
      "", heading("show.rule"), "  \(Words.text("kind.\(kind)")) \(kind)  \(Words.text("of.\(item.of.rawValue)"))",
    ]
    // Whose facts are read stands in the line above.
    let rule = RuleWording(policy: policy, catalogue: Words.catalogue).sentences(ofItem: item.node).dropFirst()
    add(Array(rule), depth: 2, &lines)
    section("show.inputs", wording.inputs(of: item).map(input), &lines)
    section("show.evidence", item.evidence, &lines)
    section("show.methods", item.methods.map { Words.text("method.\($0)") }, &lines)
    section("show.decisions", item.decisions.compactMap(policy.decision).map(wording.decision), &lines)
    return lines.joined(separator: "\n") + "\n"
  }

  private func add(_ sentences: [RuleWording.Sentence], depth: Int, _ lines: inout [String]) {
    for sentence in sentences {
      lines.append(String(repeating: "  ", count: depth) + sentence.text)
      add(sentence.under, depth: depth + 1, &lines)
    }
  }

  private func input(_ input: PolicyWording.Input) -> String {
    [input.name, input.title, input.unit, input.from].compactMap(\.self).joined(separator: "  ")
  }
}
