import Foundation
import Logging
import Notation

/// The log: a line of JSON for each event on standard error, for whoever gathers them. Ids only, no names.
struct LogLines: LogHandler {
  var logLevel: Logger.Level
  var metadata: Logger.Metadata = [:]
  var metadataProvider: Logger.MetadataProvider?

  init(level: Logger.Level) { logLevel = level }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    Terminal.say(LogLines.line(event, metadata.merging(event.metadata ?? [:]) { $1 }, at: Clock.now()))
  }

  /// The moment by the authority's clock first, then what happened, then its details in the order of their names.
  static func line(_ event: LogEvent, _ metadata: Logger.Metadata, at now: Instant) -> String {
    let local = LocalTime(now)
    let milliseconds = String(1000 + now.milliseconds % 1000).dropFirst()
    var fields: [(String, JSONText)] = [
      ("at", .text("\(local.day.text)T\(local.clock).\(milliseconds)+08:00")), ("level", .text(event.level.rawValue)),
      ("event", .text(event.message.description)),
    ]
    if let error = event.error { fields.append(("error", .text("\(error)"))) }
    fields += metadata.sorted { $0.key < $1.key }.map { ($0.key, value($0.value)) }
    return JSONText.object(fields).text
  }

  private static func value(_ value: Logger.MetadataValue) -> JSONText {
    switch value {
    case .string(let text): .text(text)
    case .stringConvertible(let number as any BinaryInteger): .raw(number.description)
    case .stringConvertible(let other): .text(other.description)
    case .array(let list): .list(list.map { LogLines.value($0) })
    case .dictionary(let fields): .object(fields.sorted { $0.key < $1.key }.map { ($0.key, LogLines.value($0.value)) })
    }
  }
}

/// The machine's clock, asked here and nowhere below.
enum Clock {
  static func now() -> Instant { Instant(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded())) }
}
