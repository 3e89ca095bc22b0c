import Notation
import Registry

/// Where the tables of the registry are kept, column by column.
extension RegistryTable {
  var stored: String {
    switch self {
    case .authorities: "authority"
    case .schools: "school"
    case .schoolSuccessors: "school_successor"
    case .schoolPast: "school_past"
    case .schoolFlags: "school_flag"
    case .groups: "school_group"
    case .groupSuccessors: "group_successor"
    case .groupPast: "group_past"
    case .memberships: "membership"
    case .years: "school_year"
    case .allotments: "allotment"
    case .divisions: "division"
    }
  }

  /// The column that names what a row is about, and the table of that.
  var owner: (column: String, table: RegistryTable) {
    switch self {
    case .authorities: ("id", .authorities)
    case .schools: ("id", .schools)
    case .groups: ("id", .groups)
    case .schoolSuccessors, .schoolPast, .schoolFlags, .years: ("school", .schools)
    case .groupSuccessors, .groupPast, .memberships: ("grp", .groups)
    case .allotments, .divisions: ("authority", .authorities)
    }
  }

  /// The first column that names what a row is about, in the file.
  var ownerIndex: Int { self == .allotments ? 2 : 0 }

  /// All its columns as they are kept, references by code, of the rows that a condition names. The owner is `own`.
  func select(where condition: String, limit: Int? = nil) -> String {
    var joins = ""
    let list = columns.enumerated().map { place, column -> String in
      guard case .reference(let other) = column.kind else { return "x.\(column.stored) AS \(column.code)" }
      joins += "\nLEFT JOIN \(other.stored) r\(place) ON r\(place).id = x.\(column.stored)"
      return "r\(place).code AS \(column.code == "group" ? "grp" : column.code)"
    }
    let order = columns.indices.filter { columns[$0].isKey }.map { place -> String in
      if case .reference = columns[place].kind { return "r\(place).code" }
      return "x.\(columns[place].stored)"
    }
    return """
      SELECT \(list.joined(separator: ", "))
      FROM \(stored) x JOIN \(owner.table.stored) own ON own.id = x.\(owner.column)\(joins)
      WHERE \(condition) ORDER BY \(order.joined(separator: ", "))\(limit.map { " LIMIT \($0)" } ?? "")
      """
  }

  /// A row as it is exchanged.
  func row(_ row: Row) throws -> RegistryRow {
    RegistryRow(try columns.enumerated().map { try $1.text(row, place: $0) })
  }
}

extension RegistryColumn {
  /// Its name in the database.
  var stored: String {
    switch code {
    case "group": "grp"
    case "zone": "is_zone"
    case "last": "until"
    default: code
    }
  }

  private var isNumber: Bool { kind == .count || kind == .schoolYear }

  /// As it is exchanged; nil where it is empty.
  func text(_ row: Row, place: Int) throws -> String? {
    let value = row.values[place]
    switch (value, kind) {
    case (.null, _): return nil
    case (.integer(let number), .choices):
      return emptied(SchoolStages(rawValue: Int(number)).names.joined(separator: " "))
    case (.integer(let number), .choice): return number == 0 ? nil : "yes"
    case (.integer(let number), _): return String(number)
    case (.text(let text), .lastDay): return Day(text)?.adding(days: -1).text
    case (.text(let text), _): return emptied(text)
    case (.bytes, _): throw DatabaseError.statement("\(code) is no text")
    }
  }

  private func emptied(_ text: String) -> String? { text.isEmpty ? nil : text }

  /// As it is kept; references are numbers already.
  func value(_ text: String?, ids: [String: ID]) -> Value {
    switch kind {
    case .reference: return .id(text.flatMap { ids[$0] })
    case .choices:
      return .integer(text.flatMap { SchoolStages(names: $0.split(separator: " ").map(String.init)) }?.rawValue ?? 0)
    case .lastDay: return .day(text.flatMap { Day($0) }?.adding(days: 1))
    case .count, .schoolYear: return .optional(text.flatMap { Int64($0) })
    case .choice where code == "zone": return .integer(text == nil ? 0 : 1)
    default: return code == "area" ? .text(text ?? "") : .optional(text)
    }
  }
}
