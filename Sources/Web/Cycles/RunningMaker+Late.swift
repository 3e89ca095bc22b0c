import Cycles
import Notation
import People
import Policies
import Storage

extension RunningMaker {
  /// A group that has let a stage's last day pass.
  struct LateGroup {
    let group: GroupOverview
    let stage: CycleStage
    let due: Day
  }

  /// Stages that were let pass, and those a group is at beyond their day; the longest overdue first.
  /// Of a confirmed year nobody is late any more.
  var lateGroups: [LateGroup] {
    guard cycle.confirmedAt == nil else { return [] }
    let calendar = cycle.calendar
    return overview.groups.flatMap { group -> [LateGroup] in
      let stages = group.turn.missed + [group.turn.stage].compactMap(\.self)
      return stages.compactMap { stage in
        guard stage.asksDay, calendar.isOver(stage.id, group: group.id, at: visit.now),
          let due = calendar.due(stage.id, group: group.id)
        else { return nil }
        return LateGroup(group: group, stage: stage, due: due)
      }
    }.sorted { ($0.due, $0.stage.position, $0.group.id) < ($1.due, $1.stage.position, $1.group.id) }
  }

  func filtered(_ late: [LateGroup]) -> [LateGroup] {
    let (stage, district) = (visit.query("stage"), visit.query("district").flatMap { ID($0) })
    return late.filter {
      (stage == nil || $0.stage.id == stage) && (district == nil || $0.group.participant.district == district)
    }
  }

  func filter(_ late: [LateGroup]) -> RunningPage.Filter? {
    guard late.count > 5 else { return nil }
    let (stage, district) = (visit.query("stage"), visit.query("district"))
    let stages = cycle.stages.filter { found in late.contains { $0.stage.id == found.id } }
    var districts: [(ID, String)] = []
    for line in late where !districts.contains(where: { $0.0 == line.group.participant.district }) {
      districts.append((line.group.participant.district, line.group.participant.districtName))
    }
    return RunningPage.Filter(
      action: Endpoint.cycle.link(cycle.authority, cycle.id),
      stages: stages.map { Option(value: $0.id, title: $0.title, isChosen: $0.id == stage) },
      districts: districts.map {
        Option(value: $0.0.description, title: $0.1, isChosen: $0.0.description == district)
      })
  }

  func link(page: Int) -> String {
    Endpoint.cycle.link(
      cycle.authority, cycle.id,
      query: [("stage", visit.query("stage")), ("district", visit.query("district")), ("page", String(page))]) + "#late"
  }

  func lateRow(_ late: LateGroup) -> RunningPage.Late {
    let group = late.group.participant
    let sheet = late.group.sheet(late.stage.id)
    let holders = late.stage.acts.map { cycle.offices.holders(of: $0, for: group) } ?? []
    let own = group.district == post.authority && late.stage.isOfSchools
    let extend = Endpoint.cycle.link(
      cycle.authority, cycle.id, query: [("extend", group.group.description), ("for", late.stage.id)])
    return RunningPage.Late(
      group: group.name,
      link: sheet.map { Way.sheet(cycle.authority, $0.id) } ?? Way.group(cycle, group.group),
      district: group.districtName, stage: late.stage.title, due: days.day(late.due),
      days: visit.text("cycle.overdue", ["days": .count(visit.now.day.days(since: late.due))]),
      holder: visit.text("cycle.names", ["names": .names(holders.prefix(3).map { name(of: $0, group) })]),
      extendLink: mayExtend && (runs || own) ? extend + "#extend" : nil)
  }

  private func name(of holder: Holder, _ group: Participant) -> String {
    switch holder {
    case .school(let id): group.schools.first { $0.id == id }?.name ?? "—"
    case .authority(let id):
      id == cycle.authority
        ? cycle.authorityName : id == group.district ? group.districtName : overview.areas[id]?.name ?? "—"
    case .expert: "—"
    case .thirdParty: visit.text("actor.thirdParty")
    }
  }

  func row(_ extension: RecordedExtension) -> RunningPage.ExtensionRow {
    let before = cycle.calendar.due(`extension`.stage, group: `extension`.group, before: `extension`.at)
    let kind = `extension`.isReturn ? "return" : before == nil ? "set" : "later"
    return RunningPage.ExtensionRow(
      stage: cycle.stage(`extension`.stage)?.title ?? `extension`.stage,
      group: `extension`.groupName ?? visit.text("cycle.allGroups"),
      kind: visit.text("extension.kind.\(kind)"), before: before.map { days.day($0) } ?? "—",
      due: days.day(`extension`.due),
      reason: `extension`.reason, who: days.who(`extension`.by, `extension`.at))
  }

  private static let mostOffered = 500

  /// Extending: prefilled with the group and stage of the address, or with what was sent.
  var form: RunningPage.ExtensionForm? {
    let stage = visit.form.text("stage") ?? visit.query("for")
    let group = visit.form.text("group") ?? visit.query("extend")
    let stages = cycle.stages.filter { runs ? $0.asksDay : $0.isOfSchools }
    let own = overview.groups.map(\.participant).filter { runs || $0.district == post.authority }
    // Of thousands only those are offered that are late, or that the address names.
    let late = own.count > Self.mostOffered ? Set(lateGroups.map(\.group.id)) : []
    let groups =
      own.count > Self.mostOffered ? own.filter { late.contains($0.group) || $0.group.description == group } : own
    guard !stages.isEmpty, runs || !groups.isEmpty else { return nil }
    return RunningPage.ExtensionForm(
      action: Endpoint.extendStage.link(cycle.authority, cycle.id),
      stages: stages.map { Option(value: $0.id, title: $0.title, isChosen: $0.id == stage) },
      groups: groups.map {
        Option(value: $0.group.description, title: $0.name, isChosen: $0.group.description == group)
      }, mayAll: runs, least: visit.now.day.text,
      day: visit.form.text("due") ?? visit.query("due").flatMap { Day($0) }?.text ?? "",
      why: visit.form.text("reason") ?? "")
  }
}
