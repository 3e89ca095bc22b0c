import Foundation
import Testing

@testable import Workbooks

struct RoundTripTests {
  @Test(arguments: [
    "=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "=cmd|' /C calc'!A0", "{=1}", "'=1", "-", "http://x.cn",
  ])
  func `text that looks like a formula stays text`(text: String) throws {
    let book = try Folder().roundTrip { $0.addSheet(named: "表").write(text, at: cell("A1")) }
    #expect(book.sheets[0]["A1"] == .text(text))
  }

  @Test(arguments: [
    " 前后有空格 ", "两\n行", "a\r\nb", "_x000D_", "_x0041_x", "__x005F_", "<&>\"'", "𠮷野家", "é", "\u{200B}x",
    String(repeating: "字", count: 32_767),
  ])
  func `every text comes back as it was written`(text: String) throws {
    let book = try Folder().roundTrip { $0.addSheet(named: "表").write(text, at: cell("A1")) }
    #expect(book.sheets[0]["A1"] == .text(text))
  }

  @Test func `control characters a workbook cannot hold are left out`() throws {
    let book = try Folder().roundTrip { $0.addSheet(named: "表").write("a\0b\u{1}c\u{FFFE}d\u{1B}", at: cell("A1")) }
    #expect(book.sheets[0]["A1"] == .text("abcd"))
  }

  @Test(arguments: ["0", "87.5", "-0.01", "0.1", "99.99", "123456789012345", "0.000001", "1.23456789012345"])
  func `every number comes back as the decimal it was`(text: String) throws {
    let book = try Folder().roundTrip { $0.addSheet(named: "表").write(number: text, at: cell("B2")) }
    #expect(book.sheets[0]["B2"] == .number(text))
  }

  @Test func `days, truths and merged cells come back`() throws {
    let day = try #require(CellDate(year: 2026, month: 3, day: 1))
    let book = try Folder().roundTrip {
      let sheet = $0.addSheet(named: "表")
      sheet.write(day, at: cell("A1"))
      sheet.write(true, at: cell("B1"))
      sheet.merge(range("A2:C3"), "合并", CellStyle().with { $0.border = .thin })
      sheet.merge(range("D2:D3"), number: "8.5")
    }
    let sheet = book.sheets[0]
    #expect(sheet["A1"] == .date(day))
    #expect(sheet["B1"] == .bool(true))
    #expect(sheet["A2"] == .text("合并"))
    #expect(sheet["D2"] == .number("8.5"))
    #expect(sheet.merged == [range("A2:C3"), range("D2:D3")])
  }

  @Test func `sheets keep their order, names and secrecy`() throws {
    let book = try Folder().roundTrip {
      _ = $0.addSheet(named: "汇总")
      $0.addSheet(named: "张's 表").hide()
    }
    #expect(book.sheets.map(\.name) == ["汇总", "张's 表"])
    #expect(book.sheets.map(\.isHidden) == [false, true])
  }

  @Test func `the same content makes the same file`() throws {
    let folder = try Folder()
    let files = try ["a.xlsx", "b.xlsx"].map { name in
      let writer = try WorkbookWriter(path: folder.path(name), properties: .fixed)
      SampleBook.fill(writer)
      try writer.finish()
      // The clock of a second later must not show.
      Thread.sleep(forTimeInterval: 1.1)
      return try Data(contentsOf: folder.url.appendingPathComponent(name))
    }
    #expect(files[0] == files[1])
  }

  @Test func `a book with everything in it is read back`() throws {
    let book = try Folder().roundTrip(SampleBook.fill)
    #expect(book.sheets.map(\.name) == ["计分表", "填报", "lists"])
    #expect(book.sheet(named: "lists")?.count == 60)
    #expect(book.sheet(named: "计分表")?["A1"] == .text("集团化办学评价计分表"))
  }
}
