public import Notation
public import Policies
import Rules

/// How an item is scored, in sentences made of the rule's own parameters. Read from the policy's tree, so that a rule
/// with something undecided can still be read.
public struct RuleWording {
  let policy: Policy
  let catalogue: Catalogue

  public init(policy: Policy, catalogue: Catalogue) {
    self.policy = policy
    self.catalogue = catalogue
  }

  /// A sentence with those that belong under it.
  public struct Sentence: Sendable, Hashable {
    public let text: String
    public let under: [Sentence]

    init(_ text: String, _ under: [Sentence] = []) {
      self.text = text
      self.under = under
    }
  }

  /// The sentences of an item's map: whose facts, the rule, how schools become one, when it applies.
  public func sentences(ofItem item: Node) -> [Sentence] {
    var sentences = [Sentence(catalogue.text("of.\(item["of"]?.text ?? "group")"))]
    if let applies = item["applies"] {
      let condition = expressions(item["inputs"]).condition(applies) ?? undecided(applies)
      sentences.append(say("applies", ["when": .text(condition)]))
    }
    if let rule = item["rule"] { sentences += rules(rule, points: item["points"], inputs: item["inputs"]) }
    let of = item["of"]?.text
    if of == "members" || of == "schools" {
      let across = item["across"]
      let key = across?.isUndecided == true ? nil : across?.text ?? "mean"
      sentences.append(key.map { say("across.\($0)") } ?? Sentence(across.map(undecided) ?? ""))
    }
    return sentences
  }

  /// What a rule says, kind by kind (policy-format, «Rules»).
  func rules(_ rule: Node, points: Node?, inputs: Node?) -> [Sentence] {
    let reading = Reading(wording: self, rule: rule, points: points?.number, inputs: inputs)
    switch rule["kind"]?.text ?? "" {
    case "judged", "completion", "gate": return [say(rule["kind"]?.text ?? "")]
    case "percentage": return [say("percentage", ["title": .text(reading.title("percent"))])]
    case "attainment":
      return [
        say(
          "attainment",
          ["title": .text(reading.title("value")), "target": .text(reading.amount("target", of: "value"))])
      ]
    case "checklist": return reading.checklist
    case "shortfall": return reading.shortfall
    case "levels": return reading.levels
    case "bands": return reading.bands
    case "tiers": return reading.tiers
    case "deduct": return reading.deduct
    case "earn": return [say("earn")] + reading.adjustments("gains", amount: "gain", key: "gain")
    case "parts": return reading.parts
    case "placed": return reading.placed
    case "formula":
      let formula = rule["formula"].flatMap { expressions(inputs).formula($0) } ?? rule["formula"].map(undecided) ?? ""
      return [say("formula", ["formula": .text(formula)])]
    default: return rule.isUndecided ? [Sentence(undecided(rule))] : []
    }
  }

  func say(_ key: String, _ parts: [String: Message.Part] = [:], _ under: [Sentence] = []) -> Sentence {
    Sentence(catalogue.text("reads.\(key)", parts), under)
  }

  func expressions(_ inputs: Node?) -> ExpressionWording {
    ExpressionWording(policy: policy, catalogue: catalogue, inputs: InputShape.descriptions(inputs))
  }

  /// What stands where a decision is still to be taken.
  public func undecided(_ node: Node) -> String {
    guard case .undecided(let id) = node.value else { return node.plainText }
    return catalogue.text("reads.undecided", ["question": .text(policy.decision(id)?.question ?? id)])
  }
}

/// One rule being read: its parameters as texts.
struct Reading {
  let wording: RuleWording
  let rule: Node
  let points: Exact?
  let inputs: Node?

  var catalogue: Catalogue { wording.catalogue }

  func title(_ input: String) -> String {
    inputs?[input]?["title"]?.text ?? catalogue.named("input.\(input)") ?? input
  }

  func unit(_ input: String) -> String {
    inputs?[input]?["unit"]?.text.flatMap { catalogue.named("unit.\($0)") } ?? ""
  }

  /// A number as it is written, or what is still to be decided.
  func number(_ node: Node?) -> String {
    guard let node else { return "" }
    return node.number?.plain ?? wording.undecided(node)
  }

  func amount(_ key: String, of input: String) -> String { amount(rule[key], of: input) }
  func amount(_ node: Node?, of input: String) -> String { number(node) + (node?.number == nil ? "" : unit(input)) }

  func condition(_ node: Node) -> String { wording.expressions(inputs).condition(node) ?? wording.undecided(node) }
}
