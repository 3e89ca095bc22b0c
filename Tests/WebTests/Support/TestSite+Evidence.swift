import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Notation
import People
import Storage

@testable import Web

/// Uploads and downloads.
extension TestSite {
  func csrf(_ person: TestPerson) async throws -> String { Session.csrf(of: try await token(of: person).text) }

  /// What somebody is answered, whatever they send.
  func fetch(
    _ person: TestPerson?, _ method: HTTPRequest.Method = .get, _ link: String, _ headers: HTTPFields = [:],
    body: [UInt8] = []
  ) async throws -> TestResponse {
    var headers = headers
    if let person { headers[.cookie] = "\(Session.cookie)=\(try await token(of: person).text)" }
    let sent = headers
    counter.reset()
    return try await app.test(.router) { client in
      try await client.execute(
        uri: link, method: method, headers: sent, body: body.isEmpty ? nil : ByteBuffer(bytes: body))
    }
  }

  /// Posts a form without files.
  func post(
    _ person: TestPerson, _ link: String, _ fields: [(String, String)], secret: String? = nil
  ) async throws -> TestResponse {
    var all = fields
    all.append(("csrf", secret == nil ? try await csrf(person) : secret ?? ""))
    let text = all.map { "\($0.0)=\(Endpoint.escaped($0.1))" }.joined(separator: "&")
    return try await fetch(
      person, .post, link, [.contentType: "application/x-www-form-urlencoded"], body: Array(text.utf8))
  }

  /// Posts a form with files, as a browser without scripts does.
  func upload(
    _ person: TestPerson, _ files: [(String, [UInt8])], _ fields: [(String, String)] = [("place", "4/roster")],
    to link: String = EvidenceTests.home, secret: String? = nil
  ) async throws -> TestResponse {
    let own = secret == nil ? try await csrf(person) : secret ?? ""
    let parts =
      ([("csrf", own)] + fields).map { MultipartTests.field($0.0, $0.1) }
      + files.map { MultipartTests.file($0.0, $0.1) }
    return try await fetch(
      person, .post, link, [.contentType: MultipartTests.type], body: MultipartTests.body(parts))
  }

  /// Sends a file as it is, as the script does.
  func put(
    _ person: TestPerson, _ name: String, _ content: [UInt8], _ query: [(String, String?)] = [("place", "4/roster")],
    to group: Int64 = 31
  ) async throws -> TestResponse {
    try await fetch(
      person, .put, Endpoint.sendEvidence.link(TestSite.city, TestSite.cycle, group, query: [("name", name)] + query),
      [.csrf: try await csrf(person), .accept: "application/json"], body: content)
  }

  /// The evidence of group 31 as its lead school sees it.
  func evidence() async throws -> [StoredEvidence] {
    let viewer = try await token(of: .lead)
    let (now, terms) = (clock.now, site.settings.session)
    return try await site.database.read { transaction in
      guard let post = try SessionStore(transaction, terms: terms).find(viewer, at: now)?.viewer.post else { return [] }
      return try EvidenceStore.list(
        authority: TestSite.city, cycle: TestSite.cycle, group: ID(31), for: post, transaction)
    }
  }

  /// The files in the store, unfinished ones too.
  var keptFiles: [String] {
    let folder = site.settings.evidenceFolder
    return (FileManager.default.subpaths(atPath: folder) ?? []).filter {
      (try? FileManager.default.attributesOfItem(atPath: "\(folder)/\($0)")[.type] as? FileAttributeType)
        == .typeRegular
    }
  }
}

extension TestResponse {
  var text: String { String(buffer: body) }
}
