import Notation

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
