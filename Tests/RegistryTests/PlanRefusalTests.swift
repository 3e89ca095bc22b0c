import Notation
import Testing

@testable import Registry

/// What rows can't say, each with its cell; and that one bad cell hides no other.
@Suite struct PlanRefusalTests {
  static let width = RegistryTable.schools.columns.count

  static var known: KnownRegistry {
    var known = PlanTests.known
    known.add(RegistryRow(["G1", "第一集团", "610902", nil, nil, nil, "2022-09-01", nil]), to: .groups)
    known.add(RegistryRow(["2161000001", "weak", nil, "2020-01-01", nil]), to: .schoolFlags)
    known.terms = RegistryTerms(
      plans: [
        .init(
          name: "ankang-2022", title: "安康办法",
          targets: Target.read(
            Node(
              .list([
                Node(
                  .map([
                    entry("year", .number(Exact(2024))), entry("title", .text("全市2024年任务")),
                    entry("groups", .number(Exact(25))),
                  ]), at: place)
              ]), at: place)))
      ], today: Day("2026-11-22"))
    known.terms.inForce = [
      ID(1): .init(forms: ["integrated": "一体型"], areas: ["central": "中心城区"])
    ]
    return known
  }

  static let place = Place(file: "p", line: 1)
  static func entry(_ key: String, _ value: Node.Value) -> Node.Entry {
    Node.Entry(key: key, keyPlace: place, value: Node(value, at: place))
  }

  static func plan(_ tables: [RegistryTable: [RegistryRow]]) -> RegistryPlan {
    var given = RegistryRows()
    for (table, rows) in tables { given[table] = rows }
    return RegistryPlan(given, beside: known)
  }

  static func keys(_ table: RegistryTable, _ rows: [String?]...) -> [String] {
    PlanTests.keys(plan([table: rows.enumerated().map { RegistryRow($1, line: $0 + 3) }]))
  }

  @Test func `a school has stages`() {
    #expect(Self.keys(.schools, PlanTests.row { $0[3] = nil }) == ["stages"])
  }

  @Test func `a group has a form of the policy in force there, or none`() {
    func keys(_ form: String?) -> [String] {
      Self.keys(.groups, ["G1", "第一集团", "610902", form, nil, nil, "2022-09-01", nil])
    }
    #expect(keys("紧密型") == ["form"] && keys("integrated") == [] && keys(nil) == [])
    // Where no policy is known, nothing is.
    var known = Self.known
    known.terms.inForce = [:]
    var given = RegistryRows()
    given[.groups] = [RegistryRow(["G1", "第一集团", "610902", "紧密型", nil, nil, "2022-09-01", nil], line: 3)]
    #expect(RegistryPlan(given, beside: known).problems.isEmpty)
  }

  @Test func `what a school and a group were is held against what there was`() {
    func school(_ stages: String?) -> [String] {
      Self.keys(.schoolPast, ["2161000001", nil, "2020-08-31", "老校", "610902", stages, nil, nil])
    }
    #expect(school(nil) == ["past.stages"] && school("primary") == [])
    func group(_ form: String?, stored: String? = nil) -> [String] {
      var known = Self.known
      known.terms.inForce[ID(1)]?.formerForms = ["integrated": "一体型", "loose": "松散型"]
      known.add(RegistryRow(["G1", "第一集团", "610902", stored, nil, nil, "2022-09-01", nil]), to: .groups)
      var given = RegistryRows()
      given[.groupPast] = [RegistryRow(["G1", nil, "2024-08-31", "旧名", "610902", form, nil, nil], line: 3)]
      return PlanTests.keys(RegistryPlan(given, beside: known))
    }
    #expect(group("紧密型") == ["past.form"] && group("integrated") == [] && group(nil) == [])
    // Formed under an earlier document, or under none: what it is said to be now it was until now.
    #expect(group("loose") == [] && group("紧密型", stored: "紧密型") == [])
  }

