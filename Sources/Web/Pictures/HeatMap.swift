import Notation

/// Shares of the points by item and group (or area): rows are items in the document's order, columns stand in blocks.
struct HeatMap {
  struct Row {
    let number: String
    let title: String
    let link: String?
    /// Whether another indicator begins here.
    let beginsPart: Bool
  }

  struct Column {
    /// A number, or a name where there is room for one.
    let head: String
    /// Shown when the head is pointed at; the table says it too.
    let title: String
    let link: String?
  }

  struct Block {
    let title: String
    let link: String?
    let columns: [Column]
  }

  enum Cell: Hashable {
    case percent(Exact)
    case missing
    /// The item isn't asked of the group.
    case none
  }

  let rows: [Row]
  let blocks: [Block]
  /// By row, then by column through all blocks.
  let cells: [[Cell]]
  /// Where a cell leads.
  let link: (_ row: Int, _ column: Int) -> String?
  let label: String

  private static let left: Drawing.Length = 1_760
  private static let right: Drawing.Length = 12_900
  private static let cellHeight: Drawing.Length = 140
  private static let rowPitch: Drawing.Length = 160
  private static let partGap: Drawing.Length = 50
  private static let blockGap: Drawing.Length = 80

  private var columnCount: Int { blocks.map(\.columns.count).reduce(0, +) }

  /// Few columns are wide enough to say their number in the cell.
  private var pitch: Drawing.Length {
    let free = Self.right - Self.left - Self.blockGap * max(0, blocks.count - 1)
    return min(1_200, max(170, free / max(1, columnCount)))
  }

  private var saysNumbers: Bool { pitch >= 800 }

  /// The widest head, at half its size a letter and its size a Chinese character.
  private var headLength: Drawing.Length {
    blocks.flatMap(\.columns).map { $0.head.reduce(0) { $0 + ($1.isWide ? 110 : 60) } }.max() ?? 0
  }

  /// Names that are wider than their columns stand upright.
  private var standsUpright: Bool { headLength > pitch - 20 }
  private var headHeight: Drawing.Length { standsUpright ? headLength + 40 : 140 }

  /// Where the items' numbers end: `1.3a` needs more room than `18`.
  private var numberEnd: Drawing.Length { max(180, (rows.map(\.number.count).max() ?? 0) * 68) }

  var svg: String {
    var drawing = Drawing()
    drawing.raw(
      """
      <defs><pattern id="h" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
      <rect width="4" height="4" fill="#fff"/><rect width="1.3" height="4" fill="\(Ink.hatch)"/></pattern></defs>
      """)
    let places = drawHeads(&drawing)
    var y: Drawing.Length = 250 + headHeight
    for (row, item) in rows.enumerated() {
      if item.beginsPart, row > 0 { y += Self.partGap }
      drawing.text(item.number, x: numberEnd, y: y + 120, anchor: .end, colour: Ink.third)
      let title = HeatMap.fitting(item.title, most: (Self.left - numberEnd - 80) / 60)
      drawing.link(item.link) { $0.text(title, x: numberEnd + 60, y: y + 120) }
      for (column, x) in places.enumerated() where cells.indices.contains(row) && cells[row].indices.contains(column) {
        draw(cells[row][column], x: x, y: y, link(row, column), &drawing)
      }
      y += Self.rowPitch
    }
    let width = (places.last ?? Self.left) + pitch
    return drawing.svg(width: width, height: y + 30, label: label, fits: false)
  }

  /// The left edges of all columns.
  private func drawHeads(_ drawing: inout Drawing) -> [Drawing.Length] {
    var places: [Drawing.Length] = []
    var x = Self.left
    for block in blocks {
      let width = pitch * block.columns.count
      // A district of few groups has little room for its name.
      let title = HeatMap.fitting(block.title, most: (width + Self.blockGap - 30) / 64)
      drawing.link(block.link, title: block.title) { $0.text(title, x: x, y: 130, isBold: true) }
      drawing.line(x1: x, y1: 190, x2: x + width - 20, y2: 190, "stroke=\"\(Ink.axis)\"")
      for column in block.columns {
        drawing.link(column.link, title: column.title) {
          if standsUpright {
            $0.text(
              column.head, x: x + pitch / 2 - 10, y: 220 + headHeight, size: 105, anchor: .end, colour: Ink.third,
              look: "style=\"writing-mode:vertical-rl\"")
          } else {
            $0.text(column.head, x: x + pitch / 2 - 10, y: 320, size: 105, anchor: .middle, colour: Ink.third)
          }
        }
        places.append(x)
        x += pitch
      }
      x += Self.blockGap
    }
    return places
  }

  private func draw(_ cell: Cell, x: Drawing.Length, y: Drawing.Length, _ link: String?, _ drawing: inout Drawing) {
    let width = pitch - 20
    switch cell {
    case .none:
      drawing.line(
        x1: x + width / 2 - 30, y1: y + 70, x2: x + width / 2 + 30, y2: y + 70, "stroke=\"\(Ink.axis)\"")
    case .missing:
      drawing.link(link) {
        $0.rect(
          x: x, y: y, width: width, height: Self.cellHeight,
          "fill=\"url(#h)\" stroke=\"\(Ink.hatch)\" stroke-width=\".6\"")
      }
    case .percent(let percent):
      let shade = Shade(percent: percent)
      drawing.link(link) {
        // A number stands beside its colour: on the middle blues neither white nor black can be read.
        $0.rect(
          x: x, y: y, width: saysNumbers ? 280 : width, height: Self.cellHeight, "fill=\"\(shade.colour)\"")
        if saysNumbers { $0.text(percent.fixed(places: 1), x: x + 340, y: y + 115) }
      }
    }
  }

  /// A title cut to the room beside the cells; the table has it whole.
  static func fitting(_ title: String, most: Int = 24) -> String {
    var width = 0
    var kept = ""
    for character in title {
      width += character.isWide ? 2 : 1
      if width > most { return kept.dropLast() + "…" }
      kept.append(character)
    }
    return kept
  }
}

extension Character {
  /// Whether it takes the room of two Latin letters.
  var isWide: Bool { unicodeScalars.first.map { $0.value > 0x2E7F } ?? false }
}
