import Documents
import Fixtures
import Policies
import Testing

@Suite struct FormNamesTests {
  @Test func `what two things are called tells neither`() {
    let names = FormNames([("tight", "紧密型"), ("tight", "一体型"), ("loose", "协作型")])
    #expect(names.name("tight") == "tight" && names.name("loose") == "协作型")
    #expect(names.id("紧密型") == "tight" && names.id("无此类型") == "无此类型")
  }

  @Test(
    arguments: [
      ("610900", "一体型"), ("610902", "一体型"), ("610900-01", "一体型"), ("610000", "一体型"), ("421303", "融合型"),
      ("330100", "integrated"), (nil, "integrated"),
    ] as [(String?, String)])
  func `a form is called what the policy of the place calls it`(code: String?, name: String) {
    let files = PolicyFiles(folder: Repository.path("policies"))
    let forms = FormNames(files.ids.compactMap { files.read($0)?.policy }, at: code)
    #expect(forms.name("integrated") == name)
    // Whoever wrote it, it is understood.
    #expect(forms.id("一体型") == "integrated" && forms.id("融合型") == "integrated")
  }
}
