import Foundation
public import Notation

/// The words of both languages: the kernel's catalogue and the web's, a file for each room.
public struct Texts: Sendable {
  private let chinese: Catalogue
  private let english: Catalogue

  /// Throws where a file can't be read.
  public init() throws {
    chinese = try Texts.joined(.chinese)
    english = try Texts.joined(.english)
  }

  private static func joined(_ kernel: Catalogue) throws -> Catalogue {
    let folder = Bundle.module.bundleURL.appendingPathComponent("Texts/\(kernel.language)")
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    return try files.filter { $0.pathExtension == "txt" }.sorted { $0.path < $1.path }
      .reduce(kernel) { $0.joined(with: Array(try Data(contentsOf: $1))) }
  }

  public func catalogue(_ language: String) -> Catalogue { language.hasPrefix("en") ? english : chinese }
}
