import Cycles
import Hummingbird
import Notation
import People
import Policies
import Scoring
import Storage

/// A school's start page: where the group is in the year, what is mine to do, the group's schools, what is filled in and
/// what is missing item by item.
struct SchoolDesk {
  struct School {
    let name: String
    let link: String
    let isLead: Bool
    let pupils: String
    let chip: String
    let word: String
  }

  struct Item {
    let number: String
    let title: String
    let link: String
    let filled: String
    let outOf: String
    let percent: Int
    let isWarned: Bool
    let chip: String
    let word: String
    let lacks: String
    let places: String
    let evidence: Int
  }

  struct Score {
    let number: String
    let title: String
    let link: String
    let points: String
    let values: [String]
  }

  let title: String
  let facts: String
  /// Of the years that run, where there are several.
  let pickers: [Dashboard.Picker]
  let pickerAction: String
  let groupLink: String
  let goTitle: String?
  let goLink: String?
  let otherGroups: [RatePanel.Link]
  let steps: [StageStep]
  let tasks: TaskPanel
  let schools: [School]
  let pupilsSum: String
  let returned: String?
  let items: [Item]
  let itemChips: [TaskPanel.Chip]
  let scoreStages: [String]
  let scores: [Score]
  let scoreSums: [String]

  static func answer(_ visit: Visit, _ post: Viewer.Post) async throws -> Response {
    let (editions, now) = (visit.site.editions, visit.now)
    let key = Way.key(visit.query("cycle"))
    let wanted = visit.query("group").flatMap { ID($0) }
    let found = try await visit.site.database.read { transaction -> SchoolDeskMaker? in
      guard
        let gathering = try CycleStore.gather(key, for: post.appointment, editions, transaction),
        let years = RunningYears(
          gathering,
          try OverviewStore.overviewsOfFew(of: gathering.cycles, for: post.appointment, at: now, transaction),
          for: post)
      else { return nil }
      let overview = years.chosen
      let group = wanted.flatMap { overview.group($0) } ?? overview.groups.first
      guard let group else { return nil }
      let open = openSheet(of: group)
      var sheet = SchoolDeskMaker.sheet(open, of: group, in: overview.cycle)
      let records = try GroupRecordStore.records(
        of: group, open: open?.id, asksGiven: sheet?.asksFixedYears ?? false, in: overview.cycle, for: post,
        transaction)
      if var filled = sheet {
        try records.layGiven(on: &filled, editions, transaction)
        sheet = filled
      }
      return SchoolDeskMaker(
        visit: visit, post: post, years: years, group: group, open: open, sheet: sheet, records: records,
        waiting: try OwnWork.waiting(post, on: now.day, editions, transaction),
        lack: try YearLack.read(
          of: group.id, policy: overview.cycle.policy, for: post, on: now.day, transaction))
    }
    if key != nil || wanted != nil, found == nil { throw Refusal.notFound }
    guard let found else { return try await DeskPage.withoutCycle(visit) }
    let page = found.page
    return visit.page("overview/school", page, visit.frame(page.title, tasks: page.tasks.count))
  }

  /// The sheet of the stage the group is at; where it was let pass and nothing has come since, the one that was missed: it
  /// is still there to be read, and to be gone on with once it is extended.
  private static func openSheet(of group: GroupOverview) -> GroupOverview.SheetLine? {
    let missed = group.progress.sheets.isEmpty ? group.turn.missed.last : nil
    let stage = missed.flatMap { group.sheet($0.id) == nil ? nil : $0 } ?? group.turn.stage
    return stage.flatMap { group.sheet($0.id) }.flatMap { $0.isSubmitted ? nil : $0 }
  }
}
