import Cycles
import Notation
import People
import Policies
import Storage

extension SheetMaker {
  /// Why nothing can be entered: when it was handed in, to whom and with which total, or who works on it; nil where the
  /// reader may.
  var standing: String? {
    if open.cycle.confirmedAt == nil, let at = open.sheet.submittedAt, open.rights.closed?.key != "sheet.closed.seen" {
      return handedIn(at)
    }
    if let closed = open.rights.closed { return words.text(closed) }
    if open.rights.canMark { return nil }
    guard open.cycle.confirmedAt == nil, let acts = open.stage.acts else { return words.text("sheet.readOnly") }
    if !open.experts.isEmpty, leads(acts) { return words.text("sheet.readOnly.panel") }
    return words.text(
      "sheet.readOnly.by", ["who": .text(name(of: acts)), "stage": .text(open.stage.title)])
  }

  /// Whether the reader's office carries the stage out.
  private func leads(_ actor: Stage.Actor) -> Bool {
    guard let post = visit.viewer?.post, post.role == .office else { return false }
    return open.cycle.offices.holders(of: actor, for: open.sheet.participant).contains(.authority(post.authority))
  }

  private func handedIn(_ at: Instant) -> String {
    let total = open.sheets.first { $0.id == open.sheet.id }?.total
    let next = open.cycle.stages.next(after: open.stage)?.acts
    let said = words.text(
      "sheet.handedIn",
      [
        "when": .text(visit.moment(at)), "to": .text(next.map { name(of: $0) } ?? open.cycle.authorityName),
        "total": .text(number(total)),
      ])
    // Who goes on with it learns what it was handed in without.
    let without = [
      open.sheet.withoutEvidence.map { words.text("sheet.without.evidence", ["reason": .text($0)]) },
      open.sheet.withoutExperts.map { words.text("sheet.without.experts", ["reason": .text($0)]) },
    ]
    return ([said] + without.compactMap(\.self)).joined(separator: " ")
  }

  /// An authority by its name where it is the group's own or the one that runs the year, else what it is.
  private func name(of actor: Stage.Actor) -> String {
    switch open.cycle.offices.holders(of: actor, for: open.sheet.participant).first {
    case .authority(open.cycle.authority): open.cycle.authorityName
    case .authority(open.sheet.participant.district): open.sheet.participant.districtName
    case .school(let school) where actor == .lead:
      open.sheet.participant.schools.first { $0.id == school }?.name ?? visit.text("actor.\(actor.rawValue)")
    default: visit.text("actor.\(actor.rawValue)")
    }
  }
}
