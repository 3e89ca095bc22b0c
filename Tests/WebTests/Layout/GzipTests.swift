import Fixtures
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import Web

@Suite struct GzipTests {
  @Test(arguments: [
    ("gzip", true), ("br, gzip;q=0.5", true), ("deflate, GZIP", false), ("gzip;q=0", false), ("gzip; q=0.0", false),
    ("identity", false), ("", false),
  ])
  func `it is used where the client takes it`(header: String, taken: Bool) {
    #expect(Gzip.isTaken(header) == taken)
  }

  @Test func `without a word from the client nothing is compressed`() { #expect(!Gzip.isTaken(nil)) }

  @Test func `a page comes compressed, of another length each time, and unpacks to the same`() async throws {
    try await TestSite.with { test in
      let app = Application(responder: WebApplication.router(test.site).buildResponder())
      try await app.test(.router) { client in
        let plain = try await client.execute(uri: "/api", method: .get) { response in
          #expect(response.headers[.contentEncoding] == nil && response.headers[.vary] == "Accept-Encoding")
          return Data(response.body.readableBytesView)
        }
        var lengths: Set<Int> = []
        for _ in 0..<8 {
          let packed = try await client.execute(uri: "/api", method: .get, headers: [.acceptEncoding: "gzip"]) {
            #expect($0.headers[.contentEncoding] == "gzip")
            return Data($0.body.readableBytesView)
          }
          lengths.insert(packed.count)
          #expect(try unpacked(packed) == plain)
        }
        #expect(lengths.count > 1 && (lengths.max() ?? .max) < plain.count / 2)
        try await client.execute(uri: "/healthz", method: .get, headers: [.acceptEncoding: "gzip"]) { response in
          #expect(response.headers[.contentEncoding] == nil)
        }
      }
    }
  }

  /// By another program than ours.
  private func unpacked(_ data: Data) throws -> Data {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).gz")
    defer { try? FileManager.default.removeItem(at: file) }
    try data.write(to: file)
    let (gzip, out) = (Process(), Pipe())
    gzip.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    gzip.arguments = ["gzip", "-dc", file.path]
    gzip.standardOutput = out
    try Programs.start(gzip)
    let whole = out.fileHandleForReading.readDataToEndOfFile()
    gzip.waitUntilExit()
    #expect(gzip.terminationStatus == 0)
    return whole
  }
}
