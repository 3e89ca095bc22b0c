public import Ledgers
public import Notation
import Policies
import Rules

/// The figures of many groups as one table: a line for each input of each group, or of each of its schools.
public struct FigureTable: Sendable {
  /// A group with its figures.
  public struct Part: Sendable {
    let authority: String
    let group: String
    let figures: [YearFigure]
    let documents: [String: String]

    public init(authority: String, group: String, year: GroupYear, figures: [YearFigure]) {
      self.authority = authority
      self.group = group
      self.figures = figures
      documents = Dictionary(year.asked.map { ($0.id, $0.title) }) { first, _ in first }
    }
  }

  private static let keys = [
    "authority", "group", "school", "item", "itemTitle", "input", "value", "state", "soFar", "origin", "how", "rows",
    "missing",
  ]

  let words: Catalogue
  public let rows: [[TableBook.Cell]]

  public init(_ parts: [Part], words: Catalogue) {
    self.words = words
    let writer = FigureWords(words)
    rows = parts.flatMap { part in part.figures.map { FigureTable.row(part, $0, writer) } }
  }

  public var heads: [String] { FigureTable.keys.map { words.text("ledger.table.\($0)") } }

  private static func row(_ part: Part, _ figure: YearFigure, _ writer: FigureWords) -> [TableBook.Cell] {
    let (words, binding, reading) = (writer.words, figure.binding, figure.reading)
    /// A number as it is, that tables can go on computing with; everything else in words.
    func cell(_ fact: Fact?) -> TableBook.Cell {
      switch fact {
      case nil: .text("")
      case .number(let number): .number(number.decimalText)
      case let fact?: .text(writer.text(fact, binding))
      }
    }
    // An id that is a word is no number.
    let number = binding.item.id.contains(where: \.isNumber) ? binding.item.id : ""
    func said(_ messages: [Message]?) -> TableBook.Cell {
      .text((messages ?? []).map { words.text($0) }.joined(separator: "；"))
    }
    return [
      .text(part.authority), .text(part.group), .text(figure.school?.name ?? ""), .text(number),
      .text(binding.item.title), .text(writer.title(binding)), cell(reading?.value),
      .text(words.text("ledger.state.\(figure.state.rawValue)")), cell(reading?.soFar),
      .text(writer.origin(figure) { part.documents[$0] }), said(reading?.how),
      reading.map { .number(String($0.rows.count)) } ?? .text(""), said(reading?.missing),
    ]
  }

  /// - Parameter title: what stands above the table.
  public func write(to path: String, title: String) throws(WorkbookTrouble) {
    try TableBook(title: title, sheet: words.text("ledger.table"), heads: heads, rows: rows, places: 4).write(to: path)
  }

  /// Comma-separated, with a byte order mark so that Excel reads the characters.
  public var csv: String {
    let lines =
      [heads.map { EditionTable.quoted($0) }]
      + rows.map { row in
        row.map { cell in
          switch cell {
          case .number(let text): text
          case .text(let text): EditionTable.quoted(text)
          }
        }
      }
    return "\u{FEFF}" + lines.map { $0.joined(separator: ",") + "\r\n" }.joined()
  }
}
