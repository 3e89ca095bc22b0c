import ArgumentParser
import Foundation
import Synchronization

/// Asks a server for the same as fast as it answers, on connections that stay open: marks that are saved, or one page.
@main struct Load: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Saves marks, or gets one page, over many connections, and prints how many a second.")

  @Option(help: "The port on this machine.")
  var port: UInt16
  @Option(help: "A file of marks, one for each connection: token, path, item, field, version, with tabs between.")
  var marks: String?
  @Option(help: "The page to get where no marks are saved.")
  var path = "/healthz"
  @Option(help: "Connections, where no marks are saved.")
  var connections = 64
  @Option(help: "Seconds that are measured.")
  var seconds = 10.0
  @Option(help: "Seconds before that aren't.")
  var warming = 2.0

  func run() throws {
    let writers: [any Asking] =
      try marks.map { try MarkAsking.all(in: $0) } ?? (0..<connections).map { _ in PageAsking(path: path) }
    let start = DispatchTime.now().uptimeNanoseconds
    let from = start + UInt64(warming * 1e9)
    let end = from + UInt64(seconds * 1e9)
    let sums = Mutex(Sums())
    let group = DispatchGroup()
    for writer in writers {
      group.enter()
      let thread = Thread {
        let own = Connection(port: port, asking: writer).run(from: from, until: end)
        sums.withLock { $0.add(own) }
        group.leave()
      }
      thread.stackSize = 1 << 19
      thread.start()
    }
    group.wait()
    print(sums.withLock { $0.text(seconds: seconds) })
    if sums.withLock({ $0.times.isEmpty }) { throw ExitCode.failure }
  }
}

/// What was answered, and how long it took.
struct Sums {
  /// Nanoseconds of each answer.
  var times: [UInt64] = []
  /// Answers of another status, by status; 0: the connection broke.
  var others: [Int: Int] = [:]

  mutating func add(_ more: Sums) {
    times += more.times
    others.merge(more.others, uniquingKeysWith: +)
  }

  func text(seconds: Double) -> String {
    let sorted = times.sorted()
    func at(_ share: Double) -> Double {
      sorted.isEmpty ? 0 : Double(sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]) / 1e6
    }
    let others = others.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \($0.value)" }.joined(separator: ", ")
    let figures = [
      "\"answers\": \(times.count)", "\"perSecond\": \(Int(Double(times.count) / seconds))",
      "\"medianMilliseconds\": \(at(0.5))", "\"p99Milliseconds\": \(at(0.99))", "\"others\": {\(others)}",
    ]
    return "{" + figures.joined(separator: ", ") + "}"
  }
}
