import Foundation
public import Notation
public import Policies

/// Policies on disk: found by id or path, read with all their files.
public struct PolicyFiles: Sendable {
  /// The folder that holds one folder for each policy.
  public let folder: String

  public init(folder: String) { self.folder = folder }

  /// The folder of a policy: a path to its file or folder, or its id under `policies/`.
  public func locate(_ name: String) -> (folder: String, file: String)? {
    let candidates = name.contains("/") || name.hasSuffix(".yaml") ? [name] : ["\(folder)/\(name)", name]
    for path in candidates {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { continue }
      if !isFolder.boolValue {
        let url = URL(fileURLWithPath: path)
        return (url.deletingLastPathComponent().path, url.lastPathComponent)
      }
      if FileManager.default.fileExists(atPath: path + "/policy.yaml") { return (path, "policy.yaml") }
    }
    return nil
  }

  /// The ids of all policies in the folder.
  public var ids: [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { FileManager.default.fileExists(atPath: "\(folder)/\($0)/policy.yaml") }.sorted()
  }

  /// The texts of a policy's own files by name, as a cycle keeps them; nil where the folder holds no such policy or a
  /// file isn't text.
  public func texts(_ id: String) -> [String: String]? {
    guard ids.contains(id) else { return nil }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(id)")) ?? []
    var texts: [String: String] = [:]
    for name in names where name.hasSuffix(".yaml") {
      guard let bytes = try? PolicyFiles.bytes("\(folder)/\(id)/\(name)", most: YAML.mostBytes),
        let text = String(validating: bytes, as: UTF8.self)
      else { return nil }
      texts[name] = text
    }
    return texts
  }

  /// The tree of a policy's first file, unchecked; nil where there is none that can be read.
  public func head(_ id: String) -> Node? { try? PolicyFiles.tree("\(folder)/\(id)/policy.yaml") }

  /// Reads and checks a policy; nil where there is no such file or folder.
  public func read(_ name: String) -> PolicyReader.Result? {
    guard let (folder, file) = locate(name) else { return nil }
    let base = folder == "." ? "" : folder + "/"
    do throws(SyntaxProblem) {
      let root = try PolicyFiles.tree(base + file)
      return PolicyReader.read(root, file: file) { name, place, problems in
        guard FileManager.default.fileExists(atPath: base + name) else {
          problems.add("include.missing", at: place, ["name": .text(name)])
          return nil
        }
        do throws(SyntaxProblem) {
          return try PolicyFiles.tree(base + name)
        } catch {
          problems.append(error.problem)
          return nil
        }
      }
    } catch {
      return PolicyReader.Result(policy: nil, problems: [error.problem])
    }
  }

  /// The tree of one YAML file.
  public static func tree(_ path: String) throws(SyntaxProblem) -> Node {
    try YAML.read(try bytes(path, most: YAML.mostBytes), file: path)
  }

  /// The bytes of a file no larger than `most`.
  public static func bytes(_ path: String, most: Int) throws(SyntaxProblem) -> [UInt8] {
    let place = Place(file: path, line: 1)
    guard let handle = FileHandle(forReadingAtPath: path), let data = try? handle.read(upToCount: most + 1) ?? Data()
    else {
      throw SyntaxProblem(problem: Problem("file.unreadable", at: place))
    }
    guard data.count <= most else {
      throw SyntaxProblem(problem: Problem("file.large", at: place, ["most": .count(most >> 20)]))
    }
    return Array(data)
  }
}
