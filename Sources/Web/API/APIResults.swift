import People
import Policies
import Cycles
import Documents
import HTTPTypes
import Hummingbird
import Notation
import Publishing
import Storage

/// What cycles came to: published editions, and the draft to those who may see it.
enum APIResults {
  static let operations = [
    APIOperation(
      .apiResults,
      answers: [
        APIAnswer(
          200, .json(.object([APIField("editions", .list(edition)), APIField("draft", .optional(draft))])))
      ]),
    APIOperation(
      .apiEdition,
      answers: [APIAnswer(200, .json(APIResultSchemas.file), headers: [("Repr-Digest", .text)])]),
    APIOperation(
      .apiDraft, [APIParameter("cursor", .query, .whole(least: 0, most: 1_000_000)), .limit],
      answers: [
        APIAnswer(
          200,
          .json(
            .object([
              APIField("confirmedAt", .optional(.moment)), APIField("results", .list(APIResultSchemas.result)),
              APIField("next", .optional(.count)),
            ])))
      ]),
  ]

  private static let edition = APISchema.named(
    "EditionLine",
    .object([
      APIField("edition", .whole(least: 1, most: 1_000_000)), APIField("publishedAt", .moment),
      APIField("document", .optional(.text)), APIField("sha256", .hash), APIField("record", .hash),
      APIField("correction", .optional(.text)),
    ]))

  private static let draft = APISchema.object([APIField("confirmedAt", .optional(.moment))])

  static func add(to table: inout RouteTable) {
    table.on(operations[0]) { visit in
      let post = try visit.post
      let (editions, sight) = try await visit.site.database.read { transaction in
        let cycle = try APICycles.find(visit, transaction)
        return (
          try ResultsStore.published(cycle, transaction),
          try ResultsStore.sight(of: cycle, for: post, transaction)
        )
      }
      let hasDraft = sight.sight.seesDraft && sight.state.hasDraft
      return visit.json(
        .object([
          (
            "editions",
            .list(
              editions.map { edition in
                .object([
                  ("edition", .number(edition.number)), ("publishedAt", .moment(edition.madeAt)),
                  ("document", .optional(edition.document)), ("sha256", .optional(edition.fileHash)),
                  ("record", .text(edition.hash)), ("correction", .optional(edition.correction?.reason)),
                ])
              })
          ),
          ("draft", hasDraft ? .object([("confirmedAt", .moment(sight.state.confirmedAt))]) : .null),
        ]))
    }
    table.on(operations[1]) { visit in
      guard let number = try visit.parameter("edition").number(in: .editions) else { throw Refusal.notFound }
      let file = try await visit.site.database.read {
        try ResultsStore.file(number, of: try APICycles.find(visit, $0), $0)
      }
      guard let file else { throw Refusal.notFound }
      // Byte for byte as it was frozen: its SHA-256 is the edition's.
      var response = visit.json(.raw(file))
      response.headers[.reprDigest] = "sha-256=:\(Fingerprint.base64(file.utf8)):"
      return response
    }
    table.on(operations[2]) { visit in
      let post = try visit.post
      let limit = visit.number("limit", in: .places) ?? 50
      let start = visit.number("cursor", in: 0...1_000_000) ?? 0
      let (cycle, list) = try await visit.site.database.read { transaction in
        let cycle = try APICycles.find(visit, transaction)
        let list = try ResultsStore.list(
          0, authority: cycle.authority, cycle: cycle.id, ResultFilter(offset: start, count: limit),
          within: cycle.policy.ranking.within, for: post.appointment, lines: true, transaction)
        return (cycle, list)
      }
      // Nobody is told whether there is a draft that they may not see.
      guard start > 0 || !list.rows.isEmpty else { throw Refusal.notFound }
      let words = EditionWords(cycle.policy)
      let end = start + list.rows.count
      return visit.json(
        .object([
          ("confirmedAt", .moment(cycle.confirmedAt)),
          ("results", .list(list.rows.map { APIResultSchemas.json($0, words) })),
          ("next", .optional(end < list.matching ? end : nil)),
        ]))
    }
  }
}

extension HTTPField.Name {
  /// RFC 9530.
  static let reprDigest = HTTPField.Name("Repr-Digest")!
}
