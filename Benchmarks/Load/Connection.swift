import Foundation
import Glibc

/// A connection that stays open: sends, waits for the whole answer, sends again.
final class Connection {
  private let socket: Int32
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)

  /// Nil where nobody listens.
  init?(port: UInt16) {
    socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard socket >= 0 else { return nil }
    var one: Int32 = 1
    setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let connected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard connected == 0 else { return nil }
  }

  deinit { if socket >= 0 { close(socket) } }

  /// The answer to a request; nil where the connection broke or says something else than HTTP.
  func ask(_ request: [UInt8]) -> Answer? { send(request) ? answer() : nil }

  private func send(_ bytes: [UInt8]) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes { write(socket, $0.baseAddress?.advanced(by: sent), bytes.count - sent) }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }

  private func answer() -> Answer? {
    var filled = 0
    var whole: Int?
    while whole.map({ filled < $0 }) ?? true {
      if filled == buffer.count { buffer.append(contentsOf: [UInt8](repeating: 0, count: buffer.count)) }
      let count = buffer.withUnsafeMutableBytes {
        read(socket, $0.baseAddress?.advanced(by: filled), $0.count - filled)
      }
      guard count > 0 else { return nil }
      filled += count
      if whole == nil { whole = AnswerReading.length(of: buffer[..<filled]) }
    }
    guard filled > 12 else { return nil }
    return Answer(status: AnswerReading.status(of: buffer[..<filled]), bytes: filled)
  }
}
