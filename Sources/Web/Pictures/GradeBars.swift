import Notation

/// How many groups came to each grade, this year above last year's; lengths from zero.
struct GradeBars {
  struct Row {
    let title: String
    let now: Int
    /// Nil: there is no year before.
    let before: Int?
  }

  let rows: [Row]
  let nowTitle: String
  let beforeTitle: String?
  let label: String

  private static let left: Drawing.Length = 1_100
  private static let right: Drawing.Length = 4_900
  private static let first: Drawing.Length = 420

  var svg: String {
    let most = rows.flatMap { [$0.now, $0.before ?? 0] }.max() ?? 0
    let scale = Scale(from: .zero, to: Exact(max(1, most)), start: Self.left, end: Self.right)
    let hasBefore = rows.contains { $0.before != nil }
    let pitch: Drawing.Length = hasBefore ? 620 : 420
    var drawing = Drawing()
    legend(&drawing)
    for (place, row) in rows.enumerated() {
      let y = Self.first + pitch * place
      let middle = y + (hasBefore ? 230 : 120)
      drawing.text(row.title, x: Self.left - 120, y: middle + 45, size: 130, anchor: .end)
      bar(row.now, y: y, scale, colour: Ink.blue, &drawing)
      if let before = row.before { bar(before, y: y + 230, scale, colour: Ink.axis, &drawing) }
    }
    drawing.line(
      x1: Self.left, y1: Self.first - 60, x2: Self.left, y2: Self.first + pitch * rows.count - 120,
      "stroke=\"\(Ink.axis)\"")
    return drawing.svg(
      width: 5_480, height: Self.first + pitch * rows.count, label: label, fits: true)
  }

  private func bar(
    _ count: Int, y: Drawing.Length, _ scale: Scale, colour: String, _ drawing: inout Drawing
  ) {
    let end = scale.place(Exact(count))
    if end > Self.left {
      drawing.rect(x: Self.left, y: y, width: end - Self.left, height: 180, "fill=\"\(colour)\"")
    }
    drawing.text(String(count), x: end + 80, y: y + 135, size: 130)
  }

  private func legend(_ drawing: inout Drawing) {
    var x = Self.left
    for (title, colour) in [(nowTitle, Ink.blue)] + (beforeTitle.map { [($0, Ink.axis)] } ?? []) {
      drawing.rect(x: x, y: 90, width: 140, height: 100, "fill=\"\(colour)\"")
      drawing.text(title, x: x + 200, y: 180, size: 120, colour: Ink.second)
      x += 1_500
    }
  }
}
