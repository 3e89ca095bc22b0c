public import Foundation
import Synchronization

/// Other programs that tests run.
public enum Programs {
  private static let gate = Mutex(())

  /// Starts a program; one at a time, since two starts at once have been seen to crash on Linux.
  ///
  /// Throws where there is no such program.
  public static func start(_ process: Process) throws { try gate.withLock { _ in try process.run() } }
}
