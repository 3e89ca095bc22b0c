import Cycles
import Hummingbird
import Notation
import People
import Policies
import Storage

/// A public draw: announced, drawn, shown to everybody.
enum DrawRoutes {
  static func add(to table: inout RouteTable) {
    table.on(.draw) { try await show($0) }
    table.on(.announceDraw) { try await announce($0) }
    table.on(.seedDraw) { visit in
      let (now, actor, ids, id) = (visit.now, visit.actor, visit.site.ids, try visit.parameter("stage"))
      let seed = visit.form.text("seed")
      let fault = try await visit.changeOwnCycle { cycle, transaction in
        try DrawStore.draw(
          seed: seed, for: drawn(id, in: cycle), of: cycle, at: now, by: actor, ids: ids, transaction)
      }
      if let fault { return try await show(visit, fault: fault) }
      return try visit.redirect(Endpoint.draw.link(visit.id("authority"), visit.id("cycle"), id))
    }
    table.on(.publicDraw) { visit in
      let (cycle, stage, draw, names) = try await published(visit)
      let spoken = visit.inWords(of: cycle)
      let view = DrawView(spoken, cycle, stage, draw, names)
      return spoken.page("cycles/public-draw", view, PublicRoutes.frame(spoken, view.title, cycle))
    }
    table.on(.drawFrame) { visit in
      let (_, _, draw, _) = try await published(visit)
      return Response(
        status: .ok, headers: [.contentType: "text/plain; charset=utf-8"],
        body: .init(byteBuffer: ByteBuffer(string: draw.frame.text)))
    }
  }

  /// A stage that groups are drawn for.
  static func drawn(_ id: String, in cycle: StoredCycle) throws(Refusal) -> CycleStage {
    guard let stage = cycle.stage(id), stage.draw != nil else { throw .notFound }
    return stage
  }

  /// What everybody may see: nothing before the announcement.
  private static func published(
    _ visit: Visit
  ) async throws -> (cycle: StoredCycle, stage: CycleStage, draw: StoredDraw, names: DrawNames) {
    let (authority, cycle, id) = (try visit.id("authority"), try visit.id("cycle"), try visit.parameter("stage"))
    let editions = visit.site.editions
    return try await visit.site.database.read { transaction in
      guard let draw = try DrawStore.draw(authority: authority, cycle: cycle, stage: id, transaction),
        let found = try CycleStore.cycle(authority: authority, cycle, editions, transaction)
      else { throw Refusal.notFound }
      return (
        found, try drawn(id, in: found), draw, try DrawStore.names(authority: authority, cycle: cycle, transaction)
      )
    }
  }

  private static func announce(_ visit: Visit) async throws -> Response {
    let (post, now, actor, id) = (try visit.post, visit.now, visit.actor, try visit.parameter("stage"))
    let (source, day, without) = (
      visit.form.text("source", most: 500), visit.form.day("day"), visit.form.has("without")
    )
    let digits = visit.form.number("digits", in: DrawTerms.digits)
    let fault = try await visit.changeOwnCycle { cycle, transaction in
      let stage = try drawn(id, in: cycle)
      let overview = try OverviewStore.overview(of: cycle, for: post.appointment, at: now, transaction)
      let waiting = DrawCandidates(overview, at: stage)
      if !waiting.coming.isEmpty, !without {
        throw CycleFault.invalid("draw.fault.coming", ["count": .count(waiting.coming.count)])
      }
      try DrawStore.announce(
        waiting.frame, source: source, digits: digits, day: day, for: stage, of: cycle, at: now, by: actor,
        transaction)
    }
    if let fault { return try await show(visit, fault: fault) }
    return try visit.redirect(Endpoint.draw.link(visit.id("authority"), visit.id("cycle"), id))
  }

  private static func show(_ visit: Visit, fault: CycleFault? = nil) async throws -> Response {
    let (post, now, id) = (try visit.post, visit.now, try visit.parameter("stage"))
    let runsAny = post.role == .office
    let (cycle, rest) = try await visit.readCycle { cycle, transaction in
      let stage = try drawn(id, in: cycle)
      let draw = try DrawStore.draw(authority: cycle.authority, cycle: cycle.id, stage: id, transaction)
      // Before the announcement only those who announce it have something to see.
      let overview =
        draw == nil && runsAny && post.authority == cycle.authority
        ? try OverviewStore.overview(of: cycle, for: post.appointment, at: now, transaction) : nil
      let names =
        draw == nil ? [:] : try DrawStore.names(authority: cycle.authority, cycle: cycle.id, transaction)
      return (stage: stage, draw: draw, overview: overview, names: names)
    }
    let page = DrawPage(
      visit, cycle, rest.stage, rest.draw, rest.names, rest.overview.map { DrawCandidates($0, at: rest.stage) },
      fault: fault)
    return visit.page(
      "cycles/draw", page, visit.frame("\(page.head.title) · \(cycle.title)", current: "cycles"),
      status: fault?.status ?? .ok)
  }
}

typealias DrawNames = [ID: (name: String, district: String)]

/// Who would be drawn among just now.
struct DrawCandidates {
  let frame: DrawFrame
  /// Groups that may still come to the stage, and where they are.
  let coming: [(group: GroupOverview, stage: CycleStage)]

  init(_ overview: CycleOverview, at stage: CycleStage) {
    frame = DrawFrame(
      overview.groups.filter { $0.turn.stage?.id == stage.id }.map { Draw.Entry($0.participant, at: stage) })
    coming = overview.groups.compactMap { group in
      guard let place = group.turn.stage, place.position < stage.position else { return nil }
      return (group, place)
    }
  }
}
