/// What one cell of a workbook holds. An empty cell is no `Cell` at all: the sheet answers nil.
package enum Cell: Hashable, Sendable {
  /// Text exactly as typed; runs of rich text are joined, phonetic guides left out.
  case text(String)
  /// The decimal text of a number, without exponent: `0.1`, `-12`, `100000`. See `DecimalText`.
  case number(String)
  /// A number shown in a percent format, as stored: `0.084` for 8.4%.
  case percent(String)
  case bool(Bool)
  /// An error Excel shows, such as `#DIV/0!`.
  case error(String)
  /// A number shown in a date format, or a date written as such.
  case date(CellDate)
  /// A formula whose result the file doesn't hold; it must be opened and saved in Excel first.
  case uncalculated

  /// What a person would read in the cell, for messages; a date as `2026-03-01`.
  package var written: String {
    switch self {
    case .text(let text): text
    case .number(let digits), .percent(let digits): digits
    case .bool(let value): value ? "TRUE" : "FALSE"
    case .error(let sign): sign
    case .date(let date): date.description
    case .uncalculated: ""
    }
  }
}
