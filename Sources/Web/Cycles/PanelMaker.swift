import Cycles
import Notation
import People
import Policies
import Storage

/// Makes the page of what was read.
struct PanelMaker {
  let visit: Visit
  let reading: PanelReading
  let terms: PanelTerms

  private var cycle: StoredCycle { reading.cycle }
  private var mayChange: Bool { cycle.confirmedAt == nil }

  private func link(_ query: [(String, String?)]) -> String {
    Endpoint.panel.link(cycle.authority, cycle.id, reading.stage.id, query: query)
  }

  func page(fault: CycleFault?) -> PanelPage {
    let plan = reading.plan(size: terms.size, seed: terms.seed)
    let shown = terms.isAsked && mayChange ? plan : nil
    let planned = Dictionary(grouping: shown?.added ?? [], by: \.group)
    // Those that have come to the stage first; the others as they are.
    let come = reading.groups.filter { reading.hasCome($0) }
    let rest = reading.groups.filter { !reading.hasCome($0) }
    let paging = Paging(come + rest, visit)
    let asked = terms.isAsked ? (String?.some(String(terms.size)), String?.some(terms.seed)) : (nil, nil)
    return PanelPage(
      head: CycleHead(
        visit, cycle, title: visit.text("cycle.tab.panel", ["stage": .text(reading.stage.title)]), about: about,
        fault: fault),
      poolCount: visit.text("panel.pool.count", ["count": .count(reading.pool.count)]),
      isPoolEmpty: reading.pool.isEmpty,
      poolNone: visit.text(
        reading.stage.experts == nil ? "panel.pool.none" : "panel.pool.none.asked",
        ["authority": .text(cycle.authorityName)]), size: String(terms.size),
      least: String(reading.least),
      most: String(PanelReading.most), seed: terms.seed, mayChange: mayChange && !reading.open.isEmpty,
      planAction: link([]), plan: shown.map(planPage), rows: paging.lines.map { row($0, planned[$0.id] ?? []) },
      hasRows: !paging.lines.isEmpty,
      count: come.isEmpty || rest.isEmpty
        ? nil : visit.text("panel.come", ["come": .count(come.count), "rest": .count(rest.count)]),
      pager: paging.pager(visit) { link([("size", asked.0), ("seed", asked.1), ("page", String($0))]) },
      loads: loads(shown), single: single)
  }

  /// How many experts there are to be is said where there are any, or may be.
  private var about: [String] {
    let hasPanel = !reading.assigned.isEmpty || (mayChange && !reading.pool.isEmpty)
    let size: [String] =
      switch reading.stage.experts {
      case nil: [visit.text("panel.optional")]
      case let wanted?: hasPanel ? [visit.text("panel.size", ["count": .count(wanted)])] : []
      }
    return size + [
      visit.text(cycle.avoidsDistrict ? "panel.avoids.district" : "panel.avoids")
    ]
  }

  private func name(_ appointment: ID) -> String {
    reading.pool.first { $0.appointment == appointment }?.name
      ?? reading.assigned.first { $0.appointment == appointment }?.name ?? "—"
  }

  private func groupName(_ id: ID) -> String { reading.groups.first { $0.id == id }?.participant.name ?? "—" }

  private func chip(_ expert: PanelStore.Assigned, _ group: GroupOverview) -> (title: String, kind: String)? {
    if !expert.isInForce { return (visit.text("panel.ended"), "bad") }
    let place = PanelPlan.Group(group.participant)
    if expert.candidate.obstacle(place, avoidsDistrict: cycle.avoidsDistrict) != nil {
      return (visit.text("panel.conflict"), "bad")
    }
    return expert.isDone ? (visit.text("panel.done"), "ok") : nil
  }

