import Formations
import Notation
import People
import Policies
import Storage

extension FormationMaker {
  var publicity: FormationPage.Publicity? {
    guard let publicity = value.publicity else { return nil }
    let term = visit.text(
      "formation.publicity.term",
      ["from": .text(days.day(publicity.from)), "through": .text(days.day(publicity.through))])
    let isOpen = publicity.isOpen(at: visit.now) && value.submission != nil && value.decision == nil
    let chip =
      isOpen
      ? FormationPage.Chip(kind: "info", title: visit.text("formation.publicity.open"))
      : publicity.isOver(at: visit.now)
        ? FormationPage.Chip(kind: "ok", title: visit.text("formation.publicity.over"))
        : FormationPage.Chip(kind: "", title: visit.text("formation.publicity.ahead"))
    let left = isOpen ? " " + visit.left(publicity.through.days(since: visit.now.day)) : ""
    return FormationPage.Publicity(
      chip: chip, about: term + left, link: isOpen ? Endpoint.notice.link(value.authority, value.id) : nil)
  }

  private func commentsLink(_ page: Int) -> String {
    Endpoint.formation.link(filling: [value.authority, value.id], query: [("comments", String(page))]) + "#publicity"
  }

  var pager: PagingLinks? {
    PagingLinks(visit, page: commentPage, of: value.commentTally.all, size: CommentCut.size, link: commentsLink)
  }

  var comments: [FormationPage.Comment] {
    let isOpen = value.decision == nil && value.withdrawal == nil
    return value.comments.map { comment in
      let mayAnswer =
        isOpen && !comment.isSettled && may(.answer(comment: comment.id, text: ""), .writeFormation)
      let chip: (String, String) =
        comment.withheld != nil
        ? ("", "formation.comment.withheld")
        : comment.answer != nil ? ("ok", "formation.comment.answered") : ("warn", "formation.comment.open")
      return FormationPage.Comment(
        id: comment.id.description, speaker: visit.text("formation.speaker.\(comment.speaker.rawValue)"),
        at: days.moment(comment.at), text: comment.text,
        chip: FormationPage.Chip(kind: chip.0, title: visit.text(chip.1)),
        answer: comment.answer?.text ?? comment.withheld?.reason,
        answered: (comment.answer?.signed ?? comment.withheld?.signed).map { days.moment($0.at) },
        canAnswer: mayAnswer,
        canWithhold: isOpen && !comment.isSettled && may(.withhold(comment: comment.id, reason: ""), .decideFormation))
    }
  }

  var deciding: FormationPage.Decide? {
    guard value.phase == .accepted, decides else { return nil }
    let typed = visit.ruling(on: visit.now.day)
    let unmet = checks.filter { $0.binds && $0.verdict == .unmet }
    let problems = value.approvalProblems(
      stored.setting, passed: Dictionary(unmet.map { ($0.id, "-") }) { first, _ in first }, at: visit.now)
    return FormationPage.Decide(
      link: link(.decideFormation), today: visit.now.day.text, obstacles: problems.map { visit.words.text($0) },
      isBlocked: !problems.isEmpty, number: typed.number, reason: typed.reason,
      passes: unmet.map { check in
        FormationPage.Pass(id: check.id, title: visit.words.text(check.title), reason: typed.passed[check.id] ?? "")
      })
  }

  /// What was decided, filed and passed, as facts.
  var decision: [FormationPage.Fact] {
    func fact(_ key: String, _ text: String?) -> FormationPage.Fact? {
      text.map { FormationPage.Fact(title: visit.text("formation.fact.\(key)"), text: $0) }
    }
    func numbered(_ numbered: Numbered?) -> String? { numbered.map { "\($0.number) \(days.day($0.day))" } }
    var facts: [FormationPage.Fact?] = []
    if let decision = value.decision {
      facts.append(fact(decision.isApproval ? "approved" : "refused", approverName))
      facts.append(fact("document", decision.number))
      facts.append(fact("day", days.day(decision.day)))
      facts.append(fact("reason", decision.reason))
      for check in checks {
        facts.append(
          decision.passed[check.id].map {
            FormationPage.Fact(
              title: visit.text("formation.fact.passed"), text: "\(visit.words.text(check.title)) \($0)")
          })
      }
      facts.append(fact("group", decision.isApproval ? stored.groupName : nil))
      if let filer = value.submission?.routing.filer {
        let name = stored.names.authority(filer.authority) ?? "—"
        facts.append(
          fact("filing", [name, numbered(value.filing) ?? visit.text("formation.filing.open")].joined(separator: " ")))
      }
    }
    facts.append(fact("charter", numbered(value.charterFiling)))
    facts.append(fact("withdrawn", value.withdrawal?.reason))
    return facts.compactMap(\.self)
  }
}
