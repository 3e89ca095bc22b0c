import Formations
import Hummingbird
import Notation
import People
import Policies
import Storage

/// The application as a paper (申请表、备案表): what the case says, what its schools resolved, room for opinions and seals.
struct FormationSheet {
  struct School {
    let number: Int
    let name: String
    let part: String
    let authority: String
    let pupils: String
    let consents: [String]
    let charter: String
  }

  /// A box for somebody's word, filled as far as it was said.
  struct Opinion {
    let title: String
    let lines: [String]
  }

  let heading: String
  let caseLink: String
  let name: String
  let facts: [FormationPage.Fact]
  let schools: [School]
  let parts: [FormationPage.Fact]
  let papers: [String]
  let opinions: [Opinion]
  let way: String
  let waySource: String?
  let policy: String

  static func answer(_ visit: Visit) async throws -> Response {
    let (authority, id, post, now) = (try visit.id("authority"), try visit.id("case"), try visit.post, visit.now)
    let editions = visit.site.editions
    let stored = try await visit.site.database.read {
      try FormationStore.find(authority: authority, id, for: post.appointment, at: now, editions, $0)
    }
    guard let stored else { throw Refusal.notFound }
    let page = FormationSheet(
      FormationMaker(
        visit: visit, stored: stored, typed: nil, fault: nil, search: nil, candidates: nil, course: [], commentPage: 1))
    return visit.page("formation/form", page, visit.frame("\(page.heading) \(page.name)", current: "formation"))
  }

  init(_ maker: FormationMaker) {
    let (visit, value, stored) = (maker.visit, maker.value, maker.stored)
    let filer = value.submission?.routing.filer
    heading = visit.text(
      value.filing != nil || (filer != nil && value.decision?.isApproval == true)
        ? "formation.form.filing" : "formation.form.\(value.kind.rawValue)")
    caseLink = maker.link(.formation)
    name = value.content.name ?? visit.text("formation.untitled")
    policy = stored.policy.title
    let way = FormationWords(visit, stored).way
    self.way = way.text
    waySource = way.source
    facts = FormationSheet.facts(maker)
    parts = maker.parts
    papers = value.papers.map { visit.text("formation.paper.kind.\($0.kind.rawValue)") + " " + $0.title }
    schools = value.content.schools.enumerated().map { FormationSheet.school($1, number: $0 + 1, maker) }
    opinions = FormationSheet.opinions(maker)
  }

  private static func facts(_ maker: FormationMaker) -> [FormationPage.Fact] {
    let (visit, value) = (maker.visit, maker.value)
    let content = value.content
    func fact(_ key: String, _ text: String?) -> FormationPage.Fact? {
      text.map { FormationPage.Fact(title: visit.text(key), text: $0) }
    }
    return [
      fact("formation.kind", visit.text("formation.kind.\(value.kind.rawValue)")),
      fact("formation.form", maker.terms.form(content.form)?.name),
      fact(
        "formation.area",
        content.area.map {
          $0 == CaseContent.elsewhere ? visit.text("formation.area.elsewhere") : maker.areaName($0)
        }),
      fact("formation.applicantHead", maker.stored.applicantName),
      fact("formation.part.lead", content.lead?.name),
      fact(
        "formation.form.submitted", value.submission.map { maker.visit.words.day($0.signed.at.day) } ?? "—"),
    ].compactMap(\.self)
  }

  private static func school(_ school: CaseSchool, number: Int, _ maker: FormationMaker) -> School {
    let (visit, value) = (maker.visit, maker.value)
    let consents = maker.terms.consents(of: school, value.kind).map { wanted -> String in
      let body = visit.words.text(wanted.body)
      guard let given = value.consents.first(where: { $0.school == school.school && $0.kind == wanted.kind }) else {
        return "\(body) \(visit.text("formation.consent.open"))"
      }
      let outcome = visit.text(given.agrees ? "formation.consent.yes" : "formation.consent.no")
      return [body, outcome, maker.visit.words.day(given.day), given.paper ?? ""].filter { !$0.isEmpty }
        .joined(separator: " ")
    }
    return School(
      number: number, name: school.name, part: visit.text("formation.part.\(school.part.rawValue)"),
      authority: school.authorityName, pupils: school.pupils.map(visit.grouped) ?? "—", consents: consents,
      charter: value.charterPassed[school.school].map { maker.visit.words.day($0) } ?? "")
  }

  /// Applicant, who decides, who files: in the order of the way.
  private static func opinions(_ maker: FormationMaker) -> [Opinion] {
    let (visit, value) = (maker.visit, maker.value)
    var opinions = [Opinion(title: visit.text("formation.form.applicant"), lines: [])]
    if let publicity = value.publicity {
      let comments = value.commentTally.all
      opinions.append(
        Opinion(
          title: visit.text("formation.form.publicity"),
          lines: [
            visit.text(
              "formation.publicity.term",
              [
                "from": .text(maker.visit.words.day(publicity.from)),
                "through": .text(maker.visit.words.day(publicity.through)),
              ]),
            visit.text("formation.form.comments", ["count": .count(comments)]),
          ]))
    }
    opinions.append(
      Opinion(
        title: value.approver == nil
          ? visit.text("formation.form.decision")
          : visit.text("formation.form.approver", ["who": .text(maker.approverName)]),
        lines: value.decision.map { decision in
          [
            visit.text(decision.isApproval ? "formation.form.approved" : "formation.phase.refused"),
            decision.number, maker.visit.words.day(decision.day), decision.reason,
          ].compactMap(\.self)
        } ?? []))
    if let filer = value.submission?.routing.filer {
      opinions.append(
        Opinion(
          title: visit.text(
            "formation.form.filer", ["who": .text(maker.stored.names.authority(filer.authority) ?? "—")]),
          lines: value.filing.map { [$0.number, maker.visit.words.day($0.day)] } ?? []))
    }
    return opinions
  }
}
