import Crypto
import Foundation
import Mustache
import NIOCore
import Synchronization

/// Style sheets and scripts, kept in memory and named by the hash of all of them, so that browsers may keep them for
/// good. What set-up fetched lies in `vendor/`.
struct AssetShelf: Sendable, MustacheParent {
  struct Asset: Sendable {
    let type: String
    let bytes: ByteBuffer
    /// The same, compressed beforehand, where set-up has done so.
    let gzip: ByteBuffer?
  }

  private let assets: [String: Asset]
  let hash: String

  init() throws {
    let folder = Bundle.module.bundleURL.appendingPathComponent("Assets")
    var assets: [String: Asset] = [:]
    var hasher = SHA256()
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted() {
      guard let type = AssetShelf.types[(name as NSString).pathExtension] else { continue }
      let data = try Data(contentsOf: folder.appendingPathComponent(name))
      let gzip = try? Data(contentsOf: folder.appendingPathComponent(name + ".gz"))
      hasher.update(data: Data(name.utf8))
      hasher.update(data: data)
      assets[name] = Asset(type: type, bytes: ByteBuffer(bytes: data), gzip: gzip.map { ByteBuffer(bytes: $0) })
    }
    self.assets = assets
    hash = String(hasher.finalize().prefix(8).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined())
  }

  private static let types = [
    "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml",
    "woff2": "font/woff2", "json": "application/json",
  ]

  func asset(_ name: String) -> Asset? { assets[name] }

  /// The address of an asset.
  func link(_ name: String) -> String { "/assets/\(hash)/\(name)" }

  /// `{{assets.base}}` in templates.
  func child(named name: String) -> Any? { name == "base" ? "/assets/\(hash)" : nil }
}
