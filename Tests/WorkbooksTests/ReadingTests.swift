import Testing

@testable import Workbooks

struct ReadingTests {
  private func sheet(
    rows: String, after: String = "", shared: String = "", styles: String = "", properties: String = ""
  ) throws -> Sheet {
    let bytes = PlainArchive.workbook(rows: rows, after: after, shared: shared, styles: styles, properties: properties)
    return try #require(try Workbook.read(bytes: bytes).sheet(named: "甲"))
  }

  @Test func `rich text is joined and phonetic guides are left out`() throws {
    let sheet = try sheet(
      rows: "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c></row>",
      shared: """
        <si><r><t>东城</t></r><r><rPr><b/></rPr><t xml:space="preserve"> 集团</t></r>
        <rPh sb="0" eb="1"><t>ㄉㄨㄥ</t></rPh></si><si><t>a_x000D_b_x005F_x0041_</t></si>
        """)
    #expect(sheet["A1"] == .text("东城 集团"))
    #expect(sheet["B1"] == .text("a\rb_x0041_"))
  }

  @Test func `every kind of cell is read for what it is`() throws {
    let sheet = try sheet(
      rows: """
        <row r="2"><c r="A2" t="inlineStr"><is><r><t>内</t></r><r><t>联</t></r></is></c><c r="B2" t="b"><v>1</v></c>
        <c r="C2" t="e"><v>#DIV/0!</v></c><c r="D2" t="str"><f>A1</f><v>算得</v></c><c r="E2"><f>1+1</f><v>2</v></c>
        <c r="F2"><f>1+1</f></c><c r="G2"><f>1+1</f><v></v></c><c r="H2" s="3"/><c r="I2" t="d"><v>2026-03-01</v></c>
        <c r="J2" t="str"><f>A1</f><v></v></c></row>
        """)
    #expect(sheet["A2"] == .text("内联"))
    #expect(sheet["B2"] == .bool(true))
    #expect(sheet["C2"] == .error("#DIV/0!"))
    #expect(sheet["D2"] == .text("算得"))
    #expect(sheet["E2"] == .number("2"))
    #expect(sheet["F2"] == .uncalculated)
    #expect(sheet["G2"] == .uncalculated)
    #expect(sheet["H2"] == nil)
    #expect(sheet["I2"] == CellDate(year: 2026, month: 3, day: 1).map(Cell.date))
    #expect(sheet["J2"] == .text(""))
    #expect(sheet.row(2).map(\.address.column) == [1, 2, 3, 4, 5, 6, 7, 9, 10])
  }

  @Test func `cells without addresses follow one another`() throws {
    let sheet = try sheet(
      rows: "<row><c><v>1</v></c><c><v>2</v></c></row><row r=\"5\"><c r=\"C5\"><v>3</v></c><c><v>4</v></c></row>")
    #expect(sheet.all.map { "\($0.address)=\($0.cell.written)" } == ["A1=1", "B1=2", "C5=3", "D5=4"])
    #expect(sheet.lastRow == 5)
  }

  @Test func `rows in any order come out in order`() throws {
    let sheet = try sheet(
      rows: "<row r=\"9\"><c r=\"A9\"><v>9</v></c></row><row r=\"2\"><c r=\"B2\"><v>2</v></c></row>")
    #expect(sheet.all.map(\.address) == [cell("B2"), cell("A9")])
  }

  @Test func `a number in a date format is a day, in the workbook's way of counting`() throws {
    let styles = """
      <numFmts><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts>
      <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
      <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/></cellXfs>
      """
    let rows = """
      <row><c s="0"><v>46082</v></c><c s="1"><v>46082</v></c><c s="2"><v>46082.25</v></c><c s="1"><v>60</v></c></row>
      """
    let sheet = try sheet(rows: rows, styles: styles)
    #expect(sheet.row(1).map(\.cell.written) == ["46082", "2026-03-01", "2026-03-01T06:00:00", "60"])
    let other = try self.sheet(rows: rows, styles: styles, properties: "<workbookPr date1904=\"1\"/>")
    #expect(other["B1"]?.written == "2030-03-02")
  }

