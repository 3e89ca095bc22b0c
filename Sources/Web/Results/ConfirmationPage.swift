/// Confirming a year: state, what is open, choices, vetoes, what it would come to.
struct ConfirmationPage {
  struct OpenStage {
    let title: String
    let count: Int
    let groups: [OpenGroup]
    let more: String?
  }

  struct OpenGroup {
    let name: String
    let link: String?
    let what: String
  }

  struct Choice {
    let id: String
    let title: String
    let rule: String
    let isOpen: Bool
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
    let who: String?
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
  let isOpen: Bool
  let blocking: [OpenStage]
  let isBlocked: Bool
  let notes: [String]
  let faults: [String]
  let choices: [Choice]
  let hasChoices: Bool
  let vetoes: [Veto]
  let hasVetoes: Bool
  let vetoLink: String
  let rows: [Row]
  let range: String
  let previous: String?
  let next: String?
  let confirmLink: String
  let confirmTitle: String
  let canConfirm: Bool
  let reopenLink: String?
  let reopenText: String
}
