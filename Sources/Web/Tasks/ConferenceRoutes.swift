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
      guard let conference = visit.conference(id) else {
        return try await list(visit, fault: .invalid("tasks.fault.day"))
      }
      let news = visit.news(of: conference, "called", post.authority)
      let fault = try await visit.attempt {
        _ = try ConferenceStore.call(conference, for: post.appointment, telling: news, at: now, by: actor, $0)
      }
      if let fault { return try await list(visit, fault: fault) }
      return visit.redirect(Endpoint.conference.link(post.authority, id))
    }
    table.on(.conference) { try await show($0, fault: nil) }
    table.on(.changeConference) { visit in
      let (authority, id) = (try visit.id("authority"), try visit.id("conference"))
      let (post, now, actor) = (try visit.post, visit.now, visit.actor)
      let reason = visit.form.text("reason", most: 500) ?? ""
      guard let conference = visit.conference(id) else {
        return try await show(visit, fault: .invalid("tasks.fault.day"))
      }
      let news = visit.news(of: conference, "moved", authority, reason: reason)
      return try await change(visit) {
        try ConferenceStore.change(
          conference, authority: authority, reason: reason, for: post.appointment, telling: news, at: now, by: actor,
          $0)
      }
    }
    table.on(.callOffConference) { visit in
      let (authority, id) = (try visit.id("authority"), try visit.id("conference"))
      let (post, now, actor) = (try visit.post, visit.now, visit.actor)
      let reason = visit.form.text("reason", most: 500) ?? ""
      let found = try await visit.site.database.read {
        try ConferenceStore.find(id, authority: authority, for: post.appointment, $0)
      }
      let news = found.map { visit.news(of: $0, "off", authority, reason: reason) }
      return try await change(visit) {
        try ConferenceStore.callOff(
          id, authority: authority, reason: reason, for: post.appointment, telling: news, at: now, by: actor, $0)
      }
    }
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
      let news = visit.news(of: decision, task: task, authority)
      return try await change(visit) {
        try ConferenceStore.decide(
          decision, of: id, authority: authority, task: task, for: post.appointment, telling: news, at: now, by: actor,
          $0)
      }
    }
  }

  private static func change(
    _ visit: Visit, _ body: @escaping @Sendable (any Transaction) throws -> Void
  ) async throws -> Response {
    let (authority, id, post) = (try visit.id("authority"), try visit.id("conference"), try visit.post)
    return try await visit.changing(
      backTo: Endpoint.conference.link(authority, id),
      seen: { try ConferenceStore.find(id, authority: authority, for: post.appointment, $0) != nil },
      show: { try await show(visit, fault: $0) }, body)
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
      return (found, try TaskStore.tasks(of: authority, from: id, for: post.appointment, transaction))
    }
    let page = ConferencePage(visit, post, conference, tasks, of: authority, fault)
    return visit.page(
      "tasks/conference", page, visit.frame(page.title, current: "tasks"), status: fault?.status ?? .ok)
  }
}

extension Visit {
  /// A conference as a form brings it, its agenda a point a line; nil without a day.
  func conference(_ id: ID) -> Conference? {
    guard let day = form.day("day") else { return nil }
    let agenda = (form.raw("agenda") ?? "").split(whereSeparator: \.isNewline).filter {
      !$0.allSatisfy(\.isWhitespace)
    }.prefix(50).map { Conference.Point(title: String($0.prefix(300)), unit: nil) }
    return Conference(id: id, day: day, title: form.text("title", most: 200) ?? "", agenda: agenda, minutes: nil)
  }

  /// What those are told whom a conference concerns: `called`, `moved` or `off`.
  func news(of conference: Conference, _ what: String, _ authority: ID, reason: String = "") -> TaskNews {
    // Whoever is told may read it in either language.
    let words = site.words(nil)
    let day = words.text("messages.conference.day", ["day": .text(words.day(conference.day))])
    return TaskNews(
      Note(
        title: words.text("messages.conference.\(what)", ["title": .text(conference.title)]),
        text: ([day] + (what == "off" ? [] : conference.agenda.map(\.title)) + [reason]).filter { !$0.isEmpty }
          .joined(separator: "\n"), link: Endpoint.conference.link(authority, conference.id)), ids: site.ids)
  }
}
