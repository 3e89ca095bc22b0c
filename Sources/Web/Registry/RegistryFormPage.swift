import Documents
import HTTPTypes
import Hummingbird
import Notation
import People
import Registry
import Storage

/// A form for one row of the registry's tables: what a workbook would say of it, with a reason. What it would change is
/// checked and stored as a workbook's rows are.
struct RegistryFormPage {
  let visit: Visit
  let table: RegistryTable
  /// The school or group whose row is changed; nil: a new one, or what belongs to one.
  let id: ID?
  let before: RegistryRow?
  let authorities: [RegisteredUnit]
  let forms: FormNames

  /// Where a change of name, authority, stages and so on is kept.
  private var past: RegistryTable? {
    table == .schools ? .schoolPast : table == .groups ? .groupPast : nil
  }

  /// Four statements at most, and the session's.
  static func read(_ visit: Visit) async throws -> RegistryFormPage {
    guard let table = RegistryTable(rawValue: try visit.parameter("table")) else { throw Refusal.notFound }
    let (actor, post) = (visit.actor, try visit.post)
    guard post.school == nil else { throw Refusal.forbidden }
    let id = (visit.query("id") ?? visit.form.text("id")).flatMap { table.isOfThings ? ID($0) : nil }
    let (before, authorities, forms) = try await visit.site.database.read { transaction in
      (
        try id.flatMap { try RegistryPageStore.row(of: table, $0, within: post.authority, transaction) },
        try RegistryStore.authorities(for: actor, transaction),
        try visit.formNames(transaction)
      )
    }
    if id != nil, before == nil { throw Refusal.notFound }
    return RegistryFormPage(
      visit: visit, table: table, id: id, before: before, authorities: authorities, forms: forms)
  }

  func answer(problems: [String] = []) throws -> Response {
    var view = RegistryView(
      title: visit.text(
        before == nil ? "registry.form.new" : "registry.form.change",
        ["table": .text(visit.text("registry.sheet.\(table.rawValue)"))]))
    view.problems = problems
    // A target is chosen with its policy.
    var fields = table.columns.enumerated().filter { $1.kind != .policy || forms.terms.plans.isEmpty }.map {
      field($1, place: $0)
    }
    if before != nil, table == .schools {
      fields.append(.input("successors", visit.text("registry.form.successors"), visit.form.text("successors")))
    }
    if before != nil, past != nil {
      fields.append(.input("from", visit.text("registry.form.from"), visit.form.text("from"), type: "date"))
    }
    if !table.isOfThings {
      var removal = RegistryField(
        fieldID: "f-remove", fieldName: "remove", fieldTitle: visit.text("registry.column.remove"), isChecks: true)
      removal.options = [
        RegistryField.Option(
          optionValue: "yes", optionTitle: visit.text("registry.form.remove"), isChosen: visit.form.has("remove"))
      ]
      fields.append(removal)
    }
    fields.append(.input("reason", visit.text("registry.form.reason"), visit.form.text("reason"), isRequired: true))
    view.panels = [
      RegistryView.Panel(
        panelTitle: view.title, panelHint: before != nil && past != nil ? visit.text("registry.form.hint") : "",
        form: RegistryView.Form(
          formAction: Endpoint.changeRegistry.link(table.rawValue), fields: fields,
          hidden: id.map { [RegistryView.Hidden(hiddenName: "id", hiddenValue: $0.description)] } ?? [],
          submitTitle: visit.text("registry.form.store"), leaveLink: back))
    ]
    return try visit.registryPage(
      view, current: table == .groups || table == .memberships ? .registryGroups : .registrySchools,
      status: problems.isEmpty ? .ok : .unprocessableContent)
  }

  private var back: String {
    switch (table, id) {
    case (.schools, let id?): Endpoint.registrySchool.link(id)
    case (.groups, let id?): Endpoint.registryGroup.link(id)
    case (.groups, nil), (.memberships, _), (.groupPast, _), (.groupSuccessors, _): Endpoint.registryGroups.link()
    default: Endpoint.registrySchools.link()
    }
  }

