import Notation
import Rules

extension Policy {
  static func stages(_ root: Node) -> [Stage] {
    let reviewers = reviewers(root)
    return zip(root["stages"]?.list ?? [], kinds(of: root)).compactMap { stage($0, kind: $1, reviewers) }
  }

  static func stage(_ node: Node, kind: Stage.Kind, _ reviewers: Reviewers?) -> Stage? {
    guard let id = node["id"]?.text else { return nil }
    let hasExperts = kind == .evaluation && reviewers?.stages?.contains(id) != false
    return Stage(
      id: id, title: node["title"]?.text ?? id, short: node["short"]?.text, text: node["text"]?.text, kind: kind,
      by: actor(node, "by"),
      to: actor(node, "to"), opens: node["opens"]?.text.flatMap(DayOfYear.init),
      due: node["due"]?.text.flatMap(DayOfYear.init), dueNextYear: node["year"]?.text == "next",
      days: node["days"]?.integer, workingDays: node["working"]?.boolean ?? false, needs: node["needs"]?.texts() ?? [],
      among: node["among"].flatMap { try? Expression(condition: $0) }, draw: node["select"].flatMap(draw),
      experts: hasExperts ? reviewers?.perItem : nil, source: node["source"]?.text)
  }

  private static func actor(_ node: Node, _ key: String) -> Stage.Actor? {
    node[key]?.text.flatMap(Stage.Actor.init)
  }

  private static func draw(_ node: Node) -> Stage.Draw? {
    guard node["kind"]?.text == "draw" else { return nil }
    let strata = node["strata"]?.texts()?.compactMap(Stage.Draw.Stratum.init) ?? []
    if let percent = node["percent"]?.number { return Stage.Draw(size: .percent(percent), strata: strata) }
    return node["count"]?.integer.map { Stage.Draw(size: .count($0), strata: strata) }
  }

  /// What each stage is: said by `kind`, else seen from what it has and where it stands.
  static func kinds(of root: Node) -> [Stage.Kind] {
    let stages = root["stages"]?.list ?? []
    let weighed = Set((weights(root) ?? []).map(\.key))
    var hasSelf = false
    var hasEvaluation = false
    return stages.enumerated().map { place, stage in
      let said = stage["kind"]?.text.flatMap(Stage.Kind.init)
      let isLast = place == stages.count - 1
      let kind =
        said
        ?? Policy.kind(
          of: stage, isWeighed: weighed.contains(stage["id"]?.text ?? ""), hasSelf: hasSelf,
          endsTheYear: isLast && hasEvaluation)
      hasSelf = hasSelf || kind == .selfEvaluation
      hasEvaluation = hasEvaluation || kind == .evaluation
      return kind
    }
  }

  private static func kind(of stage: Node, isWeighed: Bool, hasSelf: Bool, endsTheYear: Bool) -> Stage.Kind {
    if stage["days"] != nil { return .objection }
    if let of = stage["of"]?.text, of != "group" { return .members }
    let actor = actor(stage, "by")
    if !hasSelf, actor == .lead || actor == .member { return .selfEvaluation }
    if isWeighed { return .evaluation }
    if actor == .thirdParty { return .report }
    if stage["select"] != nil { return .evaluation }
    if stage["among"] != nil { return .recommendation }
    // The last one that asks for nothing and has no day of its own only tells the results.
    return endsTheYear && stage["due"] == nil && stage["needs"] == nil ? .publication : .evaluation
  }

  /// `counts: last`, `counts: {weights: {…}}`, `counts: {stage: percent}` or `weights: {…}` beside `counts: weights`.
  static func weights(_ root: Node) -> [Node.Entry]? {
    let counts = root["counts"]
    return (counts?["weights"] ?? (counts?.map == nil ? root["weights"] : counts))?.map
  }

  static func counting(_ root: Node) -> Counting {
    guard root["counts"]?.text != "last", let entries = weights(root) else { return .last }
    let read = entries.compactMap { entry in entry.value.number.map { (entry.key, $0) } }
    return read.isEmpty ? .last : .weights(Dictionary(read) { first, _ in first })
  }
}
