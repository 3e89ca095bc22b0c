/// A cycle as those who run it see it.
struct RunningPage {
  struct Task {
    let title: String
    let about: String
    let due: String
    let colour: String
    let link: String
  }

  struct StageRow {
    let title: String
    let actor: String
    let due: String
    let left: String
    let colour: String
    /// Said where an extension holds.
    let extended: String?
    let here: String
    let done: String
    let late: String
    let out: String
    let isLate: Bool
  }

  /// Groups that have come to a stage whose sheets nobody has opened.
  struct Opener {
    let stageID: String
    let text: String
    let action: String
  }

  /// A stage that would end before an earlier one, which was extended.
  struct Crossing {
    let text: String
    /// The form to extend it, filled in; nil where the viewer may not.
    let crossingLink: String?
  }

  struct Late {
    let group: String
    let link: String
    let district: String
    let stage: String
    let due: String
    let days: String
    let holder: String
    /// Nil where the viewer may not extend for it.
    let extendLink: String?
  }

  struct ExtensionRow {
    let stage: String
    let group: String
    /// 延期, 退回重交 or 设定期限.
    let kind: String
    let before: String
    let due: String
    let reason: String
    let who: String
  }

  struct ExtensionForm {
    let action: String
    let stages: [Option]
    let groups: [Option]
    /// Whether all groups at once may be extended for.
    let mayAll: Bool
    let least: String
    let day: String
    let why: String
  }

  struct Filter {
    let action: String
    let stages: [Option]
    let districts: [Option]
  }

  let head: CycleHead
  let tasks: [Task]
  let hasTasks: Bool
  let stages: [StageRow]
  let waiting: [Opener]
  let crossings: [Crossing]
  let late: [Late]
  let lateCount: String
  let hasLate: Bool
  let filter: Filter?
  let pager: PagingLinks?
  let extensions: [ExtensionRow]
  let hasExtensions: Bool
  /// Said where only the latest are shown.
  let extensionsCut: String?
  let form: ExtensionForm?
}
