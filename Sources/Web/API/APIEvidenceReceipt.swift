import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import Notation
import Storage

/// One file that a program sends as it is; the address says what it is called and shows.
struct APIEvidenceReceipt {
  private let visit: Visit
  private let at: EvidenceVisit
  private let said: EvidenceSaid
  private static let limit = Int(FileKind.highestLimit)

  init(_ visit: Visit) async throws {
    self.visit = visit
    at = try await EvidenceVisit(visit, group: try visit.id("group"))
    let query = visit.request.uri.queryParameters
    said = try EvidenceSaid { name in query.getAll(name) }
  }

  func answer() async throws -> Response {
    if let length = visit.announcedLength, length > Self.limit {
      throw Refusal.tooLarge(Self.limit)
    }
    if let answer = try await answered() { return visit.answer(answer) }
    try at.open()
    let places = try at.places(said)
    let intake = try await EvidenceIntake(name: visit.query("name") ?? "", into: visit.site.evidence)
    do {
      for try await buffer in visit.pieces {
        try await intake.write(Array(buffer.readableBytesView))
        try at.admit(await intake.size)
      }
      let (file, kind) = try await intake.keep()
      let draft = EvidenceDraft(
        authority: at.ground.authority, cycle: at.ground.cycle, group: at.ground.group, school: said.school,
        title: said.title, fileName: intake.name, file: file, kind: kind, year: said.year, places: places)
      return visit.answer(try await add(draft))
    } catch {
      await intake.abandon()
      throw error
    }
  }

  /// Where the key was used before, the answer it got then: also where nothing could be added any more. The file is
  /// only looked at, not kept.
  private func answered() async throws -> KeyedAnswer? {
    guard let text = visit.requestKeyText else { return nil }
    let account = try visit.account
    guard try await visit.site.database.read({ try RequestKeyStore.isKnown(text, of: account, $0) }) else { return nil }
    var hasher = SHA256()
    var size = 0
    for try await buffer in visit.pieces {
      size += buffer.readableBytes
      guard size <= Self.limit else { throw Refusal.tooLarge(Self.limit) }
      hasher.update(data: Data(buffer.readableBytesView))
    }
    guard let key = try visit.requestKey(content: Fingerprint.digits(hasher.finalize())) else { return nil }
    let found = try await visit.site.database.read { try RequestKeyStore.find(key, $0) }
    // Swept away in between; the file is read by now and has to be sent again.
    guard let found else { throw Refusal.conflict("api.key.again") }
    return found
  }

  private func add(_ draft: EvidenceDraft) async throws -> KeyedAnswer {
    let (visit, at) = (visit, at)
    let key = try visit.requestKey(content: draft.file.hash.hex)
    let id = visit.site.newID(visit.now)
    return try await visit.site.database.write { transaction in
      try RequestKeyStore.once(key, at: visit.now, transaction) {
        let added = try EvidenceStore.add(
          draft, plan: at.plan, quota: at.quota, id: id, for: at.post, at: visit.now, by: visit.actor, transaction)
        return KeyedAnswer(
          .created,
          .object([
            ("id", .id(added.id)), ("known", .boolean(added.isKnown)), ("late", .boolean(added.isLate)),
            ("file", .text(Endpoint.apiEvidenceFile.link(draft.authority, added.id))),
          ]))
      }
    }
  }
}
