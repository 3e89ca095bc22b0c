public import Notation
public import Policies
public import Scoring

/// A second look at an item on which the experts are far apart.
public struct SecondLook: Sendable, Hashable {
  public let item: String
  public let at: Instant
  /// Nil: open.
  public let closed: Instant?

  public init(item: String, at: Instant, closed: Instant? = nil) {
    self.item = item
    self.at = at
    self.closed = closed
  }
}

/// Several experts on one sheet: each marks for themselves over the same base, blind to the others until their own mark
/// of an item is in; their scores become one.
public struct ExpertPanel: Sendable {
  public let sheet: Sheet
  /// The experts' accounts, in the order of their assignment.
  public let reviewers: [ID]
  public let secondLooks: [SecondLook]
  /// Each expert's sheet as it stands.
  public let states: [ID: SheetState]
  /// The items each expert has said something about; what nobody claimed may be complete without a mark.
  private let marked: [ID: Set<String>]
  /// The marks changed since an item's latest second look, by item, of each expert.
  private let changed: [ID: Set<String>]

  /// - Parameters:
  ///   - marks: of all experts.
  ///   - only: one item, where no more is wanted.
  public init(
    _ sheet: Sheet, reviewers: [ID], marks: [SheetMark], secondLooks: [SecondLook] = [], only: String? = nil
  ) {
    self.sheet = sheet
    self.reviewers = reviewers
    self.secondLooks = secondLooks
    let byReviewer = Dictionary(grouping: marks) { $0.reviewer }
    var states: [ID: SheetState] = [:]
    var changed: [ID: Set<String>] = [:]
    var marked: [ID: Set<String>] = [:]
    for reviewer in reviewers {
      let own = byReviewer[reviewer] ?? []
      states[reviewer] = sheet.state(own, only: only)
      marked[reviewer] = Set(own.filter { $0.field != SheetMark.remark && $0.value != nil }.map(\.item))
      changed[reviewer] = Set(
        own.filter { mark in
          mark.field != SheetMark.remark && secondLooks.contains { $0.item == mark.item && mark.at > $0.at }
        }.map(\.item))
    }
    self.states = states
    self.changed = changed
    self.marked = marked
  }

  /// How the policy makes one score of several; the mean where it says nothing.
  public var rule: Reviewers { sheet.policy.reviewers ?? Reviewers(perItem: nil, combine: .mean) }

  /// What an expert still owes an item; nil where they aren't of this panel or the item isn't asked.
  public func gaps(of item: String, by reviewer: ID) -> [Message]? {
    guard let found = states[reviewer]?[item] else { return nil }
    // Whoever changes a mark after having seen the others says why.
    let silent = changed[reviewer]?.contains(item) == true && found.remark == nil
    return silent && !found.gaps.contains(Message("cycles.gap.reason"))
      ? found.gaps + [Message("cycles.gap.reason")] : found.gaps
  }

  /// Whether everything an item asks of an expert is there.
  public func isIn(_ item: String, by reviewer: ID) -> Bool { gaps(of: item, by: reviewer)?.isEmpty ?? false }

  /// Whether an expert's own mark of an item is in, so that others' may be read.
  public func hasMarked(_ item: String, by reviewer: ID) -> Bool {
    isIn(item, by: reviewer) && marked[reviewer]?.contains(item) == true
  }

  /// How many of the items an expert has done.
  public func isDone(_ reviewer: ID) -> Bool {
    states[reviewer]?.items.allSatisfy { isIn($0.item.id, by: reviewer) } ?? false
  }

  /// Everybody's score of an item.
  public func scores(_ item: String) -> [ExpertScore] {
    reviewers.map { reviewer in
      let isIn = isIn(item, by: reviewer)
      return ExpertScore(reviewer: reviewer, isIn: isIn, score: isIn ? states[reviewer]?[item]?.line?.score : nil)
    }
  }

  private func looks(_ item: String) -> [SecondLook] { secondLooks.filter { $0.item == item } }

  /// Whether an item is being looked at again.
  public func isReopened(_ item: String) -> Bool { looks(item).contains { $0.closed == nil } }

  /// Whether an expert may see what another wrote about an item: once both marks are in. From that moment on neither can
  /// be changed; what is only begun is nobody else's.
  public func mayRead(_ item: String, of other: ID, by reviewer: ID) -> Bool {
    other == reviewer || (hasMarked(item, by: reviewer) && hasMarked(item, by: other))
  }

