import Cycles
import Notation
import People
import Policies
import Storage

/// Groups in rows with how each stands at every stage.
struct GroupTable {
  struct Cell {
    /// Its column, for where a row stands alone.
    let stage: String
    /// The total, where it is handed in.
    let total: String?
    let chip: String?
    let word: String
    let sheetLink: String?
  }

  struct Row {
    let name: String
    let link: String
    let district: String
    let form: String
    let cells: [Cell]
    /// One item's share of the points, where it is asked for.
    let share: String?
    let veto: String?
  }

  let stages: [String]
  let rows: [Row]
  let showsDistrict: Bool
  let showsForm: Bool
  let shareTitle: String?

  static let mostOnDashboard = 15

  init(
    _ visit: Visit, _ overview: CycleOverview, _ groups: [GroupOverview], post: Viewer.Post,
    showsDistrict: Bool = false,
    shareTitle: String? = nil, shares: [ID: String] = [:]
  ) {
    let cycle = overview.cycle
    let stages = cycle.stages.filter { $0.isCounted && $0.kind != .members }
    self.stages = stages.map(\.short)
    self.showsDistrict = showsDistrict
    self.shareTitle = shareTitle
    showsForm = !cycle.policy.forms.isEmpty
    let opens = post.role.may(.readSheet)
    rows = groups.map { group in
      Row(
        name: group.participant.name, link: Way.group(cycle, group.id),
        district: overview.district(of: group.participant, visit),
        form: group.participant.form.flatMap { cycle.policy.form($0)?.name } ?? "",
        cells: stages.map { stage in
          GroupTable.cell(StageState(visit, group, at: stage, in: cycle), stage.short, cycle, opens: opens)
        },
        share: shareTitle == nil ? nil : shares[group.id] ?? "—",
        veto: group.vetoes.isEmpty ? nil : visit.text("overview.alert.veto"))
    }
  }

  private static func cell(_ state: StageState, _ stage: String, _ cycle: StoredCycle, opens: Bool) -> Cell {
    let link = opens ? state.sheet.map { Way.sheet(cycle.authority, $0.id) } : nil
    let total =
      state.kind == .done || state.kind == .late ? state.sheet?.total?.shown(cycle.policy.rounding.places) : nil
    let isPlain = state.kind == .none || (state.kind == .done && total != nil)
    return Cell(
      stage: stage, total: total, chip: isPlain ? nil : state.chip, word: state.kind == .none ? "—" : state.word,
      sheetLink: link)
  }
}

extension CycleOverview {
  /// The authority a group answers to, in the word of every list; of the cycle's own, that it answers to it directly.
  func district(of group: Participant, _ visit: Visit) -> String {
    guard group.district == cycle.authority, let area = areas[group.district] else { return group.districtName }
    return visit.text("overview.own.\(area.level)")
  }
}
