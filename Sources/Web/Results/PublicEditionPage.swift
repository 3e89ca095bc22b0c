import Cycles
import Documents
import Notation
import Policies
import Publishing
import Storage

/// The results of a year as everybody sees them: list, corrections, how they came about, pictures.
struct PublicEditionPage {
  struct Note {
    let number: Int
    let reason: String
    let sentences: [String]
    let more: String?
    let link: String
    let linkTitle: String
  }

  struct Follow {
    let title: String
    let source: String
    let groups: String
  }

  struct Link {
    let title: String
    let link: String
  }

  let publisherLink: String
  let crumb: String
  let heading: String
  let facts: [String]
  let downloads: [Link]
  let notes: [Note]
  /// Where a later edition has taken the place of this one.
  let superseded: String?
  let latestLink: String
  let table: ResultTable
  /// The filter's form keeps nothing: the edition stands in the address.
  let hidden: [ResultTable.Option] = []
  let slope: String?
  /// Which groups it shows, where it isn't all.
  let slopeShows: String?
  /// How the groups were drawn that were evaluated.
  let draws: [Link]
  let bars: String?
  let barsTitle: String
  let growth: GrowthPanel?
  let remarks: [String]
  /// Beside a group that a veto fell on.
  let vetoNote: String
  let follows: [Follow]
  let hasFollows: Bool
  let basis: String
  let objections: String?
  let editions: [Link]
  let checkLink: String
}

/// What was read for the page.
struct PublicEditionReading {
  let cycle: StoredCycle
  let editions: [StoredEdition]
  let shown: StoredEdition
  let facets: ResultFacets
  let list: ResultList
  let before: [ID: FrozenResult]
  let granted: [(group: ID, name: String, consequences: [String])]
  /// The stages that groups were drawn for, by id.
  let drawn: [String]
  let growth: Growth
}

/// Makes it.
struct PublicEditionMaker {
  let visit: Visit
  let reading: PublicEditionReading
  let filter: ResultFilter
  let results: ResultWords

  private var cycle: StoredCycle { reading.cycle }
  private var shown: StoredEdition { reading.shown }
  private var words: Catalogue { visit.words }
  private var isLatest: Bool { shown.number == reading.editions.last?.number }
  private var disclosure: Disclosure { shown.disclosure ?? .usual(cycle.policy) }

  init(_ visit: Visit, _ reading: PublicEditionReading, filter: ResultFilter) {
    self.visit = visit
    self.reading = reading
    self.filter = filter
    results = ResultWords(reading.cycle.policy, visit.words)
  }

  var page: PublicEditionPage {
    let rows = reading.list.rows.map { disclosure.shown($0) }
    let follows = follows
    return PublicEditionPage(
      publisherLink: Endpoint.publisher.link(cycle.authority),
      crumb: words.schoolYear(cycle.year), heading: words.text("results.title", ["title": .text(cycle.title)]),
      facts: facts, downloads: downloads, notes: notes,
      superseded: isLatest
        ? nil
        : words.text("results.superseded", ["number": .count(shown.number), "latest": .count(reading.editions.count)]),
      latestLink: Endpoint.publicResults.link(cycle.authority, cycle.id), table: table(rows),
      slope: slope(rows), slopeShows: slopeShows(rows), draws: draws, bars: bars, barsTitle: words.text("results.bars"),
      growth: GrowthPanel(reading.growth, results) { groupLink($0) }, remarks: remarks,
      vetoNote: words.text("results.note.veto", ["number": .count(PolicyRemarks(results).vetoNumber)]),
      follows: follows,
      hasFollows: !follows.isEmpty,
      basis: words.text("results.basis", ["policy": .text(cycle.policy.title)]), objections: objections,
      editions: reading.editions.reversed().filter { $0.number != shown.number }.map {
        PublicEditionPage.Link(
          title: words.text(
            "results.edition.link", ["number": .count($0.number), "day": .text(results.day($0.madeAt))]),
          link: Endpoint.publicEdition.link(cycle.authority, cycle.id, $0.number))
      }, checkLink: Endpoint.publicCheck.link(cycle.authority, cycle.id, shown.number))
  }

  private var facts: [String] {
    let first = reading.editions.first ?? shown
    var facts = shown.document.map { [$0] } ?? []
    facts.append(words.text("results.published", ["day": .text(results.day(first.madeAt))]))
    if shown.number > 1 {
      facts.append(
        words.text(
          "results.edition.corrected", ["number": .count(shown.number), "day": .text(results.day(shown.madeAt))]))
    } else {
      facts.append(words.text("results.edition", ["number": .count(shown.number)]))
    }
    facts.append(words.text("results.groups", ["count": .count(reading.facets.count)]))
    return facts
  }

  private var downloads: [PublicEditionPage.Link] {
    let key = (cycle.authority, cycle.id, shown.number)
    return [
      ("results.download.excel", Endpoint.publicBook), ("results.download.csv", Endpoint.publicTable),
      ("results.download.json", Endpoint.publicFile),
    ].map { PublicEditionPage.Link(title: words.text($0.0), link: $0.1.link(key.0, key.1, key.2)) }
  }

