/// Reproducible chance: the same seed gives the same city on every machine (SplitMix64).
public struct Chance: Sendable {
  private var state: UInt64

  public init(seed: UInt64) { state = seed }

  /// A chance of its own for a part of the work, so that parts don't depend on each other's order.
  public init(seed: UInt64, _ path: Int...) {
    var chance = Chance(seed: seed)
    for step in path {
      chance.state ^= UInt64(bitPattern: Int64(step)) &* 0xD6E8_FEB8_6659_FD93
      _ = chance.next()
    }
    self = chance
  }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A whole number from 0 up to but not including `bound`.
  public mutating func below(_ bound: Int) -> Int { bound <= 1 ? 0 : Int(next() % UInt64(bound)) }

  public mutating func within(_ range: ClosedRange<Int>) -> Int { range.lowerBound + below(range.count) }

  /// True so many times in a thousand.
  public mutating func happens(_ perThousand: Int) -> Bool { below(1000) < perThousand }

  public mutating func pick<T>(_ list: [T]) -> T? { list.isEmpty ? nil : list[below(list.count)] }

  /// A number in thousandths between two bounds, most often near the typical one.
  public mutating func near(_ typical: Int, from: Int, to: Int) -> Int {
    let first = within(min(from, to)...max(from, to))
    return (first + 2 * typical + within(min(from, to)...max(from, to))) / 4
  }
}
