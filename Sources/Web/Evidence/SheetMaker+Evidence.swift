import Cycles
import Notation
import People
import Policies
import Storage

/// The evidence beside an item on the sheet.
extension SheetMaker {
  var evidencePanel: EvidencePanel {
    let sheet = open.sheet
    let row = EvidencePlan.Row(item.item)
    let shown = Set(open.evidence.map { EvidencePlace(item: item.item.id, entry: $0.entry.isEmpty ? nil : $0.entry) })
    let lacking = row.entries.filter {
      $0.isRequired && !shown.contains(EvidencePlace(item: item.item.id, entry: $0.id))
    }
    return EvidencePanel(
      count: Set(open.evidence.map(\.id)).count,
      allLink: Endpoint.evidence.link(sheet.authority, sheet.cycle, sheet.group, query: [("item", item.item.id)]),
      pieces: open.evidence.map { line($0, row) },
      lacking: lacking.map {
        EvidencePage.Lack(wanted: $0.title, place: EvidencePlace(item: item.item.id, entry: $0.id).text)
      }, upload: upload(row, shown: shown))
  }

  private func line(_ found: ItemEvidence, _ row: EvidencePlan.Row) -> EvidenceRow {
    var marks: [EvidenceRow.Mark] = []
    let entry = row.entries.first { $0.id == found.entry }
    if entry?.isRequired == true {
      marks.append(.init(kind: "ok", words: words.text("evidence.mark.required")))
    }
    if found.isLate { marks.append(.init(kind: "warn", words: words.text("evidence.mark.late"))) }
    if found.year != open.cycle.year { marks.append(.init(kind: "warn", words: words.text("evidence.mark.year"))) }
    let whose = found.isOfReview ? words.text("evidence.by.review") : found.school ?? words.text("evidence.by.group")
    return EvidenceRow(
      name: found.title, to: Endpoint.piece.link(open.sheet.authority, open.sheet.cycle, found.id),
      fileLink: Endpoint.evidenceFile.link(open.sheet.authority, found.id),
      wanted: entry.flatMap { $0.title == found.title ? nil : $0.title }, whose: whose,
      speaksFor: words.schoolYear(found.year),
      came: visit.day(found.uploadedAt.day),
      size: "", marks: marks, isGone: false)
  }

  private func upload(_ row: EvidencePlan.Row, shown: Set<EvidencePlace>) -> UploadForm? {
    guard let post = visit.viewer?.post, case .may = window.right(of: post, at: visit.now) else { return nil }
    let sheet = open.sheet
    return UploadForm(
      action: Endpoint.addEvidence.link(sheet.authority, sheet.cycle, sheet.group),
      put: Endpoint.sendEvidence.link(sheet.authority, sheet.cycle, sheet.group), back: link(item.item.id),
      accept: FileKind.endings.map { "." + $0 }.joined(separator: ","),
      places: UploadMaker.places([row], shown: shown, chosen: item.item.id, words: words), schools: [],
      years: UploadMaker.years(open.cycle.year, words), hint: words.text("evidence.limits"))
  }

  /// Who may add just now, of what the sheet's page has read anyway.
  private var window: EvidenceWindow {
    let group = open.sheet.participant
    let stages = open.sheets.filter { $0.submission == nil }.compactMap { sheet -> EvidenceWindow.OpenStage? in
      guard let stage = open.cycle.stage(sheet.stage) else { return nil }
      return EvidenceWindow.OpenStage(
        id: stage.id, kind: stage.kind, acts: stage.acts,
        isAssigned: stage.id == open.sheet.stage && open.sheet.isAssigned,
        due: open.cycle.calendar.due(stage.id, group: group.group))
    }
    return EvidenceWindow(
      open: stages,
      isHandedIn: open.sheets.contains {
        $0.submission != nil && open.cycle.stage($0.stage)?.kind == .selfEvaluation
      }, isConfirmed: open.cycle.confirmedAt != nil, authority: open.cycle.authority, district: group.district,
      leadAuthority: group.lead?.authority ?? group.district)
  }
}
