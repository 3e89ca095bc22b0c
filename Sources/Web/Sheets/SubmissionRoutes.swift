import Cycles
import Hummingbird
import Notation
import Policies
import Scoring
import Storage

/// Handing in, giving back, second looks, and the pages that stand around them.
enum SubmissionRoutes {
  static func add(to table: inout RouteTable) {
    table.on(.submission) { try await SubmissionMaker.read($0).response() }
    table.on(.submit) { try await submit($0) }
    table.on(.giveBack) { try await giveBack($0) }
    table.on(.secondLook) { try await secondLook($0) }
    table.on(.comparison) { visit in
      let maker = try await SheetRoutes.read(visit, item: nil)
      return visit.page(
        "sheets/comparison", ComparisonPage(maker), visit.frame(visit.text("sheet.comparison"), current: "cycles"))
    }
    table.on(.sheetHistory) { visit in
      let maker = try await SheetRoutes.read(visit, item: nil)
      let events = try await visit.site.database.read {
        try SheetStore.history(maker.open.sheet, seeing: maker.open.sight, most: 500, $0)
      }
      let page = HistoryPage(
        name: maker.open.sheet.participant.name, stage: maker.open.stage.title,
        sheetLink: Endpoint.sheet.link(maker.open.sheet.authority, maker.open.sheet.id),
        events: events.map { event in
          HistoryPage.Event(
            item: event.item.map { maker.name(of: $0) } ?? "", event: maker.event(of: event))
        })
      return visit.page("sheets/history", page, visit.frame(visit.text("sheet.history"), current: "cycles"))
    }
  }

  private static func submit(_ visit: Visit) async throws -> Response {
    let (authority, id) = (try visit.id("authority"), try visit.id("sheet"))
    // Said twice, by a tick and in words: nobody hands in without evidence or experts by oversight.
    let reason = visit.form.text("lacking") == nil ? nil : visit.form.text("why", most: 2_000)
    do {
      try await visit.site.database.write {
        _ = try handIn(visit, authority: authority, id, withoutEvidence: reason, withoutExperts: reason, $0)
      }
    } catch let lacking as SubmissionLacking {
      return try await SubmissionMaker.read(visit).response(problem: visit.words.text(lacking.message))
    }
    return visit.redirect(Endpoint.sheet.link(authority, id))
  }

  /// Hands in the sheet, or an expert's own marks of it.
  ///
  /// Throws `SubmissionLacking` where schools hand in without required evidence, or an office without the experts the
  /// policy asks for, and don't say why.
  ///
  /// - Parameters:
  ///   - reason: why it is handed in without the evidence that is missing.
  ///   - fewReason: why it is handed in by fewer experts than are asked for.
  /// - Returns: the number of the submission; nil for an expert's marks.
  static func handIn(
    _ visit: Visit, authority: ID, _ id: ID, withoutEvidence reason: String?, withoutExperts fewReason: String?,
    _ transaction: any Transaction
  ) throws -> Int? {
    guard let viewer = visit.viewer else { throw Refusal.signIn }
    let now = visit.now
    guard
      let open = try SheetStore.open(
        authority: authority, id, for: viewer, at: now, visit.site.editions, transaction)
    else { throw Refusal.notFound }
    if let closed = open.rights.closed { throw Refusal(.conflict, [closed]) }
    if open.sheet.isSubmitted { throw Refusal.conflict("sheet.closed.submitted") }
    guard open.rights.canSubmit else { throw Refusal.forbidden }
    if let reviewer = open.reviewer {
      guard open.panel?.isDone(reviewer) ?? false else { throw Refusal.conflict("sheet.submit.notDone") }
      try SubmissionStore.handIn(open, reviewer: reviewer, at: now, by: visit.actor, transaction)
      return nil
    }
    let facts: GroupFacts
    let card: Scorecard
    var missing: MissingEvidence?
    if let panel = open.panel {
      guard panel.canSubmit else { throw Refusal.conflict("sheet.submit.notDone") }
      (facts, card) = (panel.facts, panel.card)
    } else {
      let state = open.state()
      guard state.canSubmit else { throw Refusal.conflict("sheet.submit.notDone") }
      (facts, card) = (state.facts, state.card)
      if open.asksEvidence {
        let shown = try EvidenceStore.shown(
          for: open.sheet.group, authority: authority, cycle: open.sheet.cycle, transaction)
        let gaps = state.evidenceGaps(shown: shown)
        if !gaps.isEmpty {
          guard let reason else {
            throw SubmissionLacking(Message("sheet.submit.evidence", ["count": .count(gaps.count)]))
          }
          missing = MissingEvidence(gaps, reason: reason)
        }
      }
    }
    let experts = try open.missingExperts(because: fewReason)
    do {
      return try SubmissionStore.submit(
        open, facts: facts, card: card, words: .of(language: open.cycle.policy.language), missing: missing,
        experts: experts, at: now, by: visit.actor, ids: visit.site.ids, transaction)
    } catch is SheetConflict {
      throw Refusal.conflict("sheet.closed.submitted")
    }
  }