  /// The corrections up to this edition, the latest first.
  private var notes: [PublicEditionPage.Note] {
    let sentences = CorrectionWords(results)
    return reading.editions.filter { $0.number <= shown.number && $0.number > 1 }.reversed().compactMap { edition in
      guard let whole = edition.correction else { return nil }
      let correction = (edition.disclosure ?? disclosure).shown(whole)
      let own = correction.groups.filter(\.isOwn)
      let others = correction.groups.count - own.count
      return PublicEditionPage.Note(
        number: edition.number - 1, reason: correction.reason, sentences: own.map { sentences.sentence($0) },
        more: others > 0 ? words.text("results.correction.others", ["count": .count(others)]) : nil,
        link: Endpoint.publicEdition.link(cycle.authority, cycle.id, edition.number - 1),
        linkTitle: words.text("results.edition.see", ["number": .count(edition.number - 1)]))
    }
  }

  private func table(_ rows: [FrozenResult]) -> ResultTable {
    var corrected: [ID: Int] = [:]
    for edition in reading.editions where edition.number <= shown.number {
      for change in edition.correction?.groups ?? [] where change.isOwn { corrected[change.group] = edition.number - 1 }
    }
    return ResultTable(
      visit, reading.list, reading.facets, filter, results,
      rows: rows.map { ResultRow($0, results, link: groupLink($0.group), corrected: corrected[$0.group]) }
    ) { query in
      isLatest
        ? Endpoint.publicResults.link(cycle.authority, cycle.id, query: query)
        : Endpoint.publicEdition.link(cycle.authority, cycle.id, shown.number, query: query)
    }
  }

  private func groupLink(_ group: ID) -> String {
    isLatest
      ? Endpoint.publicGroup.link(cycle.authority, cycle.id, group)
      : Endpoint.publicEditionGroup.link(cycle.authority, cycle.id, shown.number, group)
  }

  private func slope(_ rows: [FrozenResult]) -> String? {
    // Of more, no picture could be read.
    let ranked = rows.filter { $0.rank != nil }.prefix(ResultTable.most)
    guard ranked.contains(where: { reading.before[$0.group]?.rank != nil }) else { return nil }
    return SlopeChart(
      lines: ranked.map { result in
        let before = reading.before[result.group]?.rank
        return SlopeChart.Line(
          name: result.name, before: before, after: result.rank,
          note: before == nil ? words.text("results.slope.new") : nil, link: groupLink(result.group))
      }, beforeTitle: words.years(cycle.year - 1), afterTitle: words.years(cycle.year),
      label: words.text("results.slope.label")
    ).svg
  }

  /// «前 20 名», or how many of this page, where there are more than the picture shows.
  private func slopeShows(_ rows: [FrozenResult]) -> String? {
    let shown = rows.filter { $0.rank != nil }.prefix(ResultTable.most).count
    let isTop = filter.offset == 0 && reading.list.matching == reading.facets.count
    let unranked = rows.count { $0.rank == nil }
    guard shown < reading.list.matching - unranked else { return nil }
    return words.text(isTop ? "results.slope.top" : "results.slope.some", ["count": .count(shown)])
  }

  private var draws: [PublicEditionPage.Link] {
    reading.drawn.compactMap { id in
      cycle.stage(id).map {
        PublicEditionPage.Link(
          title: words.text("results.draw", ["stage": .text($0.title)]),
          link: Endpoint.publicDraw.link(cycle.authority, cycle.id, id))
      }
    }
  }

  private var bars: String? {
    guard let grading = cycle.policy.grading, reading.facets.count > 0 else { return nil }
    let old = Dictionary(grouping: reading.before.values.compactMap(\.grade)) { $0 }.mapValues(\.count)
    return GradeBars(
      rows: grading.grades.map { grade in
        GradeBars.Row(
          title: grade.name, now: reading.facets.count(grade: grade.name),
          before: reading.before.isEmpty ? nil : old[grade.name] ?? 0)
      }, nowTitle: words.years(cycle.year),
      beforeTitle: reading.before.isEmpty ? nil : words.years(cycle.year - 1), label: words.text("results.bars.label")
    ).svg
  }

  private var remarks: [String] { PolicyRemarks(results).all(vetoes: disclosure.vetoes) }

  private var follows: [PublicEditionPage.Follow] {
    cycle.policy.consequences.filter { disclosure.consequences.contains($0.id) }.compactMap { consequence in
      let groups = reading.granted.filter { $0.consequences.contains(consequence.id) }.map(\.name)
      guard !groups.isEmpty else { return nil }
      return PublicEditionPage.Follow(
        title: consequence.title, source: consequence.source, groups: results.list(groups))
    }
  }

  /// Until when the results may be objected to, where that is after their publication.
  private var objections: String? {
    guard !YearState.objectsBeforePublication(cycle.calendar), let last = reading.editions.last else { return nil }
    let state = YearState(
      confirmedAt: cycle.confirmedAt, published: last.number, publishedAt: last.madeAt, hasDraft: false, unanswered: 0,
      upheld: 0)
    guard let window = state.window(cycle.calendar) else { return nil }
    return words.text(
      "results.objection.until", ["day": .text(results.day(window.lastDay)), "office": .text(cycle.authorityName)])
  }
}

extension Catalogue {
  /// `2022—2023`, for where there is little room.
  func years(_ year: Int) -> String {
    text("schoolYear", ["from": .text(String(year - 1)), "to": .text(String(year))])
  }
}
