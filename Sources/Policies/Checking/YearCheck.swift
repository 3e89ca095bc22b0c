import Notation
import Rules

extension PolicyCheck {
  static let outputs = ["self-report", "scoresheet", "report"]

  func checkYear(_ problems: inout Problems) {
    for stage in root["stages"]?.list ?? [] { checkStage(stage, &problems) }
    checkWeights(&problems)
    if let reviewers = root["reviewers"] {
      problems.positive(reviewers, "perItem")
      problems.notNegative(reviewers, "spreadAlert")
    }
    if let cycle = root["cycle"] { problems.positive(cycle, "years") }
  }

  func checkStage(_ stage: Node, _ problems: inout Problems) {
    problems.condition(stage["among"], .group, named)
    problems.positive(stage, "days")
    for need in stage["needs"]?.list ?? [] {
      if let id = need.text, !documentIDs.contains(id), !PolicyCheck.outputs.contains(id) {
        problems.add(
          "named.document", at: need.place, severity: .note,
          ["id": .text(id), "known": .known(documentIDs + PolicyCheck.outputs)])
      }
    }
    guard let select = stage["select"] else { return }
    problems.positive(select, "percent", "count")
    if let percent = select["percent"], let number = percent.number, number > .hundred {
      problems.add("percent.range", at: percent.place, ["found": .number(number)])
    }
    let isDraw = select["kind"]?.text == "draw"
    if isDraw, (select["percent"] == nil) == (select["count"] == nil) { problems.add("draw.size", at: select.place) }
  }

  /// `counts: last`, `counts: {weights: {…}}`, `counts: {stage: percent}` or `weights: {…}` beside `counts: weights`.
  func checkWeights(_ problems: inout Problems) {
    let counts = root["counts"]
    let weights = counts?["weights"] ?? (counts?.map == nil ? root["weights"] : counts)
    if let counts, counts.text == "weights", root["weights"] == nil { problems.add("weights.none", at: counts.place) }
    guard let weights, let entries = weights.map else { return }
    if let given = root["weights"], counts?.text == "last" { problems.add("weights.unused", at: given.place) }
    let stages = (root["stages"]?.list ?? []).compactMap { $0["id"]?.text }
    var sum: Exact? = .zero
    for entry in entries {
      if !stages.contains(entry.key) {
        problems.add("named.stage", at: entry.keyPlace, ["id": .text(entry.key), "known": .known(stages)])
      }
      if entry.value.number == nil, !entry.value.isUndecided {
        Shape.number.check(entry.value, key: entry.key, &problems)
      }
      if let weight = entry.value.number, weight.isNegative {
        problems.add("number.negative", at: entry.value.place, ["key": .text(entry.key), "found": .number(weight)])
      }
      sum = entry.value.number.flatMap { weight in sum.map { $0 + weight } }
    }
    if let sum, sum != .hundred { problems.add("weights.sum", at: weights.place, ["sum": .number(sum)]) }
  }
}
