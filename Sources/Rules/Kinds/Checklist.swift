import Notation

/// What must be there, item by item; what is lacking loses points.
struct Checklist: Rule {
  static let kind = "checklist"
  static let entry = ObjectShape("checklist-entry") {
    [
      Field("id", .id, required: true), Field("title", .text, required: true), Field("points", .number),
      Field("text", .text),
    ]
  }
  static let fields = [
    Field("entries", .list(.object(entry), least: 1), required: true), Field("lose", .number),
  ]

  let entries: [(id: String, title: String, points: Exact?)]
  let lose: Exact?

  init?(_ node: Node) {
    guard
      let entries = node.each(
        "entries", { entry in entry["id"]?.text.map { ($0, entry["title"]?.text ?? $0, entry.exact("points")) } }),
      !entries.isEmpty, !(node["lose"]?.isUndecided ?? false)
    else { return nil }
    self.entries = entries.map { (id: $0.0, title: $0.1, points: $0.2) }
    lose = node.exact("lose")
  }

  static func check(_ node: Node, points: Exact?, _ problems: inout Problems) {
    let entries = node["entries"]?.list ?? []
    problems.unique(entries, of: "entries")
    problems.notNegative(node, "lose")
    let withPoints = entries.filter { $0["points"] != nil }
    for entry in entries { problems.notNegative(entry, "points") }
    guard !withPoints.isEmpty else { return }
    if withPoints.count < entries.count, let first = entries.first(where: { $0["points"] == nil }) {
      problems.add("entries.points", at: first.place)
    } else if let points {
      let known = entries.compactMap { $0.exact("points") }
      let sum = known.reduce(.zero, +)
      if known.count == entries.count, sum != points {
        problems.add(
          "sum", at: node["entries"]?.place ?? node.place,
          ["what": .message(Message("sum.entries")), "sum": .number(sum), "points": .number(points)])
      }
    }
  }

  var needs: [Need] { [Need("lacking", .names(entries.map(\.id)))] }

  func work(_ facts: ItemFacts, points: Exact) throws(Fault) -> Working {
    guard case .names(let names)? = facts.values["lacking"] else { throw Fault("missing") }
    let lacking = entries.filter { names.contains($0.id) }
    let share = points / Exact(entries.count)
    let lost = lacking.map { lose ?? $0.points ?? share }.reduce(.zero, +)
    return Working(points - lost, points: points, [line(lacking.map(\.title), lost)])
  }

  private func line(_ lacking: [String], _ lost: Exact) -> Message {
    let count = Message.Part.count(entries.count)
    if lacking.isEmpty { return Message("rule.checklist.full", ["count": count]) }
    return Message(
      "rule.checklist.lacking",
      ["count": count, "lacking": .count(lacking.count), "names": .names(lacking), "loss": .number(lost)])
  }
}
