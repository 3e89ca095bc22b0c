/// Marks as panels give them, the same for the same seed: every group has its level, every reviewer strays from it.
struct SeededMarks {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// SplitMix64.
  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A whole number below the bound, which is below 2³².
  private mutating func below(_ bound: UInt64) -> Int { Int(((next() >> 32) * bound) >> 32) }

  /// Marks in hundredths of a percent, by item, then reviewer, then group.
  mutating func marks(groups: Int, items: Int, reviewers: Int) -> [Int16] {
    let levels = (0..<groups).map { _ in 5_600 + below(4_000) }
    return [Int16](unsafeUninitializedCapacity: groups * items * reviewers) { marks, filled in
      for index in 0..<marks.count {
        let stray = below(1_500) + below(1_500) - 1_500
        marks[index] = Int16(min(10_000, max(0, levels[index % groups] + stray)))
      }
      filled = marks.count
    }
  }
}
