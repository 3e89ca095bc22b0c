public import Notation

/// Holds the changes of a plan against each other and against what is stored. A cell that can't be read keeps back only
/// what depends on it.
struct RegistryCheck {
  let rows: RegistryRows
  let known: KnownRegistry
  let changes: [RegistryPlan.Change]
  let ends: RegistryEnds
  var problems = Problems()
  /// What is worth a look and no obstacle.
  var remarks = Problems()
  /// Codes that rows of the file bring.
  private var coming: [RegistryTable: Set<String>] = [:]
  /// The file's authorities and schools by code, where what policies say is asked of them.
  let given: [RegistryTable: [String: [String?]]]
  /// As they will be.
  let divisions: DivisionList

  init(rows: RegistryRows, known: KnownRegistry, changes: [RegistryPlan.Change], ends: RegistryEnds) {
    self.rows = rows
    self.known = known
    self.changes = changes
    self.ends = ends
    let removed = Set(rows[.divisions].filter(\.removes).compactMap { $0.values[1] })
    divisions = DivisionList(
      rows[.divisions].filter { !$0.removes }.compactMap(\.division)
        + known.divisions.filter { !removed.contains($0.division.text) })
    given =
      known.terms.inForce.isEmpty
      ? [:]
      : [RegistryTable.authorities, .schools].reduce(into: [:]) { given, table in
        given[table] = Dictionary(rows[table].map { ($0.values[0] ?? "", $0.values) }) { first, _ in first }
      }
    for table in RegistryTable.allCases where table.isOfThings {
      coming[table] = Set(rows[table].compactMap { $0.values.first ?? nil })
    }
  }

  mutating func run() {
    for change in changes where !change.follows {
      references(change)
      reach(change)
      switch change.table {
      case .authorities: authority(change)
      case .schools: school(change)
      case .groups: group(change)
      case .schoolPast: past(change)
      case .groupPast: form(change)
      case .schoolFlags: flag(change)
      case .memberships: membership(change)
      case .years: year(change)
      case .allotments: allotment(change)
      case .divisions: division(change)
      default: break
      }
      days(change)
    }
    memberships()
    flags()
    yearSums()
    mergers()
  }

  /// Whether one of some columns can't be read: a check that needs it waits.
  func isUnread(_ change: RegistryPlan.Change, _ columns: String...) -> Bool {
    !change.row.faults.isEmpty
      && columns.contains { change.table.index($0).map { change.row.faults.contains($0) } ?? false }
  }

  /// Whether a column's value is another than the stored one.
  func isNew(_ change: RegistryPlan.Change, _ column: String) -> Bool {
    guard let before = change.before, let place = change.table.index(column) else { return true }
    return before[place] != change.row.values[place]
  }

  func value(_ change: RegistryPlan.Change, _ column: String) -> String? {
    change.table.index(column).flatMap { change.row.values[$0] }
  }

  func day(_ change: RegistryPlan.Change, _ column: String) -> Day? { value(change, column).flatMap { Day($0) } }

  mutating func note(
    _ key: String, _ change: RegistryPlan.Change, _ column: String, _ parts: [String: Message.Part] = [:]
  ) {
    problems.add("registry.\(key)", at: rows.place(change.table, change.row, column), parts)
  }

  mutating func remark(
    _ key: String, _ change: RegistryPlan.Change, _ column: String, _ parts: [String: Message.Part] = [:]
  ) {
    remarks.add("registry.\(key)", at: rows.place(change.table, change.row, column), severity: .note, parts)
  }

  /// Whether a row of the file brings something with a code.
  func comes(_ table: RegistryTable, _ code: String) -> Bool { coming[table]?.contains(code) == true }

  /// Everything named is stored or comes along.
  private mutating func references(_ change: RegistryPlan.Change) {
    for (column, value) in zip(change.table.columns, change.row.values) {
      guard case .reference(let table) = column.kind, let value else { continue }
      if known.things[table]?[value] == nil, !comes(table, value) {
        note("unknown.\(table.rawValue)", change, column.code, ["code": .text(value)])
      }
    }
  }

  /// Whose row it is: that authority must be within the reach, before the change and after it. What an authority is, and
  /// what it is allotted, its superior says.
  private mutating func reach(_ change: RegistryPlan.Change) {
    let (table, column): (RegistryTable, String) =
      switch change.table {
      case .authorities: (.authorities, "parent")
      case .schools: (.schools, "code")
      case .groups: (.groups, "code")
      case .schoolSuccessors, .schoolPast, .schoolFlags, .years: (.schools, "school")
      case .groupSuccessors, .groupPast, .memberships: (.groups, "group")
      case .allotments, .divisions: (.authorities, "authority")
      }
    if let code = value(change, column), let thing = known.things[table]?[code], !thing.isReached {
      note("reach", change, column, ["code": .text(code)])
    }
    if change.table == .schools || change.table == .groups, let code = value(change, "authority"),
      let authority = known.things[.authorities]?[code], !authority.isReached
    {
      note("reach", change, "authority", ["code": .text(code)])
    }
    // A membership binds both sides: an office takes no school of another's into its group by itself.
    if change.table == .memberships, change.before == nil, let code = value(change, "school"),
      let school = known.things[.schools]?[code], !school.isReached
    {
      note("reach", change, "school", ["code": .text(code)])
    }
    // Whose something once was counts in that authority's past; what it became part of takes its pupils over.
    if change.table == .schoolPast || change.table == .groupPast, isNew(change, "authority"),
      let code = value(change, "authority"), let authority = known.things[.authorities]?[code], !authority.isReached
    {
      note("reach", change, "authority", ["code": .text(code)])
    }
    if change.table == .schoolSuccessors || change.table == .groupSuccessors, change.before == nil,
      let code = value(change, "successor"), let successor = known.things[table]?[code], !successor.isReached
    {
      note("reach", change, "successor", ["code": .text(code)])
    }
    guard !known.mayAddRoots else { return }
    if change.table == .authorities, !isUnread(change, "parent") {
      let place = RegistryTable.authorities.index("parent")
      let before = change.before.flatMap { values in place.flatMap { values[$0] } }
      if value(change, "parent") == nil || change.before != nil && before == nil {
        note("root", change, "parent")
      } else if let before, known.things[.authorities]?[before]?.isReached != true {
        note("above", change, "code", ["code": .text(value(change, "code") ?? "")])
      }
    }
    if change.table == .allotments, let code = value(change, "authority"), let superior = superior(of: code),
      known.things[.authorities]?[superior]?.isReached != true
    {
      note("above", change, "authority", ["code": .text(code)])
    }
  }

