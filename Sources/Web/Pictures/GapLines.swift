import Notation

/// Coefficients over the years, a line each; limits as red dashes across.
struct GapLines {
  struct Line {
    let name: String
    let isDashed: Bool
    let values: [Exact?]
  }

  let years: [String]
  let lines: [Line]
  let limits: [Exact]
  let label: String

  private static let left: Drawing.Length = 620
  private static let right: Drawing.Length = 6_600
  private static let top: Drawing.Length = 160
  private static let bottom: Drawing.Length = 3_000
  private static let colours = ["#1b579f", "#1d6f47", "#8a5a00", "#7a3b8f", "#0c7c86", "#5f6c7b", "#b4491f"]

  var svg: String {
    let most = (lines.flatMap(\.values).compactMap(\.self) + limits).max() ?? .one
    let axis = Axis([most])
    let scale = Scale(from: .zero, to: axis.to, start: Self.bottom, end: Self.top)
    var drawing = Drawing()
    for tick in axis.ticks where !tick.isNegative {
      let y = scale.place(tick)
      drawing.line(x1: Self.left, y1: y, x2: Self.right, y2: y, "stroke=\"\(Ink.grid)\"")
      drawing.text(tick.plain, x: Self.left - 80, y: y + 40, size: 110, anchor: .end, colour: Ink.third)
    }
    for limit in limits {
      let y = scale.place(limit)
      drawing.line(
        x1: Self.left, y1: y, x2: Self.right, y2: y, "stroke=\"\(Ink.bad)\" stroke-dasharray=\"6 4\"")
      drawing.text(limit.plain, x: Self.right + 60, y: y + 40, size: 110, colour: Ink.bad)
    }
    let step = years.count > 1 ? (Self.right - Self.left) / (years.count - 1) : 0
    for (place, year) in years.enumerated() {
      drawing.text(
        year, x: Self.left + step * place, y: Self.bottom + 200, size: 115, anchor: .middle, colour: Ink.second)
    }
    for (number, line) in lines.enumerated() {
      draw(line, Self.colours[number % Self.colours.count], step, scale, &drawing)
    }
    legend(&drawing)
    return drawing.svg(width: Self.right + 500, height: Self.bottom + 900, label: label, fits: true)
  }

  private func draw(
    _ line: Line, _ colour: String, _ step: Drawing.Length, _ scale: Scale, _ drawing: inout Drawing
  ) {
    let look = "stroke=\"\(colour)\" stroke-width=\"1.6\"" + (line.isDashed ? " stroke-dasharray=\"4 3\"" : "")
    var last: (x: Drawing.Length, y: Drawing.Length)?
    for (place, value) in line.values.enumerated() {
      guard let value else {
        last = nil
        continue
      }
      let point = (x: Self.left + step * place, y: scale.place(value))
      if let last { drawing.line(x1: last.x, y1: last.y, x2: point.x, y2: point.y, look) }
      drawing.circle(x: point.x, y: point.y, radius: 24, "fill=\"\(colour)\"")
      last = point
    }
  }

  /// Names once: the dashed lines have the colours of the others.
  private func legend(_ drawing: inout Drawing) {
    for (number, line) in lines.filter({ !$0.isDashed }).enumerated() {
      let (x, y) = (Self.left + number % 3 * 2_100, Self.bottom + 420 + number / 3 * 190)
      drawing.rect(x: x, y: y - 90, width: 140, height: 90, "fill=\"\(Self.colours[number % Self.colours.count])\"")
      drawing.text(line.name, x: x + 200, y: y, size: 115, colour: Ink.second)
    }
  }
}
