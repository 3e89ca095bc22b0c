import Cycles
import Hummingbird
import Notation
import People
import Policies
import Storage

extension SheetRoutes {
  /// Saves what the form says of an item: only what differs from what its sender saw, field by field. Where somebody else
  /// changed the same field meanwhile, both values are shown and nothing of that field is stored.
  static func save(_ visit: Visit) async throws -> Response {
    let (authority, id, item) = (try visit.id("authority"), try visit.id("sheet"), try visit.parameter("item"))
    guard let viewer = visit.viewer else { throw Refusal.signIn }
    let (form, words, editions) = (visit.form, visit.words, visit.site.editions)
    let outcome = try await visit.site.database.write { transaction -> [MarkMerge] in
      guard
        let open = try SheetStore.open(authority: authority, id, for: viewer, at: visit.now, editions, transaction)
      else { throw Refusal.notFound }
      if let closed = open.rights.closed { throw Refusal(.conflict, [closed]) }
      guard open.rights.canMark else { throw Refusal.forbidden }
      guard let found = open.state(only: item)[item] else { throw Refusal.notFound }
      let changes = try SheetChanges(open, found, form: form, words: words).changes(by: viewer.account, at: visit.now)
      return try changes.map {
        try MarkStore.save($0, of: id, authority: authority, by: visit.actor, transaction)
      }
    }
    return try await answer(visit, outcome, item: item)
  }

  private static func answer(_ visit: Visit, _ outcome: [MarkMerge], item: String) async throws -> Response {
    let isScript = visit.request.headers[.accept]?.contains("application/json") ?? false
    let clashes = outcome.compactMap { merge -> (MarkChange, SheetMark)? in
      if case .conflict(let mine, let theirs) = merge { (mine, theirs) } else { nil }
    }
    guard isScript || !clashes.isEmpty else {
      let next = visit.form.text("then").flatMap { $0 == "next" ? visit.form.text("next") : nil }
      if let next = SessionRoutes.safe(next), next.hasPrefix("/sheets/") { return visit.redirect(next) }
      return visit.redirect(
        Endpoint.sheet.link(
          try visit.id("authority"), try visit.id("sheet"),
          query: [("item", item), ("saved", LocalTime(visit.now).clock)]))
    }
    let maker = try await read(visit, item: item)
    let conflicts = try await named(clashes, maker, visit)
    if isScript {
      let stored = outcome.compactMap { merge -> String? in
        switch merge {
        case .saved(let mark), .same(let mark): mark.field
        case .conflict: nil
        }
      }
      return visit.json(pieces(visit, maker, conflicts: conflicts, stored: stored))
    }
    return show(visit, maker, problem: visit.text("sheet.conflict"), conflicts: conflicts, status: .conflict)
  }

  private static func named(
    _ clashes: [(MarkChange, SheetMark)], _ maker: SheetMaker, _ visit: Visit
  ) async throws -> [ItemPanel.Conflict] {
    guard !clashes.isEmpty else { return [] }
    let ids = Set(clashes.compactMap { $0.1.by })
    let names = try await visit.site.database.read { try AccountNames.names(of: ids, $0) }
    return clashes.map { mine, theirs in
      let field = maker.item.fields.first { $0.path == mine.field }
      let writer = field.map { FactWords(field: $0, words: visit.words, school: maker.open.school(of: $0)) }
      func shown(_ value: String?) -> String { writer?.shown(value) ?? plain(value) }
      return ItemPanel.Conflict(
        field: mine.field, title: writer?.title ?? visit.text("sheet.\(mine.field)"), mine: shown(mine.value),
        theirs: shown(theirs.value),
        who: visit.text(
          "sheet.conflict.who",
          ["name": .text(theirs.by.flatMap { names[$0] } ?? "—"), "when": .text(maker.short(theirs.at))]),
        value: mine.value ?? "null", version: theirs.version)
    }
  }

  private static func plain(_ json: String?) -> String {
    json.flatMap { try? JSON.read(Array($0.utf8), file: "") }?.plainText ?? "—"
  }
}