  private func row(_ group: GroupOverview, _ planned: [PanelPlan.Assignment]) -> PanelPage.Row {
    let people = reading.experts(of: group.id).map { expert in
      let chip = chip(expert, group)
      return PanelPage.Person(name: expert.name, isNew: false, chip: chip?.title, chipKind: chip?.kind ?? "")
    }
    let added = planned.map { assignment in
      PanelPage.Person(
        name: name(assignment.expert), isNew: true, chip: visit.text("panel.planned"), chipKind: "info")
    }
    let isSubmitted = group.sheet(reading.stage.id)?.isSubmitted == true
    let hasCome = isSubmitted || reading.hasCome(group)
    return PanelPage.Row(
      group: group.participant.name, district: reading.overview.district(of: group.participant, visit),
      people: people + added,
      isEmpty: people.isEmpty && added.isEmpty,
      emptyKind: isSubmitted || !hasCome || reading.stage.experts == nil ? "" : "warn",
      emptyWord: visit.text(
        reading.stage.experts == nil ? "panel.byOffice" : isSubmitted ? "panel.without" : "panel.empty"),
      state: isSubmitted
        ? visit.text("panel.submitted")
        : hasCome ? nil : visit.text("panel.early", ["stage": .text(group.turn.stage?.short ?? "")]),
      stateKind: isSubmitted ? "ok" : "", isEarly: !hasCome,
      link: link([("group", group.id.description)]) + "#group")
  }

  private func planPage(_ plan: PanelPlan) -> PanelPage.Plan {
    let unfilled = plan.unfilled.map { line in
      visit.text(
        "panel.unfilled",
        [
          "group": .text(groupName(line.group)), "lacking": .count(line.lacking),
          "pool": .count(reading.pool.count), "school": .count(line.ofOwnSchool),
          "district": .count(line.ofOwnDistrict),
        ])
    }
    let conflicts = plan.conflicts.map { line in
      visit.text("panel.keptConflict", ["group": .text(groupName(line.group)), "name": .text(name(line.expert))])
    }
    return PanelPage.Plan(
      action: Endpoint.assignPanel.link(cycle.authority, cycle.id, reading.stage.id), size: String(terms.size),
      seed: terms.seed, fingerprint: plan.fingerprint,
      text: visit.text(
        "panel.plan.text",
        ["added": .count(plan.added.count), "groups": .count(Set(plan.added.map(\.group)).count)]),
      isEmpty: plan.added.isEmpty, unfilled: unfilled, hasUnfilled: !unfilled.isEmpty, conflicts: conflicts,
      hasConflicts: !conflicts.isEmpty)
  }

  private func loads(_ plan: PanelPlan?) -> [PanelPage.Load] {
    var now: [ID: Int] = [:]
    for expert in reading.assigned { now[expert.account, default: 0] += 1 }
    var added: [ID: Int] = [:]
    for assignment in plan?.added ?? [] { added[assignment.expert, default: 0] += 1 }
    return reading.pool.map { candidate in
      let count = now[candidate.account] ?? 0
      return PanelPage.Load(
        name: candidate.name, seat: candidate.seat, now: String(count),
        planned: String(count + (added[candidate.appointment] ?? 0)),
        ties: visit.text("cycle.names", ["names": .names(candidate.ties.map(\.name))]))
    }
  }

  /// The group of the address, or of the form that was sent.
  private var single: PanelPage.Single? {
    let asked = visit.form.id("group") ?? visit.query("group").flatMap { ID($0) }
    guard let group = reading.groups.first(where: { $0.id == asked }) else { return nil }
    let experts = reading.experts(of: group.id).map { expert in
      let chip = chip(expert, group)
      return PanelPage.Expert(
        id: expert.appointment.description, name: expert.name, chip: chip?.title, chipKind: chip?.kind ?? "")
    }
    var free: [PanelCandidate] = []
    var barred: [String] = []
    for candidate in reading.pool {
      if let obstacle = reading.obstacle(candidate, group) {
        guard obstacle != Message("panel.obstacle.assigned") else { continue }
        barred.append(visit.text("panel.barred", ["name": .text(candidate.name), "why": .message(obstacle)]))
      } else {
        free.append(candidate)
      }
    }
    let isSubmitted = group.sheet(reading.stage.id)?.isSubmitted == true
    let closed =
      mayChange
      ? isSubmitted ? visit.text("panel.fault.submitted", ["group": .text(group.participant.name)]) : nil
      : visit.text("cycle.closed.confirmed")
    let chosen = visit.form.text("add")
    return PanelPage.Single(
      group: group.participant.name, groupID: group.id.description,
      action: Endpoint.changePanel.link(cycle.authority, cycle.id, reading.stage.id), closed: closed,
      experts: experts, hasExperts: !experts.isEmpty,
      candidates: free.map {
        Option(
          value: $0.appointment.description, title: "\($0.name) · \($0.seat)",
          isChosen: $0.appointment.description == chosen)
      }, hasCandidates: !free.isEmpty, barred: barred, hasBarred: !barred.isEmpty,
      reason: visit.form.text("reason") ?? "")
  }
}
