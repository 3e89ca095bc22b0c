import Documents
import Notation
import Publishing

/// What a published edition's file holds (`EditionFile` writes it), and a result of a draft.
enum APIResultSchemas {
  private static let decimal = APISchema.optional(.decimal)
  private static func change(_ schema: APISchema) -> APISchema { .list(schema, least: 2, most: 2) }

  static let file = APISchema.named(
    "Edition",
    .object([
      APIField("format", .word(["junheng-results-1"])), APIField("publisher", .text), APIField("authority", .id),
      APIField("cycle", .id), APIField("title", .text), APIField("year", .year),
      APIField("edition", .whole(least: 1, most: 1_000_000)), APIField("published", .day),
      APIField("document", .optional(.text)),
      APIField("policy", .object([APIField("id", .text), APIField("title", .text), APIField("hash", .hash)])),
      APIField("record", .hash), APIField("previous", .optional(.hash)),
      APIField("correction", .optional(correction)), APIField("results", .list(published)),
    ]))

  private static let correction = APISchema.named(
    "Correction",
    .object([
      APIField("reason", .text),
      APIField(
        "groups",
        .list(
          .object([
            APIField("group", .id), APIField("name", .text),
            APIField(
              "items",
              .list(
                .object([
                  APIField("id", .text), APIField("title", .text), APIField("old", decimal), APIField("new", decimal),
                ]))), APIField("total", change(decimal)), APIField("grade", change(.optional(.text))),
            APIField("rank", change(.optional(.count))), APIField("vetoes", change(.list(.text))),
            APIField("consequences", change(.list(.text))),
          ]))),
    ]))

  private static let head: [APIField] = [
    APIField("group", .id), APIField("name", .text), APIField("district", .text), APIField("form", .optional(.text)),
    APIField("eligible", .boolean), APIField("complete", .boolean), APIField("base", decimal),
    APIField("bonus", decimal), APIField("total", decimal), APIField("grade", .optional(.text)),
    APIField("rank", .optional(.count)), APIField("ranked", .optional(.count)),
    APIField("rankChange", .optional(.whole(least: -1_000_000, most: 1_000_000))),
  ]

  private static func item(_ more: [APIField]) -> APISchema {
    .object(
      [
        APIField("id", .text), APIField("title", .text), APIField("points", .decimal), APIField("score", decimal),
        APIField("bonus", .boolean),
      ] + more)
  }

  /// What isn't made public is left out.
  private static let published = APISchema.named(
    "PublishedResult",
    .object(
      head + [
        APIField("vetoes", .list(.text), isRequired: false), APIField("consequences", .list(.text)),
        APIField("items", .list(item([])), isRequired: false),
      ]))

  static let result = APISchema.named(
    "DraftResult",
    .object(
      head + [
        APIField("vetoes", .list(.text)), APIField("consequences", .list(.text)), APIField("pending", .list(.text)),
        APIField("stages", .list(.text)), APIField("items", .list(item([APIField("why", .text)]))),
      ]))

  /// A row of a draft with its reasons.
  static func json(_ result: FrozenResult, _ words: EditionWords) -> JSONText {
    func number(_ exact: Exact?) -> JSONText { .optional(words.number(exact)) }
    return .object([
      ("group", .id(result.group)), ("name", .text(result.name)), ("district", .text(result.district)),
      ("form", .optional(words.form(result.form))), ("eligible", .boolean(result.isEligible)),
      ("complete", .boolean(result.isComplete)), ("base", number(result.base)), ("bonus", number(result.bonus)),
      ("total", number(result.total)), ("grade", .optional(result.grade)), ("rank", .optional(result.rank)),
      ("ranked", .optional(result.ranked)), ("rankChange", .optional(result.rankChange)),
      ("vetoes", .texts(result.vetoes.map(words.veto))),
      ("consequences", .texts(result.granted.map(words.consequence))),
      ("pending", .texts(result.pending.map(words.consequence))), ("stages", .texts(result.stages)),
      (
        "items",
        .list(
          result.lines.map { line in
            .object([
              ("id", .text(line.item)), ("title", .text(words.item(line.item))), ("points", number(line.points)),
              ("score", number(line.score)), ("bonus", .boolean(line.isBonus)), ("why", .text(line.why)),
            ])
          })
      ),
    ])
  }
}
