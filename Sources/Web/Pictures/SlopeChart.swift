/// Ranks of two years, joined by lines: grey for small moves, green up and red down from three places on.
struct SlopeChart {
  struct Line {
    let name: String
    let before: Int?
    let after: Int?
    /// Behind the name where it wasn't ranked before, such as 首次.
    let note: String?
    let link: String?
  }

  let lines: [Line]
  let beforeTitle: String
  let afterTitle: String
  let label: String

  /// From so many places on a move is coloured.
  static let notable = 3
  private static let first: Drawing.Length = 400
  private static let leftX: Drawing.Length = 1_900
  private static let rightX: Drawing.Length = 3_500

  private var pitch: Drawing.Length { lines.count > 16 ? 190 : 255 }

  var svg: String {
    let before = places(lines.map(\.before))
    let after = places(lines.map(\.after))
    var drawing = Drawing()
    for (title, x) in [(beforeTitle, Self.leftX), (afterTitle, Self.rightX)] {
      drawing.text(title, x: x, y: 170, size: 125, anchor: .middle, colour: Ink.second, isBold: true)
    }
    for (index, line) in lines.enumerated() {
      let (colour, width) = SlopeChart.look(line)
      if let from = before[index], let to = after[index] {
        drawing.line(
          x1: Self.leftX, y1: from, x2: Self.rightX, y2: to, "stroke=\"\(colour)\" stroke-width=\"\(px(width))\"")
      }
      if let rank = line.before, let y = before[index] {
        drawing.circle(x: Self.leftX, y: y, radius: 30, "fill=\"\(colour)\"")
        drawing.text(String(rank), x: Self.leftX - 90, y: y + 40, size: 130, anchor: .end)
        drawing.text(HeatMap.fitting(line.name, most: 22), x: Self.leftX - 360, y: y + 40, size: 130, anchor: .end)
      }
      if let rank = line.after, let y = after[index] {
        let name = HeatMap.fitting(line.name, most: 22) + (line.note ?? "")
        drawing.circle(x: Self.rightX, y: y, radius: 30, "fill=\"\(colour)\"")
        drawing.text(String(rank), x: Self.rightX + 260, y: y + 40, size: 130, anchor: .end)
        drawing.link(line.link) { $0.text(name, x: Self.rightX + 380, y: y + 40, size: 130) }
      }
    }
    let last = (before + after).compactMap(\.self).max() ?? Self.first
    return drawing.svg(width: 5_480, height: last + 160, label: label, fits: true)
  }

  /// Its colour and thickness.
  static func look(_ line: Line) -> (colour: String, width: Drawing.Length) {
    guard let before = line.before, let after = line.after else { return (Ink.axis, 12) }
    if before - after >= notable { return (Ink.good, 20) }
    if after - before >= notable { return (Ink.bad, 20) }
    return (Ink.axis, 12)
  }

  /// Heights by rank; who shares a rank stands below, so that no two names lie on each other.
  private func places(_ ranks: [Int?]) -> [Drawing.Length?] {
    var heights: [Drawing.Length?] = Array(repeating: nil, count: ranks.count)
    var taken = 0
    let ranked = ranks.enumerated().compactMap { index, rank in rank.map { (index: index, rank: $0) } }
    for (index, rank) in ranked.sorted(by: { ($0.rank, $0.index) < ($1.rank, $1.index) }) {
      // A gap shows that others stand between; a long one would only stretch the picture.
      taken = max(taken + 1, min(rank, taken + 2))
      heights[index] = Self.first + (taken - 1) * pitch
    }
    return heights
  }
}
