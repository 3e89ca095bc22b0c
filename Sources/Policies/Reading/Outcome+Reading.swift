import Notation
import Rules

extension Policy {
  static func grading(_ node: Node) -> Grading? {
    let list = node["grades"]?.list ?? []
    let grades = list.compactMap { grade -> Grading.Grade? in
      guard let name = grade["name"]?.text, let from = grade["from"]?.number else { return nil }
      return Grading.Grade(name: name, from: from, when: grade["when"].flatMap { try? Expression(condition: $0) })
    }
    guard grades.count == list.count, !grades.isEmpty else { return nil }
    return Grading(byTotal: node["by"]?.text != "base", grades: grades)
  }

  static func ranking(_ node: Node) -> Ranking {
    let order = node["order"]?.texts()?.compactMap(OrderKey.init)
    return Ranking(
      within: node["within"]?.text.flatMap(Ranking.Within.init) ?? .all, order: order ?? Ranking.standard.order,
      change: node["change"]?.text.flatMap(Ranking.Change.init) ?? .raw)
  }

  static func consequence(_ node: Node) -> Consequence? {
    guard let id = node["id"]?.text else { return nil }
    if node["when"]?.isUndecided == true { return nil }
    return Consequence(
      id: id, title: node["title"]?.text ?? id, to: node["to"]?.text ?? "group",
      when: node["when"].flatMap { try? Expression(condition: $0) }, select: node["select"].flatMap(selection),
      once: node["once"] != nil, effect: node["effect"], source: node["source"]?.text ?? "")
  }

  static func selection(_ node: Node) -> Selection? {
    let size: Selection.Size
    if let quota = node["quota"]?.number {
      size = .quota(quota)
    } else if let count = node["count"]?.integer {
      size = .count(count)
    } else if node["by"]?.text == "decision" {
      size = .decision
    } else {
      return nil
    }
    return Selection(
      among: node["among"].flatMap { try? Expression(condition: $0) },
      order: node["order"]?.texts()?.compactMap(OrderKey.init) ?? [], size: size,
      round: node["round"]?.text.flatMap(Selection.Round.init) ?? .down,
      ties: node["ties"]?.text.flatMap(Selection.Ties.init) ?? .exclude)
  }
}
