public import Notation
import Policies
import Rules

/// One item of a policy as whole numbers: from the sum of the marks that count to the score in units of the policy's
/// last place.
struct PanelItem: Sendable {
  enum Course: Sendable {
    /// The quotient, at most the item's points.
    case line(Quotient, most: Int)
    /// From which sum on how much is added (or taken away), sums rising.
    case steps([(from: Int, gain: Int)])
  }

  let item: Item
  /// Where it stands in the panel.
  let position: Int
  let input: String
  let course: Course

  /// - Parameter divisor: how many units of marks, summed over those that count, are one percent.
  init(_ item: Item, position: Int, divisor: Int, rounding: Rounding) throws(PanelRefusal) {
    guard item.of == .group else { throw PanelRefusal("item.of", ["item": .text(item.id)]) }
    guard let curve = item.rule.curve, item.needs.map(\.name) == [curve.input], !item.usesMonths else {
      let kind = item.node["rule"]?["kind"]?.text ?? ""
      throw PanelRefusal("item.rule", ["item": .text(item.id), "kind": .text(kind)])
    }
    guard let points = item.points.units(rounding.places),
      let course = PanelItem.course(curve, points, item.points, divisor, rounding)
    else { throw PanelRefusal("item.range", ["item": .text(item.id)]) }
    self.item = item
    self.position = position
    self.input = curve.input
    self.course = course
  }

  private static func course(
    _ curve: Curve, _ units: Int, _ points: Exact, _ divisor: Int, _ rounding: Rounding
  ) -> Course? {
    let most = 100 * divisor
    switch curve {
    case .line(_, let full):
      // A target with decimals: both sides are multiplied until it is whole.
      for exponent in 0...6 {
        let power = Exact.power(ofTen: exponent)
        guard let bottom = (full * Exact(divisor) * power).integer, let top = (Exact(units) * power).integer else {
          continue
        }
        return Quotient(top: top, bottom: bottom, most: most, mode: rounding.mode).map { .line($0, most: units) }
      }
      return nil
    case .steps(_, let bands):
      var steps: [(from: Int, gain: Int)] = []
      var below = 0
      for band in bands.reversed() {
        guard let from = (band.from * Exact(divisor)).ceiling.integer,
          let score = band.points.clamped(to: .zero...points).rounded(rounding).units(rounding.places)
        else { return nil }
        steps.append((min(max(from, 0), most + 1), score - below))
        below = score
      }
      return .steps(steps)
    }
  }
}

extension Exact {
  /// The value in units of the given decimal place; nil where it is finer or too large.
  public func units(_ places: Int) -> Int? { (self * Exact.power(ofTen: places)).integer }
}
