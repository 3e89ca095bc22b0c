import Cycles
import Notation

/// Rows on their way to an overview.
struct OverviewReading {
  private struct Gathered {
    let row: Row
    var sheets: [GroupOverview.SheetLine] = []
    var schools: [Participant.School] = []
    var vetoes: [GroupOverview.LaidVeto] = []
    var recommended: [String: Bool] = [:]
    var reports: Set<String> = []
    var experts: [String: [GroupProgress.ExpertWork]] = [:]
    var looks: [String: Int] = [:]
    var objections = 0
  }

  let cycle: StoredCycle
  private var groups: [Gathered] = []
  private var places: [ID: Int] = [:]
  private var areas: [Areas.Area] = []
  private var progress = CycleProgress()
  /// When the first edition was published, and whether there is one that isn't yet.
  private var published: Instant?
  private var hasDraft = false

  init(cycle: StoredCycle) {
    self.cycle = cycle
    progress.confirmed = cycle.confirmedAt
  }

  var groupIDs: some Collection<ID> { places.keys }

  /// A group with one of its sheets; its rows follow each other.
  mutating func addGroup(_ row: Row) throws {
    let id = try row.id("grp")
    if places[id] == nil {
      places[id] = groups.count
      groups.append(Gathered(row: row))
    }
    guard let sheet = try row.optionalID("sheet"), let place = places[id] else { return }
    let school = try row.integer("school")
    groups[place].sheets.append(
      GroupOverview.SheetLine(
        id: sheet, stage: try row.text("stage"), school: school == 0 ? nil : ID(school),
        submittedAt: try row.optionalInstant("submitted_at"), base: try row.optionalExact("base"),
        bonus: try row.optionalExact("bonus"), total: try row.optionalExact("total"),
        grade: try row.optionalText("grade"), isComplete: try row.optionalInteger("complete").map { $0 == 1 },
        returnedAt: try row.optionalInstant("returned_at"), returnReason: try row.optionalText("reason")))
  }

  mutating func add(_ row: Row) throws {
    let what = try row.text("what")
    switch what {
    case "area":
      areas.append(
        Areas.Area(
          id: try row.id("a"), parent: try row.optionalID("b"), name: try row.text("t"), level: try row.text("u")))
    case "draw": try addDraw(row)
    case "edition":
      if try row.integer("b") == 0 { hasDraft = true } else { published = try row.instant("a") }
    default:
      guard let place = places[try row.id("grp")] else { return }
      try Self.add(what, row, to: &groups[place])
    }
  }

  /// Of no instance: a copy of it would copy all groups with every row.
  private static func add(_ what: String, _ row: Row, to group: inout Gathered) throws {
    let stage = try row.optionalText("stage") ?? ""
    switch what {
    case "school":
      group.schools.append(
        Participant.School(
          id: try row.id("a"), name: try row.text("t"), isLead: try row.text("u") == "lead",
          pupils: try row.optionalInteger("b").map { Int($0) }, authority: try row.id("c")))
    case "recommendation": group.recommended[stage] = try row.integer("a") == 1
    case "report": group.reports.insert(stage)
    case "expert":
      group.experts[stage, default: []].append(
        GroupProgress.ExpertWork(appointment: try row.id("a"), isDone: try row.optionalInteger("b") != nil))
    case "look": group.looks[stage, default: 0] += 1
    case "objection": group.objections += 1
    case "veto":
      group.vetoes.append(
        GroupOverview.LaidVeto(veto: try row.text("t"), reason: try row.text("u"), at: try row.instant("a")))
    default: break
    }
  }

  private mutating func addDraw(_ row: Row) throws {
    let stage = try row.text("stage")
    if try row.optionalInteger("a") != nil {
      let chosen = try row.optionalText("u").map { try JSON.read(Array($0.utf8), file: "draw") }
      let ids = (chosen?.list ?? []).compactMap { $0.text.flatMap { ID($0) } ?? $0.integer.map { ID(Int64($0)) } }
      progress.draws[stage] = .drawn(Set(ids))
    } else if let day = try row.optionalText("t").flatMap({ Day($0) }) {
      progress.draws[stage] = .announced(day)
    }
  }

  mutating func overview(at now: Instant) throws -> CycleOverview {
    let isPublic = !hasDraft && cycle.confirmedAt != nil
    progress.published = isPublic ? published : nil
    progress.isCorrection = published != nil && !isPublic
    let made = try groups.map { try group($0, at: now) }
    return CycleOverview(
      cycle: cycle, groups: made, progress: progress,
      turn: CycleTurn(made.map(\.turn), in: progress, calendar: cycle.calendar, offices: cycle.offices, at: now),
      areas: Areas(areas), day: now.day)
  }

  private func group(_ gathered: Gathered, at now: Instant) throws -> GroupOverview {
    let row = gathered.row
    let schools = gathered.schools.sorted { $0.isLead != $1.isLead ? $0.isLead : $0.id < $1.id }
    var progress = GroupProgress(
      Participant(
        group: try row.id("grp"), name: try row.text("name"), form: try row.optionalText("form"),
        formed: try row.optionalDay("formed"), district: try row.id("district"),
        districtName: try row.text("district_name"), schools: schools))
    for sheet in gathered.sheets {
      guard let at = sheet.submittedAt else { continue }
      if let school = sheet.school {
        progress.members[sheet.stage, default: []].insert(school)
      } else {
        progress.sheets[sheet.stage] = GroupProgress.Submitted(
          at: at, base: sheet.base, bonus: sheet.bonus, total: sheet.total, grade: sheet.grade)
      }
    }
    progress.recommended = gathered.recommended
    progress.reports = gathered.reports
    progress.experts = gathered.experts
    progress.secondLooks = gathered.looks
    progress.objections = gathered.objections
    let turn = Turn(
      of: progress, in: self.progress, calendar: cycle.calendar, offices: cycle.offices, at: now)
    return GroupOverview(progress: progress, turn: turn, sheets: gathered.sheets, vetoes: gathered.vetoes)
  }
}
