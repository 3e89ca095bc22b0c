import Documents
import Foundation
import Notation
import Registry
import Testing

@Suite struct RegistryWorkbookTests {
  static let forms = FormNames([("integrated", "一体型"), ("collaborative", "协作型"), ("entrusted", "托管型")])

  static func written(_ rows: RegistryRows, _ catalogue: Catalogue = .chinese) throws -> [UInt8] {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("r-\(UUID().uuidString).xlsx").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try RegistryWorkbook(catalogue: catalogue, forms: forms).write(rows, to: path)
    return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
  }

  @Test(arguments: [Catalogue.chinese, .english].map(\.language))
  func `what is written reads back the same, in either language`(language: String) throws {
    let rows = Stored.rows(Stored.city)
    let read = try RegistryWorkbookReader.read(
      try Self.written(rows, .of(language: language)), file: "登记.xlsx", catalogues: [.chinese, .english],
      forms: Self.forms)
    #expect(read.problems.isEmpty, "\(read.problems.map { $0.line(in: .chinese) })")
    for table in RegistryTable.allCases {
      #expect(read.rows[table].map(\.values) == rows[table].map(\.values), "\(table)")
    }
  }

  @Test func `an empty template holds nothing`() throws {
    let read = try RegistryWorkbookReader.read(
      try Self.written(RegistryRows()), file: "a.xlsx", catalogues: [.chinese], forms: Self.forms)
    #expect(read.rows.count == 0 && read.problems.isEmpty)
  }

  @Test func `a name that shows nothing is missing`() throws {
    var rows = RegistryRows()
    rows[.divisions] = [RegistryRow(["610900", "610902", "\u{200B}\u{3000}", nil, nil, nil])]
    rows[.schools] = [RegistryRow(PlanTests.row { $0[1] = "\u{FEFF}一小\u{200B}" })]
    let read = try RegistryWorkbookReader.read(
      try Self.written(rows), file: "a.xlsx", catalogues: [.chinese], forms: Self.forms)
    #expect(read.problems.map(\.what.key) == ["problem.registry.book.missing"])
    #expect(read.problems.map(\.place.cell) == ["C3"])
    #expect(read.rows[.schools].first?.values[1] == "一小")
  }

  @Test func `every table, column and choice has its words in both languages`() {
    for catalogue in [Catalogue.chinese, .english] {
      for table in RegistryTable.allCases {
        #expect(catalogue.named("registry.sheet.\(table.rawValue)") != nil, "\(table)")
        for column in table.columns {
          #expect(catalogue.named("registry.column.\(column.code)") != nil, "\(column.code)")
          if case .choice(let choices) = column.kind {
            for choice in choices {
              #expect(catalogue.named("registry.choice.\(column.code).\(choice)") != nil, "\(column.code).\(choice)")
            }
          }
        }
      }
      for check in QualityCheck.all {
        for message in [check.title, check.why, check.remedy] {
          #expect(catalogue.named(message.key) != nil, "\(message.key)")
        }
      }
    }
  }
}
