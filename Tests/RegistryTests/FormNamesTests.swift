import Documents
import Fixtures
import Notation
import Policies
import Registry
import Testing

@Suite struct FormNamesTests {
  @Test(arguments: ["-9223372036854775808", "9223372036854775807", "", "二〇二六", "99999"])
  func `a year somebody made up is shown as it was typed`(typed: String) throws {
    let year = try #require(RegistryTable.years.columns.first { $0.kind == .schoolYear })
    let names = FormNames([])
    #expect(year.shown(typed, .chinese, names) == typed)
    #expect(year.shown("2026", .chinese, names) == "2025-2026")
  }

  @Test func `what has several names is called by all of them`() {
    let names = FormNames([("tight", "紧密型"), ("tight", "一体型"), ("loose", "协作型")])
    #expect(names.name("tight") == "一体型/紧密型" && names.id("一体型/紧密型") == "tight")
    #expect(names.name("loose") == "协作型" && names.all == ["一体型", "协作型", "紧密型"])
    #expect(names.id("紧密型") == "tight" && names.id("无此类型") == "无此类型")
  }

  @Test(
    arguments: [
      ("610900", "一体型"), ("610902", "一体型"), ("610900-01", "一体型"), ("610000", "一体型"), ("421303", "融合型"),
      ("330100", "一体型/融合型"), (nil, "一体型/融合型"),
    ] as [(String?, String)])
  func `a form is called what the policy of the place calls it`(code: String?, name: String) {
    let files = PolicyFiles(folder: Repository.path("policies"))
    let forms = FormNames(files.ids.compactMap { files.read($0)?.policy }, at: code)
    #expect(forms.name("integrated") == name)
    // Whoever wrote it, it is understood.
    #expect(forms.id("一体型") == "integrated" && forms.id("融合型") == "integrated")
  }
}