  /// Whether an expert may change a field of an item. Once their mark and another's are in, each can see the other's:
  /// from then on remarks may be reworded, not emptied, and nothing else changed until a second look reopens the item.
  ///
  /// - Parameter value: what the field is to say, as JSON.
  public func mayChange(_ item: String, field: String, to value: String?, by reviewer: ID) -> Bool {
    guard reviewers.contains(reviewer) else { return false }
    let isClosed =
      hasMarked(item, by: reviewer) && !isReopened(item)
      && reviewers.contains { $0 != reviewer && hasMarked(item, by: $0) }
    guard isClosed else { return true }
    return field == SheetMark.remark
      && (value.flatMap(SheetValue.words) != nil || states[reviewer]?[item]?.remark == nil)
  }
}

extension ExpertPanel {
  /// How far the experts are apart on an item.
  public struct Spread: Sendable, Hashable {
    /// The best score less the worst, as they are shown.
    public let points: Exact
    /// In percent of the item's points.
    public let percent: Exact
    /// Above this many percent somebody has to look; nil: the policy sets none.
    public let alert: Exact?

    public var isAlert: Bool { alert.map { percent > $0 } ?? false }
  }

  /// Nil where fewer than two have scored the item.
  public func spread(_ item: String) -> Spread? {
    let scores = scores(item).compactMap(\.score)
    guard scores.count >= 2, let best = scores.max(), let worst = scores.min(),
      let points = states.values.lazy.compactMap({ $0[item]?.item.points }).first, !points.isZero
    else { return nil }
    return Spread(
      points: best - worst, percent: (best - worst) * .hundred / points, alert: sheet.policy.spreadAlert)
  }

  /// Items whose spread is above the alert and that nobody has looked at again.
  public var alerts: [String] { items.filter { spread($0)?.isAlert == true && looks($0).isEmpty } }

  /// The items asked, in the sheet's order.
  public var items: [String] { reviewers.first.flatMap { states[$0]?.items.map(\.item.id) } ?? [] }

  /// What is missing before the stage's sheet may be submitted.
  public var gaps: [SheetState.Gap] {
    var gaps = reviewers.enumerated().flatMap { number, reviewer in
      items.flatMap { item -> [SheetState.Gap] in
        guard !isIn(item, by: reviewer) else { return [] }
        return [SheetState.Gap(item: item, message: Message("cycles.gap.expert", ["number": .count(number + 1)]))]
      }
    }
    for item in items where isReopened(item) {
      gaps.append(SheetState.Gap(item: item, message: Message("cycles.gap.secondLook")))
    }
    return gaps
  }

  public var canSubmit: Bool { !reviewers.isEmpty && gaps.isEmpty }

  /// All experts' scores as one card; what an expert owes stays open.
  public var card: Scorecard {
    let scorer = Scorer(policy: sheet.policy)
    let cards = reviewers.compactMap { states[$0]?.card }
    guard !cards.isEmpty else { return sheet.state([]).card }
    return scorer.combined(cards, by: rule, group: facts)
  }

  /// The facts that stand for the panel in a later stage: of each item those of the expert whose score is nearest to the
  /// combined one, the first of them where several are.
  public var facts: GroupFacts {
    var result = sheet.subject
    let states = reviewers.compactMap { self.states[$0] }
    for item in items {
      let found = states.compactMap { state in state[item].map { (state: state, exact: $0.line?.exact) } }
      let exacts = found.compactMap(\.exact)
      let target = exacts.count == found.count ? rule.combined(exacts) : nil
      let chosen = found.enumerated().min { a, b in
        guard let target, let x = a.element.exact, let y = b.element.exact else { return a.offset < b.offset }
        let (near, far) = ((x - target).magnitude, (y - target).magnitude)
        return near == far ? a.offset < b.offset : near < far
      }?.element
      guard let chosen else { continue }
      result.items[item] = chosen.state.facts.items[item]
      if chosen.state.facts.bonusItems.contains(item) { result.bonusItems.insert(item) }
    }
    return result
  }
}

extension Policy {
  /// Above how many percent of an item's points the difference between reviewers calls for a second look; nil: never.
  public var spreadAlert: Exact? { root["reviewers"]?["spreadAlert"]?.number }
}
