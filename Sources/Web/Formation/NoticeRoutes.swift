import Formations
import HTTPTypes
import Hummingbird
import Notation
import Policies
import Storage

/// Publicities that run, for everybody (公示): what is planned, and a word on it without an account. A comment is shown
/// once it is answered; who speaks stays unknown.
enum NoticeRoutes {
  static func add(to table: inout RouteTable) {
    table.on(.notices) { visit in
      let now = visit.now
      let lines = try await visit.site.database.read { try FormationStore.running(on: now.day, $0) }
      let page = NoticeListPage(visit, lines)
      return visit.page("formation/notices", page, frame(visit, page.title, publisher: nil))
    }
    table.on(.notice) { try await show($0, problems: []) }
    table.on(.commentNotice) { try await comment($0) }
    table.on(.noticePaper) { visit in try await Refusal.evidence { try await paper(visit) } }
  }

  private static func frame(_ visit: Visit, _ title: String, publisher: String?) -> Frame {
    var frame = Frame(language: visit.words.language, title: title)
    frame.isPublic = true
    frame.bodyClass = "public"
    frame.csrf = visit.session?.csrf
    frame.publisher = publisher ?? visit.text("formation.notices")
    frame.entries = [
      Frame.Entry(title: visit.text("formation.notices"), link: Endpoint.notices.link(), isCurrent: true),
      Frame.Entry(
        title: visit.text("results.public.entry"), link: Endpoint.publishers.link(), isCurrent: false),
    ]
    return frame
  }

  private static func find(_ visit: Visit, _ transaction: any Transaction) throws -> StoredFormation {
    guard
      let stored = try FormationStore.findPublic(
        authority: visit.id("authority"), visit.id("case"), comments: .shown(page(visit)), at: visit.now,
        visit.site.editions, transaction)
    else { throw Refusal.notFound }
    return stored
  }

  static func page(_ visit: Visit) -> Int { visit.number("comments", in: .places) ?? 1 }

  private static func show(
    _ visit: Visit, problems: [Message], status: HTTPResponse.Status = .ok
  ) async throws -> Response {
    let stored = try await visit.site.database.read { try find(visit, $0) }
    let page = NoticePage(visit, stored, problems: problems)
    return visit.page(
      "formation/notice", page,
      frame(visit, page.title, publisher: stored.names.authority(stored.value.approver)), status: status)
  }

  private static func paper(_ visit: Visit) async throws -> Response {
    let (authority, id, paper) = (try visit.id("authority"), try visit.id("case"), try visit.id("paper"))
    let (now, editions) = (visit.now, visit.site.editions)
    let found = try await visit.site.database.read {
      try FormationStore.publicPaper(paper, of: id, authority: authority, at: now, editions, $0)
    }
    guard let found else { throw Refusal.notFound }
    return try await EvidenceFileRoutes.answer(
      visit, found.file, size: found.size,
      headers: EvidenceFileRoutes.download(found.fileName, media: found.kind.media, size: found.size))
  }

  private static func comment(_ visit: Visit) async throws -> Response {
    let (now, actor, form) = (visit.now, visit.actor, visit.form)
    let back = Endpoint.notice.link(try visit.id("authority"), try visit.id("case"), query: [("said", "1")])
    // A field nobody sees is filled in by programs only: they are thanked and nothing is kept.
    guard form.text("address") == nil else { return visit.redirect(back) }
    // A person takes a while to write; a form from yesterday is none of today's.
    let shown = form.number("shown", in: .versions).map { Int64($0) } ?? 0
    guard (now.milliseconds - 86_400_000...now.milliseconds - 2_000).contains(shown) else {
      return try await show(visit, problems: [Message("formation.fault.hasty")], status: .unprocessableContent)
    }
    let comment = CaseComment(
      id: visit.site.newID(now),
      speaker: form.text("speaker").flatMap(CaseComment.Speaker.init) ?? .other,
      text: form.text("text", most: 1_001) ?? "", at: now)
    let source = visit.site.places.name(of: visit.address, on: now.day)
    do {
      try await visit.site.database.write {
        try FormationStore.comment(comment, on: try find(visit, $0), source: source, at: now, actor: actor, $0)
      }
    } catch let fault as CaseFault {
      return try await show(visit, problems: fault.messages, status: .unprocessableContent)
    } catch let fault as CycleFault {
      return try await show(visit, problems: fault.messages, status: .tooManyRequests)
    }
    return visit.redirect(back)
  }
}
