import Notation
import Policies
import Publishing

/// 成长与差距: the totals of all groups over the published years, how far apart they are, and where the districts stand
/// between both; with the tables the pictures are drawn from.
struct GrowthPanel {
  struct Year {
    let title: String
    let count: Int
    let highest: String
    let median: String
    let lowest: String
    let gap: String
    let coefficient: String
  }

  struct Group {
    let name: String
    let link: String
    let totals: [String]
    let gain: String
    let gainClass: String
  }

  struct District {
    let name: String
    let count: Int
    let growth: String
    let change: String
  }

  let totals: String
  /// Nil where no district has two groups in both years.
  let quadrant: String?
  let method: String
  let years: [Year]
  let heads: [String]
  let groups: [Group]
  let districts: [District]
  let hasDistricts: Bool

  /// More lines than that show nothing.
  static let mostGroups = 400

  /// Nil before a second year is published.
  init?(_ growth: Growth, _ results: ResultWords, link: (ID) -> String) {
    guard let first = growth.years.first, let last = growth.years.last, first < last else { return nil }
    let words = results.words
    let spreads = growth.years.compactMap { year in growth.spread(year).map { (year: year, spread: $0) } }
    let byGroup = growth.groups
    let latest = growth.totals.filter { $0.year == last }
    totals =
      TotalsChart(
        years: spreads.map { year in
          TotalsChart.Year(
            title: words.years(year.year), spread: year.spread,
            note: words.text("results.growth.gap.of", ["gap": .text(results.number(year.spread.gap))]))
        },
        lines: latest.map { total in
          TotalsChart.Line(
            name: total.name, totals: growth.years.map { byGroup[total.group]?[$0] }, link: link(total.group))
        }, places: results.policy.rounding.places, highest: words.text("results.growth.highest"),
        median: words.text("results.growth.median"), lowest: words.text("results.growth.lowest"),
        label: words.text("results.growth.totals.label")
      ).svg
    let districts = growth.districts
    quadrant = districts.isEmpty ? nil : GrowthPanel.quadrant(districts, since: words.years(first), words)
    method = words.text("results.growth.method", ["year": .text(words.years(first))])
    years = spreads.map { year, spread in
      Year(
        title: words.years(year), count: spread.count, highest: results.number(spread.highest),
        median: results.number(spread.median), lowest: results.number(spread.lowest), gap: results.number(spread.gap),
        coefficient: spread.coefficient?.fixed(places: 4) ?? "—")
    }
    heads = growth.years.map { words.years($0) }
    groups = latest.map { total in
      let own = byGroup[total.group] ?? [:]
      let gain = Growth.gain(own)
      return Group(
        name: total.name, link: link(total.group), totals: growth.years.map { results.number(own[$0]) },
        gain: GrowthPanel.signed(gain, places: results.policy.rounding.places),
        gainClass: gain.map { $0.isZero ? "" : $0.isNegative ? "badc" : "okc" } ?? "mut")
    }
    self.districts = districts.map { district in
      District(
        name: district.name, count: district.count,
        growth: GrowthPanel.signed(district.growth, places: results.policy.rounding.places),
        change: GrowthPanel.signed(district.change, places: 4))
    }
    hasDistricts = !districts.isEmpty
  }

  /// `+1.20`, `−0.50`, `0.00`; missing is `—`.
  private static func signed(_ value: Exact?, places: Int) -> String {
    guard let value else { return "—" }
    let text = value.magnitude.fixed(places: places)
    return value.isZero ? text : (value.isNegative ? "−" : "+") + text
  }

  private static func quadrant(_ districts: [Growth.District], since year: String, _ words: Catalogue) -> String {
    QuadrantChart(
      points: districts.map { QuadrantChart.Point(name: $0.name, x: $0.growth, y: $0.change, link: nil) },
      corners: QuadrantChart.Corners(
        good: words.text("results.growth.corner.good"), topLeft: words.text("results.growth.corner.slow"),
        bottomRight: words.text("results.growth.corner.apart"), bottomLeft: words.text("results.growth.corner.bad")),
      xTitle: words.text("results.growth.x", ["year": .text(year)]), yTitle: words.text("results.growth.y"),
      lowerIsBetter: true, label: words.text("results.growth.label")
    ).svg
  }
}
