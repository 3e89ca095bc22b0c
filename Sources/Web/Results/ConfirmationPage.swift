import Cycles
import Notation
import Publishing
import Storage

/// Confirming a year: how far it is, and either what is open and what it would come to, or how to take it back.
struct ConfirmationPage {
  struct Step {
    let title: String
    let link: String
  }

  let head: CycleHead
  let phase: String
  let phaseClass: String
  /// What the phase means and what comes next.
  let state: String
  let steps: [Step]
  /// While nothing is confirmed.
  let open: OpenYear?
  /// Once it is.
  let closed: ClosedYear?

  init(_ visit: Visit, _ cycle: StoredCycle, _ state: YearState, about: [String], open: OpenYear?, closed: ClosedYear?)
  {
    head = CycleHead(visit, cycle, title: visit.text("results.confirmation"), about: about, saysClosed: false)
    phase = visit.text("results.phase.\(state.phase)")
    phaseClass = state.phase.look
    self.state = visit.text("results.phase.\(state.phase).text")
    let published = state.published.map { _ in
      Step(title: visit.text("results.public.see"), link: Endpoint.publicResults.link(cycle.authority, cycle.id))
    }
    let publication =
      state.hasDraft
      ? Step(title: visit.text("results.publication"), link: Endpoint.publication.link(cycle.authority, cycle.id)) : nil
    let list = state.edition.map { _ in
      Step(title: visit.text("results.list"), link: Endpoint.results.link(cycle.authority, cycle.id))
    }
    steps = [list, publication, published].compactMap(\.self)
    self.open = open
    self.closed = closed
  }

  /// A confirmed year.
  init(_ visit: Visit, _ cycle: StoredCycle, _ sight: ResultSight) {
    let words = ResultWords(cycle.policy, visit.words)
    let about = sight.state.confirmedAt.map {
      visit.text(
        "results.confirmedAt", ["day": .text(words.day($0)), "clock": .text(LocalTime($0).shortClock)])
    }
    self.init(
      visit, cycle, sight.state, about: [about].compactMap(\.self), open: nil,
      closed: ClosedYear(
        reopenLink: Endpoint.reopen.link(cycle.authority, cycle.id),
        explanation: visit.text(
          sight.state.phase == .confirmed ? "results.reopen.draft" : "results.reopen.published"),
        upheld: sight.state.upheld > 0
          ? visit.text("results.objection.correct", ["count": .count(sight.state.upheld)]) : nil,
        objectionsLink: Endpoint.objections.link(cycle.authority, cycle.id)))
  }
}

struct ClosedYear {
  let reopenLink: String
  let explanation: String
  let upheld: String?
  let objectionsLink: String
}

/// What is open, choices, vetoes, what it would come to.
struct OpenYear {
  struct Stage {
    let title: String
    let count: Int
    let groups: [Group]
    let more: String?
    let moreLink: String
  }

  struct Group {
    let name: String
    let link: String?
    let what: String
  }

  struct Choice {
    let id: String
    let title: String
    let rule: String
    let waits: Bool
    let groups: [Candidate]
    let action: String
  }

  struct Candidate {
    let group: String
    let name: String
    let total: String
    let rank: String
    let isGranted: Bool
    let isRefused: Bool
    let reason: String
    let who: String
  }

  struct Veto {
    let name: String
    let title: String
    let reason: String
    let day: String
  }

  struct Row {
    let result: ResultRow
    let stages: String
    let whyLink: String?
  }

  /// Why the year is open again.
  let because: String?
  let blocking: [Stage]
  let isBlocked: Bool
  let notes: [String]
  let faults: [String]
  /// Sheets that stand handed in without evidence or experts.
  let lacking: [LackingRow]
  let lackingCount: Int
  let lackingMore: String?
  let choices: [Choice]
  let hasChoices: Bool
  let vetoes: [Veto]
  let hasVetoes: Bool
  let vetoLink: String
  let rows: [Row]
  let pager: PagingLinks
  let confirmLink: String
  let confirmTitle: String
  let canConfirm: Bool
}

/// A sheet that was handed in without something: whose, at which stage, what was missing and why.
struct LackingRow {
  static let most = 20

  let name: String
  let stage: String
  let link: String
  let words: [String]

  init(_ sheet: LackingSubmission, in cycle: StoredCycle, _ visit: Visit) {
    name = sheet.groupName
    let title = cycle.stage(sheet.stage)?.title ?? sheet.stage
    stage = [title, sheet.school].compactMap(\.self).joined(separator: visit.text("frame.between"))
    link = Endpoint.sheet.link(cycle.authority, sheet.sheet)
    words = [
      sheet.withoutExperts.map { visit.text("sheet.without.experts", ["reason": .text($0)]) },
      sheet.withoutEvidence.map { visit.text("sheet.without.evidence", ["reason": .text($0)]) },
    ].compactMap(\.self)
  }
}

extension YearState.Phase {
  /// The chip's look.
  var look: String {
    switch self {
    case .open: "info"
    case .confirmed, .correcting, .corrected: "warn"
    case .published: "ok"
    }
  }
}
