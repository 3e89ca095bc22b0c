import Documents
import Notation
import Policies

/// What a policy says beside its items: forms, vetoes, grades, stages, consequences, and what has no type of its own.
extension PolicyPageMaker {
  var sections: [PolicyPage.Section] {
    [
      section("forms", policy.root["forms"]) { node in [node["text"]?.text].compactMap(\.self) },
      section("vetoes", policy.root["vetoes"], veto), grades, stages,
      section("consequences", policy.root["consequences"], consequence),
    ]
      + ["documents", "targets", "measures", "tasks", "dimensions"].map { key in
        section(key, policy.root[key]) { node in
          let details = wording.details(node)
          return [node["text"]?.text, details.isEmpty ? nil : details].compactMap(\.self)
        }
      }
  }

  private func section(
    _ key: String, _ list: Node?, _ lines: (Node) -> [String]
  ) -> PolicyPage.Section {
    PolicyPage.Section(
      id: key, title: visit.text("show.\(key)"),
      isFolded: ["documents", "targets", "measures", "tasks", "dimensions"].contains(key),
      entries: (list?.list ?? []).map { node in
        PolicyPage.Entry(
          title: node["name"]?.text ?? node["title"]?.text ?? node["id"]?.text ?? "",
          lines: lines(node) + [node["note"]?.text].compactMap(\.self), source: node["source"]?.text ?? "")
      })
  }

  private func veto(_ node: Node) -> [String] {
    var lines = [node["text"]?.text].compactMap(\.self)
    if let grade = node["grade"] {
      lines.append(visit.text("policies.veto.grade", ["grade": .text(plain(grade))]))
    }
    if let bars = node["bars"] {
      let names = bars.texts() ?? [plain(bars)]
      lines.append(visit.text("policies.veto.bars", ["grades": .names(names)]))
    }
    return lines
  }

  /// A text, or what is still to be decided.
  private func plain(_ node: Node) -> String { RuleWording(policy: policy, catalogue: words).undecided(node) }

  private var grades: PolicyPage.Section {
    let grading = policy.root["grading"]
    var entries = (grading?["grades"]?.list ?? []).map { node -> PolicyPage.Entry in
      let from = node["from"]?.number
      var lines = [
        from?.isZero ?? false
          ? visit.text("policies.grade.rest")
          : from == nil
            ? visit.text("policies.grade.open") : visit.text("policies.grade", ["from": .text(number(node["from"]))])
      ]
      if let when = node["when"] {
        lines.append(visit.text("policies.when", ["when": .text(wording.condition(when))]))
      }
      return PolicyPage.Entry(
        title: node["name"]?.text ?? "", lines: lines + [node["note"]?.text].compactMap(\.self),
        source: node["source"]?.text ?? "")
    }
    if let rank = grading?["rank"] {
      let within = rank["within"]?.text ?? "all"
      entries.append(
        PolicyPage.Entry(
          title: visit.text("head.rank"), lines: [visit.text("policies.rank.\(within)")],
          source: rank["source"]?.text ?? ""))
    }
    return PolicyPage.Section(id: "grades", title: visit.text("show.grades"), isFolded: false, entries: entries)
  }

  private var stages: PolicyPage.Section {
    PolicyPage.Section(
      id: "stages", title: visit.text("show.stages"), isFolded: false,
      entries: policy.stages.map { stage in
        var lines = [stage.text].compactMap(\.self)
        let who = [
          stage.by.map { visit.text("actor.\($0.rawValue)") },
          stage.due.map { visit.text("policies.due", ["month": Day.month($0.month), "day": .count($0.day)]) },
          stage.days.map {
            visit.text(stage.workingDays ? "policies.workingDays" : "policies.days", ["count": .count($0)])
          },
        ].compactMap(\.self).joined(separator: visit.text("reads.separator"))
        if !who.isEmpty { lines.insert(who, at: 0) }
        return PolicyPage.Entry(title: stage.title, lines: lines, source: stage.source ?? "")
      })
  }

  private func consequence(_ node: Node) -> [String] {
    var lines: [String] = []
    if let to = node["to"]?.text {
      lines.append(visit.text("policies.to", ["to": .text(words.named("word.\(to)") ?? to)]))
    }
    if let when = node["when"] { lines.append(visit.text("policies.when", ["when": .text(wording.condition(when))])) }
    if let select = node["select"] { lines += wording.selection(select) }
    if node["once"] != nil { lines.append(visit.text("policies.once")) }
    return lines + [node["effect"]?["text"]?.text, node["text"]?.text].compactMap(\.self)
  }
}
