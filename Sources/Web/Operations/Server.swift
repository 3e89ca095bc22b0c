import Glibc
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle
import UnixSignals

/// Answers requests until it is told to stop.
public enum Server {
  public enum Failure: Error, Sendable {
    /// Another program listens there.
    case portTaken
    /// The system's words for why it can't listen there.
    case cannotListen(String)
  }

  /// Seconds for what is under way once it is told to stop.
  static let patience: Int64 = 20
  /// Seconds without a byte after which a connection is closed, so that slow ones don't pile up.
  static let idle: Int64 = 75

  /// Runs until SIGTERM or SIGINT; then takes nothing new, finishes what is under way and returns.
  ///
  /// Throws `Failure` where it can't listen.
  /// - Parameter onRunning: told the port once it listens; with port 0 the system chooses one.
  public static func run(
    _ site: Site, host: String, port: Int, onRunning: @escaping @Sendable (Int) -> Void
  ) async throws {
    var log = site.log
    log.logLevel = max(log.logLevel, .warning)
    let application = Application(
      router: WebApplication.router(site),
      server: .http1(configuration: .init(idleTimeout: .seconds(idle))),
      configuration: .init(address: .hostname(host, port: port), backlog: 1024),
      onServerRunning: { onRunning($0.localAddress?.port ?? port) }, logger: log)
    var configuration = ServiceGroupConfiguration(
      services: [application, Housekeeping(site: site), Courier(site: site)],
      gracefulShutdownSignals: [.sigterm, .sigint], logger: log)
    configuration.maximumGracefulShutdownDuration = .seconds(patience)
    do {
      try await ServiceGroup(configuration: configuration).run()
    } catch let error as IOError where error.errnoCode == EADDRINUSE {
      throw Failure.portTaken
    } catch let error as IOError {
      throw Failure.cannotListen(error.description)
    }
  }
}
