import People
import Cycles
import HTTPTypes
import Hummingbird
import Notation
import Policies
import Storage

/// The cycles a post has to do with.
enum APICycles {
  static let operations = [
    APIOperation(.apiCycles, answers: [APIAnswer(200, .json(.object([APIField("cycles", .list(line))])))]),
    APIOperation(.apiCycle, answers: [APIAnswer(200, .json(cycle))]),
  ]

  private static let head: [APIField] = [
    APIField("authority", .id), APIField("id", .id), APIField("year", .year), APIField("title", .text),
    APIField("authorityName", .text),
  ]

  private static let line = APISchema.named(
    "CycleLine",
    .object(head + [APIField("confirmed", .boolean), APIField("publishedEdition", .optional(.count))]))

  private static let cycle = APISchema.named(
    "Cycle",
    .object(
      head + [
        APIField(
          "policy",
          .object([APIField("edition", .hash), APIField("policy", .text), APIField("title", .text)])),
        APIField("openedAt", .moment), APIField("confirmedAt", .optional(.moment)),
        APIField("publishedEdition", .optional(.count)), APIField("stages", .list(stage)),
      ]))

  private static let stage = APISchema.named(
    "Stage",
    .object([
      APIField("id", .text), APIField("title", .text), APIField("kind", .word(Stage.Kind.allCases.map(\.rawValue))),
      APIField("acts", .optional(.word(Stage.Actor.allCases.map(\.rawValue)))), APIField("opens", .optional(.day)),
      APIField("due", .optional(.day)), APIField("firstDue", .optional(.day)), APIField("days", .optional(.count)),
      APIField("workingDays", .boolean), APIField("hasSheets", .boolean),
    ]))

  static func add(to table: inout RouteTable) {
    table.on(operations[0]) { visit in
      let post = try visit.post
      let cycles = try await visit.site.database.read { try CycleStore.list(for: post.appointment, $0) }
      return visit.json(
        .object([
          (
            "cycles",
            .list(
              cycles.map { cycle in
                .object([
                  ("authority", .id(cycle.authority)), ("id", .id(cycle.id)), ("year", .number(cycle.year)),
                  ("title", .text(cycle.title)), ("authorityName", .text(cycle.authorityName)),
                  ("confirmed", .boolean(cycle.isConfirmed)), ("publishedEdition", .optional(cycle.published)),
                ])
              })
          )
        ]))
    }
    table.on(operations[1]) { visit in visit.json(json(try await find(visit))) }
  }

  /// The cycle of the address, where the post has to do with it.
  static func find(_ visit: Visit) async throws -> StoredCycle {
    try await visit.site.database.read { try find(visit, $0) }
  }

  static func find(_ visit: Visit, _ transaction: any Transaction) throws -> StoredCycle {
    let (authority, id, post) = (try visit.id("authority"), try visit.id("cycle"), try visit.post)
    let cycle = try CycleStore.cycle(
      authority: authority, id, for: post.appointment, visit.site.editions, transaction)
    guard let cycle else { throw Refusal.notFound }
    return cycle
  }

  private static func json(_ cycle: StoredCycle) -> JSONText {
    .object([
      ("authority", .id(cycle.authority)), ("id", .id(cycle.id)), ("year", .number(cycle.year)),
      ("title", .text(cycle.title)), ("authorityName", .text(cycle.authorityName)),
      (
        "policy",
        .object([
          ("edition", .text(cycle.edition)), ("policy", .text(cycle.policy.id)), ("title", .text(cycle.policy.title)),
        ])
      ), ("openedAt", .moment(cycle.openedAt)), ("confirmedAt", .moment(cycle.confirmedAt)),
      ("publishedEdition", .optional(cycle.published)),
      (
        "stages",
        .list(
          cycle.stages.map { stage in
            .object([
              ("id", .text(stage.id)), ("title", .text(stage.title)), ("kind", .text(stage.kind.rawValue)),
              ("acts", .optional(stage.acts?.rawValue)), ("opens", .day(stage.opens)),
              ("due", .day(cycle.calendar.due(stage.id, group: nil))), ("firstDue", .day(stage.due)),
              ("days", .optional(stage.days)), ("workingDays", .boolean(stage.workingDays)),
              ("hasSheets", .boolean(stage.hasSheets)),
            ])
          })
      ),
    ])
  }
}
