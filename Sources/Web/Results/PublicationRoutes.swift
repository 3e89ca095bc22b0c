import Cycles
import Hummingbird
import Notation
import Policies
import Publishing
import Storage

/// Publishing the draft: what keeps it, what is disclosed, what a correction changes.
enum PublicationRoutes {
  static func add(to table: inout RouteTable) {
    table.on(.publication) { try await page($0) }
    table.on(.publish) { try await publish($0) }
  }

  private static func page(_ visit: Visit) async throws -> Response {
    let post = try visit.post
    let reading = try await visit.site.database.read { transaction in
      let cycle = try ConfirmationRoutes.kept(visit, transaction)
      let sight = try ResultsStore.sight(of: cycle, for: post, transaction)
      return (
        cycle, sight, try ResultsStore.published(cycle, transaction),
        try ResultsStore.correction(of: cycle, sight.state, transaction)
      )
    }
    let page = PublicationPage(visit, reading.0, reading.1, editions: reading.2, correction: reading.3)
    return visit.page(
      "results/publication", page, visit.frame(visit.text("results.publication"), current: "years"))
  }

  private static func publish(_ visit: Visit) async throws -> Response {
    let form = visit.form
    try await ConfirmationRoutes.refusing {
      try await visit.site.database.write { transaction in
        let cycle = try ConfirmationRoutes.kept(visit, transaction)
        let known = Set(cycle.policy.consequences.map(\.id))
        let disclosure = Disclosure(
          items: form.has("items"), vetoes: form.has("vetoes"),
          consequences: Set(form.all("consequence")).intersection(known))
        try ResultsStore.publish(
          cycle, document: form.text("document").map { String($0.prefix(100)) }, disclosure: disclosure,
          reason: form.text("reason").map { String($0.prefix(1_000)) }, at: visit.now, by: visit.actor, transaction)
      }
    }
    return visit.redirect(Endpoint.publication.link(try visit.id("authority"), try visit.id("cycle")))
  }
}

struct PublicationPage {
  struct Option {
    let value: String
    let title: String
    let source: String
    let isChosen: Bool
  }

  struct Edition {
    let title: String
    let day: String
    let document: String
    let reason: String
    let hash: String
    let link: String
    let checkLink: String
  }

  let head: CycleHead
  let obstacles: [String]
  let hasDraft: Bool
  let canPublish: Bool
  let number: Int
  let isCorrection: Bool
  let reason: String
  let changes: [String]
  let document: String
  let items: Bool
  let vetoes: Bool
  let hasVetoes: Bool
  let consequences: [Option]
  let hasConsequences: Bool
  let action: String
  let title: String
  let editions: [Edition]
  let hasEditions: Bool

  init(
    _ visit: Visit, _ cycle: StoredCycle, _ sight: ResultSight, editions: [StoredEdition], correction: Correction?
  ) {
    let results = ResultWords(cycle.policy, visit.words)
    let obstacles = sight.state.obstacles(cycle.calendar, at: visit.now)
    let last = editions.last
    let disclosure = last?.disclosure ?? .usual(cycle.policy)
    head = CycleHead(visit, cycle, title: visit.text("results.publication"), saysClosed: false)
    self.obstacles = obstacles.map { visit.words.text($0) }
    hasDraft = sight.state.hasDraft
    canPublish = obstacles.isEmpty
    number = (sight.state.published ?? 0) + 1
    isCorrection = sight.state.published != nil
    reason = sight.reopened ?? ""
    let sentences = CorrectionWords(results)
    changes = (correction?.groups ?? []).map { sentences.sentence($0) }
    document = last?.document ?? ""
    items = disclosure.items
    vetoes = disclosure.vetoes
    hasVetoes = !cycle.policy.vetoes.isEmpty
    consequences = cycle.policy.consequences.map {
      Option(value: $0.id, title: $0.title, source: $0.source, isChosen: disclosure.consequences.contains($0.id))
    }
    hasConsequences = !cycle.policy.consequences.isEmpty
    action = Endpoint.publish.link(cycle.authority, cycle.id)
    title =
      obstacles.isEmpty
      ? visit.text("results.publish", ["number": .count(number)])
      : visit.text("results.publish.blocked", ["count": .count(obstacles.count)])
    self.editions = editions.reversed().map { edition in
      Edition(
        title: visit.text("results.edition", ["number": .count(edition.number)]), day: results.day(edition.madeAt),
        document: edition.document ?? "—", reason: edition.correction?.reason ?? "—", hash: edition.fileHash ?? "",
        link: Endpoint.publicEdition.link(cycle.authority, cycle.id, edition.number),
        checkLink: Endpoint.publicCheck.link(cycle.authority, cycle.id, edition.number))
    }
    hasEditions = !editions.isEmpty
  }
}
