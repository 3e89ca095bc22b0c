import Notation

/// What can only be told from several rows, stored ones among them.
extension RegistryCheck {
  /// All rows of a table as they will be: the stored ones, changed by the file's.
  private func result(_ table: RegistryTable) -> [(values: [String?], change: RegistryPlan.Change?)] {
    let own = changes.filter { $0.table == table }
    // A row that can't be read as a whole stands for none: neither for itself nor for the stored one.
    let keys = Set(own.map { $0.row.key(table) })
    let kept = (known.stored[table] ?? [:]).filter { !keys.contains($0.key) }.map {
      ($0.value, RegistryPlan.Change?.none)
    }
    return kept + own.filter { !$0.row.removes && $0.row.faults.isEmpty }.map { ($0.row.values, $0) }
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

  /// A membership lies within the life of its school and of its group.
  mutating func membership(_ change: RegistryPlan.Change) {
    guard !change.row.removes, let since = value(change, "since") else { return }
    let (group, school) = (value(change, "group"), value(change, "school"))
    if change.before == nil {
      for (table, key) in [(RegistryTable.groups, "member.formed"), (.schools, "member.opened")] {
        let code = table == .groups ? group : school
        guard let code, let first = ends[table, code]?.first, since < first else { continue }
        note(key, change, "since", ["code": .text(code), "first": .text(first), "since": .text(since)])
      }
    }
    guard let end = ends.end(change.row.values), let code = end.table == .groups ? group : school else { return }
    let parts: [String: Message.Part] = ["code": .text(code), "end": .text(end.day)]
    if since >= end.day {
      note("member.ended.\(end.table.rawValue)", change, "since", parts)
    } else if let last = value(change, "last"), last >= end.day {
      note("member.ended.\(end.table.rawValue)", change, "last", parts)
    }
  }

  /// The same seen from schools and groups whose first or last day changes, with the memberships that are stored.
  private mutating func lives() {
    let own = changes.filter { change in
      change.table == .groups && (isNew(change, "formed") || isNew(change, "dissolved"))
        || change.table == .schools && (isNew(change, "opened") || isNew(change, "closed"))
    }
    guard !own.isEmpty, let stored = known.stored[.memberships], !stored.isEmpty else { return }
    let given = Set(rows[.memberships].map { $0.key(.memberships) })
    let left = stored.filter { !given.contains($0.key) }.values
    let byCode = [0, 1].map { place in Dictionary(grouping: left) { $0[place] ?? "" } }
    for change in own {
      let isGroup = change.table == .groups
      let members = byCode[isGroup ? 0 : 1][change.row.values[0] ?? ""] ?? []
      guard let since = members.compactMap({ $0[3] }).min(), let latest = members.compactMap({ $0[3] }).max() else {
        continue
      }
      let (first, end) = isGroup ? ("formed", "dissolved") : ("opened", "closed")
      if let day = value(change, first), change.before != nil, isNew(change, first), since < day {
        note("\(first).members", change, first, ["since": .text(since), "day": .text(day)])
      }
      if let day = value(change, end), latest >= day {
        note("\(end).members", change, end, ["since": .text(latest), "day": .text(day)])
      }
    }
  }

  /// A flag of one kind holds once at a time.
  mutating func flags() {
    guard changes.contains(where: { $0.table == .schoolFlags }) else { return }
    let rows = result(.schoolFlags).filter { $0.values[0] != nil && $0.values[3] != nil }
    for (_, own) in Dictionary(grouping: rows, by: { $0.values[0...2].map { $0 ?? "" } }) where own.count > 1 {
      let ordered = own.sorted { ($0.values[3] ?? "") < ($1.values[3] ?? "") }
      for (place, row) in ordered.enumerated() {
        guard let other = ordered[..<place].first(where: { ($0.values[4] ?? "9999-12-31") >= row.values[3] ?? "" }),
          let change = row.change ?? other.change
        else { continue }
        note(
          "flag.overlap", change, "since",
          [
            "school": .text(row.values[0] ?? ""), "since": .text(other.values[3] ?? ""),
            "flag": .message(
              Message("registry.choice.flag.\(row.values[1] ?? "")", ["name": .text(row.values[1] ?? "")])),
          ])
      }
    }
  }

  /// No school twice in one group at a time, no two leads of one.
  mutating func memberships() {
    lives()
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
    let unread = Set(self.rows[.years].filter { !$0.faults.isEmpty }.map { [$0.values[0], $0.values[1]] })
    for (school, own) in Dictionary(grouping: rows, by: { [$0.values[0], $0.values[1]] }) {
      // Of a school one row of which can't be read, the sum isn't known.
      if unread.contains(school) || unread.contains([school[0], nil]) { continue }
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
    let unread = rows[.schoolSuccessors].filter { !$0.faults.isEmpty }.compactMap { $0.values[0] }
    let successors = Set(result(.schoolSuccessors).compactMap { $0.values[0] } + unread)
    for change in own where !successors.contains(change.row.values[0] ?? "") { note("successor", change, "ending") }
    for change in changes
    where change.table == .schoolSuccessors && change.row.faults.isEmpty && change.row.values[0] == change.row.values[1]
    {
      note("own", change, "successor")
    }
  }
}
