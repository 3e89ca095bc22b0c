import Foundation
import Notation
import Outcomes
import Policies
import Scoring

/// The time and the results of scoring one panel.
struct Measurement {
  let groups: Int
  let marks: Int
  /// Seconds of each run, rising.
  let seconds: [Double]
  let results: PanelResults

  var least: Double { seconds[0] }
  var median: Double { seconds[seconds.count / 2] }
  var nanosecondsPerMark: Double { least * 1e9 / Double(marks) }

  /// Scores the panel so many times, from the policy and the marks in memory to grades and ranks.
  init(_ panel: Panel, _ policy: Policy, runs: Int) throws {
    let confirmation = Confirmation(policy: policy)
    let clock = ContinuousClock()
    var results = try confirmation.results(panel)
    var seconds: [Double] = []
    for _ in 0..<runs {
      let start = clock.now
      results = try confirmation.results(panel)
      let (whole, attoseconds) = (clock.now - start).components
      seconds.append(Double(whole) + Double(attoseconds) * 1e-18)
    }
    groups = panel.groups.count
    marks = panel.groups.count * panel.items.count * panel.reviewers
    self.seconds = seconds.sorted()
    self.results = results
  }

  /// The most memory the process has held, in bytes; nil where the system doesn't say.
  static var peakMemory: Int? {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }.map { $0 << 10 }
  }
}
