import Crypto
import Documents
import Foundation
import HTTPTypes
import Hummingbird
import Notation
import People
import Registry
import Storage

/// The registry from and to Excel: the template, what there is, a preview of changes, their acceptance as a whole.
enum RegistryImportPages {
  static let mostBytes = 20 << 20
  static let mostShown = 300
  static let mostProblems = 500

  static func view(_ visit: Visit, problems: [String] = []) -> RegistryView {
    var view = RegistryView(title: visit.text("registry.import.title"))
    view.facts = visit.text("registry.import.facts", ["most": .count(mostBytes >> 20)])
    view.problems = problems
    view.acts = [
      RegistryView.Act(
        actTitle: visit.text("registry.import.template"), actLink: Endpoint.registryBook.link(), isFile: true),
      RegistryView.Act(
        actTitle: visit.text("registry.import.filled"), actLink: Endpoint.registryBook.link(query: [("with", "all")]),
        isFile: true),
    ]
    view.panels = [
      RegistryView.Panel(
        panelTitle: visit.text("registry.import.file"),
        form: RegistryView.Form(
          formAction: Endpoint.previewRegistry.link(),
          fields: [.input("file", visit.text("registry.import.choose"), nil, type: "file", isRequired: true)],
          submitTitle: visit.text("registry.import.preview"), isUpload: true))
    ]
    return view
  }

  static func page(_ visit: Visit) throws -> Response {
    guard try visit.post.school == nil else { throw Refusal.forbidden }
    return try visit.registryPage(view(visit), current: .registryImport)
  }

  static func book(_ visit: Visit) async throws -> Response {
    let (post, isFilled) = (try visit.post, visit.query("with") == "all")
    let (rows, forms) = try await visit.site.database.read { transaction -> (RegistryRows, FormNames) in
      var rows = RegistryRows()
      // Who fills in the codes of authorities needs to see them.
      for table in isFilled ? RegistryTable.allCases : [.authorities] {
        rows[table] = try RegistryRowsStore.rows(of: table, within: post.authority, transaction)
      }
      return (rows, try visit.formNames(transaction))
    }
    let words = visit.bookWords
    let name =
      isFilled
      ? visit.text("registry.import.filledName", ["day": .text(visit.now.day.text)])
      : visit.text("registry.import.templateName")
    return try await visit.workbook(named: name) { (path) throws(WorkbookTrouble) in
      try RegistryWorkbook(catalogue: words, forms: forms).write(rows, to: path)
    }
  }

  private static func read(_ bytes: [UInt8], _ forms: FormNames, _ visit: Visit) async throws -> (
    rows: RegistryRows, problems: [Problem]
  ) {
    try await visit.aside { try parsed(bytes, forms, visit) }
  }

  private static func parsed(_ bytes: [UInt8], _ forms: FormNames, _ visit: Visit) throws -> (
    rows: RegistryRows, problems: [Problem]
  ) {
    try RegistryWorkbookReader.read(
      bytes, file: visit.text("registry.import.book"),
      catalogues: [visit.words] + OwnAccountPage.languages.map { visit.site.words($0) }, forms: forms)
  }

  /// What was shown, so that acceptance means that and nothing else.
  private static func seal(_ plan: RegistryPlan) -> String {
    var hash = SHA256()
    for change in plan.changes {
      hash.update(
        data: Data(
          "\(change.table.rawValue)\t\(change.row.removes)\t\(change.row.values)\t\(String(describing: change.before))\n"
            .utf8))
    }
    return Data(hash.finalize()).base64EncodedString()
  }

