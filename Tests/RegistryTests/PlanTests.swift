import Notation
import Testing

@testable import Registry

@Suite struct PlanTests {
  static let authority: [String?] = ["610902", "区", "district", "610900", nil, nil, nil]
  static let school: [String?] = ["2161000001", "一小", "610902", "primary", nil, nil, nil, nil, nil, nil, nil, nil]

  static var known: KnownRegistry {
    var known = KnownRegistry()
    known.add(RegistryRow(["610900", "市", "city", nil, nil, nil, nil]), to: .authorities)
    known.add(RegistryRow(authority), to: .authorities)
    known.add(RegistryRow(school), to: .schools)
    known.things[.authorities] = [
      "610900": .init(id: ID(1), authority: ID(1), isReached: true),
      "610902": .init(id: ID(2), authority: ID(2), isReached: true),
      "420000": .init(id: ID(9), authority: ID(9), isReached: false),
    ]
    known.things[.schools] = ["2161000001": .init(id: ID(11), authority: ID(2), isReached: true)]
    known.things[.groups] = ["G1": .init(id: ID(21), authority: ID(2), isReached: true)]
    known.add(RegistryRow(["G1", "2161000001", "lead", "2022-09-01", nil]), to: .memberships)
    return known
  }

  static func plan(_ table: RegistryTable, _ rows: [[String?]], and others: [RegistryTable: [[String?]]] = [:])
    -> RegistryPlan
  {
    var given = RegistryRows()
    given[table] = rows.enumerated().map { RegistryRow($1, line: $0 + 3) }
    for (other, rows) in others { given[other] = rows.enumerated().map { RegistryRow($1, line: $0 + 3) } }
    return RegistryPlan(given, beside: known)
  }

  static func keys(_ plan: RegistryPlan) -> [String] {
    plan.problems.map { String($0.what.key.dropFirst("problem.registry.".count)) }
  }

  static func row(_ change: (inout [String?]) -> Void) -> [String?] {
    var values = school
    change(&values)
    return values
  }

  @Test func `what is stored already changes nothing`() {
    let plan = Self.plan(.schools, [Self.school])
    #expect(plan.changes.isEmpty && plan.unchanged == 1 && plan.problems.isEmpty)
  }

  @Test func `a change names its columns`() throws {
    let change = try #require(Self.plan(.schools, [Self.row { $0[1] = "第一小学" }]).changes.first)
    #expect(change.state == .changed && change.columns == [1])
  }

  /// As the district's own office sees it: what lies above it is out of its reach.
  static var district: KnownRegistry {
    var known = known
    known.things[.authorities]?["610900"] = .init(id: ID(1), authority: ID(1), isReached: false)
    known.things[.schools]?["2123000001"] = .init(id: ID(12), authority: ID(3), isReached: false)
    return known
  }

  static func keys(_ table: RegistryTable, _ row: [String?]) -> [String] {
    var given = RegistryRows()
    given[table] = [RegistryRow(row, line: 3)]
    return keys(RegistryPlan(given, beside: district))
  }

  @Test(arguments: 1...6) func `what an authority is, is for the one above it to change`(column: Int) {
    let other: [String?] = ["", "市教育局", "city", nil, "yes", "2026-01-01", "610903"]
    var row = Self.authority
    row[column] = other[column]
    let keys = Self.keys(.authorities, row)
    #expect(keys.contains("reach") || keys.contains("root"), "\(keys)")
    #expect(Self.keys(Self.plan(.authorities, [Self.row(of: Self.authority) { $0[1] = "新区" }])) == [])
  }

  static func row(of values: [String?], _ change: (inout [String?]) -> Void) -> [String?] {
    var values = values
    change(&values)
    return values
  }

  @Test func `an office takes no other's school into its group, and allots itself nothing`() {
    #expect(Self.keys(.memberships, ["G1", "2123000001", "member", "2026-09-01", nil]) == ["reach"])
    // Neither does it give its pupils to one, nor its past to another authority.
    #expect(Self.keys(.schoolSuccessors, ["2161000001", "2123000001"]).contains("reach"))
    let past: [String?] = ["2161000001", nil, "2020-08-31", "旧名小学", "610900", "primary", nil, nil]
    #expect(Self.keys(.schoolPast, past).contains("reach"))
    let allotment: [String?] = ["ankang-2022", "groups", "610902", "1"]
    let width = RegistryTable.allotments.columns.count
    let row = Array((allotment + [nil, nil, nil]).prefix(width))
    #expect(Self.keys(.allotments, row).contains("above"))
  }

