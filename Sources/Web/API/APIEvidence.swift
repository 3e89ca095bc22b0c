import Cycles
import HTTPTypes
import Hummingbird
import NIOCore
import Notation
import Storage

/// Evidence by programs: a group's list, one file in, one file out.
enum APIEvidence {
  static let operations = [
    APIOperation(
      .apiEvidence, [APIParameter("item", .query, .text(least: 1, most: 100))],
      answers: [APIAnswer(200, .json(.object([APIField("evidence", .list(piece))])))]),
    APIOperation(
      .apiAddEvidence,
      [
        APIParameter("name", .query, .text(least: 1, most: 200), isRequired: true),
        APIParameter("title", .query, .text(least: 1, most: 120)), APIParameter("year", .query, .year),
        APIParameter("school", .query, .id),
        APIParameter("place", .query, .list(.text(least: 1, most: 200), most: 100)),
      ], body: .bytes(most: Int(FileKind.highestLimit)),
      answers: [APIAnswer(201, .json(added), headers: APIMarks.replayed)], problems: [409, 507]),
    APIOperation(
      .apiEvidenceFile, [APIParameter("Range", .header, .text(least: 1, most: 100))],
      answers: [APIAnswer(200, .bytes(media)), APIAnswer(206, .bytes(media))], problems: [416]),
  ]

  /// A file's own kind; texts go out as bytes, so that no browser takes them for pages.
  private static let media =
    Set(FileKind.all.map(\.media).filter { !$0.hasPrefix("text/") } + ["application/octet-stream"]).sorted()

  private static let piece = APISchema.named(
    "Evidence",
    .object([
      APIField("id", .id), APIField("series", .id), APIField("version", .whole(least: 1, most: 1_000_000)),
      APIField("title", .text), APIField("fileName", .text), APIField("kind", .word(FileKind.all.map(\.id))),
      APIField("size", .count), APIField("sha256", .hash), APIField("year", .whole(least: 0, most: 9999)),
      APISheets.school, APIField("uploadedAt", .moment), APIField("uploader", .optional(.text)),
      APIField("review", .boolean), APIField("withdrawnAt", .optional(.moment)), APIField("file", .text),
      APIField(
        "places",
        .list(
          .object([
            APIField("item", .text), APIField("entry", .optional(.text)), APIField("stage", .text),
            APIField("late", .boolean),
          ]))),
    ]))

  private static let added = APISchema.object([
    APIField("id", .id), APIField("known", .boolean), APIField("late", .boolean), APIField("file", .text),
  ])

  static func add(to table: inout RouteTable) {
    table.on(operations[0]) { visit in
      try await Refusal.evidence {
        let at = try await EvidenceVisit(visit, group: try visit.id("group"))
        let item = visit.query("item")
        let list = try await visit.site.database.read { transaction in
          try EvidenceStore.list(
            authority: at.ground.authority, cycle: at.ground.cycle, group: at.ground.group, item: item, for: at.post,
            transaction)
        }
        return visit.json(.object([("evidence", .list(list.map { json($0) }))]))
      }
    }
    table.on(operations[1]) { visit in try await Refusal.evidence { try await APIEvidenceReceipt(visit).answer() } }
    table.on(operations[2]) { visit in
      let response = try await Refusal.evidence { try await EvidenceFileRoutes.file(visit) }
      guard response.status == .rangeNotSatisfiable else { return response }
      throw Refusal(.rangeNotSatisfiable, "api.range").with(response.headers)
    }
  }

  private static func json(_ piece: StoredEvidence) -> JSONText {
    .object([
      ("id", .id(piece.id)), ("series", .id(piece.series)), ("version", .number(piece.version)),
      ("title", .text(piece.title)), ("fileName", .text(piece.fileName)), ("kind", .text(piece.kind.id)),
      ("size", .raw(String(piece.size))), ("sha256", .text(piece.file.hex)), ("year", .number(piece.year)),
      ("school", piece.school.map { APISheets.named($0, piece.schoolName ?? "") } ?? .null),
      ("uploadedAt", .moment(piece.uploadedAt)), ("uploader", .optional(piece.uploader)),
      ("review", .boolean(piece.isOfReview)), ("withdrawnAt", .moment(piece.withdrawnAt)),
      ("file", .text(Endpoint.apiEvidenceFile.link(piece.authority, piece.id))),
      (
        "places",
        .list(
          piece.links.map { link in
            .object([
              ("item", .text(link.place.item)), ("entry", .optional(link.place.entry)), ("stage", .text(link.stage)),
              ("late", .boolean(link.isLate)),
            ])
          })
      ),
    ])
  }
}
