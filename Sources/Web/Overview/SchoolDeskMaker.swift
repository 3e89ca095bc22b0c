import Cycles
import Notation
import People
import Policies
import Rules
import Scoring
import Storage

/// Makes a school's start page.
struct SchoolDeskMaker {
  let visit: Visit
  let post: Viewer.Post
  let years: RunningYears
  let group: GroupOverview
  /// The sheet that is being filled in; nil where none is.
  let open: GroupOverview.SheetLine?
  /// The same as it is without marks; nil where it isn't the schools' to fill in.
  let sheet: Sheet?
  let records: GroupRecords
  let waiting: [Waiting]
  let lack: YearLack?

  private var overview: CycleOverview { years.chosen }
  private var cycle: StoredCycle { overview.cycle }

  /// Whether its last day has passed: it can be read, and not be filled in.
  private var isMissed: Bool { open.map { open in group.turn.missed.contains { $0.id == open.stage } } ?? false }

  /// The open sheet of a group, where it is the schools' to fill in; no marks are on it yet.
  static func sheet(_ open: GroupOverview.SheetLine?, of group: GroupOverview, in cycle: StoredCycle) -> Sheet? {
    guard let open, cycle.stage(open.stage)?.kind == .selfEvaluation else { return nil }
    var sheet = Sheet(
      policy: cycle.policy, year: cycle.year,
      group: group.participant.facts(year: cycle.year, policy: cycle.policy), base: nil, school: open.school)
    sheet.isOfSchools = true
    return sheet
  }

  var page: SchoolDesk {
    let state = sheet?.state(records.marks)
    let items = (state?.items ?? []).filter(isMine)
    let stages = cycle.stages.filter { $0.hasGroupSheet && group.progress.sheets[$0.id] != nil }
    let counted = items.filter { !$0.isUnclaimed }
    let missing = missing(state)
    let open = counted.count { !$0.isDone }
    var chips: [TaskPanel.Chip] = []
    if state != nil {
      chips.append(
        open == 0
          ? TaskPanel.Chip(kind: "ok", title: visit.text("overview.items.done"))
          : TaskPanel.Chip(kind: "bad", title: visit.text("overview.items.open", ["count": .count(open)])))
      let lacking = missing.values.reduce(0, +)
      if lacking > 0 {
        chips.append(
          TaskPanel.Chip(kind: "bad", title: visit.text("overview.items.evidence", ["count": .count(lacking)])))
      }
    }
    let done = visit.text(
      "overview.items.count", ["done": .count(counted.count - open), "count": .count(counted.count)])
    let returned = group.sheets.first { $0.returnedAt != nil }
    return SchoolDesk(
      title: group.participant.name, facts: facts,
      pickers: years.overviews.count > 1 ? DashboardPage.pickers(years) : [],
      pickerAction: Endpoint.root.link(), groupLink: Way.group(cycle, group.id),
      goTitle: state.map { _ in
        visit.text(isMissed ? "overview.school.look" : "overview.school.go", ["done": .text(done)])
      },
      goLink: state.flatMap { _ in self.open.map { Way.sheet(cycle.authority, $0.id) } },
      otherGroups: overview.groups.filter { $0.id != group.id }.map { other in
        RatePanel.Link(
          title: other.participant.name,
          link: Endpoint.root.link(
            query: [("cycle", Way.key(cycle.authority, cycle.id)), ("group", other.id.description)]))
      },
      steps: StageStep.of(group, visit, cycle),
      tasks: TaskPanel(
        visit,
        TaskMaker(visit: visit, post: post, years: years).entries(
          about: state == nil
            ? nil : TaskMaker.About(kind: .fillIn, overview: overview, group: group.id, words: done))
          + OwnWork.entries(waiting, visit) + (lack.map { [$0.entry(visit)] } ?? []), home: Way.chosen(cycle)),
      schools: schools(state),
      pupilsSum: visit.sum(group.participant.schools.map(\.pupils)),
      returned: returned.map { sheet in
        visit.text(
          "overview.school.returned",
          [
            "stage": .text(cycle.stage(sheet.stage)?.title ?? ""), "reason": .text(sheet.returnReason ?? ""),
          ])
      },
      items: items.map { item(of: $0, missing: missing[$0.item.id] ?? 0) }, itemChips: chips,
      scoreStages: stages.map(\.short),
      scores: state == nil ? scores(stages) : [], scoreSums: stages.map { total($0) })
  }

  private var facts: String {
    visit.text(
      "overview.school.facts",
      [
        "form": .text(group.participant.form.flatMap { cycle.policy.form($0)?.name } ?? ""),
        "members": .count(group.participant.members.count), "cycle": .text(cycle.title),
      ])
  }