  @Test func `all that is wrong is found at once`() {
    let plan = Self.plan(
      .schools,
      [
        Self.row {
          $0[0] = "2399000001"
          $0[2] = "999999"
          $0[6] = "91350100M000100Y4Z"
          $0[7] = "61090"
          $0[10] = "2024-01-01"
        }, Self.school, Self.school,
      ])
    #expect(
      Set(Self.keys(plan)) == ["code", "unknown.authorities", "ending", "twice"] && plan.changes.isEmpty)
    #expect(plan.problems.count == 6)
  }

  @Test func `another authority's things are not to be changed`() {
    #expect(Self.keys(Self.plan(.schools, [Self.row { $0[2] = "420000" }])) == ["reach"])
    #expect(Self.keys(Self.plan(.authorities, [["500000", "市", "city", nil, nil, nil, nil]])) == ["root"])
  }

  @Test func `a group has one lead at a time and a school once`() {
    let other: [String?] = ["2161000002", "二小", "610902", "primary", nil, nil, nil, nil, nil, nil, nil, nil]
    func keys(_ member: [String?]) -> [String] {
      Self.keys(Self.plan(.memberships, [member], and: [.schools: [other]]))
    }
    #expect(keys(["G1", "2161000002", "lead", "2023-01-01", nil]) == ["leads"])
    #expect(keys(["G1", "2161000001", "member", "2023-01-01", nil]) == ["overlap"])
    #expect(keys(["G1", "2161000002", "member", "2023-01-01", nil]) == [])
    // The lead changes: the first ends on the day before.
    let turn = Self.plan(
      .memberships,
      [["G1", "2161000001", "lead", "2022-09-01", "2022-12-31"], ["G1", "2161000002", "lead", "2023-01-01", nil]],
      and: [.schools: [other]])
    #expect(turn.problems.isEmpty && turn.changes.count == 3)
  }

  @Test func `merged schools say where they went, and sums hold`() {
    let merged = Self.row {
      $0[10] = "2024-03-01"
      $0[11] = "merged"
    }
    #expect(Self.keys(Self.plan(.schools, [merged])) == ["successor"])
    let figures: [String?] = Array(repeating: nil, count: 7)
    let years = [
      ["2161000001", "2026", "whole", "900", "50"] + figures, ["2161000001", "2026", "primary", "500", "30"] + figures,
      ["2161000001", "2026", "junior", "390", "30"] + figures,
    ]
    #expect(Self.keys(Self.plan(.years, years)) == ["sum.pupils"])
  }

  @Test func `new authorities stand under those that may hold them`() {
    #expect(Self.plan(.authorities, [["610922", "县", "district", "610900", nil, nil, nil]]).problems.isEmpty)
    #expect(Self.plan(.authorities, [["GX", "高新区", "district", "610900", "yes", nil, nil]]).problems.isEmpty)
    #expect(
      Self.keys(Self.plan(.authorities, [["GX", "高新区", "district", "610902", "yes", nil, nil]])) == ["under"])
    #expect(Self.keys(Self.plan(.authorities, [["GX", "高新区", "district", "610900", nil, nil, nil]])) == ["code"])
    // Without a division of its own: the superior's code and two digits.
    func part(_ code: String, _ level: String = "district", zone: String? = nil) -> [String] {
      Self.keys(Self.plan(.authorities, [[code, "恒口", level, "610900", zone, nil, nil]]))
    }
    #expect(part("610900-09") == [] && part("610900-09", zone: "yes") == [])
    #expect(part("610902-01") == ["part"] && part("610900-1") == ["code"])
  }

  @Test(
    arguments: [
      ("years", "year", "2025-2026", "2026"), ("years", "year", "2024-2026", nil), ("years", "year", "2026", nil),
      ("years", "pupils", "-1", nil),
      ("years", "pupils", "12.0", "12"), ("years", "rooms", "12.50", "12.5"), ("years", "rooms", "0.00001", nil),
      ("schools", "stages", "junior primary", "primary junior"), ("schools", "stages", "college", nil),
      ("schools", "opened", "2023-02-29", nil), ("schools", "opened", "2023-02-28", "2023-02-28"),
    ] as [(String, String, String, String?)])
  func `values are kept in one form`(table: String, column: String, text: String, kept: String?) throws {
    let table = try #require(RegistryTable(rawValue: table))
    let found = try? table.columns[#require(table.index(column))].canonical(text)
    #expect(found == kept)
  }
}
