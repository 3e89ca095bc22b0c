import Dispatch
import Foundation
import Notation
public import Storage

/// Hands letters to a mail server by the program `curl` (docs/decisions, «Mail goes out by curl»).
public struct CurlCarrier: Carrier {
  /// Where mail goes out.
  public struct Server: Sendable {
    /// `smtp://host:587` (which turns to TLS before anything is said) or `smtps://host:465`.
    public var url: String
    /// The address letters come from.
    public var from: String
    public var user: String?
    public var password: String?
    /// Whether a server without TLS will do: only inside one's own machine.
    public var allowsPlain: Bool

    public init(url: String, from: String, user: String? = nil, password: String? = nil, allowsPlain: Bool = false) {
      self.url = url
      self.from = from
      self.user = user
      self.password = password
      self.allowsPlain = allowsPlain
    }
  }

  let server: Server
  /// What is started.
  let program: String
  /// Seconds for one letter.
  static let patience = 60

  public init(_ server: Server, program: String = "curl") {
    self.server = server
    self.program = program
  }

  public func carry(_ letter: Letter) async throws(CarrierFailure) {
    let folder = FileManager.default.temporaryDirectory
    let file = folder.appendingPathComponent("letter-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: file) }
    let content = Data(Self.message(letter, from: server.from).utf8)
    guard
      FileManager.default.createFile(atPath: file.path, contents: content, attributes: [.posixPermissions: 0o600])
    else { throw CarrierFailure(why: "no room for the letter", isFinal: false) }
    let configuration = self.configuration(letter, file: file.path)
    let (status, said) = await Self.run(program, configuration)
    guard status != 0 else { return }
    // 55: the server refused what was sent; a code of its own in the five hundreds is final.
    let isFinal = status == 55 && said.contains(#/\b5[0-9][0-9]\b/#)
    throw CarrierFailure(why: "curl \(status): \(said)", isFinal: isFinal)
  }

  /// Given by standard input, so that no password stands in the list of processes.
  private func configuration(_ letter: Letter, file: String) -> String {
    var lines = [
      ("url", server.url), ("mail-from", server.from), ("mail-rcpt", letter.address), ("upload-file", file),
      ("max-time", String(Self.patience)), ("connect-timeout", "15"),
    ]
    if let user = server.user { lines.append(("user", "\(user):\(server.password ?? "")")) }
    return lines.map { "\($0.0) = \"\(Self.quoted($0.1))\"\n" }.joined() + "silent\nshow-error\n"
      + (server.allowsPlain ? "" : "ssl-reqd\n")
  }

  private static func quoted(_ text: String) -> String {
    text.filter { !$0.isNewline }.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
  }

  private static func run(_ program: String, _ configuration: String) async -> (status: Int32, said: String) {
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        // First of all: no configuration of whoever runs this.
        process.arguments = [program, "--disable", "--config", "-"]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = FileHandle.nullDevice
        process.standardError = output
        do {
          try process.run()
        } catch {
          continuation.resume(returning: (127, "curl cannot be started"))
          return
        }
        // One that ends before it has read everything leaves a broken pipe; its exit code tells the rest.
        try? input.fileHandleForWriting.write(contentsOf: Data(configuration.utf8))
        try? input.fileHandleForWriting.close()
        let said = (try? output.fileHandleForReading.readToEnd()) ?? Data()
        process.waitUntilExit()
        continuation.resume(
          returning: (process.terminationStatus, String(decoding: said.prefix(400), as: UTF8.self)))
      }
    }
  }

  /// The letter as it travels (RFC 5322, 2045, 2047): head in ASCII, text in base64.
  static func message(_ letter: Letter, from: String) -> String {
    let text = Data(letter.text.utf8).base64EncodedString(options: [
      .lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed,
    ])
    let head = [
      "Date: \(date(letter.writtenAt))", "From: \(from)", "To: \(letter.address)",
      "Subject: \(encoded(letter.subject))",
      "Message-ID: <\(letter.id)@junheng>", "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8",
      "Content-Transfer-Encoding: base64", "Auto-Submitted: auto-generated",
    ]
    return (head + ["", text]).joined(separator: "\r\n") + "\r\n"
  }

  /// `Thu, 20 Aug 2026 10:00:00 +0800`
  static func date(_ at: Instant) -> String {
    let local = LocalTime(at)
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    let number = local.day.daysSince1970
    return "\(days[((number % 7) + 7) % 7]), \(local.day.day) \(months[local.day.month - 1]) \(local.day.year) "
      + "\(local.clock) +0800"
  }

  /// Words of at most 75 characters, none cut inside a character.
  static func encoded(_ subject: String) -> String {
    var words: [String] = []
    var piece = ""
    for character in subject.filter({ !$0.isNewline }) {
      if piece.utf8.count + String(character).utf8.count > 42 {
        words.append(piece)
        piece = ""
      }
      piece.append(character)
    }
    words.append(piece)
    return words.map { "=?utf-8?B?\(Data($0.utf8).base64EncodedString())?=" }.joined(separator: "\r\n ")
  }
}