/// What a form of an item would change, field by field.
struct SheetChanges {
  let open: OpenSheet
  let item: SheetItem
  let form: Form
  let words: Catalogue
  /// The marks as they are stored.
  private let marks: [String: SheetMark]

  init(_ open: OpenSheet, _ item: SheetItem, form: Form, words: Catalogue) {
    self.open = open
    self.item = item
    self.form = form
    self.words = words
    marks = Dictionary(open.own.filter { $0.item == item.item.id }.map { ($0.field, $0) }) { first, _ in first }
  }

  /// Throws `Refusal` where a field isn't the sender's to enter.
  func changes(by account: ID, at now: Instant) throws -> [MarkChange] {
    var changes: [MarkChange] = []
    func add(_ field: String, _ value: String?) throws {
      if let panel = open.panel, let reviewer = open.reviewer,
        !panel.mayChange(item.item.id, field: field, to: value, by: reviewer)
      {
        throw Refusal.conflict("sheet.closed.seen")
      }
      changes.append(
        MarkChange(
          item: item.item.id, field: field, value: value, seen: seen(field), by: account, at: now,
          reviewer: open.reviewer))
    }
    var corrects = false
    for field in item.fields {
      guard let value = FieldInput.json(field, form: form, words: words), differs(field, value) else { continue }
      // A page that is older than the choice shows nothing where the stage before stands now.
      if open.value.asksChoice, value == nil, field.mark == nil, form.text("choice") == Choice.accept.rawValue {
        continue
      }
      guard open.rights.mayEnter(field) else { throw Refusal.forbidden }
      try add(field.path, value)
      corrects = true
    }
    // A conflict settled by a person: the value they chose, over the version they saw.
    for field in form.all("settle").prefix(50) {
      guard let value = form.raw("value:\(field)"), let target = item.fields.first(where: { $0.path == field })
      else { continue }
      guard open.rights.mayEnter(target) else { throw Refusal.forbidden }
      try SheetChanges.admit(value, for: target)
      try add(field, value == "null" ? nil : value)
    }
    if open.value.asksChoice {
      let typed = form.text("choice").flatMap { Choice(rawValue: $0) }
      // Who enters a value corrects what was recorded, whatever the button says.
      let choice = corrects && typed != .open ? .correct : typed
      if let choice, choice != item.choice, !(choice == .open && item.choice == nil) {
        guard open.rights.mayRemark else { throw Refusal.forbidden }
        try add(SheetMark.choice, JSONText.quoted(choice.rawValue))
      }
    }
    if let remark = form.raw("remark") {
      let text = String(remark.replacing("\r\n", with: "\n").prefix(4_000))
      if text != item.remark ?? "", text != stored(SheetMark.remark) ?? "" {
        guard open.rights.mayRemark else { throw Refusal.forbidden }
        try add(SheetMark.remark, text.isEmpty ? nil : JSONText.quoted(text))
      }
    }
    return changes
  }

  /// Refuses a value that a page of ours handed out and that came back as something else.
  static func admit(_ json: String, for field: SheetField) throws(Refusal) {
    guard json.utf8.count <= SheetMark.longestValue, let node = try? JSON.read(Array(json.utf8), file: ""),
      field.need.takes(node)
    else { throw .invalid("sheet.value.wrong", ["field": .text(field.path)]) }
  }

  private func stored(_ field: String) -> String? {
    marks[field]?.value.flatMap { try? JSON.read(Array($0.utf8), file: "") }?.text
  }

  /// The version the sender saw; a form that doesn't say has seen none.
  private func seen(_ field: String) -> Int { form.number("v:" + field, in: .versions) ?? 0 }

  /// Whether a value is another than what the sender was shown: the mark, else what the stage before recorded.
  private func differs(_ field: SheetField, _ value: String?) -> Bool {
    let shown = field.mark?.value ?? (field.mark == nil ? field.value.map { FactWords.json($0) } : nil)
    guard let shown, let value else { return (shown == nil) != (value == nil) }
    guard shown != value else { return false }
    guard let a = try? JSON.read(Array(shown.utf8), file: ""), let b = try? JSON.read(Array(value.utf8), file: "")
    else { return true }
    return !a.says(b)
  }
}
