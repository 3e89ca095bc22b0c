import Documents
public import Notation
public import Outcomes
public import Policies
public import Rules
public import Scoring

/// Values written as YAML in a test, because that is how policies and examples are written.
public enum Written {
  public static func node(_ yaml: String) -> Node {
    do {
      return try YAML.read(Array(yaml.utf8), file: "test.yaml")
    } catch {
      preconditionFailure("\(error.line)\n\(yaml)")
    }
  }

  /// What the check says of a policy, a line each.
  public static func check(_ yaml: String) -> PolicyReader.Result {
    do {
      return PolicyReader.read(try YAML.read(Array(yaml.utf8), file: "policy.yaml"), file: "policy.yaml") { _, _, _ in
        nil
      }
    } catch {
      return PolicyReader.Result(policy: nil, problems: [error.problem])
    }
  }

  /// A policy that passes the check.
  public static func policy(_ yaml: String) -> Policy {
    let result = check(yaml)
    guard let policy = result.policy, result.isSound else {
      preconditionFailure(result.problems.map { $0.line(in: .chinese) }.joined(separator: "\n") + "\n" + yaml)
    }
    return policy
  }

  /// Facts for a policy and what is wrong with them.
  public static func facts(_ yaml: String, for policy: Policy) -> (facts: FactYears, problems: [String]) {
    let (facts, problems) = FactsReader.read(node(yaml), for: policy)
    return (facts, problems.map { $0.line(in: .chinese) })
  }

  /// The results of sound facts.
  public static func results(_ yaml: String, for policy: Policy) -> Results {
    let (facts, problems) = facts(yaml, for: policy)
    precondition(problems.isEmpty, problems.joined(separator: "\n"))
    return Confirmation(policy: policy).results(facts)
  }
}

extension SyntaxProblem {
  public var line: String { problem.line(in: .chinese) }
}

extension Results {
  /// The result of a group in a year, which must be there.
  public func of(_ group: String, _ year: Int = 2022) -> GroupResult {
    guard let result = all.first(where: { $0.id == group && $0.year == year }) else {
      preconditionFailure("no result of \(group) in \(year)")
    }
    return result
  }
}

/// A rule at work on facts, for tests of rules alone.
public enum Bench {
  public enum Outcome: Equatable, Sendable {
    case score(Exact, says: String)
    case missing([String])
    case fault(String)
    case refused([String])
    case unreadable
  }

  public static let group = GroupContext(
    form: "tight", district: "north", members: 2, schools: 3, monthsSinceFormed: 24)

  public static func work(
    _ rule: String, _ facts: String, points: Exact = 10, inputs: String = "{}", peers: [Exact] = []
  ) -> Outcome {
    let (inputNode, node) = PartInputs.spread(Written.node(inputs), into: Written.node(rule))
    guard let rule = RuleKinds.rule(node) else { return .unreadable }
    let needs = RuleNeeds.all(of: rule, node, inputs: inputNode)
    var reading = FactsReading(context: group)
    var known = reading.facts(
      Written.node(facts), rule: rule, needs: needs, inputs: InputShape.descriptions(inputNode), path: "item")
    guard reading.problems.isEmpty else { return .refused(reading.problems.all.map { $0.line(in: .chinese) }) }
    known.peers = Peers(peers)
    let missing = rule.missing(in: known, needs: needs)
    guard missing.isEmpty else { return .missing(missing) }
    do throws(Fault) {
      let working = try rule.work(known, points: points)
      return .score(working.score, says: Catalogue.chinese.paragraph(working.lines))
    } catch {
      return .fault(error.message.key)
    }
  }
}
