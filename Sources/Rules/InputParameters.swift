public import Notation

/// What a policy says beside `from:`, so that no number and no choice of records stands in the program
/// (policy-format, «Metrics»).
public struct InputParameters: Sendable, Hashable {
  private var lists: [String: [String]] = [:]
  private var numbers: [String: Exact] = [:]
  private var flags: [String: Bool] = [:]
  private var entries: [String: String] = [:]

  static let counts = ["issues", "schools", "schools-without", "missing"]

  public static let shape = ObjectShape("input-with") {
    [
      Field("kinds", .list(.text, least: 1)), Field("ways", .list(.text, least: 1)),
      Field("levels", .list(.text, least: 1)), Field("subjects", .list(.text, least: 1)),
      Field("states", .list(.text, least: 1)), Field("contents", .list(.text, least: 1)),
      Field("perTerm", .list(.text, least: 1)), Field("months", .integer), Field("year", .integer),
      Field("ifNone", .number), Field("recorded", .boolean), Field("fullTime", .boolean), Field("filed", .boolean),
      Field("count", .word(counts)), Field("entries", .map(.text)),
    ]
  }

  public init() {}

  public init(_ node: Node) {
    for entry in node.map ?? [] {
      switch entry.value.value {
      case .list(let list): lists[entry.key] = list.compactMap(\.text)
      case .text(let text): lists[entry.key] = [text]
      case .number(let number): numbers[entry.key] = number
      case .boolean(let flag): flags[entry.key] = flag
      case .map(let map):
        for inner in map { entries[inner.key] = inner.value.text }
      case .null, .undecided: break
      }
    }
  }

  /// The parameters given.
  public var names: Set<String> {
    Set(lists.keys).union(numbers.keys).union(flags.keys).union(entries.isEmpty ? [] : ["entries"])
      .subtracting(["source", "note"])
  }

  /// Nil where the policy says nothing of it.
  public func words(_ name: String) -> [String]? { lists[name] }
  public func number(_ name: String) -> Exact? { numbers[name] }
  public func flag(_ name: String) -> Bool? { flags[name] }
  /// Where an entry of a checklist is found.
  public func entry(_ id: String) -> String? { entries[id] }
}
