import Cycles
import Hummingbird
import Notation
import People
import Storage

/// Papers of recommendations: attached, taken over from evidence, read, taken away.
enum RecommendationPaperRoutes {
  static func add(to table: inout RouteTable) {
    table.on(.attachRecommendationPapers) { visit in try await Refusal.evidence { try await attach(visit) } }
    table.on(.linkRecommendationPaper) { try await link($0) }
    table.on(.recommendationPaper) { visit in try await Refusal.evidence { try await file(visit) } }
    table.on(.removeRecommendationPaper) { try await remove($0) }
  }

  /// The groups somebody may attach papers to, in a transaction that goes on.
  private struct Ground: Sendable {
    let stage: CycleStage
    let overview: CycleOverview
    let acting: Set<ID>

    init(
      _ visit: Visit, _ stage: String, _ post: Viewer.Post, _ cycle: StoredCycle, _ transaction: any Transaction
    ) throws {
      self.stage = try RecommendationRoutes.recommendation(stage, in: cycle)
      acting = try ActingStore.groups(at: stage, of: cycle, by: post.appointment, transaction)
      guard !acting.isEmpty else { throw CycleFault.forbidden }
      overview = try OverviewStore.overview(of: cycle, for: post.appointment, at: visit.now, transaction)
    }

    func group(_ id: ID?) throws(CycleFault) -> GroupOverview {
      guard let id, acting.contains(id), let group = overview.group(id) else { throw .forbidden }
      return group
    }
  }

  private static func attach(_ visit: Visit) async throws -> Response {
    let (post, now, actor, ids) = (try visit.post, visit.now, visit.actor, visit.site.ids)
    let (id, group) = (try visit.parameter("stage"), visit.query("group").flatMap { ID($0) })
    // Nobody sends hundreds of megabytes to be told that it isn't theirs.
    _ = try await visit.readCycle { cycle, transaction in
      do {
        _ = try Ground(visit, id, post, cycle, transaction).group(group)
      } catch is CycleFault {
        throw Refusal.forbidden
      }
      if cycle.confirmedAt != nil { throw Refusal.conflict("recommend.closed.confirmed") }
    }
    let form = try await EvidenceForm(visit, tells: true) { bytes in
      guard bytes - 1 << 20 <= RecommendationPaper.mostBytes else {
        throw Refusal.tooLarge(Int(RecommendationPaper.mostBytes))
      }
    }
    let typed = try RecommendationDrafts(visit, form.fields)
    var again = visit
    again.form = form.fields
    guard form.problems.isEmpty else {
      return try await RecommendationRoutes.show(again, fault: CycleFault(form.problems))
    }
    let (quota, size) = (visit.site.settings.evidenceQuota, await form.size)
    let paper = form.fields.text("paper") ?? ""
    let takesOthers = form.fields.text("others") != nil
    do {
      // Before a file is kept: what nothing points to stays in the store.
      do {
        _ = try await visit.readCycle { cycle, transaction in
          let here = try Ground(visit, id, post, cycle, transaction).group(group).participant.district
          try RecommendationPaperStore.requireRoom(size, ofGroupsOf: here, in: cycle, most: quota, transaction)
        }
      } catch let fault as CycleFault where fault.kind != .forbidden {
        await form.abandon()
        return try await RecommendationRoutes.show(again, fault: fault)
      }
      var drafts: [RecommendationPaperStore.Draft] = []
      for intake in form.files {
        let (file, kind) = try await intake.keep()
        drafts.append(RecommendationPaperStore.Draft(fileName: intake.name, file: file, kind: kind))
      }
      let kept = drafts
      let fault = try await visit.changeCycle { cycle, transaction in
        let ground = try Ground(visit, id, post, cycle, transaction)
        var groups = [try ground.group(group)]
        if takesOthers {
          groups += try lacking(paper, ground, of: cycle, for: post, besides: group, at: now, transaction)
        }
        try RecommendationPaperStore.attach(
          kept, as: paper, to: groups, at: ground.stage, of: cycle, quota: quota, at: now, by: actor, ids: ids,
          transaction)
        try typed.keep(ground.overview, ground.acting, at: ground.stage, in: cycle, transaction)
      }
      if let fault {
        return try await RecommendationRoutes.show(again, fault: fault)
      }
    } catch {
      await form.abandon()
      throw error
    }
    return try back(visit, to: group, done: "attached")
  }

