import Crypto
import Formations
import Foundation
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
        authority: visit.id("authority"), visit.id("case"), at: visit.now, visit.site.editions, transaction)
    else { throw Refusal.notFound }
    return stored
  }

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
    let source = place(visit)
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

  /// A hash of the day and the address: enough to see that one place says much, not enough to know it tomorrow.
  private static func place(_ visit: Visit) -> String {
    let text = "notice:\(visit.now.day.text):\(visit.address ?? "")"
    return SHA256.hash(data: Data(text.utf8)).prefix(12).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}

struct NoticeListPage {
  struct Row {
    let name: String
    let link: String
    let kind: String
    let lead: String
    let schools: Int
    let office: String
    let through: String
    let left: String
  }

  let title: String
  let rows: [Row]
  let hasRows: Bool

  init(_ visit: Visit, _ lines: [FormationLine]) {
    title = visit.text("formation.notices")
    rows = lines.map { line in
      Row(
        name: line.name ?? visit.text("formation.untitled"), link: Endpoint.notice.link(line.authority, line.id),
        kind: visit.text("formation.kind.\(line.kind.rawValue)"), lead: line.lead ?? line.applicant,
        schools: line.schools, office: line.approverName ?? "",
        through: line.publicThrough.map { CycleDays(visit).day($0) } ?? "",
        left: line.publicThrough.map { visit.left($0.days(since: visit.now.day)) } ?? "")
    }
    hasRows = !rows.isEmpty
  }
}

struct NoticePage {
  struct School {
    let name: String
    let part: FormationPage.Chip
    let authority: String
  }

  struct Comment {
    let speaker: String
    let day: String
    let text: String
    let answer: String
    let answered: String
  }

  struct Paper {
    let title: String
    let link: String
    let kind: String
    let size: String
  }

  /// What a school's body resolved; no names, no votes.
  struct Consent {
    let school: String
    let body: String
    let day: String
    let outcome: String
  }

  let title: String
  let papers: [Paper]
  let consents: [Consent]
  let listLink: String
  let facts: [String]
  let term: String
  let left: String
  let schools: [School]
  let form: String?
  let parts: [FormationPage.Fact]
  let way: String
  let waySource: String?
  let comments: [Comment]
  let hasComments: Bool
  let waiting: String?
  let action: String
  let shown: String
  let speakers: [Option]
  let typed: String
  let problems: [String]
  let said: Bool

  init(_ visit: Visit, _ stored: StoredFormation, problems: [Message]) {
    let (value, terms) = (stored.value, stored.setting.terms)
    let days = CycleDays(visit)
    title = value.content.name ?? visit.text("formation.untitled")
    listLink = Endpoint.notices.link()
    facts = [
      visit.text("formation.kind.\(value.kind.rawValue)"),
      visit.text("formation.applicant", ["who": .text(stored.applicantName)]), stored.policy.title,
    ]
    term =
      value.publicity.map {
        visit.text(
          "formation.publicity.term", ["from": .text(days.day($0.from)), "through": .text(days.day($0.through))])
      } ?? ""
    left = value.publicity.map { visit.left($0.through.days(since: visit.now.day)) } ?? ""
    schools = value.content.schools.map { school in
      School(
        name: school.name,
        part: FormationPage.Chip(
          kind: school.part == .lead ? "info" : "", title: visit.text("formation.part.\(school.part.rawValue)")),
        authority: school.authorityName)
    }
    form = terms.form(value.content.form)?.name
    parts = terms.contents.filter(\.isWritten).compactMap { part in
      value.content.texts[part.id].map { FormationPage.Fact(title: part.title, text: $0) }
    }
    papers = value.papers.filter { terms.published.contains($0.kind) }.map { paper in
      Paper(
        title: paper.title, link: Endpoint.noticePaper.link(value.authority, value.id, paper.id),
        kind: visit.text("formation.paper.kind.\(paper.kind.rawValue)"), size: EvidenceRows.size(paper.size))
    }
    consents =
      terms.published.contains(.resolution)
      ? value.consents.compactMap { consent in
        guard let school = value.content.school(consent.school),
          let body = terms.consents.first(where: { $0.kind == consent.kind })
        else { return nil }
        return Consent(
          school: school.name, body: visit.words.text(body.body), day: days.day(consent.day),
          outcome: visit.text(consent.agrees ? "formation.consent.yes" : "formation.consent.no"))
      } : []
    let words = FormationWords(visit, stored).way
    way = words.text
    waySource = words.source
    // Until it is answered a comment may say anything of anybody; it is read by the office first.
    comments = value.comments.compactMap { comment in
      guard let answer = comment.answer, comment.withheld == nil else { return nil }
      return Comment(
        speaker: visit.text("formation.speaker.\(comment.speaker.rawValue)"), day: days.day(comment.at.day),
        text: comment.text, answer: answer.text, answered: days.day(answer.signed.at.day))
    }
    hasComments = !comments.isEmpty
    let open = value.comments.count { !$0.isSettled }
    waiting = open > 0 ? visit.text("formation.notice.waiting", ["count": .count(open)]) : nil
    action = Endpoint.commentNotice.link(value.authority, value.id)
    shown = visit.form.text("shown") ?? String(visit.now.milliseconds)
    let speaker = visit.form.text("speaker")
    speakers = CaseComment.Speaker.allCases.map {
      Option(
        value: $0.rawValue, title: visit.text("formation.speaker.\($0.rawValue)"), isChosen: $0.rawValue == speaker)
    }
    typed = visit.form.text("text") ?? ""
    self.problems = problems.map { visit.words.text($0) }
    said = visit.query("said") != nil
  }
}
