import Ledgers
import Notation
import Registry
import Testing

@testable import Documents
@testable import Workbooks

/// Books of the registry and of records as people see them: what only the program reads is out of sight, and a table
/// prints on pages one wide.
@Suite struct TablePagesTests {
  static func registry(_ rows: RegistryRows = RegistryRows()) throws -> WrittenBook {
    try WrittenBook.of {
      try RegistryWorkbook(catalogue: .chinese, forms: FormNames([(id: String, name: String)]())).write(rows, to: $0)
    }
  }

  static func isHidden(row: Int, _ sheet: WrittenSheet) -> Bool {
    sheet.xml.contains(try! Regex("<row r=\"\(row)\"[^>]* hidden=\"1\""))
  }

  static func ledger(_ records: [LedgerRecord]) throws -> WrittenSheet {
    let kind = try #require(LedgerKinds.byID["training"])
    let days = try #require(SchoolYearDays(2022, of: nil))
    let year = GroupYear(
      group: ID(9), days: days, schools: [LedgerSchool(id: ID(1), code: "S1", name: "江南小学", isLead: true)],
      records: records, statements: [])
    let context = RecordContext(year: year, teachers: [], catalogues: [.chinese])
    let book = try WrittenBook.of {
      try LedgerBook(kind, in: context, words: .chinese).write(records, isMasked: false, to: $0)
    }
    return try #require(book.sheet(book.book.sheets[0].name))
  }

  @Test func `a book of records hides numbers and codes`() throws {
    let sheet = try Self.ledger([])
    #expect(Self.isHidden(row: 2, sheet) && !Self.isHidden(row: 1, sheet))
    #expect(sheet.xml.contains(#/<col min="1" max="1" [^>]*hidden="1"/#))
    #expect(!sheet.xml.contains(#/<col min="2"[^>]*hidden="1"/#))
    // Whose record it is stays in view.
    #expect(sheet.xml.contains("<pane xSplit=\"2\" ySplit=\"2\""))
    #expect(sheet.isLandscapeA4 && sheet.xml.contains("fitToHeight=\"0\""))
  }

  @Test func `a book of the registry hides codes and prints its tables alone`() throws {
    var rows = RegistryRows()
    rows[.authorities] = (1...60).map {
      RegistryRow(["6109\($0 + 10)", "区\($0)", "district", nil, nil, nil, nil], line: $0)
    }
    let book = try Self.registry(rows)
    for table in RegistryTable.allCases {
      let title = Catalogue.chinese.text("registry.sheet.\(table.rawValue)")
      let sheet = try #require(book.sheet(title))
      #expect(Self.isHidden(row: 2, sheet) && sheet.isLandscapeA4, "\(table)")
      #expect(sheet.xml.contains("fitToHeight=\"0\""), "\(table)")
      let titles = [">'\(title)'!$1:$2<", ">\(title)!$1:$2<"]
      #expect(titles.contains { book.text("xl/workbook.xml").contains($0) }, "\(table)")
    }
    // Whatever is empty in a row can be filled in, and a row marked as one to go.
    let areasSheet = try #require(book.sheet(Catalogue.chinese.text("registry.sheet.authorities")))
    #expect(areasSheet.isOpen(cell("E3")) && areasSheet.isOpen(cell("F3")))
    let members = try #require(book.sheet(Catalogue.chinese.text("registry.sheet.memberships")))
    #expect(members.isOpen(cell("F3")))
    let areas = book.text("xl/workbook.xml")
    #expect(areas.contains("!$A$1:$G$62<"), "\(areas)")
    // A sheet without anything prints some empty lines.
    #expect(areas.contains("!$A$1:$L$22<"), "\(areas)")
  }
}
