import Foundation
import Glibc

/// One connection: sends, waits for the whole answer, sends again.
struct Connection {
  let port: UInt16
  let asking: any Asking

  func run(from: UInt64, until end: UInt64) -> Sums {
    var sums = Sums()
    guard let socket = open() else { return Sums(others: [0: 1]) }
    defer { close(socket) }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while let request = asking.next() {
      let start = DispatchTime.now().uptimeNanoseconds
      if start >= end { break }
      guard send(request, on: socket), let status = answer(on: socket, &buffer) else {
        sums.others[0, default: 0] += 1
        break
      }
      let now = DispatchTime.now().uptimeNanoseconds
      if asking.take(status: status) {
        if start >= from, now <= end { sums.times.append(now - start) }
      } else {
        sums.others[status, default: 0] += 1
      }
    }
    return sums
  }

  private func open() -> Int32? {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
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
    guard connected == 0 else {
      close(socket)
      return nil
    }
    return socket
  }

  private func send(_ bytes: [UInt8], on socket: Int32) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes { write(socket, $0.baseAddress?.advanced(by: sent), bytes.count - sent) }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }

  /// The status, once the whole answer is read; nil where the connection broke or says something else than HTTP.
  private func answer(on socket: Int32, _ buffer: inout [UInt8]) -> Int? {
    var filled = 0
    var whole: Int?
    while whole.map({ filled < $0 }) ?? true {
      guard filled < buffer.count else { return nil }
      let count = buffer.withUnsafeMutableBytes {
        read(socket, $0.baseAddress?.advanced(by: filled), $0.count - filled)
      }
      guard count > 0 else { return nil }
      filled += count
      if whole == nil { whole = Connection.length(of: buffer[..<filled]) }
    }
    guard filled > 12 else { return nil }
    return buffer[9..<12].reduce(0) { $0 * 10 + Int($1) - 48 }
  }

  /// Bytes of the whole answer; nil while its head isn't there yet.
  private static func length(of bytes: ArraySlice<UInt8>) -> Int? {
    guard let end = bytes.firstRange(of: [13, 10, 13, 10])?.upperBound else { return nil }
    let name = Array("content-length:".utf8)
    var place = bytes.startIndex
    while place < end {
      let line = bytes[place..<end].prefix { $0 != 10 }
      if line.count > name.count, zip(line, name).allSatisfy({ $0 | 0x20 == $1 | 0x20 }) {
        return end + line.dropFirst(name.count).filter { (48...57).contains($0) }.reduce(0) { $0 * 10 + Int($1) - 48 }
      }
      place += line.count + 1
    }
    return end
  }
}
