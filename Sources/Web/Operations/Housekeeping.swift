import Logging
import Notation
import ServiceLifecycle
import Storage

/// Lets go of what is over, every hour while the program runs: keys of clients, sessions, forgotten failures to sign in,
/// files nothing refers to, where comments came from; and counts coverage anew where it is out of date. Any number of programs may do so side by side.
struct Housekeeping: Service {
  let site: Site
  static let pause = Duration.seconds(3600)

  func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        await tidy()
        try? await Task.sleep(for: Self.pause)
      }
    }
  }

  /// Once; what fails is done an hour later.
  func tidy() async {
    let now = site.clock()
    do {
      try await site.database.write { transaction in
        try RequestKeyStore.sweep(at: now, transaction)
        try Outbox.sweep(at: now, transaction)
        try FormationStore.forgetPlaces(at: now, transaction)
      }
      try await site.sweep(at: now)
      try await CoverageStepStore.refreshStale(site.database)
      _ = try await EvidenceStore.sweep(site.evidence, in: site.database, at: now)
    } catch {
      site.log.warning("housekeeping failed", metadata: ["why": .string("\(error)")])
    }
  }
}
