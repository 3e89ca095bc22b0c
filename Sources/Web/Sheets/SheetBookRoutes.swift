import Cycles
import Documents
import Foundation
import Hummingbird
import Notation
import Outcomes
import People
import Policies
import Scoring
import Storage

/// A sheet in Excel: filled in and taken back with a preview of every change, and the official score sheet.
enum SheetBookRoutes {
  static let mostBytes = 10 << 20

  static func add(to table: inout RouteTable) {
    table.on(.sheetBook) { visit in
      let maker = try await SheetRoutes.read(visit, item: nil)
      let (facts, year) = (maker.state.facts, maker.open.cycle.year)
      let policy = maker.open.cycle.policy
      // What records say is for those who fill in, not for the panel.
      let isShown = !maker.open.value.proposals.isEmpty
      let proposed = isShown ? maker.open.value.proposedFacts(rising: false) : nil
      let rising = isShown ? maker.open.value.proposedFacts(rising: true) : nil
      return try await visit.workbook(
        named: visit.text("sheet.book.name", ["group": .text(maker.open.sheet.participant.name)])
      ) {
        (path) throws(WorkbookTrouble) in
        try FactsBook(policy: policy).writeForm(facts, year: year, proposed: proposed, rising: rising, to: path)
      }
    }
    table.on(.scoreSheet) { visit in
      let maker = try await SheetRoutes.read(visit, item: nil)
      let card = maker.panelCard ?? maker.state.card
      let corrections = maker.corrections
      let policy = maker.open.cycle.policy
      var graded = GroupResult(card: card)
      // What the sheet comes to by itself once all of it is scored; what was confirmed stands in the results.
      if card.isComplete { graded.grade = try? Confirmation(policy: policy).grade(of: card) }
      let result = graded
      return try await visit.workbook(
        named: visit.text("sheet.scoreSheet.name", ["group": .text(maker.open.sheet.participant.name)])
      ) { (path) throws(WorkbookTrouble) in
        try ScoreSheetBook(policy: policy, result: result, corrections: corrections).write(to: path)
      }
    }
    table.on(.sheetImport) { visit in
      let maker = try await SheetRoutes.read(visit, item: nil)
      return page(visit, maker, changes: nil)
    }
    table.on(.sheetImportPreview) { visit in
      let maker = try await SheetRoutes.read(visit, item: nil)
      if let closed = maker.open.rights.closed { throw Refusal(.conflict, [closed]) }
      guard maker.open.rights.canMark else { throw Refusal.forbidden }
      let file = try await visit.uploadedFile(most: mostBytes)
      defer { try? FileManager.default.removeItem(atPath: file.path) }
      do {
        let (open, words) = (maker.open, visit.words)
        let changes = try await visit.aside { try SheetBookChanges(open, workbook: file, words: words) }
        return page(visit, maker, changes: changes)
      } catch let refusal as Refusal where refusal.status == .unprocessableContent {
        return page(visit, maker, changes: nil, problems: refusal.messages.map { visit.words.text($0) })
      }
    }
    table.on(.sheetImportApply) { try await apply($0) }
  }

  private static func page(
    _ visit: Visit, _ maker: SheetMaker, changes: SheetBookChanges?, problems: [String] = []
  ) -> Response {
    let (authority, id) = (maker.open.sheet.authority, maker.open.sheet.id)
    let page = SheetImportPage(
      name: maker.open.sheet.participant.name, stage: maker.open.stage.title,
      sheetLink: Endpoint.sheet.link(authority, id), template: Endpoint.sheetBook.link(authority, id),
      preview: Endpoint.sheetImportPreview.link(authority, id), apply: Endpoint.sheetImportApply.link(authority, id),
      canMark: maker.open.rights.canMark, closed: maker.open.rights.closed.map { visit.words.text($0) },
      isPreview: changes != nil, hasChanges: changes?.changes.isEmpty == false,
      count: visit.text("sheet.import.count", ["count": .count(changes?.changes.count ?? 0)]),
      changes: changes?.changes ?? [], doubts: changes?.doubts ?? [],
      asksReason: maker.open.value.asksChoice, problems: problems)
    return visit.page(
      "sheets/import", page, visit.frame(visit.text("sheet.import"), current: "cycles"),
      status: problems.isEmpty ? .ok : .unprocessableContent)
  }

  private static func apply(_ visit: Visit) async throws -> Response {
    let (authority, id) = (try visit.id("authority"), try visit.id("sheet"))
    guard let viewer = visit.viewer else { throw Refusal.signIn }
    let (form, now, editions) = (visit.form, visit.now, visit.site.editions)
    let reason = form.text("reason").map { String($0.prefix(4_000)) }
    let clashes = try await visit.site.database.write { transaction -> Int in
      guard let open = try SheetStore.open(authority: authority, id, for: viewer, at: now, editions, transaction)
      else { throw Refusal.notFound }
      if let closed = open.rights.closed { throw Refusal(.conflict, [closed]) }
      guard open.rights.canMark else { throw Refusal.forbidden }
      if open.value.asksChoice, reason == nil { throw Refusal.invalid("sheet.import.reason") }
      var clashes = 0
      for item in open.state().items {
        var touched = false
        func save(_ field: String, _ value: String, seen: Int) throws {
          if let panel = open.panel, let reviewer = open.reviewer,
            !panel.mayChange(item.item.id, field: field, to: value, by: reviewer)
          {
            throw Refusal.conflict("sheet.closed.seen")
          }
          let merge = try MarkStore.save(
            MarkChange(
              item: item.item.id, field: field, value: value, seen: seen, by: viewer.account, at: now,
              reviewer: open.reviewer), of: id, authority: authority, by: visit.actor, transaction)
          if case .conflict = merge { clashes += 1 } else { touched = true }
        }
        for field in item.fields {
          let name = "\(item.item.id)|\(field.path)"
          guard let value = form.raw("x:" + name), let seen = form.number("v:" + name, in: .versions) else { continue }
          guard open.rights.mayEnter(field) else { throw Refusal.forbidden }
          try SheetChanges.admit(value, for: field)
          try save(field.path, value, seen: seen)
        }
        guard touched, open.value.asksChoice, open.rights.mayRemark else { continue }
        let own = open.own.filter { $0.item == item.item.id }
        func version(_ field: String) -> Int { own.first { $0.field == field }?.version ?? 0 }
        if item.choice != .correct {
          try save(SheetMark.choice, JSONText.quoted(Choice.correct.rawValue), seen: version(SheetMark.choice))
        }
        if item.remark == nil, let reason {
          try save(SheetMark.remark, JSONText.quoted(reason), seen: version(SheetMark.remark))
        }
      }
      return clashes
    }
    if clashes > 0 { throw Refusal.conflict("sheet.import.clashes", ["count": .count(clashes)]) }
    return visit.redirect(Endpoint.sheet.link(authority, id, query: [("saved", LocalTime(now).clock)]))
  }
}

struct SheetImportPage {
  let name: String
  let stage: String
  let sheetLink: String
  let template: String
  let preview: String
  let apply: String
  let canMark: Bool
  let closed: String?
  let isPreview: Bool
  let hasChanges: Bool
  let count: String
  let changes: [SheetBookChanges.Change]
  let doubts: [SheetBookChanges.Doubt]
  let asksReason: Bool
  let problems: [String]
}
