public import Notation
public import Publishing

/// A correction as it is kept and published: ids, and values before and after.
public struct CorrectionJSON {
  let words: EditionWords

  public init(words: EditionWords) { self.words = words }

  public func value(_ correction: Correction) -> JSONText {
    .object([
      ("reason", .text(correction.reason)), ("groups", .list(correction.groups.map { group($0) })),
    ])
  }

  private func group(_ change: Correction.GroupChange) -> JSONText {
    .object([
      ("group", .id(change.group)), ("name", .text(change.name)),
      (
        "items",
        .list(
          change.items.map {
            .object([
              ("id", .text($0.item)), ("title", .text(words.item($0.item))), ("old", .optional(words.number($0.old))),
              ("new", .optional(words.number($0.new))),
            ])
          })
      ), ("total", pair(change.total) { .optional(words.number($0)) }), ("grade", pair(change.grade) { .optional($0) }),
      ("rank", pair(change.rank) { .optional($0) }), ("vetoes", pair(change.vetoes) { .texts($0 ?? []) }),
      ("consequences", pair(change.consequences) { .texts($0 ?? []) }),
    ])
  }

  private func pair<Value>(_ change: Correction.Change<Value>, _ text: (Value?) -> JSONText) -> JSONText {
    .list([text(change.old), text(change.new)])
  }

  /// Reads what `value` wrote; nil where it is none.
  public static func read(_ text: String) -> Correction? {
    guard let tree = try? JSON.read(Array(text.utf8), file: "correction"), let reason = tree["reason"]?.text else {
      return nil
    }
    return Correction(reason: reason, groups: (tree["groups"]?.list ?? []).compactMap { group($0) })
  }

  private static func group(_ node: Node) -> Correction.GroupChange? {
    guard let id = node["group"]?.text.flatMap({ ID($0) }), let name = node["name"]?.text else { return nil }
    func pair<Value>(_ key: String, _ read: (Node) -> Value?) -> Correction.Change<Value> {
      let pair = node[key]?.list ?? []
      return Correction.Change(old: pair.first.flatMap(read), new: pair.dropFirst().first.flatMap(read))
    }
    func exact(_ node: Node?) -> Exact? { node?.text.flatMap { Exact(decimal: $0) } }
    return Correction.GroupChange(
      group: id, name: name,
      items: (node["items"]?.list ?? []).compactMap { item in
        item["id"]?.text.map { Correction.ItemChange(item: $0, old: exact(item["old"]), new: exact(item["new"])) }
      }, total: pair("total") { exact($0) }, grade: pair("grade") { $0.text }, rank: pair("rank") { $0.integer },
      vetoes: pair("vetoes") { $0.texts() }, consequences: pair("consequences") { $0.texts() })
  }
}

/// What of the results is made public, as it is kept.
public enum DisclosureJSON {
  public static func text(_ disclosure: Disclosure) -> String {
    JSONText.object([
      ("items", .boolean(disclosure.items)), ("vetoes", .boolean(disclosure.vetoes)),
      ("consequences", .texts(disclosure.consequences.sorted())),
    ]).text
  }

  public static func read(_ text: String) -> Disclosure? {
    guard let tree = try? JSON.read(Array(text.utf8), file: "disclosure"), let items = tree["items"]?.boolean,
      let vetoes = tree["vetoes"]?.boolean, let consequences = tree["consequences"]?.texts()
    else { return nil }
    return Disclosure(items: items, vetoes: vetoes, consequences: Set(consequences))
  }
}
