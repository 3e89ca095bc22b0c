import Crypto
import Foundation
import Notation
import People
import Synchronization

/// What stands for the place a comment comes from: enough to see that one place says much, nothing to find the place by.
/// The key is made by chance, never leaves the memory of this program and is thrown away with the day; several programs
/// side by side each count for themselves.
final class CommentPlaces: Sendable {
  private let key = Mutex<(day: Day, key: SymmetricKey)?>(nil)

  /// The same for one place on one day, an IPv6 network being one.
  func name(of address: String?, on day: Day) -> String {
    let key = key.withLock { held -> SymmetricKey in
      if let held, held.day == day { return held.key }
      let fresh = SymmetricKey(size: .bits256)
      held = (day, fresh)
      return fresh
    }
    let counted = Lockout.counted(address ?? "")
    return HMAC<SHA256>.authenticationCode(for: Data(counted.utf8), using: key).prefix(16).map {
      ($0 < 16 ? "0" : "") + String($0, radix: 16)
    }.joined()
  }
}
