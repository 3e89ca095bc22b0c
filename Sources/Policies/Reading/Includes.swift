import Notation

/// Joins a policy's files by their top-level keys.
struct Includes {
  /// Reads a file of the policy's folder; what can't be read is added to the problems.
  let load: (String, Place, inout Problems) -> Node?
  var entries: [Node.Entry] = []
  private var places: [String: Place] = [:]
  var seen: Set<String> = []

  init(load: @escaping (String, Place, inout Problems) -> Node?) { self.load = load }

  /// The whole policy as one map.
  mutating func join(_ root: Node, file: String, _ problems: inout Problems) -> Node? {
    guard root.map != nil else {
      problems.add("root.map", at: root.place)
      return nil
    }
    seen.insert(file)
    add(root, &problems)
    return Node(.map(entries), at: root.place)
  }

  private mutating func add(_ node: Node, _ problems: inout Problems) {
    guard let map = node.map else {
      problems.add("root.map", at: node.place)
      return
    }
    var inner: [Node] = []
    for entry in map {
      if entry.key == "include" {
        guard let list = entry.value.list else {
          Shape.list(.text).check(entry.value, key: "include", &problems)
          continue
        }
        inner += list
      } else if let earlier = places[entry.key] {
        problems.add(
          "key.twice.files", at: entry.keyPlace,
          ["key": .text(entry.key), "file": .text(earlier.file), "line": .count(earlier.line)])
      } else {
        places[entry.key] = entry.keyPlace
        entries.append(entry)
      }
    }
    for name in inner {
      guard let file = name.text, !file.contains("/"), !file.contains("\\"), file != "..", file.hasSuffix(".yaml")
      else {
        problems.add("include.name", at: name.place, ["name": .text(name.plainText)])
        continue
      }
      guard seen.insert(file).inserted else {
        problems.add("include.twice", at: name.place, ["name": .text(file)])
        continue
      }
      if let node = load(file, name.place, &problems) { add(node, &problems) }
    }
  }
}
