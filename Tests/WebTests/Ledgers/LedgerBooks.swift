import Documents
import Fixtures
import Foundation
import Ledgers
import Notation
import Testing

extension LedgerPageTests {
  static func bytes(_ year: GroupYear, _ words: Catalogue) throws -> [UInt8] {
    let kind = try #require(LedgerKinds.byID["meetings"])
    return try Repository.withFolder { folder in
      let path = folder + "/book.xlsx"
      try LedgerBook(kind, in: RecordContext(year: year, teachers: [], catalogues: [words]), words: words)
        .write(year.records(kind.id), isMasked: true, to: path)
      return try #require(FileManager.default.contents(atPath: path).map { Array($0) })
    }
  }
}