  @Test func `a school nobody knew the stages of may say so of its past`() {
    var known = Self.known
    var unknown = PlanTests.row { $0[0] = "2161000009" }
    known.add(RegistryRow(unknown.enumerated().map { $0 == 3 ? nil : $1 }), to: .schools)
    known.things[.schools]?["2161000009"] = .init(id: ID(99), authority: ID(2), isReached: true)
    unknown[3] = "primary"
    var given = RegistryRows()
    given[.schools] = [RegistryRow(unknown, line: 3)]
    given[.schoolPast] = [
      RegistryRow(["2161000009", nil, "2020-08-31", "老校", "610902", nil, nil, nil], line: 3)
    ]
    #expect(PlanTests.keys(RegistryPlan(given, beside: known)) == [])
  }

  @Test func `an area is one that the policy names, and flags of one kind don't overlap`() {
    func keys(_ flag: String, _ area: String?, _ since: String, _ last: String? = nil) -> [String] {
      Self.keys(.schoolFlags, ["2161000001", flag, area, since, last])
    }
    #expect(keys("area", "不存在片区", "2024-01-01") == ["area.unknown"])
    #expect(keys("area", "central", "2024-01-01") == [] && keys("area", "中心城区", "2024-01-01") == [])
    #expect(keys("weak", nil, "2024-01-01") == ["flag.overlap"])
    #expect(keys("weak", nil, "2018-01-01", "2020-01-01") == ["flag.overlap"])
    #expect(keys("weak", nil, "2018-01-01", "2019-12-31") == [] && keys("new", nil, "2024-01-01") == [])
  }

  @Test func `statistics of years to come are refused`() {
    let figures: [String?] = Array(repeating: nil, count: 7)
    #expect(Self.keys(.years, ["2161000001", "2030", "primary", "1", "1"] + figures) == ["year.ahead"])
    #expect(Self.keys(.years, ["2161000001", "2027", "primary", "1", "1"] + figures) == [])
  }

