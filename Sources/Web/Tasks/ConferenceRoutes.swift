import Hummingbird
import Notation
import People
import Policies
import Storage
import Tasks

/// Joint conferences: one a quarter, with agenda, minutes, and what was decided followed up as tasks.
enum ConferenceRoutes {
  static func add(to table: inout RouteTable) {
    table.on(.conferences) { try await list($0, fault: nil) }
    table.on(.callConference) { visit in
      let (post, now, actor, id) = (try visit.post, visit.now, visit.actor, visit.site.newID(visit.now))
      guard let day = visit.form.day("day") else { return try await list(visit, fault: .invalid("tasks.fault.day")) }
      let agenda = (visit.form.raw("agenda") ?? "").split(whereSeparator: \.isNewline).filter {
        !$0.allSatisfy(\.isWhitespace)
      }.prefix(50).map { Conference.Point(title: String($0.prefix(300)), unit: nil) }
      let conference = Conference(
        id: id, day: day, title: visit.form.text("title", most: 200) ?? "", agenda: agenda, minutes: nil)
      let fault = try await visit.attempt {
        _ = try ConferenceStore.call(conference, for: post.appointment, at: now, by: actor, $0)
      }
      if let fault { return try await list(visit, fault: fault) }
      return visit.redirect(Endpoint.conference.link(post.authority, id))
    }
    table.on(.conference) { try await show($0, fault: nil) }
    table.on(.holdConference) { visit in
      let (authority, id) = (try visit.id("authority"), try visit.id("conference"))
      let (post, now, actor) = (try visit.post, visit.now, visit.actor)
      let minutes = visit.form.text("minutes", most: 50_000) ?? ""
      return try await change(visit) {
        try ConferenceStore.hold(
          id, authority: authority, minutes: minutes, for: post.appointment, at: now, by: actor, $0)
      }
    }
    table.on(.decideConference) { visit in
      let (authority, id, decision) = (try visit.id("authority"), try visit.id("conference"), visit.taskDecision)
      let (post, now, actor, task) = (try visit.post, visit.now, visit.actor, visit.site.newID(visit.now))
      return try await change(visit) {
        try ConferenceStore.decide(
          decision, of: id, authority: authority, task: task, for: post.appointment, at: now, by: actor, $0)
      }
    }
  }

  private static func change(
    _ visit: Visit, _ body: @escaping @Sendable (any Transaction) throws -> Void
  ) async throws -> Response {
    let (authority, id, post) = (try visit.id("authority"), try visit.id("conference"), try visit.post)
    let fault = try await visit.attempt { transaction in
      guard try ConferenceStore.find(id, authority: authority, for: post.appointment, transaction) != nil else {
        throw Refusal.notFound
      }
      try body(transaction)
    }
    if let fault { return try await show(visit, fault: fault) }
    return visit.redirect(Endpoint.conference.link(authority, id))
  }

  private static func list(_ visit: Visit, fault: CycleFault?) async throws -> Response {
    let (post, editions) = (try visit.post, visit.site.editions)
    let (found, policy) = try await visit.site.database.read { transaction in
      (
        try ConferenceStore.list(for: post.appointment, transaction),
        try FormationPolicyStore.inForce(for: post.authority, editions, transaction)
      )
    }
    let page = ConferenceListPage(visit, post, found, policy, fault)
    return visit.page(
      "tasks/conferences", page, visit.frame(page.title, current: "tasks"), status: fault?.status ?? .ok)
  }

  private static func show(_ visit: Visit, fault: CycleFault?) async throws -> Response {
    let (authority, id, post) = (try visit.id("authority"), try visit.id("conference"), try visit.post)
    let (conference, tasks) = try await visit.site.database.read { transaction in
      guard let found = try ConferenceStore.find(id, authority: authority, for: post.appointment, transaction) else {
        throw Refusal.notFound
      }
      let numbers = try ConferenceStore.tasks(of: id, authority: authority, transaction)
      let all = numbers.isEmpty ? [] : try TaskStore.tasks(of: authority, for: post.appointment, transaction)
      return (found, all.filter { numbers.contains($0.id) })
    }
    let page = ConferencePage(visit, post, conference, tasks, of: authority, fault)
    return visit.page(
      "tasks/conference", page, visit.frame(page.title, current: "tasks"), status: fault?.status ?? .ok)
  }
}

/// The conferences of a year against how many it needs.
struct ConferenceListPage {
  struct Term {
    let title: String
    let chip: FormationPage.Chip
    let day: String
    let link: String?
  }

