public import Notation
public import Rules

/// One authority's evaluation document as data. A value: reading it again gives the same scores.
public struct Policy: Sendable {
  public let id: String
  /// The policy this one follows.
  public let was: String?
  public let title: String
  public let issuer: String?
  public let region: String?
  public let status: String
  /// The language explanations are written in.
  public let language: String
  public let rounding: Rounding
  public let forms: [Form]
  public let decisions: [Decision]
  public let scheme: Scheme?
  public let bonus: Bonus?
  public let vetoes: [Veto]
  public let grading: Grading?
  public let ranking: Ranking
  /// The first day of the school year.
  public let yearStart: DayOfYear
  public let eligible: Expression?
  public let consequences: [Consequence]
  public let stages: [Stage]
  public let sheet: SheetLayout
  /// The whole policy with its decisions filled in, for what has no type of its own yet.
  public let root: Node

  /// A kind of group (组建模式, 共同体类型).
  public struct Form: Sendable, Hashable {
    public let id: String
    public let name: String
    public let isTight: Bool
    public let source: String
  }

  /// A rule that sets aside the score (一票否决, 取消资格).
  public struct Veto: Sendable, Hashable {
    public let id: String
    public let title: String
    /// The grade it brings down to.
    public let grade: String?
    /// The grades it closes.
    public let bars: [String]
    public let source: String
  }

  /// What the policy calls the areas it distinguishes, by their ids.
  public var areaTitles: [String: String] {
    (root["areas"]?.list ?? []).reduce(into: [:]) { titles, node in
      if let id = node["id"]?.text, let title = node["title"]?.text { titles[id] = title }
    }
  }

  public func form(_ id: String) -> Form? { forms.first { $0.id == id } }
  public func decision(_ id: String) -> Decision? { decisions.first { $0.id == id } }

  /// Everything that is scored: the scheme's items in the document's order, then the bonus items.
  public var allItems: [Item] { (scheme?.items ?? []) + (bonus?.items ?? []) }

  /// What keeps the policy from being run: decisions nobody has taken, indicators the document withholds.
  public var obstacles: [Message] {
    var obstacles = decisions.filter { $0.chosen == nil }.map {
      Message("obstacle.undecided", ["id": .text($0.id), "question": .text($0.question)])
    }
    guard let scheme else { return obstacles + [Message("obstacle.scheme")] }
    obstacles += scheme.allIndicators.filter(\.isPending).map {
      Message("obstacle.pending", ["id": .text($0.id), "title": .text($0.title)])
    }
    return obstacles
  }

  /// What keeps groups from being formed and tasks from being kept under it: decisions nobody has taken that its words
  /// on them rest on. Neither asks for a scheme to score by.
  public var formationObstacles: [Message] {
    let open = ["forms", "areas", "formation", "targets", "tasks", "measures", "documents"].compactMap { root[$0] }
      .reduce(into: Set<String>()) { $0.formUnion($1.undecided) }
    return decisions.filter { open.contains($0.id) }.map {
      Message("obstacle.undecided", ["id": .text($0.id), "question": .text($0.question)])
    }
  }
}

extension Node {
  /// The decisions that something in it waits for.
  fileprivate var undecided: Set<String> {
    switch value {
    case .undecided(let id): [id]
    case .list(let list): list.reduce(into: []) { $0.formUnion($1.undecided) }
    case .map(let entries): entries.reduce(into: []) { $0.formUnion($1.value.undecided) }
    case .null, .boolean, .number, .text: []
    }
  }
}

/// What a document leaves open, with the reading chosen.
public struct Decision: Sendable {
  public struct Option: Sendable {
    public let value: Node
    public let title: String
  }

  public let id: String
  public let question: String
  public let options: [Option]
  public let isNumber: Bool
  public let least: Exact?
  public let most: Exact?
  /// Nil: undecided.
  public let chosen: Node?
  public let why: String
  public let source: String
  /// False where it only settles a procedure and no number depends on it.
  public let binds: Bool
  public let place: Place

  /// The chosen option in words.
  public var reading: String? {
    guard let chosen else { return nil }
    if let option = options.first(where: { $0.value.says(chosen) }) { return option.title }
    return chosen.plainText
  }
}

extension Node {
  /// A scalar as a person would write it.
  public var plainText: String {
    switch value {
    case .null, .undecided: ""
    case .boolean(let boolean): boolean ? "true" : "false"
    case .number(let number): number.plain
    case .text(let text): text
    case .list(let list): list.map(\.plainText).joined(separator: ", ")
    case .map(let entries): entries.map { "\($0.key): \($0.value.plainText)" }.joined(separator: ", ")
    }
  }
}
