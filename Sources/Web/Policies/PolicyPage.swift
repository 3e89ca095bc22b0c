import Documents
import Hummingbird
import Notation
import Policies
import Storage

/// A policy to be read: the tree of items with their points, and everything else it says.
struct PolicyPage {
  struct Row {
    let number: String
    let title: String
    let link: String?
    let points: String
    /// `depth0`, `depth1` …; an item's is `leaf`.
    let look: String
    let rule: String
    let source: String
    let chip: String?
  }

  struct Section {
    let id: String
    let title: String
    /// Long and beside the point of scoring: shown on demand.
    let isFolded: Bool
    let entries: [Entry]
  }

  struct Entry {
    let title: String
    let lines: [String]
    let source: String
  }

  struct Option {
    let title: String
    let isChosen: Bool
  }

  struct DecisionRow {
    let id: String
    let question: String
    let options: [Option]
    let reading: String?
    let open: String?
    let why: String
    let source: String
    let items: [RatePanel.Link]
  }

  let title: String
  let facts: [String]
  let crumbs: [RatePanel.Link]
  let note: String?
  let obstacles: [String]
  let total: String?
  let rows: [Row]
  let sections: [Section]
  /// Those that numbers depend on.
  let decisions: [DecisionRow]
  /// Those that settle a procedure.
  let procedures: Procedures?
  let undecided: String?
  let compare: [RatePanel.Link]

  struct Procedures {
    let title: String
    let decisions: [DecisionRow]
  }

  static func answer(_ visit: Visit, _ found: PolicyFound) -> Response {
    let page = PolicyPageMaker(visit: visit, found: found).page
    return visit.page("policies/policy", page, visit.frame(page.title, current: "policies"))
  }
}