  @Test func `merged ranges are known`() throws {
    let sheet = try sheet(rows: "", after: "<mergeCells count=\"9\"><mergeCell ref=\"A1:C2\"/></mergeCells>")
    #expect(sheet.merged == [range("A1:C2")])
    #expect(sheet.mergedRange(at: cell("B2")) == range("A1:C2"))
    #expect(sheet.mergedRange(at: cell("D2")) == nil)
  }

  @Test func `what extensions keep under the names of cells is no cell`() throws {
    let extra = "<extLst><row><c r=\"Z9\"><v>7</v><is><t>x</t></is></c></row></extLst>"
    let sheet = try sheet(rows: "<row><c><v>1</v></c></row>", after: extra)
    #expect(sheet.all.map(\.cell) == [.number("1")])
  }

  @Test func `a refusal names sheet and cell`() {
    let bytes = PlainArchive.workbook(rows: "<row r=\"1\"><c r=\"B1\"><v>abc</v></c></row>")
    #expect(throws: WorkbookRefusal.badCell(sheet: "甲", cell: "B1", .number)) { try Workbook.read(bytes: bytes) }
    let refusal = WorkbookRefusal.badCell(sheet: "甲", cell: "B1", .number)
    #expect(refusal.code == "workbook-bad-cell")
    #expect(refusal.parameters == ["sheet": "甲", "cell": "B1", "fault": "number"])
  }

  @Test func `a file that is not there is refused with the system's reason`() {
    #expect(throws: WorkbookRefusal.cannotOpen(errno: 2)) { try Workbook.read(from: "/nowhere/book.xlsx") }
  }

  @Test func `a smaller limit refuses sooner`() {
    var limits = ReadLimits.standard
    limits.cells = 1
    let bytes = PlainArchive.workbook(rows: "<row><c><v>1</v></c><c><v>2</v></c></row>")
    #expect(throws: WorkbookRefusal.tooManyCells(limit: 1)) { try Workbook.read(bytes: bytes, limits: limits) }
  }

  @Test func `rows are bounded, and a workbook without the sheets wanted is refused before the first of them`() {
    var limits = ReadLimits.standard
    limits.rows = 0
    let bytes = PlainArchive.workbook(rows: "<row/><row/>", shared: "<broken>")
    // Neither a row nor a shared text was read.
    #expect(throws: WorkbookRefusal.missingSheets(["乙"])) {
      try Workbook.read(bytes: bytes, limits: limits, wanted: WantedSheets(needed: ["甲", "乙"], read: nil))
    }
    let rows = PlainArchive.workbook(rows: "<row/><row/>")
    #expect(throws: WorkbookRefusal.tooManyRows(limit: 0)) { try Workbook.read(bytes: rows, limits: limits) }
    limits.rows = 2
    #expect(throws: Never.self) { try Workbook.read(bytes: rows, limits: limits) }
  }

  @Test func `of a sheet that isn't wanted no row is read`() throws {
    var limits = ReadLimits.standard
    limits.rows = 0
    let bytes = PlainArchive.workbook(rows: "<row><c><v>1</v></c></row>")
    let wanted = WantedSheets(needed: [], read: ["乙"])
    let book = try Workbook.read(bytes: bytes, limits: limits, wanted: wanted)
    #expect(book.sheets.map(\.name) == ["甲"])
    #expect(Array(book.sheets[0].all).isEmpty)
  }

  @Test func `what visitors send may be several times our largest template, and no more`() {
    let limits = ReadLimits.upload
    let rows = PlainArchive.workbook(rows: String(repeating: "<row/>", count: limits.rows + 1))
    #expect(throws: WorkbookRefusal.tooManyRows(limit: limits.rows)) { try Workbook.read(bytes: rows, limits: limits) }
  }
}
