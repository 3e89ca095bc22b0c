import Documents
import Notation
import Policies
import Rules

/// How totals, ranks and grades come about, said from the policy's data.
struct PolicyRemarks {
  let results: ResultWords
  private var policy: Policy { results.policy }
  private var words: Catalogue { results.words }

  init(_ results: ResultWords) { self.results = results }

  /// Which of them speaks of vetoes.
  var vetoNumber: Int { grades == nil ? 2 : 3 }

  /// The first speaks of totals and ranks, the next of grades, the last of vetoes.
  func all(vetoes: Bool) -> [String] {
    var remarks = [total + ranks]
    if let grades { remarks.append(grades) }
    if vetoes, !policy.vetoes.isEmpty { remarks.append(policy.vetoes.map(veto).joined()) }
    return remarks.enumerated().map {
      words.text("results.remark", ["number": .count($0 + 1), "text": .text($1)])
    }
  }

  private var total: String {
    guard let bonus = policy.bonus else { return words.text("results.remark.total.base") }
    guard let cap = bonus.cap else { return words.text("results.remark.total") }
    return words.text("results.remark.total.cap", ["cap": .number(cap)])
  }

  private var ranks: String {
    func name(_ place: Int) -> String {
      let name = policy.ranking.order[place].name
      return words.named("reads.name.\(name)") ?? name
    }
    let order = policy.ranking.order.enumerated().map { place, key -> String in
      guard policy.ranking.order.count > 1 else {
        return words.text(key.descending ? "order.desc" : "order.asc", ["key": .text(name(place))])
      }
      // Most are from high to low; what isn't says so.
      let said = key.descending ? name(place) : words.text("order.asc", ["key": .text(name(place))])
      return place == 0
        ? words.text("results.remark.order.first", ["key": .text(said)])
        : words.text("results.remark.order.next", ["before": .text(name(place - 1)), "key": .text(said)])
    }
    if order.count > 1 {
      return words.text(
        "results.remark.ranks.\(policy.ranking.within.rawValue).many", ["order": .text(order.joined())])
    }
    return words.text(
      "results.remark.ranks.\(policy.ranking.within.rawValue)",
      ["order": .text(order.joined(separator: words.text("results.comma")))])
  }

  private var grades: String? {
    guard let grading = policy.grading else { return nil }
    let nodes = policy.root["grading"]?["grades"]?.list ?? []
    let wording = PolicyWording(policy: policy, catalogue: words)
    let parts = grading.grades.enumerated().map { place, grade -> String in
      let above = place > 0 ? grading.grades[place - 1] : nil
      let key = above == nil ? "top" : grade.from.isZero ? "rest" : "between"
      let range = words.text(
        "results.remark.grade.\(key)",
        ["name": .text(grade.name), "from": .number(grade.from), "above": .number(above?.from ?? .hundred)])
      guard grade.when != nil, nodes.indices.contains(place), let when = nodes[place]["when"] else { return range }
      return words.text(
        "results.remark.grade.when", ["range": .text(range), "when": .text(wording.condition(when))])
    }
    return words.text(
      grading.byTotal ? "results.remark.grades" : "results.remark.grades.base",
      ["grades": .text(parts.joined(separator: words.text("results.comma")))])
  }

  private func veto(_ veto: Policy.Veto) -> String {
    if let grade = veto.grade {
      return words.text("results.remark.veto", ["title": .text(veto.title), "grade": .text(grade)])
    }
    return words.text(
      "results.remark.bars", ["title": .text(veto.title), "grades": .text(results.list(veto.bars))])
  }
}
