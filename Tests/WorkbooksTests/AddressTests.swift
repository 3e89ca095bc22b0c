import Testing

@testable import Workbooks

struct AddressTests {
  @Test(arguments: [("A1", 1, 1), ("B7", 7, 2), ("AA10", 10, 27), ("$C$3", 3, 3), ("XFD1048576", 1_048_576, 16_384)])
  func `an address reads as a person writes it`(text: String, row: Int, column: Int) throws {
    let address = try #require(CellAddress(text))
    #expect(address == CellAddress(row: row, column: column))
    #expect(address.description == text.filter { $0 != "$" })
  }

  @Test(arguments: ["", "A", "7", "A0", "XFE1", "A1048577", "A1B", "1A", "A-1", "Ａ1", "A99999999999999999999", "$$A1"])
  func `what lies outside a sheet is no address`(text: String) {
    #expect(CellAddress(text) == nil)
  }

  @Test func `addresses sort row by row`() {
    #expect(["B2", "A10", "C1", "A2"].sorted { CellAddress($0)! < CellAddress($1)! } == ["C1", "A2", "B2", "A10"])
  }

  @Test func `a range takes its corners in any order`() {
    #expect(CellRange("C3:A1") == CellRange("A1:C3"))
    #expect(CellRange("B2")?.description == "B2")
    #expect(CellRange("A1:") == nil)
    #expect(CellRange("A1:B2:C3") == nil)
  }

  @Test func `a range refers to a sheet whose name holds an apostrophe`() {
    #expect(range("A1:B2").reference(onSheet: "张's") == "'张''s'!$A$1:$B$2")
  }

  @Test func `ranges know what they share`() {
    #expect(range("A1:B2").overlaps(range("B2:C3")))
    #expect(!range("A1:B2").overlaps(range("C1:D2")))
  }
}
