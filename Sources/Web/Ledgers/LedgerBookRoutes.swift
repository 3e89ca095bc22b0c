import Crypto
import Documents
import Foundation
import Hummingbird
import Ledgers
import Notation
import People
import Storage

/// The workbook of one kind of records: to fill in, with the records, its preview, its acceptance as a whole.
enum LedgerBookRoutes {
  static let mostBytes = 5 << 20
  static let mostRows = 2_000

  static func add(to table: inout RouteTable) {
    table.on(.ledgerFigures) { try await figures($0) }
    table.on(.ledgerBook) { try await book($0) }
    table.on(.exportLedger) { try await export($0) }
    table.on(.ledgerImport) { visit in
      let (kind, at) = (try LedgerVisit.kind(visit), try await LedgerVisit(visit))
      return show(visit, LedgerImportPage(visit, at, kind))
    }
    table.on(.previewLedger) { try await preview($0) }
    table.on(.acceptLedger) { visit in try await Refusal.ledger { try await accept(visit) } }
  }

  private static func show(_ visit: Visit, _ page: LedgerImportPage) -> Response {
    visit.page(
      "ledgers/import", page, visit.frame(page.title, current: "records"),
      status: page.problems.isEmpty ? .ok : .unprocessableContent)
  }

  /// Who may take whole names away: the schools that work with them, and the authority above.
  static func mayExport(_ at: LedgerVisit) -> Bool { at.post.role == .office || at.post.role.isOfSchool }

  /// As many groups as a large city has.
  static let mostFigured = 600

  /// Every input of every group within reach.
  private static func figures(_ visit: Visit) async throws -> Response {
    let (post, today, editions) = (try visit.post, visit.now.day, visit.site.editions)
    let current = SchoolYearDays.year(of: today, policy: nil)
    let year = visit.number("year", in: .schoolYears) ?? current
    let ledgers = try await visit.site.database.read {
      try LedgerStore.ledgers(
        of: .reach(post.appointment), year: year, today: today, most: mostFigured, editions, $0)
    }
    guard let ledgers else {
      throw Refusal.invalid("ledgers.figures.tooMany", ["most": .count(mostFigured)])
    }
    let (words, title) = (
      visit.bookWords, "\(visit.text("ledgers.metrics.title")) \(visit.words.schoolYear(year))"
    )
    return try await visit.workbook(named: title) { path throws(WorkbookTrouble) in
      let parts = ledgers.map { ledger in
        FigureTable.Part(
          authority: ledger.ground.authorityName, group: ledger.ground.name, year: ledger.year,
          figures: ledger.ground.policy.map { YearFigure.all(Binding.all(of: $0), ledger.year) } ?? [])
      }
      try FigureTable(parts, words: words).write(to: path, title: title)
    }
  }

  private static func book(_ visit: Visit) async throws -> Response {
    let (kind, at) = (try LedgerVisit.kind(visit), try await LedgerVisit(visit))
    let records = visit.query("with") == "all" ? at.year.records(kind.id) : []
    return try await workbook(visit, at, kind, records, isMasked: true)
  }

  private static func export(_ visit: Visit) async throws -> Response {
    let (kind, at) = (try LedgerVisit.kind(visit), try await LedgerVisit(visit))
    guard kind.namesTeachers, mayExport(at) else { throw Refusal.forbidden }
    guard let reason = visit.form.text("reason"), reason.count <= 500,
      reason.unicodeScalars.count(where: { $0.properties.isAlphabetic }) >= 2
    else {
      throw Refusal.invalid("ledgers.export.why")
    }
    let (now, actor, ground) = (visit.now, visit.actor, at.ground)
    try await visit.site.database.write {
      LedgerStore.noteExport(kind: kind, on: ground, reason: reason, at: now, by: actor, $0)
    }
    let records = at.year.records(kind.id).filter { record in
      at.post.role == .office || at.rights.seesNames(in: record)
    }
    return try await workbook(visit, at, kind, records, isMasked: false)
  }

  private static func workbook(
    _ visit: Visit, _ at: LedgerVisit, _ kind: LedgerKind, _ records: [LedgerRecord], isMasked: Bool
  ) async throws -> Response {
    let (context, words) = (at.context, visit.bookWords)
    let name = "\(at.ground.name) \(visit.words.schoolYear(at.ground.days.year)) \(visit.text(kind.title.key))"
    return try await visit.workbook(named: name) { (path) throws(WorkbookTrouble) in
      try LedgerBook(kind, in: context, words: words).write(records, isMasked: isMasked, to: path)
    }
  }

