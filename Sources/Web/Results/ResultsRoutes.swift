import Cycles
import Hummingbird
import Notation
import People
import Policies
import Publishing
import Storage

/// Results for those signed in: of a cycle, of one group, over the years.
enum ResultsRoutes {
  static func add(to table: inout RouteTable) {
    table.on(.results) { try await list($0) }
    table.on(.groupResult) { try await GroupResultRoutes.page($0) }
    table.on(.resultsBook) { try await ResultsBookRoutes.book($0) }
    table.on(.years) { try await YearsRoutes.page($0) }
    ConfirmationRoutes.add(to: &table)
    PublicationRoutes.add(to: &table)
    ObjectionRoutes.add(to: &table)
    PublicRoutes.add(to: &table)
  }

  /// A cycle the viewer has to do with, what they may see of its results, and the edition in question: the one the address
  /// names, else the one in hand. Nil where none of it is for them yet.
  static func find(
    _ visit: Visit, _ transaction: any Transaction
  ) throws -> (cycle: StoredCycle, sight: ResultSight, edition: Int?) {
    let (authority, id, post) = (try visit.id("authority"), try visit.id("cycle"), try visit.post)
    guard let cycle = try CycleStore.cycle(authority: authority, id, visit.site.editions, transaction) else {
      throw Refusal.notFound
    }
    let sight = try ResultsStore.sight(of: cycle, for: post, transaction)
    guard sight.isConcerned || sight.state.published != nil else { throw Refusal.notFound }
    if let named = visit.query("edition") {
      guard let number = named.number(in: .editions), number > 0 || sight.sight.seesDraft else {
        throw Refusal.notFound
      }
      return (cycle, sight, number)
    }
    let ownDraft = sight.sight == .own && sight.state.showsOwn(cycle.calendar) ? 0 : nil
    return (cycle, sight, sight.edition ?? ownDraft)
  }

  private static func list(_ visit: Visit) async throws -> Response {
    let (post, filter) = (try visit.post, visit.resultFilter)
    let found = try await visit.site.database.read { transaction -> ResultsReading in
      let (cycle, sight, edition) = try find(visit, transaction)
      guard let edition else { return ResultsReading(cycle: cycle, sight: sight) }
      let key = (cycle.authority, cycle.id)
      return ResultsReading(
        cycle: cycle, sight: sight, edition: edition,
        facets: try ResultsStore.facets(edition, authority: key.0, cycle: key.1, for: post.appointment, transaction),
        list: try ResultsStore.list(
          edition, authority: key.0, cycle: key.1, filter, within: cycle.policy.ranking.within,
          for: post.appointment, transaction), before: try ResultsStore.yearBefore(cycle, transaction),
        drafts: sight.sight.seesDraft ? try ResultsStore.numbers(of: cycle, transaction) : [])
    }
    let page = ResultsPage(visit, found, filter: filter)
    return visit.page("results/list", page, visit.frame(visit.text("results.list"), current: "years"))
  }
}

/// What was read for the list.
struct ResultsReading {
  let cycle: StoredCycle
  let sight: ResultSight
  var edition: Int?
  var facets = ResultFacets(facets: [])
  var list = ResultList(rows: [], matching: 0)
  var before: [ID: FrozenResult] = [:]
  /// Every edition there is.
  var drafts: [EditionNumber] = []
}

/// The results of a cycle as those see them who work with them.
struct ResultsPage {
  struct Link {
    let title: String
    let link: String
    let isCurrent: Bool
  }

  let head: CycleHead
  let phase: String
  let phaseClass: String
  /// Nothing is there for this reader yet.
  let isEmpty: Bool
  let table: ResultTable
  /// Kept by the filter's form: which edition.
  let hidden: [ResultTable.Option]
  let hasBefore: Bool
  let beforeTitle: String
  let editions: [Link]
  let hasEditions: Bool
  let links: [Link]
  let isDraft: Bool

  init(_ visit: Visit, _ reading: ResultsReading, filter: ResultFilter) {
    let (cycle, sight) = (reading.cycle, reading.sight)
    let key = (cycle.authority, cycle.id)
    let results = ResultWords(cycle.policy, visit.words)
    let phase = sight.state.phase
    let isKeeper = sight.sight.seesDraft
    let named = visit.number("edition", in: .editions)
    let seen = reading.edition.map { $0 == 0 ? "draft" : "published" } ?? "none"
    self.phase = visit.text(isKeeper ? "results.phase.\(phase)" : "results.seen.\(seen)")
    phaseClass = reading.edition.map { $0 > 0 } ?? false ? "ok" : "warn"
    isEmpty = reading.edition == nil || reading.facets.count == 0
    let open = isEmpty ? "results.phase.none" : "results.phase.\(phase).text"
    head = CycleHead(
      visit, cycle, title: visit.text("results.list"),
      about: [visit.text(isKeeper ? open : "results.seen.text")], saysClosed: false)
    isDraft = reading.edition.map { $0 < 1 } ?? false
    hasBefore = !reading.before.isEmpty
    beforeTitle = visit.words.years(cycle.year - 1)
    hidden =
      named.map {
        [ResultTable.Option(value: String($0), title: "edition", isChosen: true)]
      } ?? []
    let edition = named.map { [("edition", Optional(String($0)))] } ?? []
    table = ResultTable(
      visit, reading.list, reading.facets, filter, results,
      rows: reading.list.rows.map {
        ResultRow(
          $0, results, link: Endpoint.groupResult.link(key.0, key.1, $0.group, query: edition),
          before: reading.before[$0.group])
      }
    ) { Endpoint.results.link(key.0, key.1, query: $0 + edition) }
    editions = reading.drafts.map { number in
      Link(
        title: number.title(visit, results),
        link: Endpoint.results.link(key.0, key.1, query: [("edition", String(number.number))]),
        isCurrent: number.number == reading.edition)
    }
    hasEditions = editions.count > 1
    var links: [Link] = []
    func link(_ title: String, _ link: String) {
      links.append(Link(title: visit.text(title), link: link, isCurrent: false))
    }
    if isKeeper, !isEmpty { link("results.book", Endpoint.resultsBook.link(key.0, key.1, query: edition)) }
    if sight.state.published != nil { link("results.public.see", Endpoint.publicResults.link(key.0, key.1)) }
    self.links = links
  }
}

extension EditionNumber {
  /// «第 2 版，11月27日», «确认稿», «已撤回的确认稿».
  func title(_ visit: Visit, _ words: ResultWords) -> String {
    let key = number > 0 ? "results.edition.link" : number == 0 ? "results.edition.draft" : "results.edition.withdrawn"
    return visit.text(key, ["number": .count(number), "day": .text(words.moment(madeAt))])
  }
}