  struct Row {
    let day: String
    let title: String
    let link: String
    let points: Int
    let chip: FormationPage.Chip
  }

  let title: String
  let tasksLink: String
  let terms: [Term]
  let hasTerms: Bool
  let termsTitle: String
  let rows: [Row]
  let hasRows: Bool
  let callLink: String?
  let typedTitle: String
  let typedAgenda: String
  let typedDay: String
  let problems: [String]

  init(
    _ visit: Visit, _ post: Viewer.Post, _ found: [(authority: ID, conference: Conference)],
    _ policy: FormationPolicyStore.InForce?, _ fault: CycleFault?
  ) {
    let days = CycleDays(visit)
    let today = visit.now.day
    title = visit.text("tasks.conferences")
    tasksLink = Endpoint.taskBoard.link()
    let demanded = policy.flatMap { ConferenceYear.demanded(by: $0.policy) }
    let own = found.filter { $0.authority == policy?.authority }.map(\.conference)
    let year = demanded.map { ConferenceYear(today.year, demanded: $0, conferences: own, today: today) }
    terms = (year?.terms ?? []).map { term in
      let first = own.first { $0.id == term.shown }
      let kind =
        switch term.state {
        case .held: "ok"
        case .missing: "bad"
        case .now: "warn"
        case .called: "info"
        case .ahead: ""
        }
      return Term(
        title: visit.text("tasks.term", ["number": .count(term.number)]),
        chip: FormationPage.Chip(kind: kind, title: visit.text("tasks.term.\(term.state.rawValue)")),
        day: first.map { days.day($0.day) } ?? visit.text("tasks.term.until", ["day": .text(days.day(term.last))]),
        link: first.flatMap { conference in
          policy.map { Endpoint.conference.link($0.authority, conference.id) }
        })
    }
    hasTerms = !terms.isEmpty
    termsTitle =
      demanded.map { visit.text("tasks.terms", ["year": .text(String(today.year)), "count": .count($0)]) } ?? ""
    rows = found.map { authority, conference in
      Row(
        day: days.day(conference.day), title: conference.title,
        link: Endpoint.conference.link(authority, conference.id), points: conference.agenda.count,
        chip: FormationPage.Chip(
          kind: conference.isHeld ? "ok" : "info",
          title: visit.text(conference.isHeld ? "tasks.term.held" : "tasks.term.called")))
    }
    hasRows = !rows.isEmpty
    callLink = post.role.may(.keepTasks) ? Endpoint.callConference.link() : nil
    typedTitle = visit.form.text("title") ?? ""
    typedAgenda = visit.form.raw("agenda") ?? ""
    typedDay = visit.form.text("day") ?? ""
    problems = (fault?.messages ?? []).map { visit.words.text($0) }
  }
}

/// One conference: agenda, minutes, what it decided and what became of it.
struct ConferencePage {
  let listLink: String
  let title: String
  let chip: FormationPage.Chip
  let day: String
  let agenda: [String]
  let minutes: String?
  let tasks: [TaskBoardPage.Row]
  let hasTasks: Bool
  let holdLink: String?
  let typedMinutes: String
  let decideLink: String?
  let typedText: String
  let typedUnits: String
  let problems: [String]

  init(
    _ visit: Visit, _ post: Viewer.Post, _ conference: Conference, _ tasks: [WorkTask], of authority: ID,
    _ fault: CycleFault?
  ) {
    let keeps = post.role.may(.keepTasks) && post.authority == authority
    listLink = Endpoint.conferences.link()
    title = conference.title
    chip = FormationPage.Chip(
      kind: conference.isHeld ? "ok" : "info",
      title: visit.text(conference.isHeld ? "tasks.term.held" : "tasks.term.called"))
    day = CycleDays(visit).day(conference.day)
    agenda = conference.agenda.map { point in [point.title, point.unit].compactMap(\.self).joined(separator: " ") }
    minutes = conference.minutes
    self.tasks = tasks.map { TaskBoardPage.row(visit, $0, authority) }
    hasTasks = !tasks.isEmpty
    holdLink = keeps ? Endpoint.holdConference.link(authority, conference.id) : nil
    typedMinutes = visit.form.text("minutes") ?? conference.minutes ?? ""
    decideLink = keeps && conference.isHeld ? Endpoint.decideConference.link(authority, conference.id) : nil
    typedText = visit.form.text("text") ?? ""
    typedUnits = visit.form.raw("units") ?? ""
    problems = (fault?.messages ?? []).map { visit.words.text($0) }
  }
}
