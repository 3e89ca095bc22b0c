import ArgumentParser
import Documents
import Foundation
import Notation
import Outcomes
import Policies
import Scoring

/// Scores panels of 1 000, 10 000 and 100 000 groups on one thread and says what it costs.
@main
struct Bench: ParsableCommand {
  @Option(help: "The policy file.")
  var policy = "Benchmarks/policy/policy.yaml"
  @Option(help: "Where the marks and the results go for the peers.")
  var out = ".build/bench"
  @Option(help: "Groups of the largest panel.")
  var groups = 100_000
  @Option(help: "Timed runs of each panel, at least five.")
  var runs = 9
  @Option(help: "The seed of the marks.")
  var seed: UInt64 = 41

  func run() throws {
    guard let policy = PolicyFiles(folder: "policies").read(policy)?.policy else {
      throw ValidationError("no such policy: \(policy)")
    }
    let items = (policy.scheme?.items ?? []).map(\.id)
    let reviewers = policy.reviewers?.perItem ?? 1
    var measured: [Measurement] = []
    for size in [groups / 100, groups / 10] {
      let marks = marks(size, items, reviewers)
      measured.append(try Measurement(try panel(marks, size, items, reviewers), policy, runs: max(runs, 5) * 5))
    }
    let marks = marks(groups, items, reviewers)
    let panel = try panel(marks, groups, items, reviewers)
    let largest = try Measurement(panel, policy, runs: max(runs, 5))
    measured.append(largest)
    report(measured)
    try reportExplanation(largest.results)
    try Handover(folder: out).write(policy, panel, marks, measured)
    print(
      line("peak memory", Measurement.peakMemory.map { "\(megabytes($0)) MB" } ?? "—"),
      line(
        "bytes a mark, whole process",
        Measurement.peakMemory.map { decimal(Double($0) / Double(largest.marks), 2) } ?? "—"),
      separator: "\n")
  }

  private func marks(_ groups: Int, _ items: [String], _ reviewers: Int) -> [Int16] {
    var seeded = SeededMarks(seed: seed)
    return seeded.marks(groups: groups, items: items.count, reviewers: reviewers)
  }

  private func panel(_ marks: [Int16], _ groups: Int, _ items: [String], _ reviewers: Int) throws -> Panel {
    try Panel(
      year: 2026, groups: (1...groups).map { "g\($0)" }, items: items, reviewers: reviewers, marks: marks)
  }

  private func report(_ measured: [Measurement]) {
    print("groups      marks       least ms  median ms   ns a mark   growth of ns a mark")
    let first = measured[0].nanosecondsPerMark
    for one in measured {
      let cells = [
        padded(String(one.groups), 10), padded(String(one.marks), 10), padded(decimal(one.least * 1e3, 3), 10),
        padded(decimal(one.median * 1e3, 3), 9), padded(decimal(one.nanosecondsPerMark, 3), 10),
        padded(decimal(one.nanosecondsPerMark / first, 2), 8),
      ]
      print(cells.joined(separator: "  "))
    }
    print("one thread; from marks in memory to totals, grades and ranks; explanations are made on demand")
  }

  /// What one explanation costs, made when asked for.
  private func reportExplanation(_ results: PanelResults) throws {
    let scorer = results.scorer
    let count = min(1_000, scorer.panel.groups.count)
    let clock = ContinuousClock()
    var lines = 0
    let spent = clock.measure {
      for group in 0..<count { lines += scorer.explanation(group: group, item: scorer.panel.items[0]) == nil ? 0 : 1 }
    }
    guard lines == count else { throw ValidationError("an explanation is missing") }
    let (whole, attoseconds) = spent.components
    let each = (Double(whole) + Double(attoseconds) * 1e-18) / Double(count)
    print(line("one explanation on demand", "\(decimal(each * 1e6, 1)) µs"))
  }

  private func line(_ title: String, _ value: String) -> String { "\(title): \(value)" }
  private func megabytes(_ bytes: Int) -> String { decimal(Double(bytes) / 1e6, 1) }
  private func decimal(_ value: Double, _ places: Int) -> String { String(format: "%.\(places)f", value) }
  private func padded(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
