public import Notation

/// What is known about one input of an item.
public enum Fact: Sendable, Hashable {
  case number(Exact)
  case boolean(Bool)
  case text(String)
  /// Ids, such as the entries a checklist lacks.
  case names([String])
  /// How many of each level.
  case counts([String: Exact])
  case awards([Award])

  public struct Award: Sendable, Hashable {
    public let level: String
    public let kind: String?

    public init(level: String, kind: String?) {
      self.level = level
      self.kind = kind
    }
  }
}

extension Fact {
  /// From the highest to the lowest, as people list them.
  private static let levels = ["national", "provincial", "city", "district", "county", "school"]

  /// Counts in the order of their levels; levels of a policy's own follow by their id.
  public static func byLevel<Count>(_ counts: [String: Count]) -> [(level: String, count: Count)] {
    func place(_ level: String) -> Int { levels.firstIndex(of: level) ?? levels.count }
    return counts.sorted { (place($0.key), $0.key) < (place($1.key), $1.key) }.map { ($0.key, $0.value) }
  }
}

/// What a rule needs to know, and which values can't be.
public struct Need: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    case number
    case boolean
    case text
    /// One of these.
    case level([String])
    /// Any of these.
    case names([String])
    case counts(levels: [String])
    case awards(levels: [String], kinds: [String]?, kindRequired: Bool)
  }

  /// Which numbers are possible; others are errors of the facts.
  public enum Range: Sendable, Hashable { case any, percent, count, positive }

  public let name: String
  public let kind: Kind
  public var range: Range

  public init(_ name: String, _ kind: Kind, range: Range = .any) {
    self.name = name
    self.kind = kind
    self.range = range
  }
}

/// How an input is called and measured: for explanations, sheets and templates.
public struct InputDescription: Sendable, Hashable {
  public let title: String?
  public let unit: String?
  /// Where the year's records fill it from.
  public let from: String?
  /// Which records count there, and by which bounds.
  public let with: InputParameters
  /// Who gives it, where the schools that are judged don't; nil: they do.
  public let by: String?

  public init(
    title: String?, unit: String?, from: String?, with: InputParameters = InputParameters(), by: String? = nil
  ) {
    self.title = title
    self.unit = unit
    self.from = from
    self.with = with
    self.by = by
  }
}

/// What every item may read about the group itself (policy-format, «In items»).
public struct GroupContext: Sendable, Hashable {
  public var form: String?
  public var district: String?
  public var members: Int?
  public var schools: Int?
  /// Nil where the day of formation is unknown.
  public var monthsSinceFormed: Int?

  public init(form: String?, district: String?, members: Int?, schools: Int?, monthsSinceFormed: Int?) {
    self.form = form
    self.district = district
    self.members = members
    self.schools = schools
    self.monthsSinceFormed = monthsSinceFormed
  }

  public static let types: [String: ExpressionType] = [
    "form": .text, "district": .text, "members": .number, "schools": .number, "months_since_formed": .number,
  ]

  public func value(of name: String) -> ExpressionValue? {
    switch name {
    case "form": form.map { .text($0) } ?? .missing
    case "district": district.map { .text($0) } ?? .missing
    case "members": members.map { .number(Exact($0)) } ?? .missing
    case "schools": schools.map { .number(Exact($0)) } ?? .missing
    case "months_since_formed": monthsSinceFormed.map { .number(Exact($0)) } ?? .missing
    default: nil
    }
  }
}

/// The facts one rule reads: a group's, or one school's.
public struct ItemFacts: Sendable {
  public var values: [String: Fact] = [:]
  /// The facts of a rule's parts, by part.
  public var parts: [String: ItemFacts] = [:]
  public var context: GroupContext
  /// Titles and units by input name, for the explanation.
  public var inputs: [String: InputDescription]
  /// The values of the year's groups, for `placed` only.
  public var peers = Peers([])

  public init(context: GroupContext, inputs: [String: InputDescription] = [:]) {
    self.context = context
    self.inputs = inputs
  }

  public func number(_ name: String) -> Exact? {
    if case .number(let number)? = values[name] { number } else { nil }
  }

  public func title(_ name: String) -> Message.Part {
    inputs[name]?.title.map { .text($0) } ?? .message(Message("input.\(name)", ["name": .text(name)]))
  }

  /// The unit as it follows a number: `%`, `次`, nothing.
  public func unit(_ name: String) -> Message.Part {
    inputs[name]?.unit.map { .message(Message("unit.\($0)")) } ?? ""
  }

  /// A value with its unit.
  public func shown(_ name: String, _ value: Exact) -> Message.Part {
    .message(Message("value", ["value": .number(value), "unit": unit(name)]))
  }

  /// Where an expression of the rule finds its names; `points` are the item's or the part's.
  public func scope(points: Exact) -> Scope {
    Scope { name in
      if name == "points" { return .number(points) }
      if let value = context.value(of: name) { return value }
      switch values[name] {
      case .number(let number): return .number(number)
      case .boolean(let boolean): return .boolean(boolean)
      case .text(let text): return .text(text)
      default: return .missing
      }
    }
  }
}

/// The values of all groups that are placed together, in order, so that a place is found without counting through.
public struct Peers: Sendable {
  private let rising: [Exact]

  public init(_ values: [Exact]) { rising = values.sorted() }

  /// How many are below a value.
  func below(_ value: Exact) -> Int {
    var (low, high) = (0, rising.count)
    while low < high {
      let middle = (low + high) / 2
      if rising[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// How many are at or below a value.
  func atMost(_ value: Exact) -> Int {
    var (low, high) = (0, rising.count)
    while low < high {
      let middle = (low + high) / 2
      if rising[middle] <= value { low = middle + 1 } else { high = middle }
    }
    return low
  }

  var count: Int { rising.count }
}
