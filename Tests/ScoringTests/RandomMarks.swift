import Notation
import Policies
import Scoring
import Testing

/// A small panel of random marks and, made apart from it, the same marks as the facts of ordinary sheets.
struct RandomMarks {
  private var state: UInt64
  let groups: Int
  let items: [String]
  let inputs: [String: String]
  let reviewers: Int
  /// Hundredths of a percent by item, reviewer and group; nil: absent.
  private(set) var marks: [[[Int?]]] = []
  private(set) var vetoes: [Int: [String]] = [:]

  /// - Parameter grain: marks are multiples of this many hundredths, so that a large grain makes ties and halves.
  init(seed: UInt64, groups: Int, reviewers: Int, grain: Int, absent: Int, hasVetoes: Bool = true) {
    state = seed
    self.groups = groups
    self.reviewers = reviewers
    items = ["1", "2", "3", "4", "5"]
    inputs = ["1": "done", "2": "percent", "3": "value", "4": "value", "5": "done"]
    let levels = (0..<groups).map { _ in below(4) == 0 ? 9_600 : 5_000 + below(5_000) }
    marks = items.map { _ in
      (0..<reviewers).map { _ in
        levels.map { level in
          guard below(1_000) >= absent else { return nil }
          return min(10_000, max(0, level + below(1_500) - 750)) / grain * grain
        }
      }
    }
    guard hasVetoes else { return }
    for group in 0..<groups where below(9) == 0 {
      vetoes[group] = [["incident"], ["fraud"], ["fraud", "incident"]][below(3)]
    }
  }

  mutating func below(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(bound))
  }

  /// The items in another order than the policy's.
  func panel() throws -> Panel {
    var panel = try Panel(
      year: 2026, form: "tight", groups: (0..<groups).map { "g\($0)" }, items: items.reversed(), reviewers: reviewers,
      marks: marks.reversed().flatMap { $0.flatMap { $0.map { $0.map(Int16.init) ?? Panel.absent } } })
    panel.vetoes = vetoes
    return panel
  }

  /// One year's facts, each item's marks put together here by the definition of the word.
  func facts(_ combine: Reviewers.Combine, for policy: Policy) -> FactYears {
    let groups = (0..<groups).map { group in
      let facts = zip(items, marks).compactMap { item, rows -> Node.Entry? in
        let given = rows.compactMap { $0[group] }.sorted()
        guard given.count == reviewers else { return nil }
        let value = map([(inputs[item] ?? "", node(.number(combined(given, combine))))])
        return entry(item, map([("group", value)]))
      }
      return map([
        ("id", node(.text("g\(group)"))), ("form", node(.text("tight"))), ("facts", node(.map(facts))),
        ("vetoes", node(.list((vetoes[group] ?? []).map { node(.text($0)) }))),
      ])
    }
    let year = map([("year", node(.number(2026))), ("groups", node(.list(groups)))])
    let (facts, problems) = FactsReader.read(map([("years", node(.list([year])))]), for: policy)
    #expect(problems.isEmpty)
    return facts
  }

  private func combined(_ sorted: [Int], _ combine: Reviewers.Combine) -> Exact {
    let middle = sorted.count / 2
    let counted: [Int] =
      switch combine {
      case .mean: sorted
      case .median: sorted.count % 2 == 1 ? [sorted[middle]] : [sorted[middle - 1], sorted[middle]]
      case .trimmed: sorted.dropFirst().dropLast()
      }
    return Exact(counted.reduce(0, +)) / Exact(100 * counted.count)
  }

  private func node(_ value: Node.Value) -> Node { Node(value, at: Place(file: "facts", line: 1)) }
  private func entry(_ key: String, _ value: Node) -> Node.Entry {
    Node.Entry(key: key, keyPlace: value.place, value: value)
  }
  private func map(_ entries: [(String, Node)]) -> Node { node(.map(entries.map { entry($0.0, $0.1) })) }
}
