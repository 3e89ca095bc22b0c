public import Notation

extension Expression {
  /// Reads an expression; throws what is wrong with its form.
  public init(_ text: String) throws(Fault) {
    var parser = try Parser(tokens: try Lexer.tokens(text))
    self = try parser.disjunction(depth: 0)
    if parser.index < parser.tokens.count { throw parser.unexpected() }
  }

  /// Reads an expression or a literal from a policy; nil-free: what doesn't parse throws.
  public init(_ node: Node) throws(Fault) {
    switch node.value {
    case .text(let text): try self.init(text)
    case .number(let number): self = .number(number)
    case .boolean(let boolean): self = .boolean(boolean)
    default: throw Fault("expression.form")
    }
  }

  /// Reads a condition: an expression, or a map of names to the allowed value or values, all of which must hold.
  public init(condition node: Node) throws(Fault) {
    guard let entries = node.map else {
      try self.init(node)
      return
    }
    var conjunction: Expression?
    for entry in entries {
      let allowed = entry.value.list ?? [entry.value]
      let literals = allowed.compactMap(Expression.literal)
      guard literals.count == allowed.count, !literals.isEmpty else {
        throw Fault("expression.allowed", ["name": .text(entry.key)])
      }
      let term = Expression.among(.name(entry.key), literals)
      conjunction = conjunction.map { .and($0, term) } ?? term
    }
    guard let conjunction else { throw Fault("expression.form") }
    self = conjunction
  }

  static func literal(_ node: Node) -> Expression? {
    switch node.value {
    case .text(let text): .text(text)
    case .number(let number): .number(number)
    case .boolean(let boolean): .boolean(boolean)
    default: nil
    }
  }
}

/// Recursive descent, loosest binding first: or, and, not, comparison, sum, product, sign.
struct Parser {
  static let deepest = 60
  static let most = 2_000

  let tokens: [Token]
  var index = 0

  init(tokens: [Token]) throws(Fault) {
    guard tokens.count <= Parser.most else { throw Fault("expression.long", ["most": .count(Parser.most)]) }
    self.tokens = tokens
  }

  func unexpected() -> Fault {
    guard index < tokens.count else { return Fault("expression.end") }
    let text =
      switch tokens[index] {
      case .number(let number): number.plain
      case .text(let text): "\"\(text)\""
      case .name(let name), .sign(let name): name
      }
    return Fault("expression.unexpected", ["text": .text(text)])
  }

  mutating func take(_ sign: String) -> Bool {
    guard index < tokens.count, tokens[index] == .sign(sign) else { return false }
    index += 1
    return true
  }

  mutating func take(word: String) -> Bool {
    guard index < tokens.count, tokens[index] == .name(word) else { return false }
    index += 1
    return true
  }

  mutating func expect(_ sign: String) throws(Fault) { if !take(sign) { throw unexpected() } }

  mutating func disjunction(depth: Int) throws(Fault) -> Expression {
    guard depth < Parser.deepest else { throw Fault("expression.deep", ["most": .count(Parser.deepest)]) }
    var left = try conjunction(depth: depth)
    while take(word: "or") { left = .or(left, try conjunction(depth: depth)) }
    return left
  }

  mutating func conjunction(depth: Int) throws(Fault) -> Expression {
    var left = try negation(depth: depth)
    while take(word: "and") { left = .and(left, try negation(depth: depth)) }
    return left
  }

  mutating func negation(depth: Int) throws(Fault) -> Expression {
    guard depth < Parser.deepest else { throw Fault("expression.deep", ["most": .count(Parser.deepest)]) }
    return take(word: "not") ? .not(try negation(depth: depth + 1)) : try comparison(depth: depth)
  }

  mutating func comparison(depth: Int) throws(Fault) -> Expression {
    let left = try sum(depth: depth)
    if take(word: "in") {
      try expect("[")
      var list = [try disjunction(depth: depth + 1)]
      while take(",") { list.append(try disjunction(depth: depth + 1)) }
      try expect("]")
      return .among(left, list)
    }
    guard index < tokens.count, case .sign(let sign) = tokens[index],
      let comparison = Expression.Comparison(rawValue: sign)
    else { return left }
    index += 1
    return .comparison(comparison, left, try sum(depth: depth))
  }

  mutating func sum(depth: Int) throws(Fault) -> Expression {
    var left = try product(depth: depth)
    while true {
      if take("+") {
        left = .arithmetic(.plus, left, try product(depth: depth))
      } else if take("-") {
        left = .arithmetic(.minus, left, try product(depth: depth))
      } else {
        return left
      }
    }
  }

  mutating func product(depth: Int) throws(Fault) -> Expression {
    var left = try signed(depth: depth)
    while true {
      if take("*") {
        left = .arithmetic(.times, left, try signed(depth: depth))
      } else if take("/") {
        left = .arithmetic(.over, left, try signed(depth: depth))
      } else {
        return left
      }
    }
  }

  mutating func signed(depth: Int) throws(Fault) -> Expression {
    guard depth < Parser.deepest else { throw Fault("expression.deep", ["most": .count(Parser.deepest)]) }
    return take("-") ? .negative(try signed(depth: depth + 1)) : try primary(depth: depth)
  }

  mutating func primary(depth: Int) throws(Fault) -> Expression {
    if take("(") {
      let inner = try disjunction(depth: depth + 1)
      try expect(")")
      return inner
    }
    guard index < tokens.count else { throw unexpected() }
    let token = tokens[index]
    switch token {
    case .number(let number):
      index += 1
      return .number(number)
    case .text(let text):
      index += 1
      return .text(text)
    case .name("true"), .name("false"):
      index += 1
      return .boolean(token == .name("true"))
    case .name("and"), .name("or"), .name("not"), .name("in"), .sign: throw unexpected()
    case .name(let name):
      index += 1
      guard take("(") else { return .name(name) }
      guard let function = Expression.Function(rawValue: name) else {
        throw Fault("expression.function", ["name": .text(name)])
      }
      var arguments = [try disjunction(depth: depth + 1)]
      while take(",") { arguments.append(try disjunction(depth: depth + 1)) }
      try expect(")")
      return .call(function, arguments)
    }
  }
}