  /// What stands in a field: what was just sent, else what is stored, else what the address brings along.
  private func typed(_ column: RegistryColumn, _ place: Int) -> [String] {
    let name = "c.\(column.code)"
    if visit.form.has(name) || visit.form.has("reason") { return visit.form.all(name) }
    if let before {
      return before.values[place].map { column.isList ? $0.split(separator: " ").map(String.init) : [$0] } ?? []
    }
    return visit.query(column.code).map { [$0] } ?? []
  }

  private func field(_ column: RegistryColumn, place: Int) -> RegistryField {
    let (name, title) = ("c.\(column.code)", visit.text("registry.column.\(column.code)"))
    let values = typed(column, place)
    let value = values.first
    var field: RegistryField
    switch column.kind {
    case .choice(let choices):
      field = .select(
        name, title, choices.map { (value: $0, title: visit.text("registry.choice.\(column.code).\($0)")) },
        chosen: value)
    case .choices(let choices):
      field = RegistryField(fieldID: "f-\(column.code)", fieldName: name, fieldTitle: title, isChecks: true)
      field.options = choices.map {
        RegistryField.Option(
          optionValue: $0, optionTitle: visit.text("registry.choice.\(column.code).\($0)"),
          isChosen: values.contains($0))
      }
    case .reference(.authorities):
      field = .select(name, title, authorities.map { (value: $0.code, title: "\($0.name) \($0.code)") }, chosen: value)
    case .form:
      let chosen = value.map { forms.name(forms.id($0)) }
      let names = Set(forms.all).union(chosen.map { [$0] } ?? []).sorted()
      field = .select(name, title, names.map { (value: $0, title: $0) }, chosen: chosen)
    case .area where !forms.allAreas.isEmpty:
      let chosen = value.map { forms.areaID($0) }
      field = .select(
        name, title,
        forms.allAreas.map { (value: $0.id, title: $0.name) }
          + (chosen.map { one in forms.allAreas.contains { $0.id == one } ? [] : [(value: one, title: one)] } ?? []),
        chosen: chosen)
    case .target where !forms.terms.plans.isEmpty:
      let all = forms.terms.plans.flatMap { plan in
        plan.targets.map { target in
          (
            value: "\(plan.name)/\(target.key)",
            title: visit.text(
              "registry.form.target",
              ["policy": .text(forms.terms.title(of: plan.name)), "target": .text(plan.title(of: target.key))])
          )
        }
      }
      field = .select(name, title, all, chosen: value)
    case .day, .lastDay: field = .input(name, title, value, type: "date", isRequired: column.isRequired)
    case .schoolYear:
      field = .input(
        name, title, value.map { column.shown($0, visit.words, FormNames([])) }, isRequired: column.isRequired)
    default: field = .input(name, title, value, isRequired: column.isRequired)
    }
    // The code tells what it is; it stays.
    field.isFixed = before != nil && column.isKey
    return field
  }

  // MARK: What was sent

  /// What stands in a column's field. A target's comes with its policy before it.
  private func written(_ column: RegistryColumn) -> String {
    let text = visit.form.all("c.\(column.code)").map(\.trimmedText).filter { !$0.isEmpty }.joined(separator: " ")
    switch column.kind {
    case .form: return forms.id(text)
    case .area: return forms.areaID(text)
    case .policy:
      let target = (visit.form.text("c.target") ?? "").split(separator: "/", maxSplits: 1)
      return text.isEmpty && target.count == 2 ? String(target[0]) : text
    case .target:
      let parts = text.split(separator: "/", maxSplits: 1)
      return parts.count == 2 && forms.terms.plan(String(parts[0])) != nil ? String(parts[1]) : text
    default: return text
    }
  }

