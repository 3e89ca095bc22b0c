import Cycles
import Documents
import HTTPTypes
import Hummingbird
import NIOCore
import Notation
import Policies
import Publishing
import Storage

/// A published edition as files, and how anybody can check them.
enum EditionFileRoutes {
  static func add(to table: inout RouteTable) {
    table.on(.publicFile) { try await file($0) }
    table.on(.publicTable) { visit in
      try await made(visit, "csv", type: "text/csv; charset=utf-8") { edition, hash in
        try await visit.aside { Array(EditionTable(edition, hash: hash).csv.utf8) }
      }
    }
    table.on(.publicBook) { visit in
      try await made(visit, "xlsx", type: Visit.workbookType) { edition, hash in
        try await visit.madeWorkbook { path throws(WorkbookTrouble) in
          try EditionBook(edition, hash: hash).write(to: path)
        }
      }
    }
    table.on(.publicCheck) { try await check($0) }
  }

  private static func file(_ visit: Visit) async throws -> Response {
    let number = try PublicRoutes.number(visit)
    let (cycle, shown, text) = try await visit.site.database.read { transaction in
      let (cycle, _, shown) = try PublicRoutes.find(visit, number, transaction)
      return (cycle, shown, try ResultsStore.file(number, of: cycle, transaction))
    }
    guard let text, let hash = shown.fileHash else { throw Refusal.notFound }
    return frozen(ByteBuffer(string: text), type: "application/json", name: "\(cycle.title)-\(number).json", hash)
  }

  /// What never changes may be kept by whoever asked.
  private static func frozen(_ bytes: ByteBuffer, type: String, name: String, _ hash: String) -> Response {
    Response(
      status: .ok,
      headers: [
        .contentType: type, .contentDisposition: Visit.attachment(name), .eTag: "\"\(hash)\"",
        .cacheControl: "public, max-age=86400, immutable",
      ], body: .init(byteBuffer: bytes))
  }

  /// A file made of an edition: once, and kept, since whoever it is may ask for it without an account.
  private static func made(
    _ visit: Visit, _ form: String, type: String,
    _ make: @escaping @Sendable (PublishedEdition, String) async throws -> [UInt8]
  ) async throws -> Response {
    let number = try PublicRoutes.number(visit)
    let (cycle, editions, shown) = try await visit.site.database.read {
      try PublicRoutes.find(visit, number, $0)
    }
    guard let hash = shown.fileHash else { throw Refusal.notFound }
    // The publisher's name is all that may change.
    let key = "\(cycle.authority)/\(cycle.id)/\(number).\(form) \(hash) \(cycle.title) \(cycle.authorityName)"
    let bytes = try await visit.site.published.file(key) {
      try await make(try await whole(visit, number, cycle, editions, shown), hash)
    }
    return frozen(ByteBuffer(bytes: bytes), type: type, name: "\(cycle.title)-\(number).\(form)", hash)
  }

  /// An edition with all its rows, as much of them as is public.
  private static func whole(
    _ visit: Visit, _ number: Int, _ cycle: StoredCycle, _ editions: [StoredEdition], _ shown: StoredEdition
  ) async throws -> PublishedEdition {
    guard let disclosure = shown.disclosure else { throw Refusal.notFound }
    let results = try await visit.site.database.read { transaction in
      try ResultsStore.list(
        number, authority: cycle.authority, cycle: cycle.id, ResultFilter(count: 1_000_000), within: .all, for: nil,
        lines: true, transaction)
    }
    return PublishedEdition(
      head: PublishedEdition.Head(
        publisher: cycle.authorityName, authority: cycle.authority, cycle: cycle.id, title: cycle.title,
        year: cycle.year, number: number, publishedAt: shown.madeAt, document: shown.document,
        policyHash: cycle.edition, recordHash: shown.hash,
        previous: editions.first { $0.number == number - 1 }?.fileHash), policy: cycle.policy, disclosure: disclosure,
      correction: shown.correction.map { disclosure.shown($0) }, results: results.rows)
  }

  private static func check(_ visit: Visit) async throws -> Response {
    let number = try PublicRoutes.number(visit)
    let (cycle, editions, shown) = try await visit.site.database.read { try PublicRoutes.find(visit, number, $0) }
    let words = ResultWords(cycle.policy, visit.words)
    let page = EditionCheckPage(
      heading: visit.text("results.check.title", ["number": .count(number)]), title: cycle.title,
      back: Endpoint.publicEdition.link(cycle.authority, cycle.id, number),
      fileLink: Endpoint.publicFile.link(cycle.authority, cycle.id, number),
      fileName: "\(cycle.title)-\(number).json", hash: shown.fileHash ?? "", record: shown.hash,
      policy: cycle.policy.title, policyHash: cycle.edition,
      editions: editions.map {
        EditionCheckPage.Edition(
          title: visit.text("results.edition", ["number": .count($0.number)]), day: words.day($0.madeAt),
          hash: $0.fileHash ?? "", link: Endpoint.publicFile.link(cycle.authority, cycle.id, $0.number))
      })
    return visit.page("public/check", page, PublicRoutes.frame(visit, page.heading, cycle))
  }
}

/// The hashes of an edition, and what to do with them.
struct EditionCheckPage {
  struct Edition {
    let title: String
    let day: String
    let hash: String
    let link: String
  }

  let heading: String
  let title: String
  let back: String
  let fileLink: String
  let fileName: String
  let hash: String
  let record: String
  let policy: String
  let policyHash: String
  let editions: [Edition]
}
