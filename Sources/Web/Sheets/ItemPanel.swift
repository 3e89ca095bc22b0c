/// The item in the middle of the sheet, in the order that never changes: clause, rule, reading, data, score and why,
/// my mark, remark, the experts.
struct ItemPanel {
  struct Reading {
    let question: String
    let chosen: String
  }

  struct Score {
    let name: String
    let score: String
    let why: String
    let when: String
    let isMine: Bool
  }

  struct Conflict {
    let field: String
    let title: String
    let mine: String
    let theirs: String
    let who: String
    let value: String
    let version: Int
  }

  struct SecondLook {
    let link: String
    let value: String
    let title: String
  }

  struct Neighbour {
    let title: String
    let link: String
  }

  let id: String
  let number: String
  let title: String
  let above: String
  let text: String?
  let scoring: String?
  let source: String
  let policyLink: String?
  let readings: [Reading]
  let subject: String
  let methods: String?
  let period: String
  let controls: [FieldControl]
  /// What the records say waits to be accepted.
  let proposes: Bool
  /// Where the item's figures are held against the records.
  let takeoverLink: String?
  let score: String
  let points: String
  let why: [String]
  let fault: String?
  let lacks: [String]
  let gaps: [String]
  /// What is to be looked at.
  let looks: [String]
  let asksChoice: Bool
  /// The stage before, where what it recorded stands beside what counts now; nil at the first.
  let beforeTitle: String?
  let stageTitle: String
  let choices: [SheetPage.Choice]
  let choiceVersion: Int
  let canMark: Bool
  let canEnter: Bool
  /// Whether what is said of the whole may be entered, not only facts.
  let canRemark: Bool
  let remarkTitle: String
  let saveNextTitle: String
  let remark: String
  let hasRemark: Bool
  let remarkVersion: Int
  let isBonus: Bool
  let scores: [Score]
  let spread: String?
  let spreadIsAlert: Bool
  let secondLook: SecondLook?
  let isReopened: Bool
  let action: String
  let previous: Neighbour?
  let next: Neighbour?
  let conflicts: [Conflict]
}
