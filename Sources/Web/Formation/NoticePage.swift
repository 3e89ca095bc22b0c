import Formations
import Notation
import Policies
import Storage

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
        left: line.phase == .accepted && line.publicThrough.map { $0 >= visit.now.day } ?? false
          ? line.publicThrough.map { visit.left($0.days(since: visit.now.day)) } ?? ""
          : visit.text("formation.notice.ended"))
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
  /// What came of it; nil while anybody may speak.
  let over: String?
  let schools: [School]
  let form: String?
  let parts: [FormationPage.Fact]
  let way: String
  let waySource: String?
  let comments: [Comment]
  let hasComments: Bool
  let pager: PagingLinks?
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
    over = NoticePage.over(visit, value)
    left = over == nil ? value.publicity.map { visit.left($0.through.days(since: visit.now.day)) } ?? "" : ""
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
    pager = PagingLinks(
      visit, page: NoticeRoutes.page(visit), of: value.commentTally.shown, size: CommentCut.size
    ) { Endpoint.notice.link(value.authority, value.id, query: [("comments", String($0))]) }
    let open = value.commentTally.open
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

  private static func over(_ visit: Visit, _ value: FormationCase) -> String? {
    if let decision = value.decision {
      return visit.text(
        decision.isApproval ? "formation.notice.approved" : "formation.notice.refused",
        ["day": .text(CycleDays(visit).day(decision.day)), "number": .text(decision.number ?? "")])
    }
    if value.withdrawal != nil { return visit.text("formation.notice.withdrawn") }
    return value.publicity.map { $0.isOver(at: visit.now) } ?? true ? visit.text("formation.notice.over") : nil
  }
}
