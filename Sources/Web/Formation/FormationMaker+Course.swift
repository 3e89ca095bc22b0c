import Formations
import Notation
import Policies
import Storage

/// How a case came to where it stands, and what else is to be known of it.
extension FormationMaker {
  /// Said before anything is decided, and for ever after.
  var own: String? {
    guard value.withdrawal == nil, let (organ, authority) = decider, value.applicant == .authority(authority) else {
      return nil
    }
    return visit.text(
      organ == .jointConference ? "formation.own.conference" : "formation.own",
      ["who": .text(stored.names.authority(authority) ?? stored.applicantName)])
  }

  /// Who decides: as it was handed in, else as it would be by now.
  private var decider: (FormationOrgan, ID)? {
    if let approver = value.submission?.routing.approver { return (approver.organ, approver.authority) }
    guard case .route(let route) = terms.route(value.kind, value.content.facts) else { return nil }
    return stored.setting.offices.authority(of: route.approve).map { (route.approve, $0) }
  }

  var others: String? {
    guard value.decision == nil, value.withdrawal == nil, !stored.others.isEmpty else { return nil }
    let cases = stored.others.map { other in
      visit.text(
        "formation.others.one",
        [
          "kind": .text(visit.text("formation.kind.\(other.kind.rawValue)")), "who": .text(other.applicant),
          "phase": .text(visit.text("formation.phase.\(other.phase.rawValue)")),
        ])
    }
    return visit.text("formation.others", ["cases": .text(cases.joined(separator: visit.text("list.separator")))])
  }

  /// What the log tells of it; nothing of a case that was never handed in.
  var moves: [FormationPage.Move] {
    guard value.submission != nil || value.giveBack != nil || value.withdrawal != nil else { return [] }
    return course.map { move in
      let number = [move.number, move.day.map { days.day($0) }].compactMap(\.self).filter { !$0.isEmpty }
      return FormationPage.Move(
        at: days.moment(move.at), act: visit.text("audit.action.formation.\(move.act)"), who: move.who ?? "—",
        number: number.joined(separator: " "), about: about(move))
    }
  }

  private func about(_ move: CaseMove) -> String {
    var parts: [String] = []
    if let school = move.school {
      let name = value.content.school(school)?.name
      let body = move.kind.flatMap { kind in terms.consents.first { $0.kind == kind } }.map {
        visit.words.text($0.body)
      }
      let answer = move.agrees.map { visit.text($0 ? "formation.consent.yes" : "formation.consent.no") }
      parts.append([name, body, answer].compactMap(\.self).joined(separator: " "))
    }
    if let text = move.text {
      // `2026-08-20—2026-08-27`
      let ends = text.split(separator: "—").compactMap { Day(String($0)) }
      parts.append(
        ends.count == 2
          ? visit.text(
            "formation.publicity.term", ["from": .text(days.day(ends[0])), "through": .text(days.day(ends[1]))]) : text)
    }
    if let reason = move.reason { parts.append(reason) }
    return parts.filter { !$0.isEmpty }.joined(separator: visit.text("list.separator"))
  }
}
