import HTTPTypes
import Synchronization

/// What the program has answered since it was started, for `/metrics`.
final class Counters: Sendable {
  struct Key: Hashable {
    let endpoint: String
    let status: Int
  }

  struct Sums {
    var count = 0
    var milliseconds: Int64 = 0
    /// How many took at most so long, by bound.
    var within: [Int] = Array(repeating: 0, count: Counters.bounds.count)
  }

  /// Milliseconds.
  static let bounds: [Int64] = [1, 2, 5, 10, 20, 50, 100, 300, 1000]
  private let sums = Mutex<[Key: Sums]>([:])

  func count(_ endpoint: Endpoint, _ status: HTTPResponse.Status, took: Duration) {
    let milliseconds = took.milliseconds
    let first = Counters.bounds.firstIndex { milliseconds <= $0 }
    sums.withLock { sums in
      var sum = sums[Key(endpoint: endpoint.name, status: status.code)] ?? Sums()
      sum.count += 1
      sum.milliseconds += milliseconds
      if let first { sum.within[first] += 1 }
      sums[Key(endpoint: endpoint.name, status: status.code)] = sum
    }
  }

  /// The text format of Prometheus.
  var text: String {
    let all = sums.withLock { $0 }.sorted { ($0.key.endpoint, $0.key.status) < ($1.key.endpoint, $1.key.status) }
    var lines = [
      "# HELP junheng_request_seconds Time from a request's head to its answer.",
      "# TYPE junheng_request_seconds histogram",
    ]
    for (key, sum) in all {
      let labels = "endpoint=\"\(key.endpoint)\",status=\"\(key.status)\""
      var below = 0
      for (place, bound) in Counters.bounds.enumerated() {
        below += sum.within[place]
        lines.append("junheng_request_seconds_bucket{\(labels),le=\"\(seconds(bound))\"} \(below)")
      }
      lines.append("junheng_request_seconds_bucket{\(labels),le=\"+Inf\"} \(sum.count)")
      lines.append("junheng_request_seconds_sum{\(labels)} \(seconds(sum.milliseconds))")
      lines.append("junheng_request_seconds_count{\(labels)} \(sum.count)")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func seconds(_ milliseconds: Int64) -> String {
    let rest = String(milliseconds % 1000)
    return "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
  }
}
