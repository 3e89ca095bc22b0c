import Notation
import Policies
import Rules
import Scoring

/// Which facts an item asks for, of whom, under which paths.
struct FieldPlan {
  let subject: String
  /// The parts on the way to the input.
  let parts: [RulePart]
  let rule: any Rule
  let needs: [Need]
  let inputs: [String: InputDescription]
  let need: Need

  var input: String { (parts.map(\.id) + [need.name]).joined(separator: ".") }
  var path: String { "\(subject)/\(input)" }

  static func all(of item: Item, in group: GroupFacts) -> [FieldPlan] {
    group.keys(of: item.of).flatMap { subject in
      inside(subject, parts: [], rule: item.rule, needs: item.needs, inputs: item.inputs)
    }
  }

  private static func inside(
    _ subject: String, parts: [RulePart], rule: any Rule, needs: [Need], inputs: [String: InputDescription]
  ) -> [FieldPlan] {
    RulePart.of(rule).flatMap {
      inside(subject, parts: parts + [$0], rule: $0.rule, needs: $0.needs, inputs: $0.inputs)
    }
      + needs.map {
        FieldPlan(subject: subject, parts: parts, rule: rule, needs: needs, inputs: inputs, need: $0)
      }
  }

  /// The fact among those of an item.
  func fact(in facts: [String: ItemFacts]?) -> Fact? {
    var inner = facts?[subject]
    for part in parts { inner = inner?.parts[part.id] }
    return inner?.values[need.name]
  }

  /// Puts a fact, or nothing, in its place.
  func set(_ fact: Fact?, in facts: inout ItemFacts) { FieldPlan.set(fact, need.name, parts[...], in: &facts) }

  private static func set(_ fact: Fact?, _ name: String, _ parts: ArraySlice<RulePart>, in facts: inout ItemFacts) {
    guard let part = parts.first else {
      facts.values[name] = fact
      return
    }
    var inner = facts.parts[part.id] ?? ItemFacts(context: facts.context, inputs: part.inputs)
    set(fact, name, parts.dropFirst(), in: &inner)
    facts.parts[part.id] = inner
  }

  /// The fact a JSON text says, as a facts file would, or what is wrong with it; neither where it says null.
  func read(_ json: String, item: Item, context: GroupContext) -> (fact: Fact?, problems: [Problem]) {
    let node: Node
    do throws(SyntaxProblem) {
      node = try JSON.read(Array(json.utf8), file: path)
    } catch {
      return (nil, [error.problem])
    }
    guard !node.isNull else { return (nil, []) }
    var reading = FactsReading(context: context)
    let map = Node(.map([Node.Entry(key: need.name, keyPlace: node.place, value: node)]), at: node.place)
    let above = ([item.id, subject] + parts.map(\.id)).joined(separator: ".")
    let facts = reading.facts(map, rule: rule, needs: needs, inputs: inputs, path: above)
    // A list with a wrong entry is wrong as a whole: a part of what somebody wrote is not what they wrote.
    return reading.problems.isEmpty ? (facts.values[need.name], []) : (nil, reading.problems.all)
  }

  /// The need that says the same in another way, where there is one: awards one by one, or how many of each level.
  var twin: String? {
    func has(_ fits: (Need.Kind) -> Bool) -> String? { needs.first { fits($0.kind) }?.name }
    switch need.kind {
    case .awards: return has { if case .counts = $0 { true } else { false } }
    case .counts: return has { if case .awards = $0 { true } else { false } }
    default: return nil
    }
  }

  /// The path of the twin.
  var twinPath: String? {
    twin.map { name in "\(subject)/" + (parts.map(\.id) + [name]).joined(separator: ".") }
  }
}

extension Fact {
  /// Whether two facts say the same; lists of ids compare without order.
  func says(_ other: Fact?) -> Bool {
    if case .names(let mine) = self, case .names(let theirs)? = other { return Set(mine) == Set(theirs) }
    return self == other
  }
}
