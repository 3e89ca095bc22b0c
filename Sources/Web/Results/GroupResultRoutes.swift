import Cycles
import Documents
import Hummingbird
import Notation
import People
import Policies
import Publishing
import Storage

/// A group's result with the reason behind every point, for those who work with it.
enum GroupResultRoutes {
  static func page(_ visit: Visit) async throws -> Response {
    let (post, group) = (try visit.post, try visit.id("group"))
    let reading = try await visit.site.database.read { transaction -> GroupResultReading in
      let (cycle, sight, edition) = try ResultsRoutes.find(visit, transaction)
      guard let edition,
        let result = try ResultsStore.row(
          edition, authority: cycle.authority, cycle: cycle.id, group: group, for: post.appointment, transaction)
      else { throw Refusal.notFound }
      return GroupResultReading(
        cycle: cycle, sight: sight, edition: edition, result: result,
        reach: try ResultsStore.reach(group, of: cycle, for: post.appointment, transaction),
        years: try ResultsStore.years(of: [group], for: post.appointment, transaction))
    }
    // Whoever has nothing to do with the group sees what everybody sees.
    guard reading.reach.reaches || reading.sight.sight.seesDraft else {
      return visit.redirect(Endpoint.publicGroup.link(reading.cycle.authority, reading.cycle.id, group))
    }
    let page = GroupResultPage(visit, reading)
    return visit.page("results/group", page, visit.frame(reading.result.name, current: "years"))
  }
}

struct GroupResultReading {
  let cycle: StoredCycle
  let sight: ResultSight
  let edition: Int
  let result: FrozenResult
  let reach: (reaches: Bool, leads: Bool)
  let years: [ResultOfYear]
}

struct GroupResultPage {
  let back: String
  let cycleTitle: String
  let heading: String
  let isDraft: Bool
  let edition: String
  let row: ResultRow
  let ranked: String?
  let stages: String
  let parts: [ResultItems.Part]
  let reasonsNote: String?
  let years: [PublicGroupPage.Year]
  /// Where the group may object, and until when.
  let objectLink: String?
  let objectUntil: String

  init(_ visit: Visit, _ reading: GroupResultReading) {
    let (cycle, result) = (reading.cycle, reading.result)
    let results = ResultWords(cycle.policy, visit.words)
    back = Endpoint.results.link(cycle.authority, cycle.id)
    cycleTitle = cycle.title
    heading = result.name
    isDraft = reading.edition < 1
    edition =
      reading.edition > 0
      ? visit.text("results.edition", ["number": .count(reading.edition)])
      : visit.text("results.seen.draft")
    row = ResultRow(result, results, link: nil)
    ranked = result.ranked.map { visit.text("results.ranked", ["count": .count($0)]) }
    let titles = result.stages.compactMap { cycle.stage($0)?.title }
    stages = titles.isEmpty ? visit.text("results.stages.none") : results.list(titles)
    parts = ResultItems(cycle.policy, results, reasons: true).parts(result.lines)
    reasonsNote = results.reasonsNote
    years = reading.years.map { year in
      PublicGroupPage.Year(
        title: visit.words.schoolYear(year.year), total: results.number(year.result.publicTotal),
        rank: results.rank(year.result.rank), grade: results.grade(year.result),
        change: results.change(year.result.rankChange),
        link: Endpoint.groupResult.link(year.authority, year.cycle, result.group), isNow: year.cycle == cycle.id)
    }
    let window = reading.sight.state.window(cycle.calendar)
    let isOpen = window?.isOpen(at: visit.now) ?? false
    objectLink =
      isOpen && reading.reach.leads
      ? Endpoint.objections.link(cycle.authority, cycle.id, query: [("group", result.group.description)]) : nil
    objectUntil =
      window.map {
        visit.text("results.objection.last", ["day": .text(results.day($0.lastDay))])
      } ?? ""
  }
}
