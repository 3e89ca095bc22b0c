public import Notation
import Synchronization

/// Makes identifiers that rise with time: milliseconds since 2024, then the program, then a running number.
///
/// One maker never makes the same twice and never a smaller one after a larger one, even where the clock goes back.
/// Several programs on one database differ by their node.
public final class IDMaker: Sendable {
  /// 2024-01-01 00:00 UTC.
  static let start: Int64 = 1_704_067_200_000
  static let sequenceBits: Int64 = 10
  static let nodeBits: Int64 = 12
  /// What fits above them in a positive number: until the year 2093.
  static let lastMillisecond: Int64 = (1 << 41) - 1

  private let node: Int64
  private let last = Mutex<(millisecond: Int64, sequence: Int64)>((0, 0))

  /// `node` tells programs on one database apart: random bits, of which twelve are used.
  public init(node: UInt64) { self.node = Int64(node & ((1 << UInt64(Self.nodeBits)) - 1)) }

  /// A new identifier of a moment. More than 1 024 in a millisecond borrow from the next.
  public func next(at now: Instant) -> ID {
    let (sinceStart, overflow) = now.milliseconds.subtractingReportingOverflow(Self.start)
    let present = overflow ? 0 : sinceStart
    let (millisecond, sequence) = last.withLock { last in
      if present > last.millisecond {
        last = (present, 0)
      } else if last.sequence < (1 << Self.sequenceBits) - 1 {
        last.sequence += 1
      } else {
        last = (last.millisecond + 1, 0)
      }
      return last
    }
    return ID(
      min(millisecond, Self.lastMillisecond) << (Self.nodeBits + Self.sequenceBits) | (node << Self.sequenceBits)
        | sequence)
  }
}
