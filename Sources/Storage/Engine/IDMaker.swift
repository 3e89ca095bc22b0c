public import Notation
import Synchronization

/// Makes identifiers that rise with time; two programs side by side differ by their node bits.
public final class IDMaker: Sendable {
  private let last: Mutex<Int64>
  private let node: Int64

  /// - Parameter node: random bits, other ones for each program; ten of them count.
  public init(node: UInt64) {
    self.node = Int64(node & 0x3FF)
    last = Mutex(0)
  }

  static let epoch: Int64 = 1_704_067_200_000

  public func make(_ now: Instant) -> ID {
    last.withLock { last in
      let step = max((now.milliseconds - IDMaker.epoch) << 12, last + 1)
      last = step
      return ID((step >> 12) << 22 | node << 12 | (step & 0xFFF))
    }
  }
}
