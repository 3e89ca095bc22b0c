import Notation
import Rules

/// What conditions may speak of: forms, grades, indicators and vetoes of the policy.
struct Named {
  let forms: [String]
  let grades: [String]
  let vetoes: [String]
  /// Indicators and items of the scheme.
  let scored: [String]
  let depth: Int
}

extension Problems {
  /// Checks a condition or formula: form, names, types, and that the forms, grades, vetoes and items it names exist.
  mutating func condition(_ node: Node?, _ vocabulary: Vocabulary, _ named: Named, type: ExpressionType = .boolean) {
    guard let node, !node.isUndecided, !node.isNull else { return }
    let expression: Expression
    do throws(Fault) {
      expression = try Expression(condition: node)
      var table = vocabulary.table
      try table.check(expression, expecting: type)
    } catch {
      add("expression", at: node.place, ["why": .message(error.message)])
      return
    }
    expression.visit { checkNamed($0, node, named) }
  }

  private mutating func checkNamed(_ expression: Expression, _ node: Node, _ named: Named) {
    switch expression {
    case .comparison(let comparison, .name(let name), let other),
      .comparison(let comparison, let other, .name(let name)):
      checkLiteral(other, of: name, node, named)
      if comparison == .unequal, Vocabulary.missable.contains(name) {
        add("unequal", at: node.place, severity: .note, ["name": .text(name)])
      }
    case .comparison(.unequal, .call(let function, _), _), .comparison(.unequal, _, .call(let function, _)):
      if function == .percentOf || function == .lowestPercent {
        add("unequal", at: node.place, severity: .note, ["name": .text(function.rawValue)])
      }
    case .among(.name(let name), let list):
      for literal in list { checkLiteral(literal, of: name, node, named) }
    case .call(.vetoed, let arguments):
      if case .text(let id)? = arguments.first, !named.vetoes.contains(id) {
        add("named.veto", at: node.place, ["id": .text(id), "known": .known(named.vetoes)])
      }
    case .call(.percentOf, let arguments):
      if case .text(let id)? = arguments.first, !named.scored.contains(id) {
        add("named.item", at: node.place, ["id": .text(id), "known": .known(named.scored)])
      }
    case .call(.lowestPercent, let arguments):
      if case .number(let depth)? = arguments.first, depth > Exact(named.depth) {
        add("named.depth", at: node.place, ["depth": .number(depth), "most": .count(named.depth)])
      }
    default: break
    }
  }

  private mutating func checkLiteral(_ literal: Expression, of name: String, _ node: Node, _ named: Named) {
    guard case .text(let text) = literal else { return }
    let place = node.firstPlace(of: text) ?? node.place
    if name == "form", !named.forms.contains(text) {
      add("named.form", at: place, ["id": .text(text), "known": .known(named.forms)])
    }
    if name == "grade" || name == "previous.grade", !named.grades.contains(text) {
      add("named.grade", at: place, ["id": .text(text), "known": .known(named.grades)])
    }
  }
}

extension Node {
  func firstPlace(of text: String) -> Place? {
    switch value {
    case .text(text): return place
    case .list(let list): return list.lazy.compactMap { $0.firstPlace(of: text) }.first
    case .map(let entries): return entries.lazy.compactMap { $0.value.firstPlace(of: text) }.first
    default: return nil
    }
  }
}