  @Test func `a membership lies within the life of its group and its school`() {
    let school: [String?] = [
      "2161000002", "二小", "610902", "primary", nil, nil, nil, nil, nil, "2023-01-01", nil, nil,
    ]
    func keys(_ since: String, _ last: String? = nil, closed: String? = nil) -> [String] {
      var school = school
      (school[10], school[11]) = (closed, closed == nil ? nil : "closed")
      return PlanTests.keys(
        Self.plan([
          .schools: [RegistryRow(school, line: 3)],
          .memberships: [RegistryRow(["G1", "2161000002", "member", since, last], line: 3)],
        ]))
    }
    #expect(keys("2022-08-31") == ["member.formed", "member.opened"])
    #expect(keys("2022-10-01") == ["member.opened"] && keys("2023-01-01") == [])
    #expect(keys("2023-01-01", "2026-03-01", closed: "2026-03-01") == ["member.ended.schools"])
    #expect(keys("2026-03-01", closed: "2026-03-01") == ["member.ended.schools"])
    #expect(keys("2023-01-01", "2026-02-28", closed: "2026-03-01") == [])
    #expect(
      Self.keys(.groups, ["G1", "第一集团", "610902", nil, nil, nil, "2023-09-01", nil]) == ["formed.members"])
    #expect(
      Self.keys(
        .schools,
        PlanTests.row {
          $0[10] = "2022-09-01"; $0[11] = "closed"
        }) == ["closed.members"])
  }

  @Test func `a school's end ends its memberships, and so does a group's`() throws {
    let closed = Self.plan([
      .schools: [
        RegistryRow(
          PlanTests.row {
            $0[10] = "2026-03-01"; $0[11] = "closed"
          }, line: 3)
      ]
    ])
    #expect(closed.problems.isEmpty && closed.changes.count == 2)
    let change = try #require(closed.changes.first { $0.follows })
    #expect(change.table == .memberships && change.row.values[4] == "2026-02-28" && change.before?[4] == nil)
    // Said in the same book without its last day, it is the same.
    let said = Self.plan([
      .schools: [
        RegistryRow(
          PlanTests.row {
            $0[10] = "2026-03-01"; $0[11] = "closed"
          }, line: 3)
      ],
      .memberships: [RegistryRow(["G1", "2161000001", "lead", "2022-09-01", nil], line: 3)],
    ])
    #expect(said.problems.isEmpty && said.changes.map(\.row.values).contains(change.row.values))
    let dissolved = Self.plan([
      .groups: [RegistryRow(["G1", "第一集团", "610902", nil, nil, nil, "2022-09-01", "2026-03-01"], line: 3)]
    ])
    #expect(dissolved.changes.first(where: \.follows)?.row.values == change.row.values)
  }

  @Test func `allotments name a policy and a target that there are, by title or key`() {
    func keys(_ policy: String, _ target: String, _ measure: String = "groups") -> [String] {
      Self.keys(.allotments, [policy, target, "610902", measure, "12"])
    }
    #expect(keys("nope", "2024") == ["allotment.policy"] && keys("ankang-2022", "不存在目标") == ["allotment.target"])
    #expect(keys("ankang-2022", "2024", "coverage") == ["allotment.measure"])
    let plan = Self.plan([
      .allotments: [RegistryRow(["安康办法", "全市2024年任务", "610902", "groups", "12"], line: 3)]
    ])
    #expect(plan.problems.isEmpty)
    #expect(plan.changes.first?.row.values == ["ankang-2022", "2024", "610902", "groups", "12"])
  }

  @Test func `a row with a cell that can't be read is looked at for the others, and other rows go on`() {
    // Stages can't be read; the authority is unknown, the school itself is named by a membership.
    var school: [String?] = Array(repeating: nil, count: Self.width)
    (school[0], school[1], school[2]) = ("2161000002", "二小", "610999")
    let figures: [String?] = Array(repeating: nil, count: 6)
    let plan = Self.plan([
      .schools: [RegistryRow(school, line: 3, faults: [3])],
      .memberships: [
        RegistryRow(["G1", "2161000002", "lead", "2024-09-01", nil], line: 3),
        RegistryRow(["G1", "2161000002", "member", nil, nil], line: 4, faults: [3]),
      ],
      .years: [
        RegistryRow(["2161000001", "2025", "primary", nil, "10", "60"] + figures, line: 3, faults: [3]),
        RegistryRow(["2161000001", "2025", "primary", "100", nil, nil] + figures, line: 4),
      ],
    ])
    #expect(
      Set(PlanTests.keys(plan)) == ["unknown.authorities", "leads", "teachers", "twice"], "\(PlanTests.keys(plan))")
    #expect(plan.changes.isEmpty)
    // Unreadable cells alone carry nothing out either.
    #expect(Self.plan([.schools: [RegistryRow(PlanTests.school, line: 3, faults: [8])]]).changes.isEmpty)
  }

  @Test(
    arguments: [
      ("pupils", "1,200", "1200"), ("pupils", "１２０", "120"), ("pupils", "1,20", nil),
      ("pupils", "1，234，567", "1234567"),
      ("rooms", "1,200.5", "1200.5"), ("pupils", "1000000000", nil),
    ] as [(String, String, String?)])
  func `numbers are taken as people write them`(column: String, text: String, kept: String?) throws {
    let place = try #require(RegistryTable.years.index(column))
    let column = RegistryTable.years.columns[place]
    #expect((try? column.canonical(text)) == kept)
  }

  @Test func `what is too large says so`() throws {
    let place = try #require(RegistryTable.years.index("pupils"))
    let column = RegistryTable.years.columns[place]
    for text in ["1000000000", "99999999999999999999999999999999"] {
      #expect(throws: RegistryColumn.Fault.large) { try column.canonical(text) }
    }
  }
}
