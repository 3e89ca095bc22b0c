import Notation

/// A level found by somebody, worth a share of the points.
struct Levels: Rule {
  static let kind = "levels"
  static let fields = [
    Field("levels", .map(.number), required: true), Field("describe", .map(.text)),
  ]

  let levels: [(name: String, percent: Exact)]

  init?(_ node: Node) {
    guard let entries = node["levels"]?.map, !entries.isEmpty else { return nil }
    let levels = entries.compactMap { entry in entry.value.number.map { (name: entry.key, percent: $0) } }
    guard levels.count == entries.count else { return nil }
    self.levels = levels
  }

  static func check(_ node: Node, points: Exact?, _ problems: inout Problems) {
    let entries = node["levels"]?.map ?? []
    if let levels = node["levels"], entries.isEmpty { problems.add("levels.empty", at: levels.place) }
    for entry in entries {
      if let percent = entry.value.number, !(Exact.zero...Exact.hundred).contains(percent) {
        problems.add("percent.range", at: entry.value.place, ["found": .number(percent)])
      }
    }
    for entry in node["describe"]?.map ?? [] where !entries.contains(where: { $0.key == entry.key }) {
      problems.add(
        "level.unknown", at: entry.keyPlace, ["level": .text(entry.key), "known": .known(entries.map(\.key))])
    }
  }

  var needs: [Need] { [Need("level", .level(levels.map(\.name)))] }

  func work(_ facts: ItemFacts, points: Exact) throws(Fault) -> Working {
    guard case .text(let level)? = facts.values["level"], let found = levels.first(where: { $0.name == level }) else {
      throw Fault("missing")
    }
    let score = points * found.percent / .hundred
    return Working(
      score, points: points,
      [
        Message(
          "rule.levels",
          [
            "title": facts.title("level"), "level": .text(level), "percent": .number(found.percent),
            "score": .number(score),
          ])
      ])
  }
}
