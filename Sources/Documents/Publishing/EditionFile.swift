public import Notation
public import Policies
public import Publishing

/// A published edition as the file anybody may have, a group a line: its SHA-256 is the edition's. It stands for itself:
/// titles are in it, no other file is needed to read it.
public struct EditionFile {
  let edition: PublishedEdition
  let words: EditionWords

  public init(_ edition: PublishedEdition) {
    self.edition = edition
    words = EditionWords(edition.policy)
  }

  public var text: String {
    let head = edition.head
    let fields: [(String, JSONText)] = [
      ("format", .text("junheng-results-1")), ("publisher", .text(head.publisher)),
      ("authority", .id(head.authority)), ("cycle", .id(head.cycle)), ("title", .text(head.title)),
      ("year", .number(head.year)), ("edition", .number(head.number)), ("published", .text(head.publishedAt.day.text)),
      ("document", .optional(head.document)),
      (
        "policy",
        .object([
          ("id", .text(edition.policy.id)), ("title", .text(edition.policy.title)), ("hash", .text(head.policyHash)),
        ])
      ), ("record", .text(head.recordHash)), ("previous", .optional(head.previous)),
      ("correction", edition.correction.map { CorrectionJSON(words: words).value($0) } ?? .null),
    ]
    let top = fields.map { "\(JSONText.quoted($0.0)):\($0.1.text)" }.joined(separator: ",\n")
    let groups = edition.results.map { group($0).text }.joined(separator: ",\n")
    return "{\(top),\n\"results\":[\n\(groups)\n]}\n"
  }

  private func group(_ result: FrozenResult) -> JSONText {
    var fields: [(String, JSONText)] = [
      ("group", .id(result.group)), ("name", .text(result.name)), ("district", .text(result.district)),
      ("form", .optional(words.form(result.form))), ("eligible", .boolean(result.isEligible)),
      ("complete", .boolean(result.isComplete)), ("base", .optional(words.number(result.publicBase))),
      ("bonus", .optional(words.number(result.publicBonus))), ("total", .optional(words.number(result.publicTotal))),
      ("grade", .optional(result.grade)), ("rank", .optional(result.rank)), ("ranked", .optional(result.ranked)),
      ("rankChange", .optional(result.rankChange)),
    ]
    if edition.disclosure.vetoes { fields.append(("vetoes", .texts(result.vetoes.map(words.veto)))) }
    fields.append(("consequences", .texts(result.granted.map(words.consequence))))
    if edition.disclosure.items {
      fields.append(
        (
          "items",
          .list(
            result.lines.map { line in
              .object([
                ("id", .text(line.item)), ("title", .text(words.item(line.item))),
                ("points", .optional(words.number(line.points))), ("score", .optional(words.number(line.score))),
                ("bonus", .boolean(line.isBonus)),
              ])
            })
        ))
    }
    return .object(fields)
  }
}

/// A policy's names for what results speak of by id.
public struct EditionWords: Sendable {
  public let policy: Policy
  private let items: [String: String]

  public init(_ policy: Policy) {
    self.policy = policy
    items = Dictionary(policy.allItems.map { ($0.id, $0.title) }) { first, _ in first }
  }

  public func form(_ id: String?) -> String? { id.map { policy.form($0)?.name ?? $0 } }
  public func item(_ id: String) -> String { items[id] ?? id }
  public func veto(_ id: String) -> String { policy.vetoes.first { $0.id == id }?.title ?? id }
  public func consequence(_ id: String) -> String { policy.consequences.first { $0.id == id }?.title ?? id }
  public func number(_ number: Exact?) -> String? { number.map { $0.fixed(places: policy.rounding.places) } }
}
