import Documents
import Notation
import Outcomes
import Policies
import Rules
import Scoring

/// Results as a table for the terminal, one a year.
struct ResultsTable {
  let policy: Policy
  private var wording: Wording { Wording(policy: policy, catalogue: Words.catalogue) }

  func text(_ results: Results) -> String {
    let head =
      Words.text(
        "table.policy", ["title": .text(policy.title), "status": .text(Words.text("status.\(policy.status)"))]) + "\n"
    return head
      + results.years.map { year, groups in
        Terminal.coloured(wording.schoolYear(year), .bold) + "\n" + table(groups)
      }.joined(separator: "\n")
  }

  private func table(_ groups: [GroupResult]) -> String {
    let heads = ["rank", "group", "form", "base", "bonus", "total", "grade", "change", "follows"]
    let ordered = groups.enumerated().sorted {
      ($0.element.rank ?? .max, $0.offset) < ($1.element.rank ?? .max, $1.offset)
    }
    let rows = ordered.map { row($0.element) }
    return Terminal.table(heads.map { Words.text("head.\($0)") }, rows, right: [0, 3, 4, 5, 7])
  }

  private func row(_ result: GroupResult) -> [String] {
    let card = result.card
    let places = policy.rounding.places
    let names = Dictionary(policy.consequences.map { ($0.id, $0.title) }) { first, _ in first }
    let follows =
      result.granted.map { names[$0] ?? $0 }
      + result.pending.map { Words.text("table.pending", ["title": .text(names[$0] ?? $0)]) }
    let lacking = wording.missing(result)
    let missing = lacking.isEmpty ? [] : [Words.text("table.unscored", ["missing": .names(lacking)])]
    let vetoes = wording.vetoes(result)
    return [
      result.rank.map(String.init) ?? "—", card.group.name ?? result.id,
      card.group.context.form.flatMap(policy.form)?.name ?? "—", card.base.fixed(places: places),
      card.bonus.fixed(places: places), card.total.fixed(places: places),
      result.grade ?? Words.text(card.isEligible ? "table.noGrade" : "table.ineligible"),
      result.rankChange.map { $0 > 0 ? "+\($0)" : String($0) } ?? "—", short(vetoes + missing + follows),
    ]
  }

  /// The first two in words, the rest counted: the workbook has them all.
  private func short(_ texts: [String]) -> String {
    let shown = texts.prefix(2).joined(separator: Words.text("paragraph.separator"))
    return texts.count > 2 ? Words.text("table.more", ["shown": .text(shown), "count": .count(texts.count)]) : shown
  }
}
