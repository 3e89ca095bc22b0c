import ArgumentParser
import Foundation

/// Asks a server over connections that stay open: for marks to be saved or one page as fast as it answers, or for many
/// pages at so many requests a second.
@main struct Load: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Saves marks, or gets pages, over many connections, and prints how many a second and how long they took.")

  @Option(help: "The port on this machine.")
  var port: UInt16
  @Option(help: "A file of marks, one for each connection: token, path, item, field, version, with tabs between.")
  var marks: String?
  @Option(help: "A file of pages to get at a steady rate: name, path, cookie, with tabs between.")
  var pages: String?
  @Option(help: "Requests a second, of --pages.")
  var rate = 100.0
  @Option(help: "The page to get where no marks are saved.")
  var path = "/healthz"
  @Option(help: "Connections, where no marks are saved.")
  var connections = 64
  @Option(help: "Seconds that are measured.")
  var seconds = 10.0
  @Option(help: "Seconds before that aren't.")
  var warming = 2.0

  func run() throws {
    if let pages {
      let sums = Planned(
        port: port, pages: try PlannedPage.all(in: pages), perSecond: rate, connections: connections, warming: warming,
        seconds: seconds
      ).run()
      let each = sums.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \($0.value.text(seconds: seconds))" }
      print("{" + each.joined(separator: ", ") + "}")
      return
    }
    let askings: [any Asking] =
      try marks.map { try MarkAsking.all(in: $0) } ?? (0..<connections).map { _ in PageAsking(path: path) }
    let sums = Repeating(port: port, askings: askings, warming: warming, seconds: seconds).run()
    print(sums.text(seconds: seconds))
    if sums.times.isEmpty { throw ExitCode.failure }
  }
}

/// What was answered, and how long it took.
struct Sums: Sendable {
  /// Nanoseconds of each answer.
  var times: [UInt64] = []
  /// Of the largest answer, head included.
  var mostBytes = 0
  /// Answers of another status, by status; 0: the connection broke.
  var others: [Int: Int] = [:]

  mutating func add(_ nanoseconds: UInt64, bytes: Int) {
    times.append(nanoseconds)
    mostBytes = max(mostBytes, bytes)
  }

  mutating func add(_ more: Sums) {
    times += more.times
    mostBytes = max(mostBytes, more.mostBytes)
    others.merge(more.others, uniquingKeysWith: +)
  }

  func with(_ more: Sums) -> Sums {
    var sums = self
    sums.add(more)
    return sums
  }

  func text(seconds: Double) -> String {
    let sorted = times.sorted()
    func at(_ share: Double) -> Double {
      sorted.isEmpty ? 0 : Double(sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]) / 1e6
    }
    let others = others.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \($0.value)" }.joined(separator: ", ")
    let figures = [
      "\"answers\": \(times.count)", "\"perSecond\": \(Int(Double(times.count) / seconds))",
      "\"medianMilliseconds\": \(at(0.5))", "\"p99Milliseconds\": \(at(0.99))",
      "\"mostMilliseconds\": \(at(1))", "\"mostBytes\": \(mostBytes)", "\"others\": {\(others)}",
    ]
    return "{" + figures.joined(separator: ", ") + "}"
  }
}
