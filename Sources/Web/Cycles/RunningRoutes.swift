import Hummingbird
import Notation
import People
import Storage

/// The page from which a cycle is run: its stages and days, what is to do, who is late.
enum RunningRoutes {
  static func add(to table: inout RouteTable) {
    table.on(.cycle) { try await show($0) }
    table.on(.extendStage) { visit in
      let (post, now, actor) = (try visit.post, visit.now, visit.actor)
      let (stage, group) = (visit.form.text("stage"), visit.form.text("group"))
      let (due, reason) = (visit.form.day("due"), visit.form.text("reason", most: 2_000))
      if let group, ID(group) == nil { throw Refusal.invalid("extension.fault.group") }
      let fault = try await visit.changeCycle { cycle, transaction in
        try CycleStore.extend(
          stage: stage, group: group.flatMap { ID($0) }, due: due, reason: reason, of: cycle, for: post.appointment,
          at: now, by: actor, transaction)
      }
      if let fault { return try await show(visit, fault: fault) }
      return try visit.redirect(Endpoint.cycle.link(visit.id("authority"), visit.id("cycle")) + "#extensions")
    }
    table.on(.openSheets) { visit in
      let (post, now, actor, ids) = (try visit.post, visit.now, visit.actor, visit.site.ids)
      let stage = visit.form.text("stage")
      let fault = try await visit.changeCycle { cycle, transaction in
        guard let stage = stage.flatMap({ cycle.stage($0) }) else { throw Refusal.notFound }
        let overview = try OverviewStore.overview(of: cycle, for: post.appointment, at: now, transaction)
        try CycleStore.openSheets(
          at: stage, in: overview, for: post.appointment, at: now, by: actor, ids: ids, transaction)
      }
      if let fault { return try await show(visit, fault: fault) }
      return try visit.redirect(Endpoint.cycle.link(visit.id("authority"), visit.id("cycle")))
    }
  }

  /// The latest; the page says where there are more.
  static let mostExtensions = 100

  private static func show(_ visit: Visit, fault: CycleFault? = nil) async throws -> Response {
    let (post, now, overviews) = (try visit.post, visit.now, visit.site.overviews)
    let (cycle, rest) = try await visit.readCycle { cycle, transaction in
      (
        try overviews.overview(of: cycle, for: post.appointment, at: now, transaction),
        try CycleStore.extensions(of: cycle, for: post.appointment, most: mostExtensions + 1, transaction)
      )
    }
    let page = RunningMaker(visit: visit, post: post, overview: rest.0).page(rest.1, fault: fault)
    return visit.page("cycles/running", page, visit.frame(cycle.title, current: "cycles"), status: fault?.status ?? .ok)
  }
}
