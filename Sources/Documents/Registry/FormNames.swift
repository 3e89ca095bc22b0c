/// What policies call their forms of groups, for workbooks: there people read and write names, the registry keeps ids.
public struct FormNames: Sendable {
  private let names: [String: String]
  private let ids: [String: String]

  /// Names and ids that stand for several things stay ids.
  public init(_ forms: [(id: String, name: String)]) {
    let byID = Dictionary(grouping: forms, by: \.id).mapValues { Set($0.map(\.name)) }
    let byName = Dictionary(grouping: forms, by: \.name).mapValues { Set($0.map(\.id)) }
    names = byID.compactMapValues { $0.count == 1 ? $0.first : nil }.filter { byName[$0.value]?.count == 1 }
    ids = byName.compactMapValues { $0.count == 1 ? $0.first : nil }
  }

  public func name(_ id: String) -> String { names[id] ?? id }
  public func id(_ text: String) -> String { ids[text] ?? text }
  /// The names to choose from.
  public var all: [String] { names.values.sorted() }
}
