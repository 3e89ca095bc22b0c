import Foundation
import Synchronization

/// Asks for pages at moments that were planned beforehand, so many a second, whether the server keeps up or not. A time
/// counts from the moment the request was planned for: one that had to wait for a free connection has waited for the
/// server.
struct Planned {
  let port: UInt16
  let pages: [PlannedPage]
  let perSecond: Double
  let connections: Int
  let warming: Double
  let seconds: Double

  /// By the pages' names.
  func run() -> [String: Sums] {
    let first = DispatchTime.now().uptimeNanoseconds + 50_000_000
    let from = Int(warming * perSecond)
    let count = from + Int(seconds * perSecond)
    let next = Atomic(0)
    let all = Threads.run(Array(0..<connections)) { _ -> [String: Sums] in
      var sums: [String: Sums] = [:]
      var connection = Connection(port: port)
      while true {
        let number = next.add(1, ordering: .relaxed).oldValue
        if number >= count { return sums }
        // Each page comes once in a round, in another order every round.
        let page = pages[order(number)]
        let planned = first + UInt64(Double(number) * 1e9 / perSecond)
        Threads.sleep(until: planned)
        let answer = connection?.ask(page.request)
        let took = DispatchTime.now().uptimeNanoseconds - planned
        if answer == nil { connection = Connection(port: port) }
        if let answer, answer.status == 200 {
          if number >= from { sums[page.name, default: Sums()].add(took, bytes: answer.bytes) }
        } else {
          sums[page.name, default: Sums()].others[answer?.status ?? 0, default: 0] += 1
        }
      }
    }
    return all.reduce(into: [:]) { $0.merge($1) { $0.with($1) } }
  }

  private func order(_ number: Int) -> Int {
    let (round, place) = number.quotientAndRemainder(dividingBy: pages.count)
    // A step that shares no divisor with the count visits every page.
    var step = pages.count / 2 + round % 7 + 1
    while Planned.divisor(step, pages.count) != 1 { step += 1 }
    return (place * step + round) % pages.count
  }

  private static func divisor(_ a: Int, _ b: Int) -> Int { b == 0 ? a : divisor(b, a % b) }
}

/// A page as somebody asks for it.
struct PlannedPage {
  let name: String
  let request: [UInt8]

  /// Lines of name, path and cookie, with tabs between.
  ///
  /// Throws where the file can't be read or a line isn't as asked for.
  static func all(in file: String) throws -> [PlannedPage] {
    try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").map { line in
      let parts = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 3 else { throw CocoaError(.fileReadCorruptFile) }
      let cookie = parts[2].isEmpty ? "" : "Cookie: \(parts[2])\r\n"
      return PlannedPage(
        name: parts[0],
        request: Array(
          "GET \(parts[1]) HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\(cookie)\r\n".utf8))
    }
  }
}
