import Notation
import Policies
import Rules
import Scoring
import Workbooks

/// A column of a facts workbook: one input, or one entry of a list, of one item.
///
/// Its code stands in a locked row of the sheet (`4/exchange_rate`, `1/lacking#charter`, `C16/counts#city`), so that
/// columns may be moved and titles reworded without the file becoming unreadable.
struct FactColumn {
  enum Content {
    /// Whether a bonus item is claimed.
    case claim
    case number(Need.Range)
    case boolean
    case text
    case level([String])
    /// Whether one of a list's ids is lacking.
    case entry(String)
    /// How many of one level.
    case count(String)
    /// How many awards stand on the sheet of awards; of these levels and kinds.
    case awards(levels: [String], kinds: [String: String])
  }

  let item: Item
  /// The parts on the way to the input, then the input.
  let path: [String]
  let content: Content
  let title: String
  let unit: String?

  var code: String {
    let base = ([item.id] + path).joined(separator: "/")
    switch content {
    case .claim: return base + "#claim"
    case .entry(let id), .count(let id): return "\(base)#\(id)"
    default: return base
    }
  }

  /// All columns of a policy's items, in the document's order.
  static func all(_ policy: Policy, ofSchools: Bool, _ catalogue: Catalogue) -> [FactColumn] {
    policy.allItems.filter { $0.readsSchools == ofSchools }.flatMap { item in
      var columns: [FactColumn] = []
      if item.isBonus {
        columns.append(
          FactColumn(item: item, path: [], content: .claim, title: catalogue.text("excel.claim"), unit: nil))
      }
      return columns + inside(item, item.rule, item.needs, item.inputs, path: [], heading: nil, catalogue)
    }
  }

  private static func inside(
    _ item: Item, _ rule: any Rule, _ needs: [Need], _ inputs: [String: InputDescription], path: [String],
    heading: String?, _ catalogue: Catalogue
  ) -> [FactColumn] {
    let parts = RulePart.of(rule).flatMap {
      inside(item, $0.rule, $0.needs, $0.inputs, path: path + [$0.id], heading: $0.title, catalogue)
    }
    return parts
      + needs.flatMap { need in
        columns(item, need, rule, inputs[need.name], path: path + [need.name], heading: heading, catalogue)
      }
  }

  private static func columns(
    _ item: Item, _ need: Need, _ rule: any Rule, _ input: InputDescription?, path: [String], heading: String?,
    _ catalogue: Catalogue
  ) -> [FactColumn] {
    let own = input?.title ?? catalogue.named("input.\(need.name)") ?? need.name
    let title =
      heading.map { $0 == own ? own : catalogue.text("excel.part", ["part": .text($0), "input": .text(own)]) } ?? own
    func column(_ content: Content, _ title: String) -> FactColumn {
      FactColumn(item: item, path: path, content: content, title: title, unit: input?.unit)
    }
    switch need.kind {
    case .number: return [column(.number(need.range), title)]
    case .boolean: return [column(.boolean, title)]
    case .text: return [column(.text, title)]
    case .level(let levels): return [column(.level(levels), title)]
    case .names(let ids):
      let titles = RuleEntries.titles(of: rule)
      return ids.map { column(.entry($0), titles[$0] ?? $0) }
    case .counts(let levels):
      return levels.map { level in
        let name = catalogue.named("level.\(level)") ?? level
        return column(.count(level), catalogue.text("excel.part", ["part": .text(title), "input": .text(name)]))
      }
    case .awards(let levels, _, _):
      let content = Content.awards(levels: levels, kinds: RuleEntries.kinds(of: rule))
      return [column(content, catalogue.text("excel.awards.count", ["title": .text(title)]))]
    }
  }
}

extension FactColumn {
  typealias Choice = (id: String, title: String)

  /// What the sheet of awards offers for this column; nil for a column of anything else.
  func awardChoices(_ catalogue: Catalogue) -> (levels: [Choice], kinds: [Choice])? {
    guard case .awards(let levels, let kinds) = content else { return nil }
    return (
      levels.map { ($0, catalogue.named("level.\($0)") ?? $0) },
      kinds.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    )
  }
}
