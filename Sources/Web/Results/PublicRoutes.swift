import Cycles
import HTTPTypes
import Hummingbird
import Notation
import Policies
import Publishing
import Storage

/// What is published, for everybody: no account is asked for.
enum PublicRoutes {
  static func add(to table: inout RouteTable) {
    table.on(.publishers) { try await publications($0, of: nil) }
    table.on(.publisher) { visit in try await publications(visit, of: try visit.id("authority")) }
    table.on(.publicResults) { try await edition($0, nil) }
    table.on(.publicEdition) { visit in try await edition(visit, try number(visit)) }
    table.on(.publicGroup) { try await PublicGroupRoutes.group($0, nil) }
    table.on(.publicEditionGroup) { visit in try await PublicGroupRoutes.group(visit, try number(visit)) }
    EditionFileRoutes.add(to: &table)
  }

  static func number(_ visit: Visit) throws(Refusal) -> Int {
    guard let number = try visit.parameter("edition").number(in: .editions), number > 0 else { throw .notFound }
    return number
  }

  /// A published cycle with its editions and the one asked for; the latest where none is.
  static func find(
    _ visit: Visit, _ number: Int?, _ transaction: any Transaction
  ) throws -> (cycle: StoredCycle, editions: [StoredEdition], shown: StoredEdition) {
    let (authority, id) = (try visit.id("authority"), try visit.id("cycle"))
    guard let cycle = try CycleStore.cycle(authority: authority, id, visit.site.editions, transaction) else {
      throw Refusal.notFound
    }
    let editions = try ResultsStore.published(cycle, transaction)
    guard let shown = number.map({ number in editions.first { $0.number == number } }) ?? editions.last else {
      throw Refusal.notFound
    }
    return (cycle, editions, shown)
  }

  private static func edition(_ visit: Visit, _ number: Int?) async throws -> Response {
    let filter = visit.resultFilter
    let reading = try await visit.site.database.read { transaction in
      let (cycle, editions, shown) = try find(visit, number, transaction)
      let key = (cycle.authority, cycle.id)
      let facets = try ResultsStore.facets(shown.number, authority: key.0, cycle: key.1, for: nil, transaction)
      return PublicEditionReading(
        cycle: cycle, editions: editions, shown: shown,
        facets: facets,
        list: try ResultsStore.list(
          shown.number, authority: key.0, cycle: key.1, filter, within: cycle.policy.ranking.within, for: nil,
          transaction), before: try ResultsStore.yearBefore(cycle, transaction),
        granted: try ResultsStore.granted(shown.number, authority: key.0, cycle: key.1, for: nil, transaction),
        drawn: cycle.stages.contains { $0.draw != nil }
          ? try DrawStore.drawn(authority: key.0, cycle: key.1, transaction) : [],
        // Of more groups no picture could be read.
        growth: Growth(
          facets.count > GrowthPanel.mostGroups
            ? [] : try ResultsStore.totals(upTo: cycle, edition: shown.number, transaction)))
    }
    let spoken = visit.inWords(of: reading.cycle)
    let page = PublicEditionMaker(spoken, reading, filter: filter).page
    return spoken.page("public/edition", page, frame(spoken, page.heading, reading.cycle))
  }

  static func frame(_ visit: Visit, _ title: String, _ cycle: StoredCycle) -> Frame {
    frame(visit, title, publisher: cycle.authorityName, authority: cycle.authority)
  }

  static func frame(_ visit: Visit, _ title: String, publisher: String?, authority: ID?) -> Frame {
    var frame = Frame(language: visit.words.language, title: title)
    frame.isPublic = true
    frame.bodyClass = "public"
    frame.publisher = publisher ?? visit.text("results.public")
    frame.entries = [
      Frame.Entry(
        title: visit.text("results.public.entry"),
        link: authority.map { Endpoint.publisher.link($0) } ?? Endpoint.publishers.link(), isCurrent: true),
      Frame.Entry(title: visit.text("formation.notices"), link: Endpoint.notices.link(), isCurrent: false),
    ]
    return frame
  }

  private static func publications(_ visit: Visit, of authority: ID?) async throws -> Response {
    let found = try await visit.site.database.read { try ResultsStore.publications(of: authority, $0) }
    if authority != nil, found.isEmpty { throw Refusal.notFound }
    let page = PublicationsPage(visit, found, isOne: authority != nil)
    return visit.page(
      "public/publications", page,
      frame(visit, page.heading, publisher: authority == nil ? nil : found.first?.publisher, authority: authority))
  }
}

/// The authorities that publish, or what one of them has published.
struct PublicationsPage {
  struct Row {
    let publisher: String
    let publisherLink: String
    let year: String
    let title: String
    let link: String
    let document: String
    let day: String
    let corrected: String?
    let groups: Int
  }

  let heading: String
  let isOne: Bool
  let rows: [Row]
  let isEmpty: Bool

  init(_ visit: Visit, _ found: [Publication], isOne: Bool) {
    self.isOne = isOne
    heading = isOne ? visit.text("results.public.one") : visit.text("results.public.all")
    isEmpty = found.isEmpty
    rows = found.map { publication in
      func day(_ instant: Instant) -> String { instant.day.text }
      return Row(
        publisher: publication.publisher, publisherLink: Endpoint.publisher.link(publication.authority),
        year: visit.words.schoolYear(publication.year), title: publication.title,
        link: Endpoint.publicResults.link(publication.authority, publication.cycle),
        document: publication.document ?? "—", day: day(publication.publishedAt),
        corrected: publication.edition > 1
          ? visit.text(
            "results.edition.corrected",
            ["number": .count(publication.edition), "day": .text(day(publication.changedAt))]) : nil,
        groups: publication.groups)
    }
  }
}
