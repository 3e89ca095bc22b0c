import Foundation
import Glibc
import Synchronization

enum Threads {
  /// What a thread for each of the things came to.
  static func run<Thing: Sendable, T: Sendable>(
    _ things: [Thing], _ body: @escaping @Sendable (Thing) -> T
  ) -> [T] {
    let results = Mutex<[T]>([])
    let group = DispatchGroup()
    for thing in things {
      group.enter()
      let thread = Thread {
        let result = body(thing)
        results.withLock { $0.append(result) }
        group.leave()
      }
      thread.stackSize = 1 << 19
      thread.start()
    }
    group.wait()
    return results.withLock { $0 }
  }

  /// Sleeps until a moment of `DispatchTime`'s clock; not at all where it is past.
  static func sleep(until moment: UInt64) {
    let now = DispatchTime.now().uptimeNanoseconds
    guard moment > now else { return }
    var left = timespec(
      tv_sec: Int((moment - now) / 1_000_000_000), tv_nsec: Int((moment - now) % 1_000_000_000))
    nanosleep(&left, nil)
  }
}
