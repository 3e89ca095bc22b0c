import Fixtures
import Foundation
import Notation
import Storage
import Testing

@testable import Web

/// Against a real mail server of the test's own, written in Python, which keeps what it is given.
@Suite struct SMTPTests {
  /// The server's words are in ASCII; it refuses whoever is called nobody.
  static let program = #"""
    import os, socketserver, sys, threading
    class Mail(socketserver.StreamRequestHandler):
        def say(self, line): self.wfile.write((line + "\r\n").encode())
        def handle(self):
            self.say("220 ready")
            while True:
                line = self.rfile.readline().decode(errors="replace").strip()
                if not line: return
                word = line.split()[0].upper()
                if word == "DATA":
                    self.say("354 go on")
                    text = b""
                    while not text.endswith(b"\r\n.\r\n"): text += self.rfile.readline()
                    with open(sys.argv[1], "ab") as file: file.write(text)
                    self.say("250 kept")
                elif word == "RCPT" and "nobody" in line: self.say("550 no such user")
                elif word == "QUIT": self.say("221 bye"); return
                else: self.say("250 ok")
    with socketserver.TCPServer(("127.0.0.1", 0), Mail) as server:
        print(server.server_address[1], flush=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        sys.stdin.read()
        os._exit(0)
    """#

  @Test func `a letter arrives as it was written, and a refusal is final`() async throws {
    let kept = FileManager.default.temporaryDirectory.appendingPathComponent("mail-\(UUID().uuidString)")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", Self.program, kept.path]
    let output = Pipe()
    let input = Pipe()
    process.standardOutput = output
    process.standardInput = input
    process.standardError = FileHandle.nullDevice
    try process.run()
    // The end of its input ends it; a signal may be one that tests ignore.
    defer {
      try? input.fileHandleForWriting.close()
      process.waitUntilExit()
      try? FileManager.default.removeItem(at: kept)
    }
    let said = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    let port = try #require(Int(said.filter(\.isNumber)))
    let carrier = CurlCarrier(
      .init(url: "smtp://127.0.0.1:\(port)", from: "junheng@example.org", allowsPlain: true))
    try await carrier.carry(
      Letter(
        id: ID(1), address: "office@example.org", subject: "任务已逾期", text: "期限 2022-05-31\n汉滨区教体局",
        writtenAt: Instant(milliseconds: 1_787_191_200_000), tries: 0))
    let letter = try String(contentsOf: kept, encoding: .utf8)
    #expect(letter.contains("To: office@example.org") && letter.contains("Date: Thu, 20 Aug 2026 10:00:00 +0800\r\n"))
    let body = letter.replacing("\r\n.\r\n", with: "").split(separator: "\r\n\r\n").last.map(String.init) ?? ""
    let text = Data(base64Encoded: body.filter { !$0.isWhitespace }).map { String(decoding: $0, as: UTF8.self) }
    #expect(text == "期限 2022-05-31\n汉滨区教体局")
    let refused = await #expect(throws: CarrierFailure.self) {
      try await carrier.carry(
        Letter(
          id: ID(2), address: "nobody@example.org", subject: "x", text: "x",
          writtenAt: Instant(milliseconds: 1_787_191_200_000), tries: 0))
    }
    #expect(refused?.isFinal == true, "\(refused?.why ?? "")")
    let secret = CurlCarrier(.init(url: "smtp://127.0.0.1:\(port)", from: "junheng@example.org"))
    let plain = await #expect(throws: CarrierFailure.self) {
      try await secret.carry(
        Letter(
          id: ID(3), address: "office@example.org", subject: "x", text: "x",
          writtenAt: Instant(milliseconds: 1_787_191_200_000), tries: 0))
    }
    #expect(plain?.isFinal == false)
  }

  @Test func `where the program that sends is missing, a letter waits and nothing else happens`() async throws {
    let carrier = CurlCarrier(.init(url: "smtp://127.0.0.1:9", from: "a@example.org"), program: "no-such-program")
    for number in 0..<20 {
      let failure = await #expect(throws: CarrierFailure.self) {
        try await carrier.carry(
          Letter(
            id: ID(Int64(number)), address: "office@example.org", subject: "x", text: "x",
            writtenAt: Instant(milliseconds: 0), tries: 0))
      }
      #expect(failure?.isFinal == false)
    }
  }
}
