import Hummingbird
import Notation
import People
import Policies
import Storage

/// What changed from one policy to another.
struct PolicyChangesPage {
  struct Row {
    let section: String
    let title: String
    let link: String?
    let field: String
    let chip: String
    let word: String
    let before: String
    let after: String
  }

  let title: String
  let facts: String
  let crumbs: [RatePanel.Link]
  let rows: [Row]
  let count: String
  let choices: [Dashboard.Picker]
  let action: String
  let none: String?

  static func answer(_ visit: Visit) async throws -> Response {
    let new = try await PolicyFound.read(visit)
    let choices = choices(visit, new)
    guard let from = visit.query("from") ?? choices.first?.value else {
      throw Refusal.invalid("policies.nothingToCompare", ["title": .text(new.policy.title)])
    }
    let old = try await PolicyFound.read(visit, key: from)
    let rows = PolicyDifference(from: old.policy, to: new.policy).entries.map { row(visit, $0, new, old) }
    let page = PolicyChangesPage(
      title: visit.text("policies.changes"),
      facts: visit.text("policies.fromTo", ["from": .text(old.policy.title), "to": .text(new.policy.title)]),
      crumbs: new.crumbs(visit, withPolicy: true), rows: rows,
      count: visit.text("policies.changes.count", ["count": .count(rows.count)]),
      choices: choices.map { Dashboard.Picker(value: $0.value, title: $0.title, isChosen: $0.value == from) },
      action: Endpoint.policyChanges.link(new.key),
      none: rows.isEmpty ? visit.text("policies.noChanges") : nil)
    return visit.page("policies/changes", page, visit.frame(page.title, current: "policies"))
  }

  /// What it may be compared with, the policy it follows first, then the edition before.
  private static func choices(_ visit: Visit, _ found: PolicyFound) -> [(value: String, title: String)] {
    var choices: [(value: String, title: String)] = []
    func add(_ value: String, _ title: String) {
      if value != found.key, !choices.contains(where: { $0.value == value }) { choices.append((value, title)) }
    }
    if let was = found.policy.was { add(was, PolicyFound.title(of: was, visit)) }
    let year = found.uses.map(\.year).max() ?? .max
    for use in found.editions where use.year < year { add(use.hash, "\(use.cycleTitle) \(use.title)") }
    for use in found.editions { add(use.hash, "\(use.cycleTitle) \(use.title)") }
    if let post = visit.viewer?.post, PolicyFound.seesFolder(post) {
      for name in visit.site.policies.names(in: visit.site.settings.policyFolder) {
        add(name, PolicyFound.title(of: name, visit))
      }
    }
    return choices
  }

  private static func row(
    _ visit: Visit, _ entry: PolicyDifference.Entry, _ found: PolicyFound, _ old: PolicyFound
  ) -> Row {
    let parts = entry.path.split(separator: ".", maxSplits: 2).map(String.init)
    let section = parts.first ?? ""
    let isItem = section == "items" && parts.count > 1 && found.policy.allItems.contains { $0.id == parts[1] }
    let field = parts.count > 2 ? parts[2] : parts.count > 1 && isWhole(section) ? parts[1] : ""
    let last = field.split(separator: ".").last.map(String.init) ?? ""
    let change: (chip: String, key: String, before: String, after: String) =
      switch entry.change {
      case .added: ("ok", "added", "", "")
      case .removed: ("bad", "removed", "", "")
      case .changed(let before, let after): ("warn", "changed", before, after)
      }
    return Row(
      section: visit.words.named("policies.section.\(section)") ?? section,
      title: title(entry, parts, [found.policy, old.policy]),
      link: isItem ? Endpoint.policyItem.link(found.key, parts[1]) : nil,
      field: visit.words.named("policies.field.\(last)") ?? visit.words.named("key.\(last)") ?? field,
      chip: change.chip,
      word: visit.text("policies.change.\(change.key)"), before: change.before, after: change.after)
  }

  /// Sections that are one map rather than a list.
  private static func isWhole(_ section: String) -> Bool {
    ["scheme", "bonus", "grading", "formation", "rounding", "year", "reviewers", "cycle"].contains(section)
  }

  /// A decision is called by what it decides.
  private static func title(_ entry: PolicyDifference.Entry, _ parts: [String], _ policies: [Policy]) -> String {
    guard let section = parts.first, parts.count > 1, !isWhole(section) else { return "" }
    if section == "decisions" {
      return policies.lazy.compactMap { $0.decision(parts[1]) }.first?.question ?? entry.title
    }
    return section == "items" ? "\(parts[1]) \(entry.title)" : entry.title
  }
}
