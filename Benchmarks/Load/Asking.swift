import Foundation

/// What a connection asks for, again and again.
protocol Asking: AnyObject, Sendable {
  /// The next request; nil: there is nothing left to ask for.
  func next() -> [UInt8]?
  /// Whether it was answered as it should be.
  func take(status: Int) -> Bool
}

final class PageAsking: Asking {
  private let request: [UInt8]

  init(path: String) { request = Array("GET \(path) HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8) }

  func next() -> [UInt8]? { request }
  func take(status: Int) -> Bool { status == 200 }
}

/// One field of one sheet, changed with every request. Used by one connection's thread alone.
final class MarkAsking: Asking, @unchecked Sendable {
  private let head: [UInt8]
  private let front: [UInt8]
  private var version: Int
  private var isGone = false

  private init(token: String, path: String, item: String, field: String, version: Int) {
    head = Array(
      ("PUT \(path) HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(token)\r\n"
        + "Content-Type: application/json\r\nContent-Length: ").utf8)
    front = Array(#"{"marks":[{"item":"\#(item)","field":"\#(field)","value":"#.utf8)
    self.version = version
  }

  func next() -> [UInt8]? {
    if isGone { return nil }
    let body = front + Array("\"\(version)\",\"version\":\(version)}]}".utf8)
    return head + Array("\(body.count)\r\n\r\n".utf8) + body
  }

  func take(status: Int) -> Bool {
    if status == 200 { version += 1 } else { isGone = true }
    return status == 200
  }

  /// Throws where the file can't be read or a line isn't as asked for.
  static func all(in file: String) throws -> [any Asking] {
    try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").map { line in
      let parts = line.split(separator: "\t").map(String.init)
      guard parts.count == 5, let version = Int(parts[4]) else { throw CocoaError(.fileReadCorruptFile) }
      return MarkAsking(token: parts[0], path: parts[1], item: parts[2], field: parts[3], version: version)
    }
  }
}
