import HTTPTypes
import Hummingbird
import Notation
import Storage

/// Handing in by programs: a sheet, or an expert's own marks of it.
enum APISubmission {
  static let operations = [
    APIOperation(
      .apiSubmit,
      [
        APIParameter("withoutEvidence", .query, .text(least: 1, most: 500)),
        APIParameter("withoutExperts", .query, .text(least: 1, most: 500)),
      ],
      answers: [
        APIAnswer(
          201,
          .json(
            .object([
              APIField("submission", .optional(.whole(least: 1, most: 1_000_000))), APIField("at", .moment),
            ])), headers: APIMarks.replayed)
      ], problems: [409, 422])
  ]

  static func add(to table: inout RouteTable) {
    table.on(operations[0]) { visit in
      let (authority, id) = (try visit.id("authority"), try visit.id("sheet"))
      let key = try visit.requestKey(content: "")
      // Why required evidence, or experts, are missing; without it such a sheet is refused.
      let (evidence, experts) = (reason(visit, "withoutEvidence"), reason(visit, "withoutExperts"))
      return visit.answer(
        try await visit.site.database.write { transaction in
          try RequestKeyStore.once(key, at: visit.now, transaction) {
            let number = try SubmissionRoutes.handIn(
              visit, authority: authority, id, withoutEvidence: evidence, withoutExperts: experts, transaction)
            return KeyedAnswer(
              .created, .object([("submission", .optional(number)), ("at", .moment(visit.now))]))
          }
        })
    }
  }

  private static func reason(_ visit: Visit, _ name: String) -> String? {
    visit.query(name).flatMap { $0.isBlank ? nil : String($0.prefix(500)) }
  }
}
