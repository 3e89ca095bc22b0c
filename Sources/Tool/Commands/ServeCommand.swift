import ArgumentParser
import Foundation
import Logging
import Notation
import Storage
import Web

struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: Words.help("serve"), discussion: Words.help("serve.more"))

  @OptionGroup var store: DatabaseOptions
  @Option(help: ArgumentHelp(Words.help("serve.host")))
  var host = "127.0.0.1"
  @Option(help: ArgumentHelp(Words.help("serve.port")))
  var port = 8080
  @Option(help: ArgumentHelp(Words.help("evidence"), valueName: "folder"))
  var evidence: String?
  @Option(help: ArgumentHelp(Words.help("serve.quota"), valueName: "MB"))
  var evidenceQuota = Int(EvidenceQuota.usual >> 20)
  @Flag(help: ArgumentHelp(Words.help("serve.proxy")))
  var trustProxy = false
  @Option(help: ArgumentHelp(Words.help("serve.origin"), valueName: "url"))
  var origin: String?
  @Option(help: ArgumentHelp(Words.help("serve.log"), valueName: "level"))
  var log = "info"
  @Option(help: ArgumentHelp(Words.help("serve.mail"), valueName: "url"))
  var mail: String?
  @Option(help: ArgumentHelp(Words.help("serve.mailFrom"), valueName: "address"))
  var mailFrom: String?
  @OptionGroup var options: PolicyOptions

  func validate() throws {
    if !(0...65_535).contains(port) { throw ValidationError(Words.text("tool.serve.port")) }
    if !(1...1 << 30).contains(evidenceQuota) { throw ValidationError(Words.text("tool.serve.quota")) }
    if let origin, !Settings.isOrigin(origin) { throw ValidationError(Words.text("tool.serve.origin")) }
    if let mail, !["smtp://", "smtps://"].contains(where: { mail.hasPrefix($0) }) || mailFrom == nil {
      throw ValidationError(Words.text("tool.serve.mail"))
    }
    if Logger.Level(rawValue: log) == nil {
      throw ValidationError(
        Words.text("tool.serve.level", ["known": .known(Logger.Level.allCases.map(\.rawValue))]))
    }
  }

  func run() async throws {
    OpenFiles.raise()
    let logger = Logger(label: "junheng") { _ in LogLines(level: Logger.Level(rawValue: log) ?? .info) }
    var settings = Settings(
      evidenceFolder: try store.evidence(evidence), policyFolder: Loading.folder(options.policies))
    settings.trustsProxy = trustProxy
    settings.origin = origin
    settings.evidenceQuota = Int64(evidenceQuota) << 20
    settings.carrier = carrier
    try await store.with { database in
      let site = try await Site(
        database: database, settings: settings, log: logger, ids: IDMaker(node: .random(in: 0...UInt64.max)),
        clock: { Clock.now() })
      do {
        try await site.warm()
      } catch {
        // One year whose policy can't be read keeps no other from its pages.
        logger.error("policies unread", metadata: ["error": .string("\(error)")])
      }
      do {
        try await Server.run(site, host: host, port: port) { port in
          logger.notice("listening", metadata: ["host": .string(host), "port": .stringConvertible(port)])
          Terminal.out(
            Words.text("tool.serve.ready", ["host": .text(host), "port": .text(String(port))]) + "\n")
        }
      } catch let failure as Server.Failure {
        throw refuse(failure)
      }
      logger.notice("stopped")
    }
  }

  /// The name and the password are read from the environment: options stand in the list of processes.
  private var carrier: CurlCarrier? {
    guard let mail, let mailFrom else { return nil }
    let environment = ProcessInfo.processInfo.environment
    return CurlCarrier(
      .init(
        url: mail, from: mailFrom, user: environment["JUNHENG_MAIL_USER"],
        password: environment["JUNHENG_MAIL_PASSWORD"], allowsPlain: environment["JUNHENG_MAIL_PLAIN"] == "1"))
  }

  private func refuse(_ failure: Server.Failure) -> ExitCode {
    switch failure {
    case .portTaken: Terminal.say(Words.text("tool.serve.taken", ["port": .text(String(port))]))
    case .cannotListen(let why):
      Terminal.say(
        Words.text("tool.serve.listen", ["host": .text(host), "port": .text(String(port)), "why": .text(why)]))
    }
    return .refused
  }
}
