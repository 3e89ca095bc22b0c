import Foundation
import Notation
import Outcomes
import Policies
import Scoring

/// What the peers need to do the same job and to compare: raw little-endian numbers beside a description in JSON.
struct Handover {
  let folder: URL

  init(folder: String) throws {
    self.folder = URL(fileURLWithPath: folder)
    try FileManager.default.createDirectory(at: self.folder, withIntermediateDirectories: true)
  }

  func write(_ policy: Policy, _ panel: Panel, _ marks: [Int16], _ measured: [Measurement]) throws {
    guard let largest = measured.last else { return }
    let results = largest.results
    let count = panel.groups.count
    try write(marks, "marks.i16")
    try write(results.scores.totals.map { Int32($0) }, "totals.i32")
    try write((0..<count).map { Int32(results.rank(of: $0) ?? -1) }, "ranks.i32")
    let names = policy.grading?.grades.map(\.name) ?? []
    try write((0..<count).map { Int32(results.grade(of: $0).flatMap(names.firstIndex) ?? -1) }, "grades.i32")
    let places = policy.rounding.places
    let points = (policy.scheme?.items ?? []).compactMap { $0.points.units(places) }
    let bounds = (policy.grading?.grades ?? []).compactMap { $0.from.units(places) }
    try write(
      """
      {"groups": \(count), "items": \(panel.items.count), "reviewers": \(panel.reviewers), "points": \(points),
       "bounds": \(bounds), "seconds": \(largest.least), "median": \(largest.median),
       "memory": \(Measurement.peakMemory.map(String.init) ?? "null")}
      """)
  }

  private func write<Number: BitwiseCopyable>(_ numbers: [Number], _ name: String) throws {
    try numbers.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      let data = Data(bytesNoCopy: UnsafeMutableRawPointer(mutating: base), count: bytes.count, deallocator: .none)
      try data.write(to: folder.appendingPathComponent(name))
    }
  }

  private func write(_ text: String) throws {
    try Data((text + "\n").utf8).write(to: folder.appendingPathComponent("ours.json"))
  }
}
