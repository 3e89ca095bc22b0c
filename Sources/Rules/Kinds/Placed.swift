import Notation

/// Points by the group's place among the year's groups.
struct Placed: Rule {
  static let kind = "placed"
  static let fields = [
    Field("places", .list(.number, least: 1), required: true),
    Field("better", .word(["higher", "lower"]), required: true), Field("fullFrom", .bound),
  ]

  let places: [Exact]
  let higherIsBetter: Bool
  let fullFrom: Exact?

  init?(_ node: Node) {
    guard let places = node.each("places", { $0.number }), let better = node["better"]?.text,
      !(node["fullFrom"]?.isUndecided ?? false)
    else { return nil }
    self.places = places
    higherIsBetter = better == "higher"
    fullFrom = node.exact("fullFrom")
  }

  static func check(_ node: Node, points: Exact?, _ problems: inout Problems) {
    let places = node["places"]?.list ?? []
    for (above, below) in zip(places, places.dropFirst()) {
      if let upper = above.number, let lower = below.number, lower > upper {
        problems.add("places.rising", at: below.place, ["found": .number(lower)])
      }
    }
    for place in places {
      guard let value = place.number else { continue }
      if value.isNegative {
        problems.add("number.negative", at: place.place, ["key": "places", "found": .number(value)])
      }
      if let points, value > points {
        problems.add("points.above", at: place.place, ["found": .number(value), "points": .number(points)])
      }
    }
  }

  var needs: [Need] { [Need("value", .number)] }

  func isBetter(_ a: Exact, than b: Exact) -> Bool { higherIsBetter ? a > b : a < b }

  func isFull(_ value: Exact) -> Bool { fullFrom.map { !isBetter($0, than: value) } ?? false }

  /// How many stand better, those with the full points left out.
  private func ahead(of value: Exact, _ peers: Peers) -> Int {
    if higherIsBetter { return (fullFrom.map { peers.below($0) } ?? peers.count) - peers.atMost(value) }
    return peers.below(value) - (fullFrom.map { peers.atMost($0) } ?? 0)
  }

  func work(_ facts: ItemFacts, points: Exact) throws(Fault) -> Working {
    guard let value = facts.number("value") else { throw Fault("missing") }
    if let fullFrom, isFull(value) {
      return Working(
        points, points: points,
        [
          Message(
            "rule.placed.full",
            [
              "title": facts.title("value"), "value": facts.shown("value", value),
              "from": facts.shown("value", fullFrom),
            ])
        ])
    }
    let place = ahead(of: value, facts.peers) + 1
    let score = place <= places.count ? places[place - 1] : .zero
    return Working(
      score, points: points,
      [
        Message(
          "rule.placed",
          [
            "title": facts.title("value"), "value": facts.shown("value", value), "place": .count(place),
            "score": .number(score),
          ])
      ])
  }
}
