import Notation

/// From when to when the schools and groups are that rows name, as the rows leave them: a membership begins and ends
/// within them.
struct RegistryEnds {
  struct Life {
    var first: String?
    /// The first day on which it is no more.
    var end: String?
  }

  private var lives: [RegistryTable: [String: Life]] = [:]

  init(_ rows: RegistryRows, _ known: KnownRegistry) {
    for (table, first, end) in [(RegistryTable.schools, "opened", "closed"), (.groups, "formed", "dissolved")] {
      guard let first = table.index(first), let end = table.index(end) else { continue }
      var own: [String: Life] = [:]
      for values in (known.stored[table] ?? [:]).values {
        if let code = values[0] { own[code] = Life(first: values[first], end: values[end]) }
      }
      for row in rows[table] {
        guard let code = row.values[0] else { continue }
        let before = own[code]
        own[code] = Life(
          first: row.faults.contains(first) ? before?.first : row.values[first],
          end: row.faults.contains(end) ? before?.end : row.values[end])
      }
      lives[table] = own
    }
  }

  subscript(table: RegistryTable, code: String?) -> Life? { code.flatMap { lives[table]?[$0] } }

  /// The first day on which a membership's school or its group is no more, and which of the two.
  func end(_ values: [String?]) -> (day: String, table: RegistryTable)? {
    let (group, school) = (self[.groups, values[0]]?.end, self[.schools, values[1]]?.end)
    guard let school else { return group.map { ($0, .groups) } }
    return group.map { $0 < school ? ($0, .groups) : (school, .schools) } ?? (school, .schools)
  }

  /// A membership without a last day, ended with its school or its group.
  func ended(_ row: RegistryRow) -> RegistryRow {
    let last = 4
    guard row.values[last] == nil, !row.removes, row.faults.isEmpty, let since = row.values[3],
      let end = end(row.values)?.day, since < end
    else { return row }
    var row = row
    row.values[last] = Day(end)?.adding(days: -1).text
    return row
  }

  /// Stored memberships that outlive their school or group, ended: nobody has to write down what follows.
  func following(_ rows: RegistryRows, _ known: KnownRegistry) -> [(row: RegistryRow, before: [String?])] {
    let given = Set(rows[.memberships].map { $0.key(.memberships) })
    let lines = [RegistryTable.schools, .groups].map { table in
      Dictionary(rows[table].map { ($0.values[0] ?? "", $0.line) }) { first, _ in first }
    }
    return (known.stored[.memberships] ?? [:]).compactMap { key, values -> (row: RegistryRow, before: [String?])? in
      guard !given.contains(key), let since = values[3], let end = end(values), since < end.day else { return nil }
      if let last = values[4], last < end.day { return nil }
      var ended = values
      ended[4] = Day(end.day)?.adding(days: -1).text
      let line = end.table == .schools ? lines[0][values[1] ?? ""] : lines[1][values[0] ?? ""]
      return (RegistryRow(ended, line: line ?? 0), values)
    }.sorted {
      ($0.row.line, $0.row.values[0] ?? "", $0.row.values[1] ?? "") < (
        $1.row.line, $1.row.values[0] ?? "", $1.row.values[1] ?? ""
      )
    }
  }
}
