import Notation

/// Upright bars from zero, each with its target as a dark tick; what is still to come is dashed.
struct BarChart {
  struct Bar {
    let title: String
    /// Nil: still to come.
    let value: Exact?
    let target: Exact?
    /// The target in words.
    let targetTitle: String
  }

  let bars: [Bar]
  /// The upper end of the axis.
  let most: Exact
  /// Behind every number.
  var unit = ""
  let label: String

  private static let bottom: Drawing.Length = 1_420
  private static let top: Drawing.Length = 140
  private static let left: Drawing.Length = 360
  private static let pitch: Drawing.Length = 1_200
  private static let width: Drawing.Length = 440

  var svg: String {
    let scale = Scale(from: .zero, to: most, start: Self.bottom, end: Self.top)
    let right = Self.left + 140 + Self.pitch * max(1, bars.count)
    var drawing = Drawing()
    for quarter in 0...4 {
      let value = most * Exact(quarter) / Exact(4)
      let y = scale.place(value)
      drawing.line(x1: Self.left, y1: y, x2: right, y2: y, "stroke=\"\(Ink.grid)\"")
      drawing.text(value.plain + unit, x: Self.left - 60, y: y + 40, size: 110, anchor: .end, colour: Ink.third)
    }
    for (place, bar) in bars.enumerated() {
      draw(bar, x: Self.left + 440 + Self.pitch * place, scale, &drawing)
    }
    return drawing.svg(width: right + 420, height: 1_760, label: label, fits: true)
  }

  private func draw(_ bar: Bar, x: Drawing.Length, _ scale: Scale, _ drawing: inout Drawing) {
    let shown = bar.value ?? bar.target
    if let shown {
      let y = scale.place(shown)
      let look =
        bar.value == nil ? "fill=\"none\" stroke=\"\(Ink.axis)\" stroke-dasharray=\"3 3\"" : "fill=\"\(Ink.blue)\""
      drawing.rect(x: x, y: y, width: Self.width, height: Self.bottom - y, look)
    }
    if let value = bar.value {
      let number = Self.number(at: scale.place(value), tick: bar.target.map { scale.place($0) })
      drawing.text(
        value.plain + unit, x: x + Self.width / 2, y: number.y, size: 125, anchor: .middle,
        colour: number.isInside ? "#fff" : Ink.text, isBold: true)
    }
    if let target = bar.target {
      let y = scale.place(target)
      drawing.line(x1: x - 140, y1: y, x2: x + Self.width + 140, y2: y, "stroke=\"\(Ink.text)\" stroke-width=\"2\"")
      drawing.text(bar.targetTitle, x: x + Self.width + 180, y: y + 40)
    }
    drawing.text(bar.title, x: x + Self.width / 2, y: 1_590, anchor: .middle, colour: Ink.second)
  }

  /// Where a bar's number stands: inside its upper end, above it where that is low or the tick lies there, and above the
  /// tick where that lies there too.
  static func number(at end: Drawing.Length, tick: Drawing.Length?) -> (y: Drawing.Length, isInside: Bool) {
    func isFree(_ y: Drawing.Length) -> Bool { tick.map { !(y - 200...y + 70).contains($0) } ?? true }
    if bottom - end > 260, isFree(end + 180) { return (end + 180, true) }
    if isFree(end - 60) { return (end - 60, false) }
    return (min(end, tick ?? end) - 60, false)
  }
}
