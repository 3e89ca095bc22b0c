import Cycles
import Documents
import Hummingbird
import Notation
import Outcomes
import People
import Policies
import Publishing
import Rules
import Scoring
import Storage

/// The whole of an edition in Excel with every reason, for the office and supervision.
enum ResultsBookRoutes {
  static func book(_ visit: Visit) async throws -> Response {
    let post = try visit.post
    let (cycle, rows, years) = try await visit.site.database.read { transaction in
      let (cycle, sight, edition) = try ResultsRoutes.find(visit, transaction)
      guard sight.sight.seesDraft, let edition else { throw Refusal.notFound }
      let list = try ResultsStore.list(
        edition, authority: cycle.authority, cycle: cycle.id, ResultFilter(count: 1_000_000), within: .all,
        for: post.appointment, lines: true, transaction)
      let groups = list.rows.map(\.group)
      return (cycle, list.rows, try ResultsStore.earlierYears(of: cycle, groups: Set(groups), transaction))
    }
    return try await visit.workbook(named: cycle.title) { path throws(WorkbookTrouble) in
      let results = Results(
        years: years + [(cycle.year, rows.map { result($0, cycle) })], faults: [])
      try ResultsBook(policy: cycle.policy, results: results, year: cycle.year).write(to: path)
    }
  }

  /// The frozen row with its lines as the workbook takes results.
  private static func result(_ frozen: FrozenResult, _ cycle: StoredCycle) -> GroupResult {
    let summary = frozen.remembered(year: cycle.year)
    let recorded = frozen.lines.map {
      RecordedLine(
        item: $0.item, score: $0.score, missing: $0.score == nil ? [$0.item] : [],
        reasons: [Message("literal", ["text": .text($0.why)])])
    }
    var result = GroupResult(
      card: Scorer(policy: cycle.policy).card(summary.card.group, year: cycle.year, recorded: recorded),
      grade: frozen.grade, rank: frozen.rank, ranked: frozen.ranked, granted: frozen.granted, pending: frozen.pending)
    result.rankChange = frozen.rankChange
    result.isLast = frozen.isLast
    return result
  }
}
