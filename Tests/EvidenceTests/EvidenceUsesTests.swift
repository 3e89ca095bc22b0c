import Cycles
import Fixtures
import Notation
import Policies
import StorageFixtures
import Testing

@testable import Storage

@Suite struct EvidenceUsesTests {
  @Test(arguments: TestDatabases.engines)
  func `the same file elsewhere is pointed out as far as one may look`(engine: Engine) async throws {
    try await Year.with(engine) { year in
      _ = try await year.add(.lead, as: 1)
      #expect(try await year.uses(.lead) == [:])
      _ = try await year.add(.lead, as: 2, cycle: ID(499), year: 2025, to: [EvidencePlace(item: "5")], at: Year.before)
      _ = try await year.add(.otherLead, as: 3, group: 32)
      _ = try await year.add(.sister, as: 4, to: [EvidencePlace(item: "6")])
      let seen = try #require(try await year.uses(.lead)[ID(1)])
      #expect(seen.seen.map(\.year) == [2025, 2026] && seen.seen.map(\.item) == ["5", "6"] && seen.otherGroups == 1)
      let city = try #require(try await year.uses(.city)[ID(1)])
      #expect(city.seen.map(\.groupName) == ["第31教育集团", "第31教育集团", "第32教育集团"] && city.otherGroups == 0)
      // A sister's evidence isn't a member's to see, and isn't another group's either.
      let member = try #require(try await year.uses(.member)[ID(1)])
      #expect(member.seen.map(\.item) == ["5"] && member.otherGroups == 1)
      #expect(try await year.uses(.otherDistrict) == [:])
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `files that nothing refers to are swept, others stay`(engine: Engine) async throws {
    try await Year.with(engine) { year in
      let folder = try Folder()
      let files = try folder.files()
      let kept = try await files.put("kept")
      let plan = try #require(Year.plan)
      _ = try await year.database.write {
        try EvidenceStore.add(
          EvidenceDraft(
            authority: Year.city, cycle: Year.cycle, group: ID(31), fileName: "a.txt", file: kept, kind: .text,
            places: []),
          plan: plan, id: ID(1), for: Person.lead.post, at: Year.now, by: Person.lead.actor, $0)
      }
      let orphan = try await files.put("orphan")
      let later = Instant(milliseconds: Year.now.milliseconds + 400 * 86_400_000)
      #expect(try await EvidenceStore.sweep(files, in: year.database, at: Instant(milliseconds: 0)) == 0)
      #expect(try await EvidenceStore.sweep(files, in: year.database, at: later) == 1)
      #expect(try await files.size(of: orphan.hash) == nil)
      #expect(try await files.size(of: kept.hash) == 4)
      let known = try await year.database.read { try EvidenceStore.files(after: nil, most: 9, $0).map(\.hash) }
      #expect(known == [kept.hash])
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a group's evidence comes as one archive by item`(engine: Engine) async throws {
    try await Year.with(engine) { year in
      let folder = try Folder()
      let files = try folder.files()
      let plan = try #require(Year.plan)
      let (first, second) = (try await files.put("一"), try await files.put("二"))
      let lost = Year.file("三")
      try await year.database.write { transaction in
        for (id, file) in [(1, first), (2, second), (3, lost)] as [(Int64, ReceivedFile)] {
          _ = try EvidenceStore.add(
            EvidenceDraft(
              authority: Year.city, cycle: Year.cycle, group: ID(31), title: "=cmd", fileName: "名册.pdf", file: file,
              kind: .pdf,
              places: [EvidencePlace(item: "4", entry: "roster")]),
            plan: plan, id: ID(id), for: Person.lead.post, at: Year.now, by: Person.lead.actor, transaction)
        }
      }
      let words = Catalogue.chinese.joined(with: Repository.bytes("Sources/Web/Texts/zh-CN/evidence.txt"))
      let zip = try await EvidenceArchive.archive(
        try await year.list(.district), plan: plan, from: files, words: words, at: Year.now)
      #expect(zip.entries.map(\.path) == ["目录.csv", "4 教师交流比例/名册.pdf", "4 教师交流比例/名册 (2).pdf"])
      let path = try await ArchiveTests().save(zip, in: folder)
      let index = try folder.python(
        "import sys, zipfile; print(zipfile.ZipFile(sys.argv[1]).read('目录.csv').decode('utf-8-sig'))", path)
      #expect(index.hasPrefix("\"考核项目\",\"所需材料\",\"材料名称\",\"包内文件\""))
      #expect(index.contains("\"4 教师交流比例\",\"教师交流名册\",\"'=cmd\",\"4 教师交流比例/名册.pdf\",\"\",\"2025—2026\",\"1\",\"3\""))
      #expect(index.contains("\"文件缺失：名册.pdf\""))
    }
  }

  @Test func `required evidence that nothing is shown for is named`() throws {
    let plan = try #require(Year.plan)
    let gaps = plan.gaps(shown: [EvidencePlace(item: "4", entry: "roster"), EvidencePlace(item: "4")])
    #expect(gaps.filter { $0.item.id == "4" }.map(\.entry.id) == ["eligible-roster", "backbone-proof"])
  }
}

extension Year {
  func uses(_ person: Person) async throws -> [ID: EvidenceUses] {
    try await database.read {
      try EvidenceStore.uses(authority: Year.city, cycle: Year.cycle, group: ID(31), for: person.post, $0)
    }
  }
}
