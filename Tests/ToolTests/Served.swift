import Fixtures
import Foundation
import Glibc

/// The program while it serves: started on a port of the system's choice, asked over a socket, stopped by a signal.
final class Served {
  let process = Process()
  let port: Int
  private let out: String
  private let err: String

  /// Returns once it listens.
  init(_ database: String, in folder: String, _ words: [String] = []) throws {
    (out, err) = (folder + "/serve.out", folder + "/serve.err")
    for path in [out, err] { _ = FileManager.default.createFile(atPath: path, contents: nil) }
    process.executableURL = Run.program
    process.arguments = ["serve", "--database", database, "--port", "0", "--evidence", folder + "/evidence"] + words
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.environment = ["PATH": "/usr/bin:/bin", "JUNHENG_POLICIES": Repository.path("policies")]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle(forWritingAtPath: out)
    process.standardError = FileHandle(forWritingAtPath: err)
    try Programs.start(process)
    var found: Int?
    for _ in 0..<600 where found == nil && process.isRunning {
      usleep(50_000)
      found = (try? String(contentsOfFile: out, encoding: .utf8)).flatMap { text in
        text.firstMatch(of: #/http:\/\/127\.0\.0\.1:([0-9]+)/#).flatMap { Int($0.output.1) }
      }
    }
    port = found ?? 0
  }

  var log: [String] {
    ((try? String(contentsOfFile: err, encoding: .utf8)) ?? "").split(separator: "\n").map(String.init)
  }

  /// The whole answer to a request without a body, head and all.
  func get(_ path: String) -> String {
    send("GET \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nConnection: close\r\n\r\n")
  }

  /// The whole answer to whatever is sent.
  ///
  /// - Parameter leaves: whether the client is gone as soon as it has sent it.
  func send(_ text: String, leaves: Bool = false) -> String {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(socket) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let connected = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard connected == 0 else { return "" }
    let request = Array(text.utf8)
    _ = Glibc.send(socket, request, request.count, 0)
    if leaves { return "" }
    var answer: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = recv(socket, &buffer, buffer.count, 0)
      guard count > 0 else { break }
      answer += buffer[..<count]
    }
    return String(decoding: answer, as: UTF8.self)
  }

  /// Its exit code after SIGTERM; killed where it doesn't end.
  func stop() -> Int32 {
    process.terminate()
    for _ in 0..<600 where process.isRunning { usleep(50_000) }
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
    return process.terminationReason == .exit ? process.terminationStatus : -1
  }
}
