import Documents
import Fixtures
import Notation
import Policies
import Rules
import Scoring
import Testing
import Workbooks

/// A workbook of facts holds all of them, and nothing else.
@Suite struct LosslessTests {
  @Test(arguments: Sample.ids)
  func `two years of a city come back from a workbook as they were`(id: String) throws {
    let sample = try Sample(id)
    let facts = sample.facts()
    let lines = FactLines.of(facts)
    #expect(FactLines.differences(facts, try sample.throughWorkbook(facts)) == [])
    #expect(lines.contains { $0.hasSuffix(" claimed") } == (sample.policy.bonus != nil))
    #expect(lines.contains { $0.hasSuffix("vetoes=\(sample.policy.vetoes.map(\.id))") })
  }

  @Test(arguments: Sample.ids)
  func `a group's own form gives back what it was filled with`(id: String) throws {
    let sample = try Sample(id)
    for group in sample.facts(years: 2022...2022).years.flatMap(\.groups) {
      let wanted = FactYears(years: [FactYear(year: 2022, groups: [group])])
      let (read, problems) = try Repository.withFolder { folder in
        try FactsBook(policy: sample.policy).writeForm(group, year: 2022, to: folder + "/form.xlsx")
        return try sample.read(folder + "/form.xlsx")
      }
      #expect(problems == [])
      #expect(FactLines.differences(wanted, read) == [])
    }
  }

  @Test(arguments: Sample.ids)
  func `a form left as it is says nothing`(id: String) throws {
    let sample = try Sample(id, groups: 1)
    var group = try #require(sample.facts(years: 2022...2022).years.first?.groups.first)
    group.items = [:]
    group.bonusItems = []
    let empty = group
    let (read, problems) = try Repository.withFolder { folder in
      try FactsBook(policy: sample.policy).writeForm(empty, year: 2022, to: folder + "/form.xlsx")
      return try sample.read(folder + "/form.xlsx")
    }
    #expect(problems == [])
    #expect(read.years.flatMap(\.groups).map(\.items.isEmpty) == [true])
  }

