import Foundation
import Glibc
import HummingbirdTesting
import Notation
import StorageFixtures
import Testing

@testable import Web

/// Workbooks as they arrive, over real connections.
@Suite struct UploadTests {
  /// A connection that sends what it is told and reads what comes back.
  private final class Line: @unchecked Sendable {
    private let socket: Int32

    init(port: Int) throws {
      socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_port = in_port_t(port).bigEndian
      address.sin_addr.s_addr = inet_addr("127.0.0.1")
      let done = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
      }
      try #require(done == 0)
      var wait = timeval(tv_sec: 20, tv_usec: 0)
      setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
    }

    func send(_ text: String) {
      let bytes = Array(text.utf8)
      _ = Glibc.send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    /// The first line of the answer.
    func status() -> String {
      var buffer = [UInt8](repeating: 0, count: 4096)
      let count = recv(socket, &buffer, buffer.count, 0)
      let text = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
      return String(text.prefix { $0 != "\r" })
    }

    deinit { close(socket) }
  }

  private static func head(_ browser: Browser, length: Int) -> String {
    """
    POST /registry/import/preview HTTP/1.1\r\nHost: localhost\r\nCookie: \(Session.cookie)=\(browser.cookie ?? "")\r\n\
    Content-Type: multipart/form-data; boundary=cut\r\nContent-Length: \(length)\r\n\r\n\
    --cut\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n\(browser.csrf)\r\n\
    --cut\r\nContent-Disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\nPK
    """
  }

  private static func until(_ holds: () -> Bool) async throws {
    for _ in 0..<400 where !holds() { try await Task.sleep(for: .milliseconds(25)) }
    #expect(holds())
  }

  @Test func `an account has four uploads at once, each with its time`() async throws {
    try await TestSite.with { test in
      let browser = try await test.browser(.district)
      let (account, head) = (TestPerson.district.account, Self.head(browser, length: 500_000))
      try await test.app.test(.live) { client in
        let port = try #require(client.port)
        let lines = try (0..<4).map { _ in try Line(port: port) }
        for line in lines { line.send(head) }
        try await Self.until { test.site.uploads.count(of: account) == 4 }
        let fifth = try Line(port: port)
        fifth.send(head)
        let refused = await Task.detached { fifth.status() }.value
        #expect(refused.contains("429"), "\(refused)")
        // Two minutes, and one second for each 50 KB: 130 seconds of a byte now and then are enough.
        test.clock.set(TestSite.start.adding(seconds: 129))
        lines[0].send("x")
        try await Task.sleep(for: .milliseconds(100))
        #expect(test.site.uploads.count(of: account) == 4)
        test.clock.set(TestSite.start.adding(seconds: 131))
        lines[0].send("x")
        let late = await Task.detached { lines[0].status() }.value
        #expect(late.contains("408"), "\(late)")
        try await Self.until { test.site.uploads.count(of: account) == 3 }
      }
    }
  }
}
