import Cycles
import Notation
import StorageFixtures
import Testing

@testable import Storage

/// The papers of a recommendation, held against what the chain says.
extension AuditRecordsTests {
  static let ofPapers: [Tampering] = [
    Tampering("UPDATE recommendation_paper SET paper = 'x'", .recommendationPaper, "group/31", "2022 first 910"),
    Tampering("UPDATE recommendation_paper SET grp = 32", .recommendationPaper, "group/31", "2022 first 910"),
    Tampering("DELETE FROM recommendation_paper WHERE id = 911", .recommendationPaper, "group/31", "2022 first 911"),
    Tampering(
      "UPDATE recommendation_paper SET removed_at = NULL", .recommendationPaper, "group/31", "2022 first 911"),
  ]

  /// Two are attached, one is taken away again.
  static func papers(_ year: SmallYear, _ cycle: StoredCycle, _ transaction: any Transaction) throws {
    let (city, early) = (Worker.city, year.day(9, 19))
    let hash = try #require(FileHash(String(repeating: "9", count: 64)))
    let paper = RecommendationPaperStore.Draft(
      fileName: "报告.pdf", file: ReceivedFile(hash: hash, size: 9, crc: 9), kind: .pdf)
    try RecommendationPaperStore.note([paper], at: early, transaction)
    for id in [910, 911] as [Int64] {
      try RecommendationPaperStore.insert(
        paper, id: ID(id), as: "report", of: ID(31), at: "first", in: cycle, at: early, by: city.actor, transaction)
    }
    let group = try OverviewStore.overview(of: cycle, for: city.appointment, at: early, transaction).group(ID(31))
    let isRemoved = try RecommendationPaperStore.remove(
      ID(911), of: try #require(group), at: try #require(cycle.stage("first")), in: cycle, at: early, by: city.actor,
      transaction)
    #expect(isRemoved)
  }
}