  /// The other groups of the same office that lack a paper and whose recommendation still takes it.
  private static func lacking(
    _ paper: String, _ ground: Ground, of cycle: StoredCycle, for post: Viewer.Post, besides group: ID?,
    at now: Instant, _ transaction: any Transaction
  ) throws -> [GroupOverview] {
    let there = try RecommendationPaperStore.papers(
      at: ground.stage.id, of: cycle, for: post, transaction
    ).attached
    return ground.overview.groups.filter { other in
      other.id != group && ground.acting.contains(other.id)
        && !(there[other.id] ?? []).contains { $0.paper == paper }
        && RecommendationPaperStore.closed(for: other.id, at: ground.stage, of: cycle, at: now) == nil
    }
  }

  private static func link(_ visit: Visit) async throws -> Response {
    let (post, now, actor, ids, form) = (try visit.post, visit.now, visit.actor, visit.site.ids, visit.form)
    let id = try visit.parameter("stage")
    let typed = try RecommendationDrafts(visit, form)
    let fault = try await visit.changeCycle { cycle, transaction in
      let ground = try Ground(visit, id, post, cycle, transaction)
      let group = try ground.group(form.id("group"))
      guard
        let piece = try form.id("evidence").flatMap({
          try EvidenceStore.evidence(authority: cycle.authority, $0, for: post, transaction)
        }), piece.group == group.id, !piece.isWithdrawn
      else { throw CycleFault.invalid("recommend.paper.fault.evidence") }
      try RecommendationPaperStore.attach(
        [RecommendationPaperStore.Draft(piece)], as: form.text("paper") ?? "", to: [group], at: ground.stage, of: cycle,
        at: now, by: actor, ids: ids, transaction)
      try typed.keep(ground.overview, ground.acting, at: ground.stage, in: cycle, transaction)
    }
    if let fault { return try await RecommendationRoutes.show(visit, fault: fault) }
    return try back(visit, to: form.id("group"), done: "attached")
  }

  private static func remove(_ visit: Visit) async throws -> Response {
    let (post, now, actor) = (try visit.post, visit.now, visit.actor)
    let (id, paper) = (try visit.parameter("stage"), try visit.id("paper"))
    let (group, typed) = (visit.form.id("group"), try RecommendationDrafts(visit, visit.form))
    let fault = try await visit.changeCycle { cycle, transaction in
      let ground = try Ground(visit, id, post, cycle, transaction)
      let isThere = try RecommendationPaperStore.remove(
        paper, of: ground.group(group), at: ground.stage, in: cycle, at: now, by: actor, transaction)
      if !isThere { throw Refusal.notFound }
      try typed.keep(ground.overview, ground.acting, at: ground.stage, in: cycle, transaction)
    }
    if let fault { return try await RecommendationRoutes.show(visit, fault: fault) }
    return try back(visit, to: group, done: "removed")
  }

  /// Back to a group's papers, with what was done.
  private static func back(_ visit: Visit, to group: ID?, done: String) throws -> Response {
    let link = try Endpoint.recommendation.link(
      visit.id("authority"), visit.id("cycle"), visit.parameter("stage"),
      query: [("group", group?.description)] + RecommendationPage.place(visit) + [("done", done)])
    return visit.redirect(link + "#papers")
  }

  private static func file(_ visit: Visit) async throws -> Response {
    let (post, stage, paper) = (try visit.post, try visit.parameter("stage"), try visit.id("paper"))
    let found = try await visit.readCycle { cycle, transaction in
      try RecommendationPaperStore.file(paper, at: stage, of: cycle, for: post, transaction)
    }.rest
    guard let found else { throw Refusal.notFound }
    return try await EvidenceFileRoutes.answer(
      visit, found.file, size: found.size,
      headers: EvidenceFileRoutes.download(found.fileName, media: found.kind.media, size: found.size))
  }
}