  private static func giveBack(_ visit: Visit) async throws -> Response {
    let (authority, id) = (try visit.id("authority"), try visit.id("sheet"))
    guard let viewer = visit.viewer else { throw Refusal.signIn }
    let (now, editions) = (visit.now, visit.site.editions)
    guard let reason = visit.form.text("reason") else { throw Refusal.invalid("sheet.return.reason") }
    let typed = visit.form.text("due")
    let due = typed.flatMap { Day($0) }
    if typed != nil, due == nil { throw Refusal.invalid("sheet.return.day") }
    if let due, due < now.day { throw Refusal.invalid("sheet.return.past") }
    try await visit.site.database.write { transaction in
      guard let open = try SheetStore.open(authority: authority, id, for: viewer, at: now, editions, transaction)
      else { throw Refusal.notFound }
      guard open.sheet.isSubmitted else { throw Refusal.conflict("sheet.return.open") }
      guard open.rights.canReturn else { throw Refusal.conflict("sheet.return.not") }
      let needsDay = open.cycle.calendar.isOver(open.stage.id, group: open.sheet.group, at: now)
      if needsDay, due == nil { throw Refusal.invalid("sheet.return.over") }
      do {
        try SubmissionStore.giveBack(
          open, reason: String(reason.prefix(2_000)), due: due, at: now, by: visit.actor, transaction)
      } catch is SheetConflict {
        throw Refusal.conflict("sheet.return.open")
      }
    }
    return visit.redirect(Endpoint.sheet.link(authority, id))
  }

  private static func secondLook(_ visit: Visit) async throws -> Response {
    let (authority, id, item) = (try visit.id("authority"), try visit.id("sheet"), try visit.parameter("item"))
    guard let viewer = visit.viewer else { throw Refusal.signIn }
    let (now, editions) = (visit.now, visit.site.editions)
    try await visit.site.database.write { transaction in
      guard let open = try SheetStore.open(authority: authority, id, for: viewer, at: now, editions, transaction)
      else { throw Refusal.notFound }
      guard open.reviewer == nil, open.rights.canSubmit, let panel = open.panel, panel.items.contains(item) else {
        throw Refusal.forbidden
      }
      // Said, not turned about: a form sent twice changes nothing the second time.
      let wanted = visit.form.text("look") != "close"
      guard panel.isReopened(item) != wanted else { return }
      if wanted, panel.spread(item) == nil { throw Refusal.conflict("sheet.secondLook.none") }
      try SecondLookStore.set(
        open: wanted, item: item, of: open.sheet, outcome: visit.form.text("outcome", most: 2_000), at: now,
        by: visit.actor, transaction)
    }
    return visit.redirect(Endpoint.sheet.link(authority, id, query: [("item", item)]))
  }
}

struct HistoryPage {
  struct Event {
    let item: String
    let event: SheetSide.Event
  }

  let name: String
  let stage: String
  let sheetLink: String
  let events: [Event]
}

/// Something that is asked for is missing, and nobody says why it is handed in without.
struct SubmissionLacking: Error {
  let message: Message

  init(_ message: Message) { self.message = message }
}

extension OpenSheet {
  /// Whether those who hand it in answer for the evidence: the schools themselves.
  var asksEvidence: Bool { stage.kind == .selfEvaluation && sheet.school == nil }

  /// That the panel isn't full; nil: it is, or none is asked for. An expert's own marks are handed in all the same.
  var lacksExperts: Message? {
    reviewer == nil ? MissingExperts.message(at: stage, assigned: panel?.reviewers.count ?? 0) : nil
  }

  /// Throws `SubmissionLacking` where the panel isn't full and no reason is given.
  fileprivate func missingExperts(because reason: String?) throws -> MissingExperts? {
    guard let message = lacksExperts, let wanted = stage.experts else { return nil }
    guard let reason else {
      throw SubmissionLacking(Message("sheet.submit.experts", ["lacking": .message(message)]))
    }
    return MissingExperts(wanted: wanted, found: panel?.reviewers.count ?? 0, reason: reason)
  }
}
