import Cycles
import Hummingbird
import Notation
import People
import Policies
import Storage

/// Who is recommended for the next stage: decided group by group, all that was entered at once.
enum RecommendationRoutes {
  static func add(to table: inout RouteTable) {
    RecommendationPaperRoutes.add(to: &table)
    table.on(.recommendation) { try await show($0) }
    table.on(.recommend) { visit in
      if visit.form.has("papers") { return try await goOn(visit) }
      let (post, now, actor, ids) = (try visit.post, visit.now, visit.actor, visit.site.ids)
      let (id, form, account) = (try visit.parameter("stage"), visit.form, try visit.account)
      let fault = try await visit.changeCycle { cycle, transaction in
        let stage = try recommendation(id, in: cycle)
        let overview = try OverviewStore.overview(of: cycle, for: post.appointment, at: now, transaction)
        let before = try RecommendationStore.standing(
          at: stage, of: cycle, for: post.appointment, transaction
        ).decisions
        let choices = try choices(form, overview, before)
        guard !choices.isEmpty else { throw CycleFault.invalid("recommend.fault.none") }
        try RecommendationStore.decide(
          choices, at: stage, of: cycle, for: post, at: now, by: actor, ids: ids, transaction)
        try RecommendationStore.keep(
          [], of: groups(form, overview), at: id, in: cycle, by: account, at: now, transaction)
      }
      if let fault { return try await show(visit, fault: fault) }
      return try visit.redirect(
        Endpoint.recommendation.link(
          visit.id("authority"), visit.id("cycle"), id, query: RecommendationPage.place(visit) + [("saved", "1")]))
    }
  }

  /// Keeps what was chosen, and goes on to the papers of the group whose button was pressed.
  private static func goOn(_ visit: Visit) async throws -> Response {
    let (post, now, id, form) = (try visit.post, visit.now, try visit.parameter("stage"), visit.form)
    let typed = try RecommendationDrafts(visit, form)
    let fault = try await visit.changeCycle { cycle, transaction in
      let stage = try recommendation(id, in: cycle)
      let acting = try ActingStore.groups(at: id, of: cycle, by: post.appointment, transaction)
      guard !acting.isEmpty else { throw CycleFault.forbidden }
      let overview = try OverviewStore.overview(of: cycle, for: post.appointment, at: now, transaction)
      try typed.keep(overview, acting, at: stage, in: cycle, transaction)
    }
    if let fault { return try await show(visit, fault: fault) }
    let link = try Endpoint.recommendation.link(
      visit.id("authority"), visit.id("cycle"), id,
      query: [("group", form.id("papers")?.description)] + RecommendationPage.place(visit))
    return visit.redirect(link + "#papers")
  }

  /// The groups within reach that the form speaks of.
  private static func groups(_ form: Form, _ overview: CycleOverview) -> [ID] {
    let ids = form.fields.filter { $0.name.hasPrefix("reason.") || $0.name.hasPrefix("choice.") }
      .compactMap { ID($0.name.dropFirst(7)) }
    return Array(Set(ids.filter { overview.group($0) != nil }))
  }

  static func recommendation(_ id: String, in cycle: StoredCycle) throws(Refusal) -> CycleStage {
    guard let stage = cycle.stage(id), stage.kind == .recommendation else { throw .notFound }
    return stage
  }

  /// What the form changes of what is recorded. A group it names that the viewer doesn't reach is none of theirs.
  private static func choices(
    _ form: Form, _ overview: CycleOverview, _ before: [ID: RecommendationStore.Decision]
  ) throws -> [RecommendationStore.Choice] {
    let prefix = "choice."
    return try form.fields.filter { $0.name.hasPrefix(prefix) }.compactMap { field in
      guard let id = ID(field.name.dropFirst(prefix.count)), let group = overview.group(id) else {
        throw CycleFault.forbidden
      }
      guard field.value == "yes" || field.value == "no" else { return nil }
      let recommends = field.value == "yes"
      let reason = form.text("reason.\(id)", most: 2_000)
      if let old = before[id], old.ended == nil, old.isRecommended == recommends, old.reason == reason { return nil }
      return RecommendationStore.Choice(group: group, isRecommended: recommends, reason: reason)
    }
  }

  static func show(_ visit: Visit, fault: CycleFault? = nil) async throws -> Response {
    let (post, now, id) = (try visit.post, visit.now, try visit.parameter("stage"))
    let account = try visit.account
    let asked = visit.form.id("group") ?? visit.query("group").flatMap { ID($0) }
    let (cycle, rest) = try await visit.readCycle { cycle, transaction in
      let stage = try recommendation(id, in: cycle)
      return (
        stage: stage, overview: try OverviewStore.overview(of: cycle, for: post.appointment, at: now, transaction),
        standing: try RecommendationStore.standing(
          at: stage, of: cycle, for: post.appointment, draftsOf: post.role == .office ? account : nil, transaction),
        papers: try RecommendationPapers.read(of: cycle, at: stage, asked: asked, for: post, transaction)
      )
    }
    let page = RecommendationPage(
      visit, post, rest.overview, at: rest.stage, rest.standing, papers: rest.papers, fault: fault)
    let title = "\(rest.stage.title) · \(cycle.title)"
    return visit.page(
      "cycles/recommendation", page, visit.frame(title, current: "cycles"), status: fault?.status ?? .ok)
  }
}