  static func preview(_ visit: Visit) async throws -> Response {
    let file = try await visit.uploadedFile(most: mostBytes)
    defer { try? FileManager.default.removeItem(atPath: file.path) }
    let forms = try await visit.site.database.read { try visit.formNames($0) }
    let found: (rows: RegistryRows, problems: [Problem])
    let bytes: [UInt8]
    do {
      // In memory only when its turn has come.
      (bytes, found) = try await visit.aside {
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file.path)))
        return (bytes, try parsed(bytes, forms, visit))
      }
    } catch let error as WorkbookTrouble {
      return try refused(visit, error.messages.map { visit.text($0) })
    }
    let (actor, account, now, id) = (visit.actor, try visit.account, visit.now, visit.site.newID(visit.now))
    let plan = try await visit.site.database.read { try visit.registryImport(forms, $0).plan(found.rows, for: actor) }
    var problems = Problems()
    problems.append(contentsOf: found.problems + plan.problems)
    guard problems.isEmpty else {
      let all = problems.sorted
      var lines = all.prefix(mostProblems).map { line($0, visit) }
      if all.count > mostProblems {
        lines.append(visit.text("registry.import.more", ["count": .count(all.count - mostProblems)]))
      }
      return try refused(visit, lines)
    }
    if !plan.changes.isEmpty {
      try await visit.site.database.write { try ImportDraftStore.keep(bytes, as: id, of: account, at: now, $0) }
    }
    var view = view(visit)
    view.remarks = plan.remarks.prefix(mostProblems).map { line($0, visit) }
    view.panels.append(changes(visit, plan, forms, draft: id))
    return try visit.registryPage(view, current: .registryImport)
  }

  /// Sheet and cell, and what is wrong: there is but one file.
  private static func line(_ problem: Problem, _ visit: Visit) -> String {
    let (place, what) = (problem.place, problem.sentence(in: visit.words))
    return visit.text(
      "registry.import.where",
      ["place": .text(place.sheet.map { "\($0)!\(place.cell)" } ?? place.text), "what": .text(what)])
  }

  private static func refused(_ visit: Visit, _ lines: [String]) throws -> Response {
    try visit.registryPage(view(visit, problems: lines), current: .registryImport, status: .unprocessableContent)
  }

  private static func changes(_ visit: Visit, _ plan: RegistryPlan, _ forms: FormNames, draft: ID) -> RegistryView.Panel
  {
    let counts = RegistryPlan.State.allCases.map { state in (state, plan.changes.count { $0.state == state }) }
    func shown(_ value: String?, _ column: RegistryColumn, of row: [String?]) -> String {
      guard let value else { return "—" }
      if column.kind == .target { return row[0].flatMap { forms.terms.plan($0)?.title(of: value) } ?? value }
      return column.shown(value, visit.words, forms)
    }
    let rows = plan.changes.prefix(mostShown).map { change -> RegistryView.Row in
      let columns = change.table.columns
      let words = change.columns.filter { change.state == .new ? !columns[$0].isKey : true }.map { place in
        let title = visit.text("registry.column.\(columns[place].code)")
        let after = shown(change.row.values[place], columns[place], of: change.row.values)
        return change.before.map { "\(title) \(shown($0[place], columns[place], of: $0)) → \(after)" }
          ?? "\(title) \(after)"
      }
      return RegistryView.Row(cells: [
        .text(visit.text("registry.sheet.\(change.table.rawValue)")), .number(String(change.row.line)),
        .text(
          zip(columns, change.row.values).filter(\.0.isKey).compactMap { column, value in
            value == nil ? nil : shown(value, column, of: change.row.values)
          }.joined(separator: " ")),
        .chip(
          visit.text("registry.plan.\(change.state.rawValue)"),
          change.state == .new ? "info" : change.state == .removed ? "bad" : "warn"),
        .text(
          change.state == .removed
            ? ""
            : (words + (change.follows ? [visit.text("registry.plan.follows")] : []))
              .joined(separator: visit.text("paragraph.separator"))),
      ])
    }
    let count = visit.text(
      "registry.import.count",
      Dictionary(
        uniqueKeysWithValues: counts.map { ($0.0.rawValue, Message.Part.count($0.1)) } + [
          ("unchanged", .count(plan.unchanged))
        ]))
    return RegistryView.Panel(
      panelTitle: visit.text("registry.import.changes"), panelHint: count,
      heads: ["table", "line", "key", "plan", "values"].map {
        RegistryView.Head(headTitle: visit.text("registry.import.\($0)"), headLook: $0 == "line" ? "n" : "")
      }, rows: rows, none: plan.changes.isEmpty ? visit.text("registry.import.none") : nil,
      form: plan.changes.isEmpty
        ? nil
        : RegistryView.Form(
          formAction: Endpoint.importRegistry.link(),
          fields: [.input("reason", visit.text("registry.form.reason"), nil, isRequired: true)],
          hidden: [
            RegistryView.Hidden(hiddenName: "draft", hiddenValue: draft.description),
            RegistryView.Hidden(hiddenName: "seal", hiddenValue: seal(plan)),
          ], submitTitle: visit.text("registry.import.accept"), leaveLink: Endpoint.registryImport.link()),
      range: plan.changes.count > mostShown ? visit.text("registry.first", ["count": .count(mostShown)]) : nil)
  }

  static func accept(_ visit: Visit) async throws -> Response {
    let (actor, account, now, ids) = (visit.actor, try visit.account, visit.now, visit.site.ids)
    guard let draft = visit.form.text("draft").flatMap({ ID($0) }), let seal = visit.form.text("seal") else {
      throw Refusal.invalid("registry.import.gone")
    }
    guard let reason = visit.form.text("reason") else { throw Refusal.invalid("registry.form.reason.missing") }
    let (bytes, forms) = try await visit.site.database.read {
      (try ImportDraftStore.content(draft, of: account, at: now, $0), try visit.formNames($0))
    }
    guard let bytes else { throw Refusal.invalid("registry.import.gone") }
    let rows: RegistryRows
    do {
      rows = try await read(bytes, forms, visit).rows
    } catch let error as WorkbookTrouble {
      throw Refusal.invalid(error.messages)
    }
    do {
      try await carryOut(visit, rows, forms, seal: seal, draft: draft) { planned in
        try AcceptedPlan(planned, reason: String(reason.prefix(300)), ids: ids, by: actor, at: now)
      }
      try await CoverageStepStore.refreshStale(visit.site.database)
    } catch let refusal as RegistryRefusal {
      return try refused(visit, refusal.problems.prefix(mostProblems).map { line($0, visit) })
    }
    return visit.redirect(Endpoint.registrySchools.link(query: [("done", "changed")]))
  }

  /// How often a plan is made again because somebody changed what it stands on.
  private static let rounds = 5

  /// Plans and makes ready beside the writes of others, and holds them up no longer than storing takes.
  private static func carryOut(
    _ visit: Visit, _ rows: RegistryRows, _ forms: FormNames, seal: String, draft: ID,
    accepting: @escaping @Sendable (PlannedImport) throws -> AcceptedPlan
  ) async throws {
    let (database, actor) = (visit.site.database, visit.actor)
    for _ in 0..<rounds {
      let planned = try await database.read { try visit.registryImport(forms, $0).planned(rows, for: actor) }
      let accepted = try await visit.aside {
        let accepted = try accepting(planned)
        guard Self.seal(planned.plan) == seal else { throw Refusal.conflict("registry.import.meanwhile") }
        return accepted
      }
      do {
        try await database.write { transaction in
          try visit.registryImport(forms, transaction).store(
            accepted, refreshes: planned.plan.changes.count <= mostShown)
          try ImportDraftStore.remove(draft, transaction)
        }
        return
      } catch is RegistryMoved {
        continue
      }
    }
    throw Refusal.conflict("registry.import.meanwhile")
  }
}
