import Cycles
import Hummingbird
import Notation
import People
import Storage

/// Marks by programs: read, and saved many at once.
enum APIMarks {
  static let mostMarks = 500

  static func add(to table: inout RouteTable) {
    table.on(.apiMarks) { visit in
      let (authority, id) = (try visit.id("authority"), try visit.id("sheet"))
      let post = try visit.post
      let account = try visit.account
      let marks = try await visit.site.database.read { transaction -> [SheetMark]? in
        guard let sheet = try SheetStore.sheet(authority: authority, id, for: post.appointment, transaction) else {
          return nil
        }
        let own = try SheetStore.marks(sheet, placed: [], transaction).own
        // An expert sees no other's marks here: the page shows them once their own is in.
        return post.role == .expert && sheet.isAssigned ? own.filter { $0.reviewer == account } : own
      }
      guard let marks else { throw Refusal.notFound }
      return visit.json(.object([("marks", .list(marks.map { json($0) }))]))
    }
    table.on(.apiSaveMarks) { try await save($0) }
  }

  private static func json(_ mark: SheetMark) -> JSONText {
    .object([
      ("item", .text(mark.item)), ("field", .text(mark.field)), ("value", mark.value.map { .raw($0) } ?? .null),
      ("version", .number(mark.version)), ("by", .id(mark.by)), ("reviewer", .id(mark.reviewer)),
      ("at", .text(LocalTime(mark.at).text)),
    ])
  }

  private static func save(_ visit: Visit) async throws -> Response {
    let (authority, id, account) = (try visit.id("authority"), try visit.id("sheet"), try visit.account)
    guard let viewer = visit.viewer else { throw Refusal.signIn }
    let given = try await APIMarkReading.read(visit)
    let (now, editions, database) = (visit.now, visit.site.editions, visit.site.database)
    let gate = try await database.read {
      try MarkGate.find(authority: authority, id, for: viewer, at: now, editions, $0)
    }
    guard let gate else { throw Refusal.notFound }
    if let closed = gate.rights.closed { throw Refusal(.conflict, [closed]) }
    guard gate.rights.canMark else { throw Refusal.forbidden }
    let unknown = given.filter { !gate.asks($0.item, $0.field) }
    guard unknown.isEmpty else {
      throw Refusal.invalid(
        unknown.map { Message("api.marks.unknown", ["item": .text($0.item), "field": .text($0.field)]) })
    }
    guard given.allSatisfy({ gate.mayEnter($0.field) }) else { throw Refusal.forbidden }
    let isExpert = viewer.post?.role == .expert
    let changes = given.map {
      MarkChange(
        item: $0.item, field: $0.field, value: $0.value, seen: $0.version, by: account, at: now,
        reviewer: isExpert ? account : nil)
    }
    let outcome: [MarkMerge]
    do {
      outcome = try await database.write { transaction in
        if gate.hasPanel {
          guard let open = try SheetStore.open(authority: authority, id, for: viewer, at: now, editions, transaction),
            let panel = open.panel, let reviewer = open.reviewer,
            changes.allSatisfy({ panel.mayChange($0.item, field: $0.field, to: $0.value, by: reviewer) })
          else { throw Refusal.conflict("sheet.closed.seen") }
        }
        return try changes.map { try MarkStore.save($0, of: id, authority: authority, by: visit.actor, transaction) }
      }
    } catch is SheetConflict {
      throw Refusal.conflict("sheet.closed.submitted")
    }
    return answer(visit, outcome)
  }

  private static func answer(_ visit: Visit, _ outcome: [MarkMerge]) -> Response {
    var hasConflict = false
    let marks = outcome.map { merge -> JSONText in
      let (state, mark): (String, SheetMark)
      switch merge {
      case .saved(let saved): (state, mark) = ("saved", saved)
      case .same(let same): (state, mark) = ("same", same)
      case .conflict(_, let theirs):
        (state, mark) = ("conflict", theirs)
        hasConflict = true
      }
      return .object([
        ("item", .text(mark.item)), ("field", .text(mark.field)), ("state", .text(state)),
        ("version", .number(mark.version)), ("value", mark.value.map { .raw($0) } ?? .null),
      ])
    }
    return visit.json(.object([("marks", .list(marks))]), status: hasConflict ? .conflict : .ok)
  }
}

/// The marks of a request's body.
enum APIMarkReading {
  struct Given {
    let item: String
    let field: String
    let value: String?
    let version: Int
  }

  /// Throws `Refusal` naming all that is wrong.
  static func read(_ visit: Visit) async throws -> [Given] {
    let root = try await visit.jsonBody(most: 1 << 20)
    guard let list = root["marks"]?.list, !list.isEmpty, list.count <= APIMarks.mostMarks else {
      throw Refusal.invalid("api.marks.list", ["most": .count(APIMarks.mostMarks)])
    }
    var problems: [Message] = []
    var given: [Given] = []
    for (place, node) in list.enumerated() {
      let version = node["version"]
      guard let item = node["item"]?.text, let field = node["field"]?.text, !item.isEmpty, !field.isEmpty,
        item.utf8.count <= 100, field.utf8.count <= 300, version == nil || (version?.integer ?? -1) >= 0,
        let value = node["value"]
      else {
        problems.append(Message("api.marks.mark", ["number": .count(place + 1)]))
        continue
      }
      let text = value.isNull ? nil : JSONText.of(value).text
      guard (text?.utf8.count ?? 0) <= 20_000 else {
        problems.append(Message("api.marks.large", ["number": .count(place + 1)]))
        continue
      }
      given.append(Given(item: item, field: field, value: text, version: version?.integer ?? 0))
    }
    guard problems.isEmpty else { throw Refusal.invalid(problems) }
    return given
  }
}
