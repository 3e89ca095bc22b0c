import Fixtures
import Foundation

/// The program as a user starts it: words in, texts and an exit code out.
struct Run: Sendable {
  let code: Int32
  /// False where the program was stopped by a signal.
  let isOrderly: Bool
  let out: String
  let err: String

  /// Beside the tests in the build folder.
  static let program: URL = {
    let tests = Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments[0])
    return tests.resolvingSymlinksInPath().deletingLastPathComponent().appendingPathComponent("junheng")
  }()

  /// - Parameter folder: where it is started; a new, empty one where nil.
  init(_ words: [String], in folder: String? = nil, language: String? = nil) throws {
    guard let folder else {
      self = try Repository.withFolder { try Run(words, in: $0, language: language) }
      return
    }
    let process = Process()
    process.executableURL = Run.program
    process.arguments = words
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.environment = ["PATH": "/usr/bin:/bin", "JUNHENG_POLICIES": Repository.path("policies")]
    process.environment?["JUNHENG_LANGUAGE"] = language
    // Files rather than pipes: however much it says, it never waits for a reader.
    let paths = [UUID().uuidString, UUID().uuidString].map { NSTemporaryDirectory() + "/" + $0 }
    defer { for path in paths { try? FileManager.default.removeItem(atPath: path) } }
    let handles = paths.compactMap { path -> FileHandle? in
      _ = FileManager.default.createFile(atPath: path, contents: nil)
      return FileHandle(forWritingAtPath: path)
    }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = handles[0]
    process.standardError = handles[1]
    try Programs.start(process)
    process.waitUntilExit()
    for handle in handles { try handle.close() }
    let texts = paths.map { String(decoding: FileManager.default.contents(atPath: $0) ?? Data(), as: UTF8.self) }
    code = process.terminationStatus
    isOrderly = process.terminationReason == .exit
    out = texts[0]
    err = texts[1]
  }

  init(_ words: String, in folder: String? = nil, language: String? = nil) throws {
    try self.init(words.split(separator: " ").map(String.init), in: folder, language: language)
  }

  var outLines: [String] { out.split(separator: "\n").map(String.init) }
  var errLines: [String] { err.split(separator: "\n").map(String.init) }
}

extension String {
  /// Whether any of it is written in Chinese.
  var hasChinese: Bool {
    unicodeScalars.contains { (0x2E80...0x9FFF).contains($0.value) || (0xFF00...0xFFEF).contains($0.value) }
  }
}

/// The demonstration city, made once by the program itself.
enum Demo {
  static let facts = (try? Run("demo --years 2"))?.out ?? ""
  static let small = (try? Run("demo --years 1 --groups 2"))?.out ?? ""

  /// Runs something in a new folder that holds `facts.json`.
  static func withFacts<T>(_ facts: String = Demo.facts, _ body: (String) throws -> T) throws -> T {
    try Repository.withFolder { folder in
      try facts.write(toFile: folder + "/facts.json", atomically: true, encoding: .utf8)
      return try body(folder)
    }
  }
}

/// Copies of a policy with something changed.
enum Changed {
  /// A copy of a policy's folder named `next` beside the facts, with texts replaced in its files.
  static func policy(
    _ id: String, in folder: String, _ changes: [(file: String, old: String, new: String)]
  ) throws {
    let copy = folder + "/next"
    try FileManager.default.copyItem(atPath: Repository.path("policies/\(id)"), toPath: copy)
    for change in changes {
      let text = try String(contentsOfFile: "\(copy)/\(change.file)", encoding: .utf8)
      precondition(text.contains(change.old), "\(change.file) doesn't say \(change.old)")
      try text.replacing(change.old, with: change.new, maxReplacements: 1)
        .write(toFile: "\(copy)/\(change.file)", atomically: true, encoding: .utf8)
    }
  }
}
