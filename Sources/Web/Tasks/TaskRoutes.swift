import Hummingbird
import Notation
import People
import Policies
import Storage
import Tasks

/// The document's list of tasks: who is late, what is mine, how far everybody is.
enum TaskRoutes {
  static func add(to table: inout RouteTable) {
    table.on(.taskBoard) { try await TaskBoardPage.answer($0) }
    table.on(.takeTasks) { visit in
      let (post, now, actor, editions, ids) = (
        try visit.post, visit.now, visit.actor, visit.site.editions, visit.site.ids
      )
      try await visit.faulting {
        try await visit.site.database.write { transaction in
          guard let policy = try FormationPolicyStore.inForce(for: post.authority, editions, transaction),
            policy.authority == post.authority
          else { throw CycleFault.forbidden }
          let list = PolicyTask.all(of: policy.policy)
          guard !list.isEmpty else { throw CycleFault.invalid("tasks.fault.noList") }
          try TaskStore.take(
            list, of: policy.authority, for: post.appointment, at: now, by: actor, ids: ids, transaction)
        }
      }
      return visit.redirect(Endpoint.taskBoard.link())
    }
    table.on(.setUnit) { visit in
      guard let name = visit.form.text("name", most: 200) else { throw Refusal.invalid("tasks.fault.unitName") }
      let (post, now, actor) = (try visit.post, visit.now, visit.actor)
      let (office, code) = (visit.form.id("office"), visit.form.text("code", most: 40))
      try await visit.faulting {
        try await visit.site.database.write {
          try TaskStore.mean(
            name, office, school: code, authority: post.authority, for: post.appointment, at: now, by: actor, $0)
        }
      }
      return visit.redirect(Endpoint.taskBoard.link() + "#units")
    }
    table.on(.task) { try await show($0) }
    table.on(.reportTask) { visit in
      let (authority, id, form) = (try visit.id("authority"), try visit.id("task"), visit.form)
      let (post, now, actor) = (try visit.post, visit.now, visit.actor)
      let report = TaskReport(
        unit: form.text("unit", most: 200) ?? "", percent: form.number("percent", in: 0...100) ?? -1,
        text: form.text("text", most: 4_000) ?? "", evidence: form.text("evidence", most: 500), at: now, by: nil)
      return try await change(visit) {
        try TaskStore.report(
          report, on: id, authority: authority, for: post.appointment, at: now, by: actor, $0)
      }
    }
    table.on(.closeTask) { visit in
      let (authority, id) = (try visit.id("authority"), try visit.id("task"))
      let (post, now, actor) = (try visit.post, visit.now, visit.actor)
      let day: Day? = visit.form.text("open") == nil ? now.day : nil
      return try await change(visit) {
        try TaskStore.close(id, authority: authority, on: day, for: post.appointment, at: now, by: actor, $0)
      }
    }
    table.on(.addTaskPart) { visit in
      let (authority, id, part) = (try visit.id("authority"), try visit.id("task"), visit.taskDecision)
      let (post, now, actor, new) = (try visit.post, visit.now, visit.actor, visit.site.newID(visit.now))
      let news = visit.news(of: part, task: new, authority)
      return try await change(visit) {
        try TaskStore.addPart(
          part, to: id, authority: authority, id: new, for: post.appointment, telling: news, at: now, by: actor, $0)
      }
    }
  }

  /// Carries out a change of a task the viewer sees and leads back to it; what stands against it is shown there.
  private static func change(
    _ visit: Visit, _ body: @escaping @Sendable (any Transaction) throws -> Void
  ) async throws -> Response {
    let (authority, id, post) = (try visit.id("authority"), try visit.id("task"), try visit.post)
    return try await visit.changing(
      backTo: Endpoint.task.link(authority, id),
      seen: { try !TaskStore.tasks(of: authority, only: id, for: post.appointment, $0).isEmpty },
      show: { try await show(visit, fault: $0) }, body)
  }

  private static func show(_ visit: Visit, fault: CycleFault? = nil) async throws -> Response {
    let (authority, id, post) = (try visit.id("authority"), try visit.id("task"), try visit.post)
    let (tasks, units) = try await visit.site.database.read { transaction in
      (
        try TaskStore.tasks(of: authority, only: id, for: post.appointment, transaction),
        try TaskStore.units(of: authority, transaction)
      )
    }
    guard let task = tasks.first(where: { $0.id == id }) else { throw Refusal.notFound }
    let page = TaskPage(visit, post, task, parts: tasks.filter { $0.parent == id }, units, of: authority, fault)
    return visit.page(
      "tasks/task", page, visit.frame(page.title, current: "tasks"), status: fault?.status ?? .ok)
  }
}

extension Visit {
  /// What those are told whom a new task is given to.
  func news(of task: ConferenceDecision, task id: ID, _ authority: ID) -> TaskNews {
    // Whoever is told may read it in either language.
    let words = site.words(nil)
    let due = task.due.map { words.day($0) } ?? words.text("tasks.standing")
    return TaskNews(
      Note(
        title: words.text("messages.task.given", ["title": .text(task.text)]),
        text: words.text(
          "messages.reminder.text",
          ["unit": .text(task.units.joined(separator: words.text("list.separator"))), "day": .text(due)]),
        link: Endpoint.task.link(authority, id)), ids: site.ids)
  }

  /// A decision or a part of a task as a form brings it: units one a line.
  var taskDecision: ConferenceDecision {
    let units = (form.raw("units") ?? "").split(whereSeparator: \.isNewline).map {
      $0.trimmingPrefix(while: \.isWhitespace)
    }.map { line in
      var line = line
      while line.last?.isWhitespace == true { line.removeLast() }
      return String(line.prefix(200))
    }
    var seen: Set<String> = []
    return ConferenceDecision(
      text: form.text("text", most: 500) ?? "", units: units.filter { !$0.isEmpty && seen.insert($0).inserted },
      due: form.day("due"))
  }
}
