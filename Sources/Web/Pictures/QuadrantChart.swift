import Notation

/// Points in four corners around zero; the good corner is at the top right and faintly green, whichever way the vertical
/// numbers run.
struct QuadrantChart {
  struct Point {
    let name: String
    let x: Exact
    let y: Exact
    let link: String?
  }

  /// The corners' names.
  struct Corners {
    let good: String
    let topLeft: String
    let bottomRight: String
    let bottomLeft: String
  }

  let points: [Point]
  let corners: Corners
  /// With their units.
  let xTitle: String
  let yTitle: String
  /// Whether a lower value is better and stands higher.
  let lowerIsBetter: Bool
  let label: String

  private static let left: Drawing.Length = 720
  private static let right: Drawing.Length = 5_360
  private static let top: Drawing.Length = 80
  private static let bottom: Drawing.Length = 3_500

  var svg: String {
    let (xs, ys) = (QuadrantChart.axis(points.map(\.x)), QuadrantChart.axis(points.map(\.y)))
    let across = Scale(from: xs.from, to: xs.to, start: Self.left, end: Self.right)
    let up = Scale(
      from: ys.from, to: ys.to, start: lowerIsBetter ? Self.top : Self.bottom,
      end: lowerIsBetter ? Self.bottom : Self.top)
    let (zeroX, zeroY) = (across.place(.zero), up.place(.zero))
    var drawing = Drawing()
    drawing.rect(
      x: zeroX, y: Self.top, width: Self.right - zeroX, height: zeroY - Self.top, "fill=\"\(Ink.goodCorner)\"")
    drawing.rect(
      x: Self.left, y: Self.top, width: Self.right - Self.left, height: Self.bottom - Self.top,
      "fill=\"none\" stroke=\"\(Ink.edge)\"")
    for value in xs.ticks {
      let x = across.place(value)
      drawing.text(xs.text(value), x: x, y: Self.bottom + 160, size: 110, anchor: .middle, colour: Ink.third)
      drawing.line(x1: x, y1: Self.bottom, x2: x, y2: Self.bottom + 40, "stroke=\"\(Ink.axis)\"")
    }
    for value in ys.ticks {
      drawing.text(
        ys.text(value), x: Self.left - 70, y: up.place(value) + 40, size: 110, anchor: .end, colour: Ink.third)
    }
    drawing.line(x1: zeroX, y1: Self.top, x2: zeroX, y2: Self.bottom, "stroke=\"\(Ink.second)\"")
    drawing.line(x1: Self.left, y1: zeroY, x2: Self.right, y2: zeroY, "stroke=\"\(Ink.second)\"")
    drawCorners(&drawing)
    draw(points.map { ($0, across.place($0.x), up.place($0.y)) }, &drawing)
    drawing.text(xTitle, x: (Self.left + Self.right) / 2, y: 3_900, anchor: .middle, colour: Ink.second)
    let middle = px((Self.top + Self.bottom) / 2)
    drawing.text(
      yTitle, x: 160, y: (Self.top + Self.bottom) / 2, anchor: .middle, colour: Ink.second,
      look: "transform=\"rotate(-90 16 \(middle))\"")
    return drawing.svg(width: 5_480, height: 4_000, label: label, fits: true)
  }

  /// Each side of zero is at least half as wide as the other, so that every corner has room for its name.
  private static func axis(_ values: [Exact]) -> Axis { Axis(values + values.map { -$0 / Exact(2) }) }

  private func drawCorners(_ drawing: inout Drawing) {
    let (top, bottom) = (Self.top + 170, Self.bottom - 90)
    func name(_ text: String, _ x: Drawing.Length, _ y: Drawing.Length, _ anchor: Drawing.Anchor) {
      drawing.text(text, x: x, y: y, anchor: anchor, colour: Ink.second, isBold: true)
    }
    name(corners.good, Self.right - 80, top, .end)
    name(corners.topLeft, Self.left + 80, top, .start)
    name(corners.bottomRight, Self.right - 80, bottom, .end)
    name(corners.bottomLeft, Self.left + 80, bottom, .start)
  }

  /// Names stand at the right of their points, at the left where there is no room or another name already.
  private func draw(_ placed: [(point: Point, x: Drawing.Length, y: Drawing.Length)], _ drawing: inout Drawing) {
    var taken: [(from: Drawing.Length, to: Drawing.Length, y: Drawing.Length)] = []
    func isFree(_ from: Drawing.Length, _ to: Drawing.Length, _ y: Drawing.Length) -> Bool {
      from > Self.left && to < Self.right
        && !taken.contains { abs($0.y - y) < 130 && $0.from < to && from < $0.to }
    }
    for (point, x, y) in placed {
      let name = HeatMap.fitting(point.name, most: 20)
      let width = name.reduce(0) { $0 + ($1.isWide ? 120 : 65) }
      drawing.link(point.link, title: point.name) { drawing in
        drawing.circle(x: x, y: y, radius: 45, "fill=\"\(Ink.blue)\" stroke=\"#fff\"")
        // Where both sides are taken the name is left out; the table has all.
        if isFree(x + 80, x + 80 + width, y) {
          drawing.text(name, x: x + 80, y: y + 40)
          taken.append((x, x + 80 + width, y))
        } else if isFree(x - 80 - width, x - 80, y) {
          drawing.text(name, x: x - 80, y: y + 40, anchor: .end)
          taken.append((x - 80 - width, x, y))
        }
      }
    }
  }
}
