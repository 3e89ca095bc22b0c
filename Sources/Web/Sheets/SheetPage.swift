import Cycles
import Notation
import Policies
import Storage

/// The sheet: tree with progress at the left, the item in the middle, stages, evidence and history at the right.
struct SheetPage {
  struct Step {
    let title: String
    let number: Int
    let isDone: Bool
    let isNow: Bool
    let day: String?
  }

  struct Link {
    let title: String
    let link: String
  }

  struct Choice {
    let value: String
    let title: String
    let isChosen: Bool
  }

  let name: String
  let form: String?
  let district: String
  let counts: String
  let cycleTitle: String
  let stageTitle: String
  let steps: [Step]
  let due: String?
  let dueIsNear: Bool
  let left: String?
  let submitTitle: String
  let submitLink: String?
  let nowLink: String
  /// Whose typing the browser keeps: the account and post.
  let who: String
  let signInLink: String
  let presenceLink: String
  let comparisonLink: String
  let scoreSheetLink: String
  let importLink: String
  /// Where what the records say is taken over at once; nil where nothing waits.
  let takeoverLink: String?
  let takeoverTitle: String
  let printLink: String
  let groupOf: String?
  let closed: String?
  let returned: String?
  /// A message after a form was sent without script.
  let saved: String?
  let problem: String?
  let tree: SheetTree
  let item: ItemPanel
  let side: SheetSide
  let giveBackLink: String?
  let dueAfterReturn: String
  let pickers: [Choice]
}

/// The tree of indicators with what is done and scored.
struct SheetTree {
  struct Branch {
    let title: String
    let done: String
    let score: String
    let points: String
    let leaves: [Leaf]
  }

  struct Leaf {
    let id: String
    let number: String
    let title: String
    let link: String
    let score: String
    let points: String
    let isCurrent: Bool
    let chip: String?
    let chipKind: String
  }

  let total: String
  let scored: String
  let done: String
  /// Percent, for the bar.
  let percent: Int
  let open: String?
  let missing: String?
  let spreads: String?
  let provisional: String?
  let branches: [Branch]
}

/// Stages side by side, evidence, what has happened.
struct SheetSide {
  struct StageScores {
    let title: String
    let isNow: Bool
  }

  struct Scores {
    let title: String
    let values: [String]
  }

  struct Event {
    let when: String
    let what: String
  }

  let stages: [StageScores]
  let rows: [Scores]
  let evidence: EvidencePanel
  let events: [Event]
  let historyLink: String
}
