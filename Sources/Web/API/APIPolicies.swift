import People
import HTTPTypes
import Hummingbird
import Notation
import Policies
import Storage

/// The policies that a post's cycles were opened under, as they were frozen.
enum APIPolicies {
  static let operations = [
    APIOperation(
      .apiPolicies,
      answers: [
        APIAnswer(200, .json(.object([APIField("policies", .list(line))])))
      ]),
    APIOperation(.apiPolicy, answers: [APIAnswer(200, .json(policy))]),
  ]

  private static let line = APISchema.named(
    "PolicyLine",
    .object([
      APIField("edition", .hash), APIField("policy", .text), APIField("title", .text),
      APIField(
        "cycles",
        .list(
          .object([
            APIField("authority", .id), APIField("id", .id), APIField("year", .year), APIField("title", .text),
          ]))),
    ]))

  private static let policy = APISchema.named(
    "Policy",
    .object([
      APIField("edition", .hash), APIField("policy", .text), APIField("title", .text),
      APIField("files", .map(.text)), APIField("tree", .map(.anything)),
    ]))

  static func add(to table: inout RouteTable) {
    table.on(operations[0]) { visit in
      let post = try visit.post
      let uses = try await visit.site.database.read { try EditionStore.uses(for: post.appointment, $0) }
      var seen: [String] = []
      for use in uses where !seen.contains(use.hash) { seen.append(use.hash) }
      let cycles = Dictionary(grouping: uses, by: \.hash)
      return visit.json(
        .object([("policies", .list(seen.compactMap { hash in cycles[hash].flatMap { json($0) } }))]))
    }
    table.on(operations[1]) { visit in
      let (post, hash, editions) = (try visit.post, try visit.parameter("edition"), visit.site.editions)
      let found = try await visit.site.database.read { transaction in
        try EditionStore.files(hash, for: post.appointment, transaction).map { found in
          (found.title, found.files, try editions.policy(hash, transaction))
        }
      }
      guard let (title, files, policy) = found else { throw Refusal.notFound }
      return visit.json(
        .object([
          ("edition", .text(hash)), ("policy", .text(files.name)), ("title", .text(title)),
          ("files", .object(files.files.sorted { $0.key < $1.key }.map { ($0.key, .text($0.value)) })),
          ("tree", .of(policy.root)),
        ]))
    }
  }

  private static func json(_ uses: [EditionUse]) -> JSONText? {
    guard let first = uses.first else { return nil }
    return .object([
      ("edition", .text(first.hash)), ("policy", .text(first.policy)), ("title", .text(first.title)),
      (
        "cycles",
        .list(
          uses.map { use in
            .object([
              ("authority", .id(use.authority)), ("id", .id(use.cycle)), ("year", .number(use.year)),
              ("title", .text(use.cycleTitle)),
            ])
          })
      ),
    ])
  }
}
