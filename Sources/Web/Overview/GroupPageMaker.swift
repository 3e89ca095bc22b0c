import Cycles
import Notation
import People
import Policies
import Storage

/// Makes a group's page.
struct GroupPageMaker {
  let visit: Visit
  let post: Viewer.Post
  let reading: GroupReading

  private var cycle: StoredCycle { reading.overview.cycle }
  private var group: GroupOverview { reading.group }
  private var places: Int { cycle.policy.rounding.places }
  private var stages: [CycleStage] { cycle.stages.filter { $0.hasGroupSheet } }

  var page: GroupPage {
    let participant = group.participant
    let items = items
    return GroupPage(
      title: participant.name, facts: facts, crumbs: GroupPageMaker.crumbs(visit, post, reading.overview, group),
      steps: StageStep.of(group, visit, cycle),
      vetoes: group.vetoes.map { veto in
        visit.text(
          "overview.group.veto",
          [
            "title": .text(cycle.policy.vetoes.first { $0.id == veto.veto }?.title ?? veto.veto),
            "day": .text(visit.day(veto.at.day)), "reason": .text(veto.reason),
          ])
      },
      schools: participant.schools.map { school in
        GroupPage.School(
          name: school.name, link: Endpoint.groupSchool.link(cycle.authority, cycle.id, group.id, school.id),
          isLead: school.isLead, pupils: school.pupils.map { visit.grouped($0) } ?? "—")
      },
      pupilsSum: visit.sum(participant.schools.map(\.pupils)),
      stages: cycle.stages.filter { $0.isCounted && $0.kind != .members }.map(stage), memberSheets: memberSheets,
      papers: papers, stageTitles: stages.map(\.short), items: items,
      sums: stages.map { group.progress.sheets[$0.id]?.total?.shown(places) ?? "—" },
      evidenceCount: reading.records.evidence.values.reduce(0, +),
      evidenceLink: Endpoint.evidence.link(cycle.authority, cycle.id, group.id),
      events: reading.events.map(event))
  }

  private var facts: String {
    visit.text(
      "overview.group.facts",
      [
        "district": .text(group.participant.districtName),
        "form": .text(group.participant.form.flatMap { cycle.policy.form($0)?.name } ?? ""),
        "members": .count(group.participant.members.count), "cycle": .text(cycle.title),
      ])
  }

  /// From the viewer's authority down to the group's district; for others, the start page.
  static func crumbs(
    _ visit: Visit, _ post: Viewer.Post, _ overview: CycleOverview, _ group: GroupOverview
  ) -> [RatePanel.Link] {
    let cycle = overview.cycle
    var crumbs = overview.areas.path(to: group.participant.district).map { area in
      RatePanel.Link(title: area.name, link: Way.dashboard(cycle, area: area.id))
    }
    if crumbs.isEmpty { crumbs = [RatePanel.Link(title: visit.text("nav.home"), link: Endpoint.root.link())] }
    crumbs.append(
      RatePanel.Link(title: visit.text("overview.list.title"), link: Way.list(cycle, [])))
    return crumbs
  }

  private func stage(_ stage: CycleStage) -> GroupPage.Stage {
    let state = StageState(visit, group, at: stage, in: cycle)
    let sheet = state.sheet
    let when: String =
      if let at = sheet?.submittedAt {
        visit.moment(at)
      } else if let due = cycle.calendar.due(stage.id, group: group.id), group.turn.runs(stage) {
        visit.text("overview.until", ["day": .text(visit.day(due))])
      } else {
        ""
      }
    return GroupPage.Stage(
      title: stage.short, link: sheet.map { Way.sheet(cycle.authority, $0.id) },
      base: sheet?.base?.shown(places) ?? "—", bonus: sheet?.bonus?.shown(places) ?? "—",
      total: sheet?.total?.shown(places) ?? "—", grade: sheet?.grade,
      gradeKind: GradeChip.kind(sheet?.grade, cycle.policy), chip: state.chip, word: state.word, when: when)
  }

  private var papers: [GroupPage.Papers] {
    let papers = RecommendationPapers(found: reading.papers, asked: nil)
    return cycle.recommendationsWithPapers.map { stage in
      GroupPage.Papers(
        title: visit.text("overview.group.papers", ["stage": .text(stage.title)]),
        link: Endpoint.recommendation.link(cycle.authority, cycle.id, stage.id),
        lines: papers.lines(visit, group, at: stage, in: cycle))
    }
  }

  private var memberSheets: GroupPage.MemberSheets? {
    GroupPageMaker.memberRows(visit, reading.overview, group)
  }

