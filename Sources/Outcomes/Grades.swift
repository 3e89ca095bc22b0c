import Notation
import Policies
import Rules
import Scoring

extension Policy {
  /// The grade of a group, vetoes included; nil where it has none.
  func grade(of standing: Standing) throws(Fault) -> String? {
    guard let grading else { return nil }
    let card = standing.result.card
    guard card.isEligible else { return nil }
    let found = vetoes.filter { card.group.vetoes.contains($0.id) }
    var positions = found.compactMap { $0.grade.flatMap(grading.position) }
    if card.isComplete {
      positions.append(try grading.earned(by: standing))
    } else if positions.isEmpty {
      return nil
    }
    guard var position = positions.max() else { return nil }
    let barred = Set(found.flatMap(\.bars))
    while position < grading.grades.count - 1, barred.contains(grading.grades[position].name) { position += 1 }
    return grading.grades[position].name
  }
}

extension Grading {
  /// The position of the first grade whose `from` and `when` hold.
  func earned(by standing: Standing) throws(Fault) -> Int {
    let score = byTotal ? standing.result.card.total : standing.result.card.base
    for (position, grade) in grades.enumerated() where score >= grade.from {
      guard let when = grade.when else { return position }
      if try when.holds(in: standing.scope) { return position }
    }
    return grades.count - 1
  }
}