  func store() async throws -> Response {
    var problems: [Message] = []
    var faults: Set<Int> = []
    let removes = visit.form.has("remove") && !table.isOfThings
    let values = table.columns.enumerated().map { place, column -> String? in
      if let before, column.isKey { return before.values[place] }
      let text = written(column)
      let title = Message.Part.message(Message("registry.column.\(column.code)"))
      guard !text.isEmpty else {
        if column.isRequired, !removes || column.isKey {
          problems.append(Message("problem.registry.book.missing", ["column": title]))
          faults.insert(place)
        }
        return nil
      }
      do throws(RegistryColumn.Fault) {
        return try column.canonical(text)
      } catch {
        problems.append(error.message(column, found: text))
        faults.insert(place)
        return nil
      }
    }
    let reason = visit.form.text("reason")
    if reason == nil { problems.append(Message("registry.form.reason.missing")) }
    var rows = RegistryRows()
    rows[table] = [RegistryRow(values, removes: removes, faults: faults)]
    if let text = visit.form.text("from"), let before, let past {
      if let from = Day(text) {
        if let row = former(before.values, values, past, until: from) { rows[past] = [row] }
      } else {
        problems.append(Message("problem.registry.book.day", ["found": .text(String(text.prefix(40)))]))
      }
    }
    if table == .schools { successors(values, &rows) }
    let (actor, now, ids, site, visit) = (visit.actor, visit.now, visit.site.ids, visit.site, visit)
    let (sent, forms) = (rows, forms)
    func sentences(_ found: [Problem]) -> [String] {
      found.map { visit.text("problem.sentence", ["what": .message($0.what), "do": .message($0.remedy)]) }
    }
    // What is wrong in a field doesn't keep back what is wrong elsewhere.
    guard problems.isEmpty, let reason else {
      let plan = try await site.database.read { try visit.registryImport(forms, $0).plan(sent, for: actor) }
      return try answer(problems: problems.map { visit.words.text($0) } + sentences(plan.problems))
    }
    do {
      try await site.database.write { transaction in
        let imports = visit.registryImport(forms, transaction)
        try imports.store(
          try imports.plan(sent, for: actor), reason: String(reason.prefix(300)), ids: ids, by: actor, at: now)
      }
    } catch let refusal as RegistryRefusal {
      return try answer(problems: sentences(refusal.problems))
    }
    return visit.redirect(back + "?done=changed")
  }

  /// Where a school that ends went. Its memberships end with it by themselves.
  private func successors(_ values: [String?], _ rows: inout RegistryRows) {
    guard let code = values[0], let place = table.index("closed"), values[place] != nil else { return }
    rows[.schoolSuccessors] = (visit.form.text("successors") ?? "").split { " ,;、，；".contains($0) }.map {
      RegistryRow([code, String($0)])
    }
  }

  /// What it was until the day before, where the change is one of those that are remembered.
  private func former(
    _ before: [String?], _ after: [String?], _ past: RegistryTable, until from: Day
  ) -> RegistryRow? {
    let kept = past.columns.filter { !$0.isKey && $0.code != "since" }.map(\.code)
    let changes = kept.contains { code in table.index(code).map { before[$0] != after[$0] } ?? false }
    guard changes else { return nil }
    return RegistryRow(
      past.columns.map { column -> String? in
        switch column.code {
        case "school", "group": before[0]
        case "last": from.adding(days: -1).text
        case "since": nil
        default: table.index(column.code).flatMap { before[$0] }
        }
      })
  }
}

extension RegistryColumn {
  var isList: Bool { if case .choices = kind { true } else { false } }
}

extension RegistryColumn.Fault {
  /// Without a cell: forms name the field.
  func message(_ column: RegistryColumn, found: String) -> Message {
    let (key, most): (String, Int) =
      switch self {
      case .long(let most): ("long", most)
      case .large: ("large", 0)
      case .choice: ("choice", 0)
      case .day: ("day", 0)
      case .year: ("year", 0)
      case .count: ("count", 0)
      case .amount: ("amount", 0)
      }
    return Message(
      "problem.registry.book.\(key)",
      [
        "found": .text(String(found.prefix(60))), "column": .message(Message("registry.column.\(column.code)")),
        "most": .count(most),
      ])
  }
}
