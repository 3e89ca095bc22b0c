public import Notation

/// What a policy may say of an input.
public enum InputShape {
  public static let units = [
    "percent", "percentage-point", "count", "days", "months", "years", "yuan", "points", "squareMetres",
  ]
  public static let types = ["number", "boolean", "level", "list", "text"]

  /// Who may give an input that the schools themselves don't: as stages name who acts.
  public static let givers = ["district", "city", "province", "leadAuthority", "thirdParty"]

  public static let input = ObjectShape("input") {
    [
      Field("title", .text), Field("unit", .word(units)), Field("type", .word(types)), Field("from", .text),
      Field("with", .object(InputParameters.shape)), Field("text", .text),
      Field("by", .word(givers)),
    ]
  }

  static func description(_ node: Node) -> InputDescription {
    InputDescription(
      title: node["title"]?.text, unit: node["unit"]?.text, from: node["from"]?.text,
      with: node["with"].map { InputParameters($0) } ?? InputParameters(), by: node["by"]?.text)
  }

  /// The descriptions in an `inputs:` map.
  public static func descriptions(_ inputs: Node?) -> [String: InputDescription] {
    (inputs?.map ?? []).reduce(into: [:]) { $0[$1.key] = description($1.value) }
  }
}

/// All that a rule reads: what it names itself and what its expressions mention, with types and possible values.
public enum RuleNeeds {
  /// Names that mean the group or the item, and so can't be inputs.
  public static let reserved = Set(GroupContext.types.keys).union(["points"])

  static var context: [String: ExpressionType] { GroupContext.types.merging(["points": .number]) { $1 } }

  public static func all(of rule: any Rule, _ node: Node, inputs: Node?) -> [Need] {
    var table = TypeTable(context: context, opensFacts: true)
    fixNeeds(rule.needs, inputs, &table)
    for typed in type(of: rule).expressions(in: node) {
      if let expression = typed.expression { _ = try? table.check(expression, expecting: typed.type) }
    }
    let own = rule.needs
    let extra = table.mentioned.subtracting(own.map(\.name)).sorted().map { name -> Need in
      switch table.type(ofFact: name) {
      case .number: Need(name, .number)
      case .boolean: Need(name, .boolean)
      case .text: Need(name, .text)
      }
    }
    return unique(own + extra).map { need in
      var need = need
      if need.kind == .number, need.range == .any {
        switch inputs?[need.name]?["unit"]?.text {
        case "percent": need.range = .percent
        case "count": need.range = .count
        default: break
        }
      }
      return need
    }
  }

  private static func unique(_ needs: [Need]) -> [Need] {
    var seen: Set<String> = []
    return needs.filter { seen.insert($0.name).inserted }
  }

  /// Types that are fixed before any expression is read; disagreements are reported by `RuleCheck`.
  static func fixNeeds(_ needs: [Need], _ inputs: Node?, _ table: inout TypeTable) {
    for need in needs {
      if let type = need.kind.expressionType { try? table.fix(need.name, as: type) }
    }
    for entry in inputs?.map ?? [] {
      if let type = declared(entry.value) { try? table.fix(entry.key, as: type) }
    }
  }

  static func declared(_ input: Node) -> ExpressionType? {
    switch input["type"]?.text {
    case "number": .number
    case "boolean": .boolean
    case "text", "level": .text
    default: input["unit"]?.text == nil ? nil : .number
    }
  }
}

extension Need.Kind {
  var expressionType: ExpressionType? {
    switch self {
    case .number: .number
    case .boolean: .boolean
    case .text, .level: .text
    case .names, .counts, .awards: nil
    }
  }

  /// Whether a declared `type:` fits.
  func fits(_ declared: String) -> Bool {
    switch self {
    case .number: declared == "number"
    case .boolean: declared == "boolean"
    case .text, .level: declared == "text" || declared == "level"
    case .names, .awards: declared == "list"
    case .counts: declared == "list" || declared == "number"
    }
  }

  public var word: String {
    switch self {
    case .number: "number"
    case .boolean: "boolean"
    case .text: "text"
    case .level: "level"
    case .names, .awards: "list"
    case .counts: "counts"
    }
  }
}
