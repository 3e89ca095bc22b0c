import Cycles
import Hummingbird
import Notation
import Outcomes
import People
import Policies
import Publishing
import Scoring
import Storage

/// Confirming a year: what is still open, what it would come to, the decisions left to people; taking it back.
enum ConfirmationRoutes {
  static func add(to table: inout RouteTable) {
    table.on(.confirmation) { try await page($0) }
    table.on(.confirm) { try await confirm($0) }
    table.on(.decideChoice) { try await decide($0) }
    table.on(.reopen) { try await reopen($0) }
  }

  /// The cycle, where the viewer's office runs it; for others there is no such page.
  static func kept(_ visit: Visit, _ transaction: any Transaction) throws -> StoredCycle {
    let (authority, id, post, editions) = (
      try visit.id("authority"), try visit.id("cycle"), try visit.post, visit.site.editions
    )
    guard
      let cycle = try CycleStore.cycle(authority: authority, id, keptBy: post.appointment, editions, transaction)
    else { throw Refusal.notFound }
    return cycle
  }

  static func back(_ visit: Visit) throws -> String {
    Endpoint.confirmation.link(try visit.id("authority"), try visit.id("cycle"))
  }

  static func refusing<T>(_ body: () async throws -> T) async throws -> T {
    do {
      return try await body()
    } catch let refusal as ResultsRefusal {
      throw Refusal(.conflict, refusal.messages)
    }
  }

  private static func page(_ visit: Visit) async throws -> Response {
    let post = try visit.post
    let page = try await visit.site.database.read { transaction -> ConfirmationPage in
      let cycle = try kept(visit, transaction)
      // What is confirmed is read where it is frozen, not computed again.
      if cycle.confirmedAt != nil {
        return ConfirmationPage(visit, cycle, try ResultsStore.sight(of: cycle, for: post, transaction))
      }
      let overview = try OverviewStore.overview(of: cycle, for: post.appointment, at: visit.now, transaction)
      return ConfirmationMaker(
        visit, overview: overview, computed: try ResultsStore.compute(cycle, transaction)
      ).page
    }
    return visit.page(
      "results/confirmation", page, visit.frame(visit.text("results.confirmation"), current: "years"))
  }

  private static func confirm(_ visit: Visit) async throws -> Response {
    let post = try visit.post
    try await refusing {
      try await visit.site.database.write { transaction in
        let cycle = try kept(visit, transaction)
        let overview = try OverviewStore.overview(of: cycle, for: post.appointment, at: visit.now, transaction)
        let open = overview.groups.filter { $0.turn.place != .confirmation }
        if cycle.confirmedAt == nil, !open.isEmpty {
          throw Refusal.conflict("results.refusal.open.groups", ["count": .count(open.count)])
        }
        try ResultsStore.confirm(cycle, at: visit.now, by: visit.actor, transaction)
      }
    }
    return visit.redirect(try back(visit))
  }

  private static func decide(_ visit: Visit) async throws -> Response {
    guard let consequence = visit.form.text("consequence") else { throw Refusal.invalid("results.decide.none") }
    try await refusing {
      try await visit.site.database.write { transaction in
        let cycle = try kept(visit, transaction)
        if cycle.confirmedAt != nil { throw Refusal.conflict("results.refusal.confirmed") }
        let computed = try ResultsStore.compute(cycle, transaction)
        guard let choice = computed.results.choices.first(where: { $0.consequence == consequence }) else {
          throw Refusal.conflict("results.decide.gone")
        }
        let decisions = try self.decisions(visit, choice)
        try ResultsStore.decide(
          decisions, authority: cycle.authority, cycle: cycle.id, at: visit.now, by: visit.actor, transaction)
        // Together with those decided before they must still fit.
        let after = try ResultsStore.compute(cycle, transaction)
        let faults = after.faults.filter { $0.item == consequence }
        guard faults.isEmpty else { throw Refusal.invalid(faults.map(\.message)) }
      }
    }
    return visit.redirect(try back(visit) + "#choices")
  }

  /// What the form says of the groups of a choice; those it leaves open stay open.
  private static func decisions(_ visit: Visit, _ choice: OpenChoice) throws -> [RecordedDecision] {
    var problems: [Message] = []
    var decisions: [RecordedDecision] = []
    for group in choice.groups {
      guard let granted = visit.form.text("granted:\(group)"), granted == "yes" || granted == "no" else { continue }
      guard let reason = visit.form.text("reason:\(group)") ?? visit.form.text("reason") else {
        problems.append(
          Message("results.decide.reason", ["group": .text(visit.form.text("name:\(group)") ?? group)]))
        continue
      }
      decisions.append(
        RecordedDecision(
          year: choice.year, consequence: choice.consequence, group: group, granted: granted == "yes",
          reason: String(reason.prefix(1_000))))
    }
    guard problems.isEmpty else { throw Refusal.invalid(problems) }
    guard !decisions.isEmpty else { throw Refusal.invalid("results.decide.none") }
    return decisions
  }

  private static func reopen(_ visit: Visit) async throws -> Response {
    guard let reason = visit.form.text("reason") else { throw Refusal.invalid("results.reopen.reason") }
    try await refusing {
      try await visit.site.database.write { transaction in
        try ResultsStore.reopen(
          try kept(visit, transaction), reason: String(reason.prefix(1_000)), at: visit.now, by: visit.actor,
          transaction)
      }
    }
    return visit.redirect(try back(visit))
  }
}
