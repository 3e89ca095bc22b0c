/// The groups of a stage with their experts, the plan for what is missing, and one group's experts in detail.
struct PanelPage {
  struct Person {
    let name: String
    /// Planned, not stored yet.
    let isNew: Bool
    let chip: String?
    let chipKind: String
  }

  struct Row {
    let group: String
    let district: String
    let people: [Person]
    let isEmpty: Bool
    let emptyKind: String
    let emptyWord: String
    /// That its sheet is handed in, or at which stage it still is; nil: it is at this one.
    let state: String?
    let stateKind: String
    let isEarly: Bool
    let link: String
  }

  struct Load {
    let name: String
    let seat: String
    let now: String
    let planned: String
    let ties: String
  }

  struct Plan {
    let action: String
    let size: String
    let seed: String
    let fingerprint: String
    let text: String
    let isEmpty: Bool
    let unfilled: [String]
    let hasUnfilled: Bool
    let conflicts: [String]
    let hasConflicts: Bool
  }

  struct Expert {
    let id: String
    let name: String
    let chip: String?
    let chipKind: String
  }

  struct Single {
    let group: String
    let groupID: String
    let action: String
    let closed: String?
    let experts: [Expert]
    let hasExperts: Bool
    let candidates: [Option]
    let hasCandidates: Bool
    let barred: [String]
    let hasBarred: Bool
    let reason: String
  }

  let head: CycleHead
  let poolCount: String
  let isPoolEmpty: Bool
  /// What to do where it is.
  let poolNone: String
  let size: String
  let least: String
  let most: String
  let seed: String
  let mayChange: Bool
  let planAction: String
  let plan: Plan?
  let rows: [Row]
  let hasRows: Bool
  /// How many have come to the stage and how many haven't; nil: all or none.
  let count: String?
  let pager: PagingLinks?
  let loads: [Load]
  let single: Single?
}
