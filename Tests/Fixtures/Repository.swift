import Foundation

/// The source tree the tests were built from.
public enum Repository {
  public static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  public static func path(_ relative: String) -> String { root + "/" + relative }

  public static func text(_ relative: String) -> String {
    (try? String(contentsOfFile: path(relative), encoding: .utf8)) ?? ""
  }

  public static func bytes(_ relative: String) -> [UInt8] {
    FileManager.default.contents(atPath: path(relative)).map { Array($0) } ?? []
  }

  public static func exists(_ relative: String) -> Bool { FileManager.default.fileExists(atPath: path(relative)) }

  /// The names in a folder, sorted.
  public static func names(in relative: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path(relative))) ?? []).sorted()
  }

  /// All files below a folder with an ending, as paths from the root.
  public static func files(below relative: String, ending: String) -> [String] {
    let found = FileManager.default.enumerator(atPath: path(relative))?.compactMap { $0 as? String } ?? []
    return found.filter { $0.hasSuffix(ending) }.map { relative + "/" + $0 }.sorted()
  }

  public static func write(_ text: String, to relative: String) throws {
    try text.write(toFile: path(relative), atomically: true, encoding: .utf8)
  }

  /// Runs something with a new, empty folder that is removed afterwards.
  public static func withFolder<T>(_ body: (String) throws -> T) throws -> T {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try body(folder)
  }

  /// The ids of the policies, those that can only be read included.
  public static var policies: [String] { names(in: "policies").filter { exists("policies/\($0)/policy.yaml") } }
}

extension Repository {
  public static func makeFolder(_ path: String) throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  public static func writeFile(_ text: String, at path: String) throws {
    try text.write(toFile: path, atomically: false, encoding: .utf8)
  }
}
