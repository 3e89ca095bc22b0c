import Notation

/// What can only be told from several rows, stored ones among them.
extension RegistryCheck {
  /// All rows of a table as they will be: the stored ones, changed by the file's.
  private func result(_ table: RegistryTable) -> [(values: [String?], change: RegistryPlan.Change?)] {
    let own = changes.filter { $0.table == table }
    let keys = Set(own.map { $0.row.key(table) })
    let kept = (known.stored[table] ?? [:]).filter { !keys.contains($0.key) }.map {
      ($0.value, RegistryPlan.Change?.none)
    }
    return kept + own.filter { !$0.row.removes }.map { ($0.row.values, $0) }
  }

  private struct Span {
    let group: String
    let school: String
    let isLead: Bool
    let since: String
    /// The last day; far ahead where there is none.
    let last: String
    let change: RegistryPlan.Change?
  }

  /// No school twice in one group at a time, no two leads of one.
  mutating func memberships() {
    guard changes.contains(where: { $0.table == .memberships }) else { return }
    let spans = result(.memberships).compactMap { values, change -> Span? in
      guard let group = values[0], let school = values[1], let since = values[3] else { return nil }
      return Span(
        group: group, school: school, isLead: values[2] == Membership.Role.lead.rawValue, since: since,
        last: values[4] ?? "9999-12-31", change: change)
    }
    for (_, own) in Dictionary(grouping: spans, by: \.group) {
      let ordered = own.sorted { ($0.since, $0.school) < ($1.since, $1.school) }
      for (place, span) in ordered.enumerated() {
        for other in ordered[..<place] where other.last >= span.since {
          guard let change = span.change ?? other.change else { continue }
          if other.school == span.school {
            note(
              "overlap", change, "since",
              ["school": .text(span.school), "group": .text(span.group), "since": .text(other.since)])
          } else if other.isLead, span.isLead {
            note(
              "leads", change, "role",
              ["group": .text(span.group), "one": .text(other.school), "other": .text(span.school)])
          }
        }
      }
    }
  }

  /// A school's stages make up the whole, where both were counted.
  mutating func yearSums() {
    let touched = Set(changes.filter { $0.table == .years }.map { [$0.row.values[0], $0.row.values[1]] })
    guard !touched.isEmpty else { return }
    let rows = result(.years).filter { touched.contains([$0.values[0], $0.values[1]]) }
    for (_, own) in Dictionary(grouping: rows, by: { [$0.values[0], $0.values[1]] }) {
      let whole = own.first { $0.values[2] == SchoolYear.Part.whole.rawValue }
      let parts = own.filter { $0.values[2] != SchoolYear.Part.whole.rawValue }
      guard let whole, !parts.isEmpty, let change = whole.change ?? parts.compactMap(\.change).first else { continue }
      for (index, code) in [(3, "pupils"), (4, "teachers")] {
        guard let all = whole.values[index].flatMap({ Int($0) }),
          let sum = SchoolYear.sum(parts.map { $0.values[index].flatMap { Int($0) } }), sum != all
        else { continue }
        // Teachers may teach at several stages, pupils learn at one.
        if code == "pupils" || sum < all {
          note("sum.\(code)", change, code, ["whole": .count(all), "sum": .count(sum)])
        }
      }
    }
  }

  /// A school that was merged or split says where it went.
  mutating func mergers() {
    let ending = RegistryTable.schools.index("ending") ?? 0
    let own = changes.filter { change in
      change.table == .schools && ["merged", "split"].contains(change.row.values[ending] ?? "")
    }
    guard !own.isEmpty else { return }
    let successors = Set(result(.schoolSuccessors).compactMap { $0.values[0] })
    for change in own where !successors.contains(change.row.values[0] ?? "") { note("successor", change, "ending") }
    for change in changes where change.table == .schoolSuccessors && change.row.values[0] == change.row.values[1] {
      note("own", change, "successor")
    }
  }
}