  /// The sheets of the stage at which members are evaluated; nil where the policy has none.
  static func memberRows(
    _ visit: Visit, _ overview: CycleOverview, _ group: GroupOverview, only: ID? = nil
  ) -> GroupPage.MemberSheets? {
    let cycle = overview.cycle
    guard let stage = cycle.stages.first(where: { $0.kind == .members }) else { return nil }
    let rows = group.participant.members.filter { only == nil || $0.id == only }.map { school in
      let sheet = group.sheet(stage.id, of: school.id)
      let isDone = sheet?.isSubmitted ?? false
      return GroupPage.MemberSheets.Row(
        name: school.name, link: sheet.map { Way.sheet(cycle.authority, $0.id) },
        total: sheet?.total?.shown(cycle.policy.rounding.places) ?? "—",
        chip: isDone ? "ok" : sheet == nil ? "" : "info",
        word: visit.text(isDone ? "overview.state.done" : sheet == nil ? "overview.state.none" : "overview.state.open"))
    }
    return rows.isEmpty ? nil : GroupPage.MemberSheets(title: stage.title, rows: rows)
  }

  private var items: [GroupPage.Item] {
    let scheme = cycle.policy.scheme
    let titles = Dictionary((scheme?.indicators ?? []).map { ($0.id, $0.title) }) { first, _ in first }
    let sheets = stages.map { group.sheet($0.id) }
    var part: String? = ""
    return cycle.policy.allItems.compactMap { item -> GroupPage.Item? in
      let found = sheets.map { sheet in sheet.flatMap { reading.records.scores[$0.id]?[item.id] } }
      if item.isBonus, !found.contains(where: { ($0 ?? nil).map { !$0.isZero } ?? false }) { return nil }
      let own = item.indicators.first
      defer { part = own }
      let evidence = reading.records.evidence[item.id] ?? 0
      return GroupPage.Item(
        number: item.number, title: item.title, link: Endpoint.policyItem.link(cycle.edition, item.id),
        points: item.points.shown(places), scores: scores(item, found, sheets),
        evidence: evidence == 0 ? "—" : String(evidence),
        beginsPart: own == part
          ? nil : own.flatMap { titles[$0] } ?? (item.isBonus ? visit.text("show.bonus") : nil))
    }
  }

  /// A stage's score in colour where it differs from the one before.
  private func scores(
    _ item: Item, _ found: [Exact??], _ sheets: [GroupOverview.SheetLine?]
  ) -> [GroupPage.Score] {
    var before: Exact?
    return zip(found, sheets).map { score, sheet in
      let link = sheet.flatMap { $0.isSubmitted ? Way.sheet(cycle.authority, $0.id, item: item.id) : nil }
      guard let score else { return GroupPage.Score(text: "—", sheetLink: nil, colour: "mut") }
      guard let score else {
        return GroupPage.Score(text: visit.text("overview.unscored"), sheetLink: link, colour: "badc")
      }
      let colour = before.map { $0 == score ? "" : score < $0 ? "badc" : "okc" } ?? ""
      before = score
      return GroupPage.Score(text: score.shown(places), sheetLink: link, colour: colour)
    }
  }

  private func event(_ event: GroupEvent) -> GroupPage.Event {
    let stage = event.stage.flatMap { cycle.stage($0)?.title } ?? ""
    let school = event.school.flatMap { id in group.participant.schools.first { $0.id == id }?.name }
    return GroupPage.Event(
      when: visit.moment(event.at),
      title: visit.text(
        "overview.event.\(event.kind.rawValue)",
        ["stage": .text([stage, school].compactMap(\.self).joined(separator: " "))]),
      detail: detail(event), by: event.by ?? "")
  }

  private func detail(_ event: GroupEvent) -> String {
    switch event.kind {
    case .submitted:
      [
        event.total.map { visit.text("overview.event.total", ["total": .text($0.shown(places))]) },
        event.detail.map { visit.text("overview.event.without", ["reason": .text($0)]) },
      ].compactMap(\.self).joined(separator: visit.text("list.separator"))
    case .veto, .vetoLifted:
      event.detail.map { id in cycle.policy.vetoes.first { $0.id == id }?.title ?? id } ?? ""
    case .secondLook, .objection, .answered:
      event.detail.flatMap { id in cycle.policy.allItems.first { $0.id == id } }.map { $0.name } ?? ""
    case .extended: event.detail.flatMap { Day($0) }.map { visit.day($0) } ?? ""
    case .assigned: visit.text("overview.event.experts", ["count": .text(event.detail ?? "")])
    case .recommendationEnded: event.detail.map { visit.text("recommend.ended.\($0)") } ?? ""
    case .returned, .recommended, .notRecommended, .report: event.detail ?? ""
    }
  }
}