  private static func preview(_ visit: Visit) async throws -> Response {
    let kind = try LedgerVisit.kind(visit)
    let file = try await visit.uploadedFile(most: mostBytes)
    defer { try? FileManager.default.removeItem(atPath: file.path) }
    let at = try await LedgerVisit(visit)
    let read: (rows: [LedgerRow], problems: [Problem])
    do {
      read = try await visit.aside {
        try LedgerBookReader.read(
          [UInt8](try Data(contentsOf: URL(fileURLWithPath: file.path))), kind: kind, file: file.name)
      }
    } catch let error as WorkbookTrouble {
      return show(visit, LedgerImportPage(visit, at, kind, problems: error.messages.map { visit.text($0) }))
    }
    guard read.rows.count <= mostRows, LedgerRows.text(read.rows).utf8.count <= LedgerRows.mostBytes else {
      let problem = visit.text("ledgers.import.tooMany", ["count": .count(read.rows.count), "most": .count(mostRows)])
      return show(visit, LedgerImportPage(visit, at, kind, problems: [problem]))
    }
    let plan = LedgerPlan(read.rows, kind: kind, in: at.context, rights: at.rights)
    var problems = Problems()
    problems.append(contentsOf: read.problems + plan.problems)
    let lines = problems.sorted.map { $0.line(in: visit.words) }
    return show(
      visit,
      LedgerImportPage(visit, at, kind, plan: lines.isEmpty ? plan : nil, rows: read.rows, problems: lines))
  }

  private static func accept(_ visit: Visit) async throws -> Response {
    let (kind, arguments) = (try LedgerVisit.kind(visit), try LedgerVisit.Arguments(visit))
    let (now, actor, ids, seal) = (visit.now, visit.actor, visit.site.ids, visit.form.text("seal"))
    guard let rows = LedgerRows.rows(visit.form.raw("rows") ?? "", kind: kind, file: visit.text("ledgers.import.file"))
    else { throw Refusal.invalid("ledgers.import.changed") }
    let twins = Set(visit.form.all("twin"))
    let key = visit.actor.account.flatMap { account in
      visit.form.text("once").flatMap { ID($0) }.map { once in
        let print = "\(arguments.group)/\(arguments.year)/\(kind.id)/\(seal ?? "")"
        return RequestKey(account: account, text: "ledger/\(once)/\(print)", fingerprint: print)
      }
    }
    let stored = try await visit.site.database.write { transaction -> Int in
      // The same preview accepted twice is stored once.
      if let key, let known = try RequestKeyStore.find(key, transaction) { return Int(known.text) ?? 0 }
      let at = try LedgerVisit(arguments, transaction)
      let plan = LedgerPlan(rows, kind: kind, in: at.context, rights: at.rights)
      guard plan.problems.isEmpty, LedgerRows.seal(plan) == seal else {
        throw Refusal.conflict("ledgers.import.meanwhile")
      }
      let wanted = plan.lines.filter { line in
        line.state != .unchanged && (line.twin == nil || twins.contains(String(line.row.line)))
      }
      for line in wanted {
        try LedgerStore.save(
          LedgerStore.Draft(line.reading, kind: kind, before: line.before, evidence: line.before?.evidence),
          on: at.ground, at.year, rights: at.rights, at: now, by: actor, ids: ids, transaction)
      }
      if let key {
        let answer = KeyedAnswer(status: 303, text: String(wanted.count))
        _ = try RequestKeyStore.once(key, at: now, transaction) { answer }
      }
      return wanted.count
    }
    return visit.redirect(
      Endpoint.ledger.link(
        arguments.group, arguments.year, kind.id, query: [("done", stored == 0 ? "importedNothing" : "imported")]))
  }
}

/// The rows of a workbook between preview and acceptance: they travel in the form, as nothing is kept of a preview.
enum LedgerRows {
  static let mostBytes = 900 << 10

  static func text(_ rows: [LedgerRow]) -> String {
    JSONText.list(
      rows.map { row in
        .object([
          ("line", .number(row.line)), ("id", .text(row.id)), ("school", .text(row.typed.school)),
          (
            "texts",
            .object(row.typed.texts.sorted { $0.key < $1.key }.map { ($0.key, .text($0.value)) })
          ),
        ])
      }
    ).text
  }

  /// Nil where the form was changed on its way.
  static func rows(_ text: String, kind: LedgerKind, file: String) -> [LedgerRow]? {
    guard let list = try? JSON.read(Array(text.utf8), file: file).list, !list.isEmpty,
      list.count <= LedgerBookRoutes.mostRows
    else { return nil }
    let rows = list.compactMap { node -> LedgerRow? in
      guard let line = node["line"]?.integer, let id = node["id"]?.text, let school = node["school"]?.text else {
        return nil
      }
      let texts = (node["texts"]?.map ?? []).reduce(into: [String: String]()) { texts, entry in
        if kind.field(entry.key) != nil { texts[entry.key] = entry.value.text }
      }
      return LedgerRow(
        id: id, typed: TypedRecord(kind: kind.id, school: school, texts: texts), line: line,
        places: ["row": Place(file: file, line: line)])
    }
    return rows.count == list.count ? rows : nil
  }

  /// What was shown, so that acceptance means that and nothing else.
  static func seal(_ plan: LedgerPlan) -> String {
    let shown = plan.lines.map { line in
      let texts = line.row.typed.texts.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      return "\(line.row.id)\t\(line.state.rawValue)\t\(line.before?.version ?? 0)\t\(line.row.typed.school)\t\(texts)"
        + (line.twin == nil ? "" : "\ttwin")
    }.joined(separator: "\n")
    return Data(SHA256.hash(data: Data(shown.utf8))).base64EncodedString()
  }
}
