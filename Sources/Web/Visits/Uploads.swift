import HTTPTypes
import Notation
import Synchronization

/// The workbooks that are arriving: a few at once for an account, each within a time that its size allows. So nobody
/// fills the disk or holds connections by sending slowly.
final class Uploads: Sendable {
  static let most = 4
  /// Seconds that any upload has, and how many bytes give it one more: slower than 50 KB/s is too slow.
  static let seconds: Int64 = 120
  static let bytesPerSecond = 50_000

  private let arriving = Mutex<[ID: Int]>([:])

  /// Throws `Refusal` where so many of the account's are arriving already. Ended by `end`.
  func begin(of account: ID) throws(Refusal) {
    let isOpen = arriving.withLock { arriving in
      let count = arriving[account, default: 0]
      guard count < Uploads.most else { return false }
      arriving[account] = count + 1
      return true
    }
    if !isOpen { throw Refusal(.tooManyRequests, "refusal.uploads", ["most": .count(Uploads.most)]) }
  }

  func end(of account: ID) {
    arriving.withLock { arriving in
      let left = (arriving[account] ?? 1) - 1
      arriving[account] = left > 0 ? left : nil
    }
  }

  func count(of account: ID) -> Int { arriving.withLock { $0[account] ?? 0 } }

  /// Until when a body of so many bytes has to be here.
  static func deadline(of bytes: Int, from now: Instant) -> Instant {
    now.adding(seconds: seconds + Int64(max(0, bytes) / bytesPerSecond))
  }
}