  /// The code of the authority above one; nil at the top.
  private func superior(of code: String) -> String? {
    guard let place = RegistryTable.authorities.index("parent") else { return nil }
    return known[.authorities, RegistryKey([code])]?[place]
  }

  private mutating func authority(_ change: RegistryPlan.Change) {
    let isZone = value(change, "zone") != nil
    guard let level = value(change, "level").flatMap({ Authority.Level(rawValue: $0) }) else { return }
    if let code = value(change, "code"), change.before == nil, Authority.looksLikePart(code) {
      if level != .district || !Authority.isPart(code, of: value(change, "parent")), !isUnread(change, "parent") {
        note("part", change, "code", ["code": .text(code)])
      }
    } else if let code = value(change, "code"), change.before == nil, !isZone,
      let division = checkedDivision(change, "code")
    {
      if division.level != level {
        note("level", change, "level", ["code": .text(code), "level": .message(level.title)])
      }
    }
    if isZone, level != .district { note("zone", change, "zone") }
    guard let parent = value(change, "parent") else { return }
    if let column = RegistryTable.authorities.index("level"),
      let upper = storedLevel(of: parent, column), !level.mayStand(under: upper)
    {
      note("under", change, "parent", ["level": .message(level.title), "upper": .message(upper.title)])
    }
  }

  private func storedLevel(of code: String, _ column: Int) -> Authority.Level? {
    let inFile = rows[.authorities].first { $0.values[0] == code }?.values[column]
    return (inFile ?? known[.authorities, RegistryKey([code])]?[column]).flatMap { Authority.Level(rawValue: $0) }
  }

  private mutating func school(_ change: RegistryPlan.Change) {
    // A code that is registered already stays, whatever it is.
    if change.before == nil, let code = value(change, "code"), let fault = SchoolCode.fault(in: code) {
      note("code", change, "code", ["why": .message(fault)])
    }
    if let credit = value(change, "credit"), let fault = CreditCode.fault(in: credit) {
      note("code", change, "credit", ["why": .message(fault)])
    }
    _ = checkedDivision(change, "division")
    if value(change, "stages") == nil, !isUnread(change, "stages") { note("stages", change, "stages") }
    let (closed, ending) = (value(change, "closed"), value(change, "ending"))
    if (closed == nil) != (ending == nil), !isUnread(change, "closed", "ending") {
      note("ending", change, closed == nil ? "closed" : "ending")
    }
    if let opened = day(change, "opened"), let closed = day(change, "closed"), closed <= opened {
      note("days.closed", change, "closed", ["first": .text(opened.text), "last": .text(closed.text)])
    }
  }

  /// What a school was: at least what it taught, where anybody knew.
  private mutating func past(_ change: RegistryPlan.Change) {
    guard value(change, "stages") == nil, !isUnread(change, "stages"), isNew(change, "stages"),
      let place = RegistryTable.schools.index("stages"), let code = value(change, "school")
    else { return }
    if let stored = known[.schools, RegistryKey([code])], stored[place] == nil { return }
    note("past.stages", change, "stages")
  }

  private mutating func group(_ change: RegistryPlan.Change) {
    if let formed = day(change, "formed"), let dissolved = day(change, "dissolved"), dissolved <= formed {
      note("days.dissolved", change, "dissolved", ["first": .text(formed.text), "last": .text(dissolved.text)])
    }
    form(change)
  }

  private mutating func flag(_ change: RegistryPlan.Change) {
    guard !isUnread(change, "flag", "area") else { return }
    let isArea = value(change, "flag") == School.Flag.Kind.area.rawValue
    if isArea != (value(change, "area") != nil) { return note("area", change, "area") }
    area(change)
  }

  /// From a day to one not before it.
  private mutating func days(_ change: RegistryPlan.Change) {
    guard let since = day(change, "since"), let last = day(change, "last"), last < since else { return }
    note("days.span", change, "last", ["first": .text(since.text), "last": .text(last.text)])
  }

  private mutating func year(_ change: RegistryPlan.Change) {
    yearToCome(change)
    guard let teachers = value(change, "teachers").flatMap({ Int($0) }) else { return }
    for resource in [SchoolYear.Resource.qualified, .backbone, .arts] {
      if let part = value(change, resource.rawValue).flatMap({ Int($0) }), part > teachers {
        note("teachers", change, resource.rawValue, ["part": .count(part), "teachers": .count(teachers)])
      }
    }
  }
}

extension Authority.Level {
  /// What it is called.
  public var title: Message { Message("registry.choice.level.\(rawValue)") }
}
