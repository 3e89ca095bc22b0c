import Fixtures
import Testing

/// Every clause of a document is placed, or has a reason not to be: `SOURCES.md` leaves nothing out.
@Suite struct SourcesTests {
  struct Requirement: Sendable {
    let id: String
    let document: String
  }

  static let requirements: [Requirement] = Repository.text("Tests/PoliciesTests/requirement-ids.csv")
    .split(separator: "\n").dropFirst().compactMap { line in
      let cells = line.split(separator: ",")
      return cells.count == 2 ? Requirement(id: String(cells[0]), document: String(cells[1])) : nil
    }

  static let documents = Set(requirements.map(\.document)).sorted()

  /// The ids in a document's tables, each with whether its place (落在何处) says something.
  static func placed(_ document: String) -> [String: Bool] {
    var placed: [String: Bool] = [:]
    var column: (id: Int, place: Int)?
    for line in Repository.text("policies/\(document)/SOURCES.md").split(separator: "\n") {
      guard line.hasPrefix("|") else {
        column = nil
        continue
      }
      let cells = line.split(separator: "|", omittingEmptySubsequences: false).map { $0.trimming() }
      if let id = cells.firstIndex(of: "编号"), let place = cells.firstIndex(of: "落在何处") { column = (id, place) }
      guard let column, cells.count > max(column.id, column.place) else { continue }
      for match in cells[column.id].matches(of: #/[A-Z]{2}-[0-9]{3}/#) {
        placed[String(match.output)] = !cells[column.place].isEmpty || placed[String(match.output)] == true
      }
    }
    return placed
  }

  @Test(arguments: documents)
  func `places every requirement of the document`(document: String) {
    let placed = Self.placed(document)
    let ids = Self.requirements.filter { $0.document == document }.map(\.id)
    #expect(ids.count > 20)
    #expect(ids.filter { placed[$0] == nil } == [], "not in any table")
    #expect(ids.filter { placed[$0] == false } == [], "without a place")
  }

  @Test func `knows all five documents`() { #expect(Self.documents.count == 5) }
}

extension Substring {
  fileprivate func trimming() -> String {
    let start = drop { $0 == " " }
    return String(start.reversed().drop { $0 == " " }.reversed())
  }
}
