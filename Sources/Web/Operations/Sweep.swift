import Logging
import ServiceLifecycle
public import Notation
import Storage

extension Site {
  /// Lets go of sessions that are over and of failures that are forgotten.
  ///
  /// Throws `DatabaseError`.
  public func sweep(at now: Instant) async throws {
    let (terms, lockout) = (entrance.terms, entrance.lockout)
    try await database.write { transaction in
      try SessionStore(transaction, terms: terms).sweep(at: now)
      try SignInStore(transaction, lockout: lockout).sweep(at: now)
    }
  }
}

/// Sweeps every hour while the site answers. Several programs on one database may do so at once.
struct HourlySweep: Service {
  static let pause = Duration.seconds(3600)
  let site: Site

  func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        do {
          try await site.sweep(at: site.clock())
        } catch {
          site.log.warning("sweep failed", metadata: ["why": .string("\(error)")])
        }
        try? await Task.sleep(for: Self.pause)
      }
    }
  }
}
