import Notation
import Policies
public import Rules
public import Scoring

/// What the year's records say to a field: it stands beside what people enter. Saved as it is, it is accepted; entered
/// otherwise, it is overruled, with a reason. Both are kept.
public struct Proposal: Sendable, Hashable {
  public let value: Fact
  /// The metric, as the policy names it: `ledger.exchange.rate`.
  public let from: String
  /// Whether further records may still raise it.
  public let mayRise: Bool
  /// Where it was given before; nil: the year's own records say it.
  public let kept: Kept?
  /// Whether records say it in so many words, not by their silence.
  public let isSaid: Bool

  /// A number of a fixed year, as it was given in an earlier one.
  public struct Kept: Sendable, Hashable {
    /// The year it is a number of.
    public let baseYear: Int
    /// The year in which it was given, by the calendar year it ends in.
    public let year: Int

    public init(baseYear: Int, year: Int) {
      self.baseYear = baseYear
      self.year = year
    }
  }

  public init(value: Fact, from: String, mayRise: Bool, isSaid: Bool = true, kept: Kept? = nil) {
    self.value = value
    self.from = from
    self.mayRise = mayRise
    self.isSaid = isSaid
    self.kept = kept
  }

  /// Whether a fact says the same: lists in any order, levels without any left out or 0.
  public func agrees(with fact: Fact) -> Bool {
    switch (value, fact) {
    case (.awards(let mine), .awards(let theirs)):
      Dictionary(grouping: mine, by: \.self).mapValues(\.count)
        == Dictionary(grouping: theirs, by: \.self).mapValues(\.count)
    case (.counts(let mine), .counts(let theirs)): mine.filter { !$1.isZero } == theirs.filter { !$1.isZero }
    default: value.says(fact)
    }
  }
}

/// A field of a sheet that the year's records may fill.
public struct RecordedField: Sendable {
  public let item: String
  public let path: String
  /// `group` or a school's id.
  public let subject: String
  public let need: Need
  public let from: String
  public let with: InputParameters
}

extension Sheet {
  /// The fields that say where they are filled from, in the order of the items.
  public var recordedFields: [RecordedField] {
    policy.allItems.flatMap { item in
      FieldPlan.all(of: item, in: subject).compactMap { plan in
        guard let description = plan.inputs[plan.need.name], let from = description.from else { return nil }
        return RecordedField(
          item: item.id, path: plan.path, subject: plan.subject, need: plan.need, from: from, with: description.with)
      }
    }
  }

  /// What the year's records say, as a facts file would hold it.
  ///
  /// - Parameter rising: whether those that may still rise are meant, or those that stand.
  public func proposedFacts(rising: Bool) -> GroupFacts {
    var facts = subject
    facts.items = [:]
    for item in policy.allItems {
      guard let said = proposals[item.id] else { continue }
      for plan in FieldPlan.all(of: item, in: subject) {
        guard let proposal = said[plan.path], proposal.mayRise == rising else { continue }
        plan.set(proposal.value, in: &facts.items[item.id, default: [:]][plan.subject, default: emptyFacts(item)])
      }
    }
    return facts
  }

  /// What a kept JSON text says of a field; nil where the policy asks for no such field any more, or not so.
  public func fact(_ json: String, item id: String, path: String) -> Fact? {
    guard let item = policy.allItems.first(where: { $0.id == id }),
      let plan = FieldPlan.all(of: item, in: subject).first(where: { $0.path == path })
    else { return nil }
    return plan.read(json, item: item, context: group.context).fact
  }
}
