import Notation
public import Policies
public import Rules

/// An input of a policy and where the year's records fill it from.
public struct Binding: Sendable {
  public let item: Item
  /// `exchange_rate`, `part.input`.
  public let input: String
  /// Of the part that asks for it.
  public let rule: any Rule
  public let need: Need
  public let title: String?
  /// The part that asks for it, in the policy's words; nil where the item has none.
  public let part: String?
  /// `percent`, `count`…
  public let unit: String?
  /// As the policy writes it; nil: it says nothing.
  public let from: String?
  public let with: InputParameters

  /// What becomes of an input.
  public enum Answer: Sendable {
    case metric(Metric)
    case document(String)
    /// Not from records: the reason's key.
    case none(String)
  }

  /// Every input of a policy, in the order of its items.
  public static func all(of policy: Policy) -> [Binding] { policy.allItems.flatMap { all(of: $0) } }

  public static func all(of item: Item) -> [Binding] {
    inside(item, rule: item.rule, needs: item.needs, inputs: item.inputs, path: [], part: nil)
  }

  private static func inside(
    _ item: Item, rule: any Rule, needs: [Need], inputs: [String: InputDescription], path: [String], part: String?
  ) -> [Binding] {
    RulePart.of(rule).flatMap { part in
      // An item may describe its parts' inputs itself, under `part.input`.
      let own =
        part.inputs.isEmpty
        ? Dictionary(
          uniqueKeysWithValues: inputs.compactMap { key, value in
            key.hasPrefix(part.id + ".") ? (String(key.dropFirst(part.id.count + 1)), value) : nil
          }) : part.inputs
      return inside(item, rule: part.rule, needs: part.needs, inputs: own, path: path + [part.id], part: part.title)
    }
      + needs.filter { need in
        // Awards and counts are two ways to say the same: the one that is described is asked for.
        inputs[need.name] != nil || !["awards", "counts"].contains(need.name)
          || inputs["awards"] == nil && inputs["counts"] == nil
      }.map { need in
        let described = inputs[need.name]
        return Binding(
          item: item, input: (path + [need.name]).joined(separator: "."), rule: rule, need: need,
          title: described?.title, part: part, unit: described?.unit, from: described?.from,
          with: described?.with ?? InputParameters())
      }
  }

  public var answer: Answer { Binding.answer(from: from, need) }

  public static func answer(from: String?, _ need: Need) -> Answer {
    guard let from else { return .none("unsaid") }
    let words = from.split(separator: ".", maxSplits: 1).map(String.init)
    switch words.first {
    case "judged": return .none("judged")
    case "survey": return .none("survey")
    case "previous": return .none("previous")
    case "document": return words.count > 1 ? .document(words[1]) : .none("unknown")
    default:
      guard let metric = Metrics.byID[from] else {
        guard words.first == "registry" else { return .none("unknown") }
        // A gap between schools is seven coefficients: which of them, only the policy could say.
        return .none(words.count > 1 && words[1].hasPrefix("gap") ? "gap" : "registry")
      }
      return metric.answers(need.kind) ? .metric(metric) : .none("form")
    }
  }

  /// What the records of a year say to an input; nil where it isn't filled from records.
  public static func reading(
    from: String?, _ scope: MetricScope
  ) -> MetricReading? {
    switch answer(from: from, scope.need) {
    case .metric(let metric): metric.reading(scope)
    case .document(let id): DocumentMetric.reading(of: id, scope)
    case .none: nil
    }
  }
}
