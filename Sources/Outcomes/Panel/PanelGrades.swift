import Notation
import Policies
import Rules
import Scoring

/// The grades of many totals at once. A group with a veto, or one that reaches a grade with a condition, is graded by
/// the ordinary path.
struct PanelGrades {
  let grading: Grading?
  /// Each grade's lowest score in units of the policy's last place, and whether it has a condition.
  private let steps: [(from: Int, hasCondition: Bool)]
  private let policy: Policy

  /// What a condition may read of a panel's group.
  static let known: Set<String> = ["total", "base", "bonus", "form"]

  init(_ policy: Policy) throws(PanelRefusal) {
    self.policy = policy
    grading = policy.grading
    var steps: [(from: Int, hasCondition: Bool)] = []
    for grade in policy.grading?.grades ?? [] {
      let foreign = (grade.when?.names ?? []).subtracting(PanelGrades.known)
      guard foreign.isEmpty else {
        throw PanelRefusal("when", ["grade": .text(grade.name), "names": .names(foreign.sorted())])
      }
      let scaled = (grade.from * Exact.power(ofTen: policy.rounding.places)).ceiling
      // A bound beyond any score is never reached.
      steps.append((scaled.integer ?? .max, grade.when != nil))
    }
    self.steps = steps
  }

  /// The position of each group's grade; negative where it has none. Throws where a condition can't be computed.
  func positions(_ scorer: PanelScorer, _ scores: PanelScores) throws(PanelRefusal) -> [Int16] {
    guard let grading else { return Array(repeating: -1, count: scores.totals.count) }
    let marked = grading.byTotal ? scores.totals : scores.bases
    let vetoes = scorer.panel.vetoes
    return try marked.indices.map { (group) throws(PanelRefusal) in
      if !vetoes.isEmpty, vetoes[group] != nil { return try exact(scorer, group) }
      guard scores.isComplete[group] else { return -1 }
      var position = 0
      while position < steps.count - 1, marked[group] < steps[position].from { position += 1 }
      return steps[position].hasCondition ? try exact(scorer, group) : Int16(truncatingIfNeeded: position)
    }
  }

  /// The grade of one group by its whole sheet.
  private func exact(_ scorer: PanelScorer, _ group: Int) throws(PanelRefusal) -> Int16 {
    let standing = Standing(result: GroupResult(card: scorer.scorecard(of: group)), history: History())
    do throws(Fault) {
      guard let name = try policy.grade(of: standing) else { return -1 }
      return grading?.position(name).map { Int16(truncatingIfNeeded: $0) } ?? -1
    } catch {
      throw PanelRefusal(message: error.message)
    }
  }
}
