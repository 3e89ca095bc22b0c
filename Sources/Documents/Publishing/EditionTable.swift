import Notation
import Policies
public import Publishing

/// A published edition as a table: what the lists in Excel and CSV hold.
public struct EditionTable {
  /// A cell: a number as it is written, a text, or nothing.
  public enum Cell: Sendable, Hashable {
    case number(String)
    case text(String)
    case none
  }

  let edition: PublishedEdition
  /// The hash of the edition's file.
  let hash: String
  let words: EditionWords
  let catalogue: Catalogue

  public init(_ edition: PublishedEdition, hash: String) {
    self.edition = edition
    self.hash = hash
    words = EditionWords(edition.policy)
    catalogue = .of(language: edition.policy.language)
  }

  /// Keys of the heads, in order.
  var keys: [String] {
    ["rank", "group", "district", "form", "base", "bonus", "total", "grade", "change"]
      + (edition.disclosure.vetoes ? ["vetoes"] : []) + (edition.disclosure.consequences.isEmpty ? [] : ["follows"])
  }

  func row(_ result: FrozenResult) -> [Cell] {
    func text(_ text: String?) -> Cell { text.map { $0.isEmpty ? .none : .text($0) } ?? .none }
    func number(_ text: String?) -> Cell { text.map { .number($0) } ?? .none }
    let separator = catalogue.text("list.separator")
    let grade = result.grade ?? catalogue.text(result.isEligible ? "table.noGrade" : "table.ineligible")
    return [
      number(result.rank.map { String($0) }), text(result.name), text(result.district), text(words.form(result.form)),
      number(words.number(result.publicBase)), number(words.number(result.publicBonus)),
      number(words.number(result.publicTotal)), text(grade), number(result.rankChange.map { String($0) }),
    ] + (edition.disclosure.vetoes ? [text(result.vetoes.map(words.veto).joined(separator: separator))] : [])
      + (edition.disclosure.consequences.isEmpty
        ? [] : [text(result.granted.map(words.consequence).joined(separator: separator))])
  }

  /// Comma-separated, a group a line, with a byte order mark so that Excel reads the characters; edition and hash stand
  /// in every line.
  public var csv: String {
    let heads = keys.map { catalogue.text("head.\($0)") } + ["edition", "hash"].map { catalogue.text("head.\($0)") }
    let lines = edition.results.map { result in
      row(result).map { cell -> String in
        switch cell {
        case .number(let text): text
        case .text(let text): EditionTable.quoted(text)
        case .none: ""
        }
      } + [String(edition.head.number), hash]
    }
    return "\u{FEFF}"
      + ([heads] + lines).map { $0.joined(separator: ",") + "\r\n" }.joined()
  }

  /// Text as a cell that no spreadsheet takes for a formula.
  static func quoted(_ text: String) -> String {
    let isFormula = text.first.map { "=+-@\t\r".contains($0) } ?? false
    let safe = isFormula ? "'" + text : text
    guard safe.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return safe }
    return "\"" + safe.replacing("\"", with: "\"\"") + "\""
  }
}
