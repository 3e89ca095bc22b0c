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
      let (edition, hash) = try await whole(visit)
      return frozen(
        EditionTable(edition, hash: hash).csv, type: "text/csv; charset=utf-8", name: name(edition) + ".csv", hash)
    }
    table.on(.publicBook) { visit in
      let (edition, hash) = try await whole(visit)
      return try await visit.workbook(named: name(edition)) { path throws(WorkbookTrouble) in
        try EditionBook(edition, hash: hash).write(to: path)
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
    return frozen(text, type: "application/json", name: "\(cycle.title)-\(number).json", hash)
  }

  /// What never changes may be kept by whoever asked.
  private static func frozen(_ text: String, type: String, name: String, _ hash: String) -> Response {
    Response(
      status: .ok,
      headers: [
        .contentType: type, .contentDisposition: Visit.attachment(name), .eTag: "\"\(hash)\"",
        .cacheControl: "public, max-age=86400, immutable",
      ], body: .init(byteBuffer: ByteBuffer(string: text)))
  }

  private static func name(_ edition: PublishedEdition) -> String { "\(edition.head.title)-\(edition.head.number)" }

  /// An edition with all its rows, as much of them as is public.
  private static func whole(_ visit: Visit) async throws -> (PublishedEdition, String) {
    let number = try PublicRoutes.number(visit)
    return try await visit.site.database.read { transaction in
      let (cycle, editions, shown) = try PublicRoutes.find(visit, number, transaction)
      guard let hash = shown.fileHash, let disclosure = shown.disclosure else { throw Refusal.notFound }
      let results = try ResultsStore.list(
        number, authority: cycle.authority, cycle: cycle.id, ResultFilter(count: 1_000_000), within: .all, for: nil,
        lines: true, transaction)
      let edition = PublishedEdition(
        head: PublishedEdition.Head(
          publisher: cycle.authorityName, authority: cycle.authority, cycle: cycle.id, title: cycle.title,
          year: cycle.year, number: number, publishedAt: shown.madeAt, document: shown.document,
          policyHash: cycle.edition, recordHash: shown.hash,
          previous: editions.first { $0.number == number - 1 }?.fileHash), policy: cycle.policy, disclosure: disclosure,
        correction: shown.correction.map { disclosure.shown($0) }, results: results.rows)
      return (edition, hash)
    }
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
