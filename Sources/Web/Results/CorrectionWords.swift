import Documents
import Notation
import Publishing

/// A correction in sentences: what was put right, what it came to, who moved with it.
struct CorrectionWords {
  let results: ResultWords
  private var words: Catalogue { results.words }

  init(_ results: ResultWords) { self.results = results }

  /// «某集团第 7 项由 1.00 更正为 1.50，总分由 89.41 更正为 89.91，等次、名次不变。»
  func sentence(_ change: Correction.GroupChange) -> String {
    var parts = change.items.map { item in
      words.text(
        "results.correction.item",
        [
          "item": .text(results.place(item.item)), "old": .text(results.number(item.old)),
          "new": .text(results.number(item.new)),
        ])
    }
    func part(_ key: String, _ old: String, _ new: String, areWords: Bool = false) {
      let what = words.text("head.\(key)")
      parts.append(
        words.text(
          areWords ? "results.correction.words" : "results.correction.change",
          ["what": .text(what), "old": .text(old), "new": .text(new)]))
    }
    if change.total.isChange { part("total", results.number(change.total.old), results.number(change.total.new)) }
    if change.grade.isChange { part("grade", change.grade.old ?? "—", change.grade.new ?? "—", areWords: true) }
    if change.rank.isChange { part("rank", results.rank(change.rank.old), results.rank(change.rank.new)) }
    if change.vetoes.isChange {
      part(
        "vetoes", named(change.vetoes.old, results.names.veto), named(change.vetoes.new, results.names.veto),
        areWords: true)
    }
    if change.consequences.isChange {
      part(
        "follows", named(change.consequences.old, results.names.consequence),
        named(change.consequences.new, results.names.consequence), areWords: true)
    }
    if let same = unchanged(change) { parts.append(same) }
    return words.text(
      "results.correction.group",
      ["group": .text(change.name), "parts": .text(parts.joined(separator: words.text("results.comma")))])
  }

  private func named(_ ids: [String]?, _ name: (String) -> String) -> String {
    let names = (ids ?? []).map(name)
    return names.isEmpty ? words.text("results.none") : results.list(names)
  }

  /// What a reader looks for and finds unchanged.
  private func unchanged(_ change: Correction.GroupChange) -> String? {
    guard change.isOwn else { return nil }
    switch (change.grade.isChange, change.rank.isChange) {
    case (false, false): return words.text("results.correction.same")
    case (false, true): return words.text("results.correction.sameGrade")
    case (true, false): return words.text("results.correction.sameRank")
    case (true, true): return nil
    }
  }
}
