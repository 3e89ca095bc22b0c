import Notation
import Rules

extension PolicyCheck {
  static let outputs = ["self-report", "scoresheet", "report"]

  func checkYear(_ problems: inout Problems) {
    let stages = root["stages"]?.list ?? []
    for (stage, kind) in zip(stages, Policy.kinds(of: root)) { checkStage(stage, kind, &problems) }
    checkWeights(&problems)
    if let reviewers = root["reviewers"] {
      problems.positive(reviewers, "perItem")
      problems.notNegative(reviewers, "spreadAlert")
      checkStages(of: reviewers, stages, &problems)
    }
    if let cycle = root["cycle"] { problems.positive(cycle, "years") }
  }

  func checkStage(_ stage: Node, _ kind: Stage.Kind, _ problems: inout Problems) {
    problems.condition(stage["among"], .group, named)
    problems.notNegative(stage, "days")
    if kind == .objection, stage["days"] == nil { problems.add("stage.days", at: stage.place) }
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

  /// Panels are of evaluations.
  private func checkStages(of reviewers: Node, _ stages: [Node], _ problems: inout Problems) {
    let evaluations = zip(stages, Policy.kinds(of: root)).filter { $1 == .evaluation }.compactMap { $0.0["id"]?.text }
    for stage in reviewers["stages"]?.list ?? [] {
      guard let id = stage.text, !evaluations.contains(id) else { continue }
      problems.add("reviewers.stage", at: stage.place, ["id": .text(id), "known": .known(evaluations)])
    }
  }

  func checkWeights(_ problems: inout Problems) {
    let counts = root["counts"]
    if let counts, counts.text == "weights", root["weights"] == nil { problems.add("weights.none", at: counts.place) }
    let node = counts?["weights"] ?? (counts?.map == nil ? root["weights"] : counts)
    guard let weights = node, let entries = Policy.weights(root) else { return }
    if let given = root["weights"], counts?.text == "last" { problems.add("weights.unused", at: given.place) }
    let stages = (root["stages"]?.list ?? []).compactMap { $0["id"]?.text }
    let kinds = zip(stages, Policy.kinds(of: root)).reduce(into: [:]) { $0[$1.0] = $1.1 }
    var sum: Exact? = .zero
    for entry in entries {
      if let kind = kinds[entry.key], !kind.hasGroupSheet {
        problems.add("weights.kind", at: entry.keyPlace, ["id": .text(entry.key)])
      }
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
