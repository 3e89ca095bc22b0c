import Notation
import Policies
import Rules

/// Conditions and formulas of a policy in words: names by their titles, comparisons by their signs.
struct ExpressionWording {
  let policy: Policy
  let catalogue: Catalogue
  /// Titles of an item's inputs, by name.
  var inputs: [String: InputDescription] = [:]

  /// Nil where it can't be read.
  func condition(_ node: Node) -> String? {
    (try? Expression(condition: node)).map { expression in
      if case .boolean(true) = expression { return catalogue.text("reads.always") }
      return words(expression)
    }
  }

  func formula(_ node: Node) -> String? { (try? Expression(node)).map { words($0) } }

  func words(_ expression: Expression) -> String { words(expression, within: 0) }

  /// How tightly an expression holds together; a looser one inside needs brackets.
  private func tightness(_ expression: Expression) -> Int {
    switch expression {
    case .or: 1
    case .and: 2
    case .not: 3
    case .comparison, .among: 4
    case .arithmetic(.plus, _, _), .arithmetic(.minus, _, _): 5
    case .arithmetic: 6
    case .negative: 7
    case .number, .boolean, .text, .name, .call: 8
    }
  }

  private func words(_ expression: Expression, within outer: Int) -> String {
    let own = tightness(expression)
    let said = said(expression, own)
    return own < outer ? catalogue.text("reads.brackets", ["inner": .text(said)]) : said
  }

  private func said(_ expression: Expression, _ own: Int) -> String {
    switch expression {
    case .number(let number): number.plain
    case .boolean(let boolean): catalogue.text("word.\(boolean)")
    case .text(let text): value(text)
    case .name(let name): named(name)
    case .negative(let inner): "−" + words(inner, within: own)
    case .arithmetic(let sign, let a, let b):
      "\(words(a, within: own)) \(Self.signs[sign.rawValue] ?? sign.rawValue) \(words(b, within: own + 1))"
    case .comparison(.equal, let a, .text(let b)): equal("reads.is", a, b, own)
    case .comparison(.unequal, let a, .text(let b)): equal("reads.isNot", a, b, own)
    case .comparison(let sign, let a, let b) where bound(sign, a, b) != nil: bound(sign, a, b) ?? ""
    case .comparison(let sign, let a, let b):
      "\(words(a, within: own)) \(Self.signs[sign.rawValue] ?? sign.rawValue) \(words(b, within: own))"
    case .among(let a, let list):
      catalogue.text(
        "reads.among",
        [
          "value": .text(words(a, within: own)),
          "list": .text(list.map { words($0, within: own) }.joined(separator: catalogue.text("reads.among.or"))),
        ])
    case .not(.call(.vetoed, let arguments)) where arguments.count == 1:
      catalogue.text("reads.notVetoed", ["of": .text(vetoTitle(arguments[0]))])
    case .not(let inner): catalogue.text("reads.not", ["inner": .text(words(inner, within: own + 1))])
    case .and(let a, let b):
      catalogue.text("reads.and", ["a": .text(words(a, within: own)), "b": .text(words(b, within: own))])
    case .or(let a, let b):
      catalogue.text("reads.or", ["a": .text(words(a, within: own)), "b": .text(words(b, within: own))])
    case .call(let function, let arguments): call(function, arguments)
    }
  }

  private func equal(_ key: String, _ a: Expression, _ b: String, _ own: Int) -> String {
    catalogue.text(key, ["a": .text(words(a, within: own)), "b": .text(value(b))])
  }

  /// What at least or at most so many means of some names: «连续 2 年…», «名次上升 3 位以上».
  private func bound(_ sign: Expression.Comparison, _ a: Expression, _ b: Expression) -> String? {
    let number: Exact
    switch b {
    case .number(let value): number = value
    case .negative(.number(let value)): number = value
    default: return nil
    }
    let (name, of): (String, String) =
      switch a {
      case .name(let name): (name, "")
      case .call(.streak, let arguments): ("streak", arguments.first.map { words($0, within: 0) } ?? "")
      default: ("", "")
      }
    let key =
      switch sign {
      case .atLeast: "reads.atLeast.\(name)"
      case .atMost: "reads.atMost.\(name)"
      default: ""
      }
    guard catalogue.named(key) != nil else { return nil }
    return catalogue.text(key, ["number": .text(number.magnitude.plain), "of": .text(of)])
  }

  private func vetoTitle(_ argument: Expression) -> String {
    if case .text(let id) = argument { return title(id) }
    return words(argument)
  }

  private static let signs = [
    "*": "×", "/": "÷", "-": "−", "==": "=", "!=": "≠", "<=": "≤", ">=": "≥",
  ]

  /// A text value: a form's id stands for its name, everything else for itself.
  private func value(_ text: String) -> String {
    policy.form(text)?.name ?? catalogue.named("word.\(text)") ?? text
  }

  private func named(_ name: String) -> String {
    inputs[name]?.title ?? catalogue.named("reads.name.\(name)") ?? catalogue.named("input.\(name)") ?? name
  }

  private func call(_ function: Expression.Function, _ arguments: [Expression]) -> String {
    let key = "reads.function.\(function.rawValue)"
    if case .text(let id)? = arguments.first, [.vetoed, .percentOf].contains(function) {
      return catalogue.text(key, ["of": .text(title(id))])
    }
    let list = arguments.map { words($0, within: 0) }
    return catalogue.text(
      key,
      [
        "of": .text(list.first ?? ""), "list": .names(list), "second": .text(list.dropFirst().first ?? ""),
        "third": .text(list.dropFirst(2).first ?? ""),
      ])
  }

  /// The title of a veto, an indicator or an item.
  private func title(_ id: String) -> String {
    policy.vetoes.first { $0.id == id }?.title ?? policy.scheme?.allIndicators.first { $0.id == id }?.title
      ?? policy.allItems.first { $0.id == id }?.title ?? id
  }
}
