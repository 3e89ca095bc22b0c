import Cycles
import Documents
import Hummingbird
import Notation
import People
import Policies
import Publishing
import Storage

/// Objections: raised by lead schools while the window is open, answered by the office.
enum ObjectionRoutes {
  static func add(to table: inout RouteTable) {
    table.on(.objections) { try await page($0) }
    table.on(.raiseObjection) { try await raise($0) }
    table.on(.answerObjection) { try await answer($0) }
  }

  private static func page(_ visit: Visit) async throws -> Response {
    let post = try visit.post
    let reading = try await visit.site.database.read { transaction in
      let (cycle, sight, _) = try ResultsRoutes.find(visit, transaction)
      guard sight.sight != .published else { throw Refusal.notFound }
      return (
        cycle, sight, try ObjectionStore.list(cycle, for: post.appointment, transaction),
        sight.sight == .own ? try ObjectionStore.led(cycle, by: post.appointment, transaction) : []
      )
    }
    let page = ObjectionsPage(visit, reading.0, reading.1, reading.2, led: reading.3)
    return visit.page("results/objections", page, visit.frame(visit.text("results.objections"), current: "years"))
  }

  private static func raise(_ visit: Visit) async throws -> Response {
    let (authority, id, post, form) = (try visit.id("authority"), try visit.id("cycle"), try visit.post, visit.form)
    guard let group = form.text("group").flatMap({ ID($0) }) else { throw Refusal.invalid("results.objection.group") }
    guard let text = form.text("text") else { throw Refusal.invalid("results.objection.text") }
    try await ConfirmationRoutes.refusing {
      try await visit.site.database.write { transaction in
        let cycle = try ResultsRoutes.find(visit, transaction).cycle
        try ObjectionStore.raise(
          visit.site.newID(visit.now), text: String(text.prefix(4_000)), item: form.text("item"), group: group,
          of: cycle, for: post.appointment, at: visit.now, by: visit.actor, transaction)
      }
    }
    return visit.redirect(Endpoint.objections.link(authority, id))
  }

  private static func answer(_ visit: Visit) async throws -> Response {
    let (objection, form) = (try visit.id("objection"), visit.form)
    guard let outcome = form.text("outcome"), outcome == "upheld" || outcome == "dismissed" else {
      throw Refusal.invalid("results.objection.outcome")
    }
    guard let reason = form.text("reason") else { throw Refusal.invalid("results.objection.reason") }
    try await ConfirmationRoutes.refusing {
      try await visit.site.database.write { transaction in
        try ObjectionStore.answer(
          objection, upheld: outcome == "upheld", reason: String(reason.prefix(4_000)),
          of: try ConfirmationRoutes.kept(visit, transaction), at: visit.now, by: visit.actor, transaction)
      }
    }
    return visit.redirect(Endpoint.objections.link(try visit.id("authority"), try visit.id("cycle")))
  }
}

struct ObjectionsPage {
  struct Objection {
    let group: String
    let groupLink: String
    let item: String
    let text: String
    let about: String
    let isOpen: Bool
    let outcome: String
    let outcomeClass: String
    let answer: String
    let answered: String
    let answerLink: String
  }

  struct Option {
    let value: String
    let title: String
    let isChosen: Bool
  }

  let head: CycleHead
  let window: String
  let isOpen: Bool
  let canAnswer: Bool
  let objections: [Objection]
  let hasObjections: Bool
  let upheld: String?
  let confirmationLink: String
  let canRaise: Bool
  let groups: [Option]
  let items: [Option]
  let raiseLink: String

  init(
    _ visit: Visit, _ cycle: StoredCycle, _ sight: ResultSight, _ list: [StoredObjection],
    led: [(group: ID, name: String)]
  ) {
    let results = ResultWords(cycle.policy, visit.words)
    let window = sight.state.window(cycle.calendar)
    let isOpen = window?.isOpen(at: visit.now) ?? false
    self.isOpen = isOpen
    self.window =
      window.map { window in
        visit.text(
          isOpen ? "results.objection.window" : "results.objection.over",
          ["from": .text(results.day(window.announced)), "day": .text(results.day(window.lastDay))])
      } ?? visit.text("results.objection.none")
    head = CycleHead(
      visit, cycle, title: visit.text("results.objections"), about: [self.window], saysClosed: false)
    canAnswer = sight.sight == .keeps
    objections = list.map { objection in
      Objection(
        group: objection.groupName,
        groupLink: Endpoint.groupResult.link(cycle.authority, cycle.id, objection.group),
        item: objection.item.map { results.item($0) } ?? visit.text("results.objection.whole"),
        text: objection.text,
        about: visit.text(
          "results.objection.by",
          ["who": .text(objection.who ?? "—"), "when": .text(results.moment(objection.at))]),
        isOpen: !objection.isAnswered,
        outcome: visit.text(
          objection.isUpheld == nil
            ? "results.objection.open"
            : objection.isUpheld == true ? "results.objection.upheld" : "results.objection.dismissed"),
        outcomeClass: objection.isUpheld == nil ? "warn" : objection.isUpheld == true ? "info" : "",
        answer: objection.answer ?? "",
        answered: objection.answeredAt.map {
          visit.text(
            "results.objection.by",
            ["who": .text(objection.answeredBy ?? "—"), "when": .text(results.moment($0))])
        } ?? "", answerLink: Endpoint.answerObjection.link(cycle.authority, cycle.id, objection.id))
    }
    hasObjections = !list.isEmpty
    upheld =
      canAnswer && sight.state.upheld > 0
      ? visit.text("results.objection.correct", ["count": .count(sight.state.upheld)]) : nil
    confirmationLink = Endpoint.confirmation.link(cycle.authority, cycle.id)
    canRaise = isOpen && !led.isEmpty
    let chosen = visit.query("group")
    groups = led.map { Option(value: $0.group.description, title: $0.name, isChosen: $0.group.description == chosen) }
    items = cycle.policy.allItems.map { Option(value: $0.id, title: results.item($0.id), isChosen: false) }
    raiseLink = Endpoint.raiseObjection.link(cycle.authority, cycle.id)
  }
}
