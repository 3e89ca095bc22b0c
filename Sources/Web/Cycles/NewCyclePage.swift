import Cycles
import Documents
import Notation
import People
import Policies
import Registry
import Storage

/// The form of a new cycle, and what opening it would do.
struct NewCyclePage {
  struct StageRow {
    let id: String
    let title: String
    let actor: String
    /// As the policy has it.
    let policyDay: String
    let due: String
    let isOpen: Bool
    /// False where the stage has a window of its own, reckoned from another day.
    let hasDay: Bool
    let window: String
  }

  struct Line {
    let name: String
    let district: String
    let why: String
  }

  struct Count {
    let name: String
    let groups: String
    let schools: String
  }

  let listLink: String
  let choiceLink: String
  let action: String
  let policyTitle: String
  let sourceKey: String
  let sourceValue: String
  let year: String
  let title: String
  let longestTitle: Int
  let avoidsDistrict: Bool
  let stages: [StageRow]
  let problems: [String]
  /// What opening would stumble over.
  let faults: [String]
  let taking: String
  let counts: [Count]
  let notEligible: [Line]
  let notEligibleCount: String
  let condition: String?
  let dryRunLink: String?
  let grading: [String]

  init(
    _ visit: Visit, _ draft: OpeningDraft, _ preview: OpeningPreview, year number: Int, hasPast: Bool, checked: Bool,
    fault: CycleFault?
  ) {
    let policy = draft.chosen.policy
    listLink = Endpoint.cycleList.link()
    choiceLink = Endpoint.newCycle.link()
    action = Endpoint.openCycle.link()
    policyTitle = policy.title
    (sourceKey, sourceValue) = draft.chosen.source.name
    year = draft.year
    title = draft.title
    longestTitle = OpeningDraft.longestTitle
    avoidsDistrict = draft.avoidsDistrict
    let days = CycleDays(visit)
    stages = draft.stages.map { stage in
      StageRow(
        id: stage.id, title: stage.title,
        actor: stage.acts.map { visit.text("actor.\($0.rawValue)") }
          ?? (stage.kind == .objection ? visit.text("cycle.new.objectors") : "—"),
        policyDay: stage.due.map { days.day($0) } ?? "—", due: draft.dues[stage.id] ?? "",
        isOpen: draft.open.contains(stage.id), hasDay: stage.asksDay,
        window: visit.text(
          (stage.workingDays ? "cycle.new.workingWindow" : "cycle.new.window")
            + (stage.kind == .objection ? ".objection" : ""), ["days": .count(stage.days ?? 0)]))
    }
    problems = (fault?.messages ?? []).map { visit.words.text($0) }
    // What was refused is told above; what is still being filled in isn't a fault before somebody has it checked.
    faults = ((checked ? draft.faults : []) + (fault == nil ? preview.faults : [])).map { visit.words.text($0) }
    taking = visit.text(
      "cycle.new.taking",
      [
        "groups": .count(preview.taking.count),
        "schools": .count(preview.taking.reduce(0) { $0 + 1 + $1.group.members.count }),
      ])
    counts = NewCyclePage.counts(preview)
    let wording = PolicyWording(policy: policy, catalogue: visit.words)
    condition = policy.root["eligible"].map { wording.condition($0) }
    notEligible = preview.notEligible.map { line in
      Line(
        name: line.group.group.name, district: line.group.districtName,
        why: line.months.map { visit.text("cycle.new.months", ["months": .count($0)]) }
          ?? visit.text("cycle.new.noDay"))
    }
    notEligibleCount = visit.text("cycle.new.notEligible", ["count": .count(notEligible.count)])
    dryRunLink = hasPast ? draft.chosen.source.link(.dryRun, year: number) : nil
    grading = (policy.grading?.grades ?? []).map { wording.grade($0) }
  }

  private static func counts(_ preview: OpeningPreview) -> [Count] {
    var names: [String] = []
    var groups: [String: (groups: Int, schools: Int)] = [:]
    for line in preview.taking {
      let name = line.group.districtName
      if groups[name] == nil { names.append(name) }
      groups[name, default: (0, 0)].groups += 1
      groups[name, default: (0, 0)].schools += 1 + line.group.members.count
    }
    return names.map {
      Count(name: $0, groups: String(groups[$0]?.groups ?? 0), schools: String(groups[$0]?.schools ?? 0))
    }
  }
}
