import Notation

/// A value on the way to a target: points × min(1, value/target).
struct Attainment: Rule {
  static let kind = "attainment"
  static let fields = [Field("target", .number, required: true)]

  let target: Exact

  init?(_ node: Node) {
    guard let target = node.exact("target"), target > .zero else { return nil }
    self.target = target
  }

  static func check(_ node: Node, points: Exact?, _ problems: inout Problems) { problems.positive(node, "target") }

  var needs: [Need] { [Need("value", .number)] }
  var curve: Curve? { .line(input: "value", full: target) }

  func work(_ facts: ItemFacts, points: Exact) throws(Fault) -> Working {
    guard let value = facts.number("value") else { throw Fault("missing") }
    let score = points * min(.one, value / target)
    return Working(
      score, points: points,
      [
        Message(
          value >= target ? "rule.attainment.full" : "rule.attainment.part",
          [
            "title": facts.title("value"), "value": facts.shown("value", value),
            "target": facts.shown("value", target), "score": .number(max(.zero, score)),
          ])
      ])
  }
}

/// The points of the first band the value reaches.
struct Bands: Rule {
  static let kind = "bands"
  static let band = ObjectShape("band") {
    [Field("from", .number, required: true), Field("points", .number, required: true), Field("title", .text)]
  }
  static let fields = [Field("bands", .list(.object(band), least: 1), required: true)]

  let bands: [(from: Exact, points: Exact)]

  init?(_ node: Node) {
    let bands: [(from: Exact, points: Exact)]? = node.each("bands") { band in
      guard let from = band.exact("from"), let points = band.exact("points") else { return nil }
      return (from, points)
    }
    guard let bands else { return nil }
    self.bands = bands
  }

  static func check(_ node: Node, points: Exact?, _ problems: inout Problems) {
    let bands = node["bands"]?.list ?? []
    for (above, band) in zip(bands, bands.dropFirst()) {
      if let upper = above.exact("from"), let lower = band.exact("from"), lower >= upper {
        problems.add("bands.falling", at: band["from"]?.place ?? band.place, ["from": .number(lower)])
      }
    }
    for band in bands {
      problems.notNegative(band, "points")
      if let points, let given = band.exact("points"), given > points {
        problems.add(
          "points.above", at: band["points"]?.place ?? band.place,
          ["found": .number(given), "points": .number(points)])
      }
    }
  }

  var needs: [Need] { [Need("value", .number)] }
  var curve: Curve? { .steps(input: "value", bands) }

  func work(_ facts: ItemFacts, points: Exact) throws(Fault) -> Working {
    guard let value = facts.number("value") else { throw Fault("missing") }
    let band = bands.first { value >= $0.from }
    return Working(
      band?.points ?? .zero, points: points,
      [
        Message(
          band == nil ? "rule.bands.below" : "rule.bands.reached",
          [
            "title": facts.title("value"), "value": facts.shown("value", value),
            "from": facts.shown("value", band?.from ?? bands.last?.from ?? .zero),
            "points": .number(band?.points ?? .zero),
          ])
      ])
  }
}

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
