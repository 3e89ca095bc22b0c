import HTTPTypes
import Hummingbird
import Notation
import People
import Outcomes
import Policies
import Scoring
import Storage

/// What a policy would have made of the year before: whose grade would move.
struct DryRun {
  struct Row {
    let name: String
    let total: String
    let grade: String
    let rank: String
    let items: [String]
    let movesGrade: Bool
  }

  let listLink: String
  let backLink: String
  let policyTitle: String
  let pastTitle: String
  let pastPolicy: String
  let summary: String
  let notes: [String]
  let rows: [Row]
  let isEmpty: Bool
  let pager: PagingLinks?

  private static let mostItems = 6

  static func answer(_ visit: Visit) async throws -> Response {
    guard let source = PolicySource(policy: visit.query("policy"), edition: visit.query("edition")) else {
      throw Refusal.notFound
    }
    let chosen = try await OpeningPolicy.read(source, visit)
    let (authority, editions) = (try visit.post.authority, visit.site.editions)
    let year = visit.number("year", in: .schoolYears) ?? visit.now.day.year + 1
    let past = try await visit.site.database.read {
      try PastFacts.latest(of: authority, before: year, editions, $0)
    }
    guard let past, !past.isEmpty else { throw Refusal.invalid("opening.noPast") }
    let page = try await visit.aside { try DryRun(visit, chosen, past, year: year) }
    return visit.page("cycles/dry-run", page, visit.frame(visit.text("cycle.dryRun"), current: "cycles"))
  }

  private init(_ visit: Visit, _ chosen: OpeningPolicy, _ past: PastFacts, year: Int) throws {
    let (before, oldProblems, _) = past.facts(for: past.cycle.policy)
    let (now, problems, ignored) = past.facts(for: chosen.policy)
    let wrong = oldProblems + problems
    guard wrong.isEmpty else { throw Refusal.invalid(wrong.prefix(20).map(\.what)) }
    let old = Confirmation(policy: past.cycle.policy).results(before)
    let new = Confirmation(policy: chosen.policy).results(now)
    let faults = old.faults + new.faults
    guard faults.isEmpty else { throw Refusal.invalid(faults.prefix(20).map(\.message)) }
    let backtest = Backtest(old: old, new: new)
    let moved = backtest.moves.filter(\.moves).sorted { $0.movesGrade && !$1.movesGrade }
    listLink = Endpoint.cycleList.link()
    backLink = chosen.source.link(.newCycle, year: year)
    policyTitle = chosen.policy.title
    pastTitle = past.cycle.title
    pastPolicy = past.cycle.policy.title
    summary = visit.text(
      "backtest.summary",
      [
        "all": .count(backtest.moves.count), "moved": .count(moved.count),
        "grades": .count(moved.count(where: \.movesGrade)), "ranks": .count(moved.count(where: \.movesRank)),
        "consequences": .count(moved.count(where: \.movesConsequences)),
      ])
    notes = ignored > 0 ? [visit.text("cycle.dryRun.ignored", ["count": .count(ignored)])] : []
    let paging = Paging(moved, visit)
    rows = paging.lines.map { DryRun.row(visit, $0, places: chosen.policy.rounding.places) }
    isEmpty = moved.isEmpty
    let (key, value) = chosen.source.name
    pager = paging.pager(visit) { page in
      Endpoint.dryRun.link(query: [(key, value), ("year", String(year)), ("page", String(page))])
    }
  }

  private static func row(_ visit: Visit, _ move: Backtest.Move, places: Int) -> Row {
    func change(_ before: String?, _ now: String?) -> String {
      let (before, now) = (before ?? "—", now ?? "—")
      return before == now ? now : "\(before) → \(now)"
    }
    func score(_ exact: Exact?) -> String { exact.map { $0.fixed(places: places) } ?? "—" }
    let shown = move.items.prefix(mostItems).map { item in
      visit.text(
        "backtest.item",
        [
          "id": .text(item.id), "title": .text(item.title), "before": .text(score(item.before)),
          "now": .text(score(item.now)),
        ])
    }
    let rest = move.items.count - shown.count
    return Row(
      name: move.new.card.group.name ?? move.new.id,
      total: change(move.old.map { score($0.card.total) }, score(move.new.card.total)),
      grade: change(move.old?.grade, move.new.grade),
      rank: change(move.old?.rank.map(String.init), move.new.rank.map(String.init)),
      items: shown + (rest > 0 ? [visit.text("cycle.new.more", ["count": .count(rest)])] : []),
      movesGrade: move.movesGrade)
  }
}
