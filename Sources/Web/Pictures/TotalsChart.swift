import Notation
import Publishing

/// Every group's total over the years as a thin line, the median as a thick one, the space between highest and lowest
/// faintly blue. The vertical numbers don't begin at zero: lines show how things move, not how long they are.
struct TotalsChart {
  struct Year {
    let title: String
    let spread: Growth.Spread
    /// Under the year: how far apart they are.
    let note: String
  }

  struct Line {
    let name: String
    /// One for each year; nil where there is none.
    let totals: [Exact?]
    let link: String?
  }

  let years: [Year]
  let lines: [Line]
  let places: Int
  let highest: String
  let median: String
  let lowest: String
  let label: String

  private static let left: Drawing.Length = 560
  private static let first: Drawing.Length = 900
  private static let last: Drawing.Length = 4_250
  private static let right: Drawing.Length = 5_360
  private static let top: Drawing.Length = 120
  private static let bottom: Drawing.Length = 3_400

  var svg: String {
    let values = years.flatMap { [$0.spread.highest, $0.spread.lowest] }
    let ten = Exact(10)
    let low = ((values.min() ?? .zero) / ten).floor * ten
    let high = max(((values.max() ?? ten) / ten).ceiling * ten, low + ten)
    let up = Scale(from: low, to: high, start: Self.bottom, end: Self.top)
    var drawing = Drawing()
    grid(low, high, up, &drawing)
    area(up, &drawing)
    for line in lines { draw(line, up, &drawing) }
    medians(up, &drawing)
    for (place, year) in years.enumerated() {
      drawing.text(year.title, x: x(place), y: Self.bottom + 210, size: 125, anchor: .middle, colour: Ink.second)
      drawing.text(year.note, x: x(place), y: Self.bottom + 420, size: 125, anchor: .middle, colour: Ink.text)
    }
    ends(up, &drawing)
    return drawing.svg(width: 5_480, height: 4_000, label: label, fits: true)
  }

  private func x(_ place: Int) -> Drawing.Length {
    years.count < 2 ? Self.first : Self.first + (Self.last - Self.first) * place / (years.count - 1)
  }

  private func grid(_ low: Exact, _ high: Exact, _ up: Scale, _ drawing: inout Drawing) {
    var value = low
    // Ten points apart, wider where there would be too many.
    let step = high - low > Exact(80) ? Exact(20) : Exact(10)
    while value <= high {
      let y = up.place(value)
      drawing.line(x1: Self.left, y1: y, x2: Self.right, y2: y, "stroke=\"\(Ink.grid)\"")
      drawing.text(value.fixed(places: 0), x: Self.left - 80, y: y + 40, size: 115, anchor: .end, colour: Ink.third)
      value += step
    }
  }

  private func area(_ up: Scale, _ drawing: inout Drawing) {
    let above = years.enumerated().map { (x($0.offset), up.place($0.element.spread.highest)) }
    let below = years.enumerated().map { (x($0.offset), up.place($0.element.spread.lowest)) }.reversed()
    drawing.raw("<polygon points=\"\(Self.points(above + below))\" fill=\"\(Ink.soft)\"/>")
  }

  private static func points(_ points: [(Drawing.Length, Drawing.Length)]) -> String {
    points.map { "\(px($0.0)),\(px($0.1))" }.joined(separator: " ")
  }

  /// A gap of years is a gap of the line.
  private func draw(_ line: Line, _ up: Scale, _ drawing: inout Drawing) {
    var runs: [[(Drawing.Length, Drawing.Length)]] = [[]]
    for (place, total) in line.totals.enumerated() {
      if let total { runs[runs.count - 1].append((x(place), up.place(total))) } else { runs.append([]) }
    }
    drawing.link(line.link, title: line.name) { drawing in
      for run in runs where run.count > 1 {
        drawing.raw(
          "<polyline points=\"\(Self.points(run))\" fill=\"none\" stroke=\"\(Ink.axis)\" stroke-width=\"0.8\"/>")
      }
      for run in runs where run.count == 1 {
        drawing.circle(x: run[0].0, y: run[0].1, radius: 20, "fill=\"\(Ink.axis)\"")
      }
    }
  }

  private func medians(_ up: Scale, _ drawing: inout Drawing) {
    let middle = years.enumerated().map { (x($0.offset), up.place($0.element.spread.median)) }
    drawing.raw(
      "<polyline points=\"\(Self.points(middle))\" fill=\"none\" stroke=\"\(Ink.blue)\" stroke-width=\"2.5\"/>")
    for point in middle { drawing.circle(x: point.0, y: point.1, radius: 36, "fill=\"\(Ink.blue)\"") }
  }

  /// What stands at the right of the last year, never on each other.
  private func ends(_ up: Scale, _ drawing: inout Drawing) {
    guard let spread = years.last?.spread else { return }
    let (top, bottom) = (up.place(spread.highest), up.place(spread.lowest))
    let middle = min(max(up.place(spread.median), top + 180), max(bottom - 180, top + 180))
    for (title, value, y, colour) in [
      (highest, spread.highest, top, Ink.second), (median, spread.median, middle, Ink.blue),
      (lowest, spread.lowest, max(bottom, middle + 180), Ink.second),
    ] {
      drawing.text(
        "\(title) \(value.fixed(places: places))", x: Self.last + 110, y: y + 40, size: 125, colour: colour,
        isBold: colour == Ink.blue)
    }
  }
}
