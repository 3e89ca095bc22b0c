import Cycles
import Hummingbird
import Notation
import Policies
import Publishing
import Storage

/// One group's published result: its items as far as they are public, corrections, the years before.
enum PublicGroupRoutes {
  static func group(_ asking: Visit, _ number: Int?) async throws -> Response {
    let group = try asking.id("group")
    let (found, result, years) = try await asking.site.database.read { transaction in
      let found = try PublicRoutes.find(asking, number, transaction)
      let row = try ResultsStore.row(
        found.shown.number, authority: found.cycle.authority, cycle: found.cycle.id, group: group, for: nil,
        transaction)
      guard let row else { throw Refusal.notFound }
      return (found, row, try ResultsStore.years(of: [group], for: nil, transaction))
    }
    let (cycle, editions, shown) = found
    let visit = asking.inWords(of: cycle)
    let words = ResultWords(cycle.policy, visit.words)
    let disclosure = shown.disclosure ?? .usual(cycle.policy)
    let isLatest = shown.number == editions.last?.number
    let page = PublicGroupPage(
      crumb: visit.words.schoolYear(cycle.year),
      back: isLatest
        ? Endpoint.publicResults.link(cycle.authority, cycle.id)
        : Endpoint.publicEdition.link(cycle.authority, cycle.id, shown.number),
      heading: result.name,
      superseded: isLatest
        ? nil
        : visit.text(
          "results.superseded", ["number": .count(shown.number), "latest": .count(editions.count)]),
      latestLink: Endpoint.publicGroup.link(cycle.authority, cycle.id, group),
      row: ResultRow(disclosure.shown(result), words, link: nil),
      ranked: result.ranked.map { visit.text("results.ranked", ["count": .count($0)]) },
      places: cycle.policy.ranking.within == .all
        ? nil : visit.text("results.within.\(cycle.policy.ranking.within.rawValue)"),
      corrections: corrections(editions, shown, group, disclosure, words),
      parts: disclosure.items && result.isComplete
        ? ResultItems(cycle.policy, words, reasons: false).parts(result.lines) : [],
      hasItems: disclosure.items && result.isComplete,
      years: years.map { year in
        PublicGroupPage.Year(
          title: visit.words.schoolYear(year.year), total: words.number(year.result.publicTotal),
          rank: words.rank(year.result.rank), grade: words.grade(year.result),
          change: words.change(year.result.rankChange),
          link: Endpoint.publicGroup.link(year.authority, year.cycle, group), isNow: year.cycle == cycle.id)
      })
    return visit.page(
      "public/group", page, PublicRoutes.frame(visit, result.name, cycle))
  }

  private static func corrections(
    _ editions: [StoredEdition], _ shown: StoredEdition, _ group: ID, _ disclosure: Disclosure, _ words: ResultWords
  ) -> [PublicGroupPage.Note] {
    editions.filter { $0.number > 1 && $0.number <= shown.number }.reversed().flatMap { edition in
      (edition.correction.map { (edition.disclosure ?? disclosure).shown($0) }?.groups ?? [])
        .filter { $0.group == group }
        .map {
          PublicGroupPage.Note(
            number: edition.number - 1, reason: edition.correction?.reason ?? "",
            sentence: CorrectionWords(words).sentence($0))
        }
    }
  }
}

struct PublicGroupPage {
  struct Note {
    let number: Int
    let reason: String
    let sentence: String
  }

  struct Year {
    let title: String
    let total: String
    let rank: String
    let grade: String
    let change: String
    let link: String
    let isNow: Bool
  }

  let crumb: String
  let back: String
  let heading: String
  let superseded: String?
  let latestLink: String
  let row: ResultRow
  let ranked: String?
  let places: String?
  let corrections: [Note]
  let parts: [ResultItems.Part]
  let hasItems: Bool
  let years: [Year]
}
