import Foundation
import Testing

@testable import Workbooks

struct WriteProblemTests {
  @Test func `all problems are reported at once and no file is left`() throws {
    let folder = try Folder()
    let problems = try folder.problems {
      let sheet = $0.addSheet(named: "甲/乙")
      sheet.write(String(repeating: "长", count: 32_768), at: cell("A1"))
      sheet.write(number: "八十", at: cell("A2"))
      sheet.write(number: "0.1234567890123456", at: cell("A3"))
      sheet.merge(range("B1:C2"), "一")
      sheet.merge(range("C2:D3"), "二")
      sheet.allow(InputRule(.choices([])), in: range("A4"))
      sheet.allow(
        InputRule(.whole(1...2), prompt: .init(title: "", text: String(repeating: "字", count: 256))), in: range("A5"))
      $0.define("A1", as: range("A1"), onSheet: "x")
    }
    #expect(
      problems == [
        .sheetName("甲/乙", .characters), .textTooLong(sheet: "甲_乙", cell: "A1", length: 32_768, limit: 32_767),
        .notANumber(sheet: "甲_乙", cell: "A2", text: "八十"),
        .tooPrecise(sheet: "甲_乙", cell: "A3", text: "0.1234567890123456", limit: 15),
        .mergeOverlap(sheet: "甲_乙", range: "C2:D3", other: "B1:C2"), .noChoices(sheet: "甲_乙", range: "A4"),
        .messageTooLong(sheet: "甲_乙", range: "A5", length: 256, limit: 255), .definedName("A1"),
      ])
    #expect(!FileManager.default.fileExists(atPath: folder.path("book.xlsx")))
  }

  @Test(arguments: [
    ("", SheetName.Fault.empty), (String(repeating: "字", count: 32), .long), ("a:b", .characters), ("'a", .apostrophe),
    ("History", .reserved), ("汇总", .taken), ("a\nb", .characters),
  ])
  func `a sheet name that Excel would not take is refused`(name: String, fault: SheetName.Fault) {
    #expect(SheetName.fault(in: name, taken: ["汇总"]) == fault)
  }

  @Test func `a fitting name is near the wanted one and free`() {
    #expect(SheetName.fitting("东城/一中 集团", taken: []) == "东城_一中 集团")
    #expect(SheetName.fitting("Ab", taken: ["ab", "ab (2)"]) == "Ab (3)")
    #expect(SheetName.fitting("", taken: []) == "_")
    #expect(SheetName.fitting("''", taken: []) == "_")
    #expect(SheetName.fitting("history", taken: []) == "history (2)")
    let long = String(repeating: "字", count: 40)
    #expect(SheetName.fitting(long, taken: [String(long.prefix(31))]) == String(long.prefix(27)) + " (2)")
    #expect(SheetName.fitting(String(repeating: "x", count: 30) + "'y", taken: []) == String(repeating: "x", count: 30))
  }

  @Test func `a book left unfinished leaves no file`() throws {
    let folder = try Folder()
    do {
      let writer = try WorkbookWriter(path: folder.path("book.xlsx"), properties: .fixed)
      writer.addSheet(named: "表").write("x", at: cell("A1"))
    }
    #expect(!FileManager.default.fileExists(atPath: folder.path("book.xlsx")))
  }

  @Test func `a folder that is not there is a problem with its path`() throws {
    let writer = try WorkbookWriter(path: "/nowhere/book.xlsx", properties: .fixed)
    writer.addSheet(named: "表").write("x", at: cell("A1"))
    #expect(throws: WriteFailure.self) { try writer.finish() }
  }
}
