import Cycles
import HTTPTypes
import Hummingbird
import Notation
import People
import Storage

/// Marks by programs: read, and saved many at once.
enum APIMarks {
  static let mostMarks = 500
  private static let mostBytes = 1 << 20

  static let operations = [
    APIOperation(.apiMarks, answers: [APIAnswer(200, .json(.object([APIField("marks", .list(mark))])))]),
    APIOperation(
      .apiSaveMarks, body: .json(given, most: mostBytes),
      answers: [APIAnswer(200, .json(saved), headers: replayed), APIAnswer(409, .json(saved), headers: replayed)],
      problems: [409]),
  ]

  static let replayed = [(name: "Idempotency-Replayed", schema: APISchema.word(["true"]))]

  private static let mark = APISchema.named(
    "Mark",
    .object([
      APIField("item", .text), APIField("field", .text), APIField("value", .anything), APIField("version", .count),
      APIField("by", .optional(.id)), APIField("reviewer", .optional(.id)), APIField("at", .moment),
    ]))

  static let given = APISchema.named(
    "MarksGiven",
    .object([
      APIField(
        "marks",
        .list(
          .object([
            APIField("item", .text(least: 1, most: 100)), APIField("field", .text(least: 1, most: 300)),
            APIField("value", .anything), APIField("version", .count, isRequired: false),
          ]), least: 1, most: mostMarks))
    ]))

  private static let saved = APISchema.named(
    "MarksSaved",
    .object([
      APIField(
        "marks",
        .list(
          .object([
            APIField("item", .text), APIField("field", .text),
            APIField("state", .word(["saved", "same", "conflict"])), APIField("version", .count),
            APIField("value", .anything),
          ])))
    ]))

  static func add(to table: inout RouteTable) {
    table.on(operations[0]) { visit in
      let (authority, id) = (try visit.id("authority"), try visit.id("sheet"))
      guard let viewer = visit.viewer else { throw Refusal.signIn }
      let (now, editions) = (visit.now, visit.site.editions)
      let marks = try await visit.site.database.read { transaction -> [SheetMark]? in
        let found = try SheetStanding.find(authority: authority, id, for: viewer, at: now, editions, transaction)
        guard let found else { return nil }
        let marks = try SheetStore.marks(found.sheet, placed: [], transaction).own
        // What experts marked is for those who lead the stage; nobody else sees another's marks here.
        return marks.filter { found.rights.seesPanel || $0.reviewer == nil || $0.reviewer == viewer.account }
      }
      guard let marks else { throw Refusal.notFound }
      return visit.json(.object([("marks", .list(marks.map { json($0) }))]))
    }
    table.on(operations[1]) { try await save($0) }
  }

  private static func json(_ mark: SheetMark) -> JSONText {
    .object([
      ("item", .text(mark.item)), ("field", .text(mark.field)), ("value", mark.value.map { .raw($0) } ?? .null),
      ("version", .number(mark.version)), ("by", .id(mark.by)), ("reviewer", .id(mark.reviewer)),
      ("at", .moment(mark.at)),
    ])
  }

  private static func save(_ visit: Visit) async throws -> Response {
    let body = try await visit.jsonBody(given, most: mostBytes)
    let key = try visit.requestKey(content: body.hash)
    let saving = try APIMarkSaving(visit, body.root)
    switch try await saving.gate(key, visit.site.database) {
    case .answered(let answer): return visit.answer(answer)
    case .open(let gate, let known):
      return visit.answer(
        try await visit.site.database.write { transaction in
          try RequestKeyStore.once(key, at: visit.now, transaction) {
            answer(try saving.save(gate, known, transaction))
          }
        })
    }
  }

  private static func answer(_ outcome: [MarkMerge]) -> KeyedAnswer {
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
    return KeyedAnswer(hasConflict ? .conflict : .ok, .object([("marks", .list(marks))]))
  }
}
