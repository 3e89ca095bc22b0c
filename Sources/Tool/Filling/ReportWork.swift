import Cycles
import Notation
import People
import Policies
import Storage

/// The written papers that offices hand in with their recommendations: of each kind one file for all groups of an office.
struct ReportWork: Sendable {
  let filling: Filling
  let cycle: StoredCycle
  let stage: CycleStage

  typealias Papers = [(paper: String, draft: RecommendationPaperStore.Draft)]

  /// What each of these people hands in, by account. None where the years come from somebody's facts, which hold no files.
  func papers(of people: [FilledPerson]) async throws -> [ID: Papers] {
    guard filling.isMadeUp else { return [:] }
    let wanted = stage.needs.filter { RecommendationPaper.takesFiles($0) && $0 != "self-report" }
    var papers: [ID: Papers] = [:]
    for person in people where papers[person.viewer.account] == nil {
      var own: Papers = []
      for id in wanted {
        let title = Words.made(cycle.policy.paperTitle(id))
        let lines = [
          person.viewer.post?.authorityName ?? "", title,
          Words.made("demo.schoolYear", ["year": .text("\(cycle.year - 1)—\(cycle.year)")]),
        ]
        let intake = try await EvidenceIntake(name: "\(title).pdf", into: filling.files)
        try await intake.write(SamplePDF.bytes(lines: lines))
        let kept = try await intake.keep()
        own.append(
          (id, RecommendationPaperStore.Draft(fileName: intake.name, file: kept.file, kind: kept.kind)))
      }
      papers[person.viewer.account] = own
    }
    return papers
  }

  /// Attaches a person's papers to a group's recommendation.
  func attach(
    _ papers: Papers, to group: ID, by person: FilledPerson, at moment: Instant, _ transaction: any Transaction
  ) throws {
    try RecommendationPaperStore.note(papers.map(\.draft), at: moment, transaction)
    for (paper, draft) in papers {
      try RecommendationPaperStore.insert(
        draft, id: filling.ids.next(at: moment), as: paper, of: group, at: stage.id, in: cycle, at: moment,
        by: person.actor, transaction)
    }
  }

  /// Why a group is recommended without papers: those of facts that came without files.
  var reason: String? { filling.isMadeUp ? nil : Words.made("demo.papers.facts") }
}
