import Notation

/// A frozen scorecard as a page reads it.
struct CardReading {
  private let tree: Node

  init?(json: String?) {
    guard let json, let tree = try? JSON.read(Array(json.utf8), file: "") else { return nil }
    self.tree = tree
  }

  var total: String? { tree["total"]?.text }
  var base: String? { tree["base"]?.text }
  var bonus: String? { tree["bonus"]?.text }

  private func line(_ item: String) -> Node? {
    ((tree["lines"]?.list ?? []) + (tree["bonusLines"]?.list ?? [])).first { $0["id"]?.text == item }
  }

  func score(_ item: String) -> String? { line(item)?["score"]?.text }
  func why(_ item: String) -> String? { line(item)?["why"]?.text }
}
