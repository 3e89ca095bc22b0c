import People
import Cycles
import HTTPTypes
import Hummingbird
import Notation
import Policies
import Storage

/// The sheets of a cycle, page by page, and one of them whole (`APISheet`).
enum APISheets {
  static let operations = [
    APIOperation(
      .apiSheets,
      [
        APIParameter("stage", .query, .text(least: 1, most: 100)), APIParameter("group", .query, .id),
        APIParameter("state", .query, .word(["open", "submitted"])), APIParameter("cursor", .query, .id), .limit,
      ],
      answers: [
        APIAnswer(
          200, .json(.object([APIField("sheets", .list(line)), APIField("next", .optional(.id))])))
      ]),
    APIOperation(.apiSheet, answers: [APIAnswer(200, .json(APISheet.schema))]),
  ]

  static let group = APIField("group", .object([APIField("id", .id), APIField("name", .text)]))
  static let school = APIField("school", .optional(.object([APIField("id", .id), APIField("name", .text)])))
  static let submission = APIField(
    "submission",
    .optional(.object([APIField("number", .whole(least: 1, most: 1_000_000)), APIField("at", .moment)])))

  private static let line = APISchema.named(
    "SheetLine",
    .object([
      APIField("id", .id), APIField("stage", .text), group, school, submission, APIField("base", .optional(.decimal)),
      APIField("bonus", .optional(.decimal)), APIField("total", .optional(.decimal)),
      APIField("grade", .optional(.text)), APIField("complete", .boolean),
    ]))

  static func add(to table: inout RouteTable) {
    table.on(operations[0]) { visit in
      let (post, limit) = (try visit.post, visit.query("limit").flatMap { Int($0) } ?? 50)
      let filter = SheetFilter(
        stage: visit.query("stage"), group: visit.query("group").flatMap { ID($0) },
        isSubmitted: visit.query("state").map { $0 == "submitted" },
        after: visit.query("cursor").flatMap { ID($0) })
      let (cycle, sheets) = try await visit.site.database.read { transaction in
        let cycle = try APICycles.find(visit, transaction)
        return (
          cycle,
          try SheetStore.list(
            authority: cycle.authority, cycle: cycle.id, filter, most: limit + 1, for: post.appointment, transaction)
        )
      }
      let places = cycle.policy.rounding.places
      return visit.json(
        .object([
          ("sheets", .list(sheets.prefix(limit).map { json($0, places) })),
          ("next", .id(sheets.count > limit ? sheets[limit - 1].id : nil)),
        ]))
    }
    table.on(operations[1]) { visit in
      let (authority, id) = (try visit.id("authority"), try visit.id("sheet"))
      guard let viewer = visit.viewer else { throw Refusal.signIn }
      let (now, editions) = (visit.now, visit.site.editions)
      let open = try await visit.site.database.read {
        try SheetStore.open(authority: authority, id, for: viewer, at: now, editions, $0)
      }
      guard let open, open.rights.canRead else { throw Refusal.notFound }
      return visit.json(APISheet(open, words: visit.words).json)
    }
  }

  private static func json(_ sheet: SheetLine, _ places: Int) -> JSONText {
    .object([
      ("id", .id(sheet.id)), ("stage", .text(sheet.stage)), ("group", named(sheet.group, sheet.groupName)),
      ("school", sheet.school.map { named($0, sheet.schoolName ?? "") } ?? .null),
      ("submission", submission(sheet.submission, sheet.submittedAt)), ("base", .score(sheet.base, places)),
      ("bonus", .score(sheet.bonus, places)), ("total", .score(sheet.total, places)),
      ("grade", .optional(sheet.grade)), ("complete", .boolean(sheet.isComplete)),
    ])
  }

  static func named(_ id: ID, _ name: String) -> JSONText { .object([("id", .id(id)), ("name", .text(name))]) }

  static func submission(_ number: Int?, _ at: Instant?) -> JSONText {
    guard let number, let at else { return .null }
    return .object([("number", .number(number)), ("at", .moment(at))])
  }
}
