import Documents
import Fixtures
import Foundation
import HTTPTypes
import Notation
import People
import Registry
import Storage
import StorageFixtures
import Testing

@testable import Web

/// What forms and workbooks of the registry refuse, and what follows from what they take.
@Suite struct RegistryRefusalPagesTests {
  @Test func `a form says everything that is wrong at once, without a workbook's words`() async throws {
    try await TestSite.with { test in
      try await RegistryPagesTests.furnish(test)
      let sent = try await test.ask(
        .district, .post, "/registry/forms/schools",
        form: [
          ("id", "21"), ("c.name", "第21小学"), ("c.authority", "a99"), ("c.pupils", "1000000000"),
          ("c.opened", "2020-09-01"), ("c.closed", "2019-09-01"), ("c.ending", "closed"),
        ])
      #expect(sent.status == 422)
      for word in ["过大", "缺少事由", "没有代码为 a99", "没有学段", "停办日期 2019-09-01 不晚于开办日期 2020-09-01"] {
        #expect(sent.text.contains(word), "\(word)")
      }
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `closing a member by a workbook shows that its memberships end, and ends them`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      try await RegistryPagesTests.furnish(test)
      var rows = RegistryRows()
      rows[.schools] = [
        RegistryRow([
          "s22", "第22小学", "a11", "primary", "public", nil, nil, nil, nil, nil, "2026-03-01", "merged",
        ])
      ]
      rows[.schoolSuccessors] = [RegistryRow(["s22", "s21"])]
      let browser = try await test.browser(.district)
      let preview = try await browser.upload("/registry/import/preview", try RegistryPagesTests.workbook(rows))
      #expect(preview.status == 200 && preview.text.contains("2026-02-28"), "\(preview.text.suffix(3000))")
      #expect(preview.text.contains("随停办或解散终止"))
      func hidden(_ name: String) throws -> String {
        let cut = try #require(preview.text.firstRange(of: "name=\"\(name)\" value=\""))
        return String(preview.text[cut.upperBound...].prefix { $0 != "\"" })
      }
      let stored = try await browser.post(
        "/registry/import", [("draft", try hidden("draft")), ("seal", try hidden("seal")), ("reason", "撤并")])
      #expect(stored.status == 303, "\(stored.text)")
      let group = try await test.ask(.district, .get, "/registry/groups/31?day=2026-03-01").text
      #expect(group.components(separatedBy: "此前此后").first?.contains("第22小学") == false)
      let heir = try await test.ask(.district, .get, "/registry/schools/21").text
      #expect(heir.contains("并入的学校") && heir.contains("第22小学（2026-03-01 起）"))
      let gone = try await test.ask(.district, .get, "/registry/schools/22").text
      #expect(gone.contains("href=\"/registry/schools/21\""))
      // Its 300 pupils count with the successor's 900.
      let list = try await test.ask(.district, .get, "/registry?compulsory=1&day=2026-06-01").text
      #expect(list.contains("1,200（含已并入的 第22小学 300"), "\(list.suffix(4000))")
      let coverage = try await test.ask(.district, .get, "/registry/coverage?day=2026-06-01").text
      #expect(coverage.contains("2,700 人中 2,100 人"))
    }
  }

  @Test func `targets are chosen by their titles, and unknown ones refused with what there is`() async throws {
    try await TestSite.with { test in
      let form = try await test.ask(.city, .get, "/registry/forms/allotments").text
      #expect(form.contains("全市2024年任务") && form.contains("value=\"ankang-2022/2024\""))
      #expect(!form.contains("name=\"c.policy\""))
      func send(_ target: String) async throws -> Answer {
        try await test.ask(
          .city, .post, "/registry/forms/allotments",
          form: [
            ("c.target", target), ("c.authority", "a11"), ("c.measure", "groups"), ("c.value", "12"),
            ("reason", "分解"),
          ])
      }
      let unknown = try await send("ankang-2022/不存在目标")
      #expect(unknown.status == 422 && unknown.text.contains("从下列目标中选择") && unknown.text.contains("全市2024年任务"))
      let stored = try await send("ankang-2022/2024")
      #expect(stored.status == 303, "\(stored.text)")
      let coverage = try await test.ask(.city, .get, "/registry/coverage?policy=ankang-2022").text
      #expect(coverage.contains("任务分解") && coverage.contains("少 13"))
    }
  }

  @Test func `a form is one of the policy in force, and the list of areas is the policy's`() async throws {
    try await TestSite.with { test in
      try await RegistryPagesTests.furnish(test)
      var rows = RegistryRows()
      rows[.groups] = [RegistryRow(["g31", "第31教育集团", "a11", "紧密型", nil, nil, nil, nil])]
      rows[.schoolFlags] = [
        RegistryRow(["s21", "area", "不存在片区", "2024-01-01", nil]),
        RegistryRow(["s22", "area", "中心城区", "2024-01-01", nil]),
      ]
      let browser = try await test.browser(.district)
      let preview = try await browser.upload("/registry/import/preview", try RegistryPagesTests.workbook(rows)).text
      #expect(preview.contains("集团!D3：") && preview.contains("不是现行办法的组建模式"), "\(preview.suffix(3000))")
      #expect(preview.contains("学校标记!C3：") && !preview.contains("学校标记!C4"))
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `the search finds schools and groups of the registry within reach`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      try await RegistryPagesTests.furnish(test)
      // No school of any cycle.
      let found = try await test.ask(.district, .get, "/search?q=%E7%AC%AC28%E5%B0%8F%E5%AD%A6")
      #expect(found.text.contains("/registry/schools/28\"") && test.counter.count <= 8)
      #expect(try await test.ask(.city, .get, "/search?q=g31").text.contains("/registry/groups/31\""))
      for person in [TestPerson.otherDistrict, .foreignCity, .otherLead] {
        let none = try await test.ask(person, .get, "/search?q=%E7%AC%AC28%E5%B0%8F%E5%AD%A6")
        #expect(!none.text.contains("/registry/schools/28"), "\(person)")
      }
    }
  }
}