  /// A member fills in only what is asked of it.
  private func isMine(_ item: SheetItem) -> Bool {
    guard post.role == .member, let school = post.school?.description else { return true }
    return item.fields.contains { $0.subject == school }
  }

  private func total(_ stage: CycleStage) -> String {
    group.progress.sheets[stage.id]?.total?.shown(cycle.policy.rounding.places) ?? "—"
  }

  private func schools(_ state: SheetState?) -> [SchoolDesk.School] {
    let members = cycle.stages.first { $0.kind == .members }
    return group.participant.schools.map { school in
      let (chip, word) = filling(school, state, members)
      return SchoolDesk.School(
        name: school.name, link: Endpoint.groupSchool.link(cycle.authority, cycle.id, group.id, school.id),
        isLead: school.isLead, pupils: school.pupils.map { visit.grouped($0) } ?? "—", chip: chip, word: word)
    }
  }

  /// How far a school's own facts are; without an open sheet, how it stands with its members' sheet.
  private func filling(
    _ school: Participant.School, _ state: SheetState?, _ members: CycleStage?
  ) -> (chip: String, word: String) {
    if let state {
      let fields = state.items.flatMap(\.fields).filter { $0.subject == school.id.description }
      let lacking = fields.count { $0.value == nil }
      if fields.isEmpty { return ("", "—") }
      if lacking == 0 { return ("ok", visit.text("overview.filling.full")) }
      return ("bad", visit.text("overview.filling.lacks", ["count": .count(lacking)]))
    }
    if let members, !school.isLead, let sheet = group.sheet(members.id, of: school.id) {
      return sheet.isSubmitted
        ? ("ok", visit.text("overview.state.done")) : ("warn", visit.text("overview.state.open"))
    }
    return ("", "—")
  }

  /// How many required pieces of evidence each item lacks. A member sees its own alone, and can't tell.
  private func missing(_ state: SheetState?) -> [String: Int] {
    guard let state, post.role != .member else { return [:] }
    return Dictionary(grouping: state.evidenceGaps(shown: records.shown), by: \.item.id).mapValues(\.count)
  }

  private func item(of item: SheetItem, missing: Int) -> SchoolDesk.Item {
    let own = post.role == .member ? post.school?.description : nil
    let fields = item.fields.filter { own == nil || $0.subject == own }
    let lacking = fields.filter { $0.value == nil }
    let isUnclaimed = item.isUnclaimed
    let names = Dictionary(group.participant.schools.map { ($0.id.description, $0.name) }) { first, _ in first }
    let state: (chip: String, word: String) =
      if isUnclaimed {
        ("", visit.text("overview.filling.unclaimed"))
      } else if item.isDone {
        missing == 0
          ? ("ok", visit.text("overview.filling.full"))
          : ("warn", visit.text("overview.filling.evidence", ["count": .count(missing)]))
      } else if lacking.isEmpty {
        ("warn", visit.text("overview.filling.check"))
      } else {
        ("bad", visit.text("overview.filling.lacks", ["count": .count(lacking.count)]))
      }
    let filled = fields.count - lacking.count
    return SchoolDesk.Item(
      number: item.item.number, title: item.item.title,
      link: open.map { Way.sheet(cycle.authority, $0.id, item: item.item.id) } ?? Way.group(cycle, group.id),
      filled: String(filled), outOf: "/ \(fields.count)",
      percent: fields.isEmpty ? 100 : filled * 100 / fields.count, isWarned: filled < fields.count, chip: state.chip,
      word: state.word,
      lacks: isUnclaimed ? "" : listed(lacking.map { FactWords(field: $0, words: visit.words).title }),
      places: isUnclaimed ? "" : listed(lacking.compactMap { names[$0.subject] }),
      evidence: records.evidence[item.item.id] ?? 0)
  }

  /// The first few of some names, each once.
  private func listed(_ names: [String]) -> String {
    var seen: Set<String> = []
    let once = names.filter { seen.insert($0).inserted }
    let text = once.prefix(3).joined(separator: visit.text("list.separator"))
    return once.count > 3 ? text + visit.text("overview.more") : text
  }

  private func scores(_ stages: [CycleStage]) -> [SchoolDesk.Score] {
    let places = cycle.policy.rounding.places
    let sheets = stages.map { group.sheet($0.id)?.id }
    return cycle.policy.allItems.compactMap { item in
      let found = sheets.map { sheet in sheet.flatMap { records.scores[$0]?[item.id] } }
      guard found.contains(where: { $0 != nil }) else { return nil }
      let last = sheets.compactMap(\.self).last
      return SchoolDesk.Score(
        number: item.number, title: item.title,
        link: last.map { Way.sheet(cycle.authority, $0, item: item.id) } ?? Way.group(cycle, group.id),
        points: item.points.shown(places),
        values: found.map { score in (score ?? nil)?.shown(places) ?? "—" })
    }
  }
}
