import Documents
import Foundation
import Notation
import Policies
import Synchronization

/// The policies in the folder that cycles are opened from, read again when a file of theirs changes.
final class PolicyShelf: Sendable {
  private struct Entry {
    let stamp: [String: Date]
    let result: PolicyReader.Result
  }

  private let entries = Mutex<[String: Entry]>([:])

  /// The names of all folders that hold a policy.
  func names(in folder: String) -> [String] { PolicyFiles(folder: folder).ids }

  /// A policy by its folder's name; nil where there is none.
  func read(_ name: String, in folder: String) -> PolicyReader.Result? {
    let files = PolicyFiles(folder: folder)
    // A name is one of those listed, never a path somebody made up.
    guard files.ids.contains(name) else { return nil }
    let stamp = PolicyShelf.stamp("\(folder)/\(name)")
    if let entry = entries.withLock({ $0[name] }), entry.stamp == stamp { return entry.result }
    guard let result = files.read(name) else { return nil }
    entries.withLock { $0[name] = Entry(stamp: stamp, result: result) }
    return result
  }

  /// When each file of a folder was last changed.
  private static func stamp(_ folder: String) -> [String: Date] {
    let manager = FileManager.default
    let names = (try? manager.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".yaml") }.reduce(into: [:]) { stamp, name in
      stamp[name] = (try? manager.attributesOfItem(atPath: "\(folder)/\(name)"))?[.modificationDate] as? Date
    }
  }
}