  @Test(arguments: Sample.ids)
  func `what the records say stands beside, in grey, and is read back by nobody`(id: String) throws {
    let sample = try Sample(id, groups: 1)
    let said = try #require(sample.facts(years: 2022...2022).years.first?.groups.first)
    var group = said
    group.items = [:]
    group.bonusItems = []
    let empty = group
    let (known, so) = try Repository.withFolder { folder in
      let (known, so) = (folder + "/known.xlsx", folder + "/so.xlsx")
      try FactsBook(policy: sample.policy).writeForm(empty, year: 2022, proposed: said, to: known)
      try FactsBook(policy: sample.policy).writeForm(empty, year: 2022, rising: said, to: so)
      for path in [known, so] {
        let (read, problems) = try sample.read(path)
        #expect(problems == [])
        #expect(read.years.flatMap(\.groups).map(\.items.isEmpty) == [true])
      }
      return (try WrittenBook(known), try WrittenBook(so))
    }
    func proposals(_ book: WrittenBook) throws -> [String] {
      let sheet = try #require(book.sheet("填报")).sheet
      return (1...sheet.lastRow).flatMap { row in
        sheet.row(row).filter { $0.0.column == 10 }.map { $0.1.written }
      }.filter { !$0.isEmpty }
    }
    let (settled, rising) = (try proposals(known), try proposals(so))
    #expect(settled.first == "系统建议" && settled.count > 2)
    #expect(
      rising.count == settled.count && rising.dropFirst(2).allSatisfy { $0.hasPrefix("至今 ") }, "\(rising.prefix(5))")
  }

  @Test func `the samples between them hold awards, counts, parts, levels, lists and facts of schools`() throws {
    let facts = try Sample.ids.flatMap { id in
      let sample = try Sample(id)
      return sample.facts().years.flatMap(\.groups).flatMap { group in
        group.items.flatMap { item, subjects in
          subjects.flatMap { subject, facts in
            (subject == groupKey ? [] : ["school"]) + (facts.parts.isEmpty ? [] : ["parts"])
              + facts.values.values.map { value in
                switch value {
                case .number: "number"
                case .boolean: "boolean"
                case .text: "text"
                case .names: "names"
                case .counts: "counts"
                case .awards: "awards"
                }
              }
          }
        }
      }
    }
    #expect(Set(facts).isSuperset(of: ["school", "parts", "number", "text", "names", "awards"]))
  }

  @Test(arguments: Sample.ids, [UInt64(1)])
  func `what is missing stays missing`(id: String, seed: UInt64) throws {
    let sample = try Sample(id, groups: 4, seed: seed)
    var chance = Seeded(seed)
    let facts = sample.facts { group, _ in
      group.changeFacts(sample.policy) { facts, _ in
        for name in facts.values.keys.sorted() where chance.next() % 3 == 0 { facts.values[name] = nil }
      }
    }
    #expect(FactLines.differences(facts, try sample.throughWorkbook(facts)) == [])
  }

  @Test(arguments: Sample.ids)
  func `an empty list is not a missing one`(id: String) throws {
    let sample = try Sample(id, groups: 4)
    var emptied = 0
    let facts = sample.facts { group, index in
      group.changeFacts(sample.policy) { facts, needs in
        for need in needs {
          switch need.kind {
          case .names where index == 0: facts.values[need.name] = .names([])
          case .awards where index == 0: facts.values[need.name] = .awards([])
          case .names, .awards: facts.values[need.name] = nil
          default: continue
          }
          emptied += index == 0 ? 1 : 0
        }
      }
    }
    #expect(emptied > 0)
    #expect(FactLines.differences(facts, try sample.throughWorkbook(facts)) == [])
  }

  @Test(arguments: ["suizhou-2022", "sanya-2021-illustrative"])
  func `counts by level come back; a level left out had none`(id: String) throws {
    let sample = try Sample(id, groups: 4)
    var wanted: [String] = []
    func with(all: Bool) -> FactYears {
      sample.facts { group, index in
        group.changeFacts(sample.policy) { facts, needs in
          for need in needs {
            guard case .counts(let levels) = need.kind else { continue }
            facts.values["awards"] = nil
            wanted.append(need.name)
            let counts = levels.enumerated().map { ($1, Exact($0 == 0 ? index + 1 : 0)) }
            facts.values[need.name] = .counts(
              Dictionary(uniqueKeysWithValues: all ? counts : Array(counts.prefix(1))))
          }
        }
      }
    }
    let read = try sample.throughWorkbook(with(all: false))
    #expect(!wanted.isEmpty)
    #expect(FactLines.differences(with(all: true), read) == [])
  }

  @Test(arguments: Sample.ids)
  func `numbers with more digits than a cell keeps come back whole`(id: String) throws {
    let sample = try Sample(id, groups: 3)
    let long = Exact.decimal("12.3456789012345678901234567")
    let facts = sample.facts { group, _ in
      group.changeFacts(sample.policy) { facts, needs in
        for need in needs where need.kind == .number && facts.values[need.name] != nil {
          facts.values[need.name] = .number(need.range == .percent ? long : long * Exact(1_000_000))
        }
      }
    }
    let lines = FactLines.of(facts)
    #expect(lines.contains { $0.contains("12.3456789012345678901234567") })
    #expect(FactLines.differences(facts, try sample.throughWorkbook(facts)) == [])
  }

  static let names = [
    "=1+1", "=cmd|' /C calc'!A0", "+86 915", "-分校", "@集团", "\t缩进", "'引号", "12345", "007", "2022-09-01", "是",
    "TRUE", "1E5", "#DIV/0!", "甲\n乙", "“双”<引>&号", "𠮷野家小学",
  ]

  @Test func `names are texts, whatever they begin with`() throws {
    let sample = try Sample("ankang-2022", groups: Self.names.count)
    let facts = sample.facts { group, index in
      let name = Self.names[index % Self.names.count]
      group = group.named(name) { _ in name }
    }
    #expect(FactLines.differences(facts, try sample.throughWorkbook(facts)) == [])
  }

  @Test func `a group without name, district and day of formation comes back without them`() throws {
    let policy = Written.policy(
      """
      policy: bare
      title: 只有一项
      region: "000000"
      status: in-force
      effective: {from: 2022-01-01}
      document: d.txt
      source: 一
      scheme:
        total: 10
        source: 一
        indicators:
          - id: a
            title: 甲
            points: 10
            source: 一
            items:
              - {id: "1", title: 乙, points: 10, of: group, methods: [documents], evidence: [], rule: {kind: gate}, source: 一}
      """)
    let (facts, problems) = Written.facts(
      """
      years:
        - {year: 2022, groups: [{id: g1, facts: {"1": {group: {met: true}}}}, {id: "2"}]}
      """, for: policy)
    #expect(problems == [])
    let read = try Repository.withFolder { folder in
      try FactsBook(policy: policy).write(facts, to: folder + "/f.xlsx")
      let (root, form) = try FactsBookReader.read(folder + "/f.xlsx", for: policy)
      #expect(form.isEmpty)
      return FactsReader.read(root, for: policy)
    }
    #expect(read.problems.map { $0.line(in: .chinese) } == [])
    #expect(FactLines.differences(facts, read.facts) == [])
  }
}
