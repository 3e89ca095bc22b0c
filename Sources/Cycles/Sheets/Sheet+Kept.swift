import Notation
public import Policies
import Rules
public import Scoring

extension RecordedField {
  /// The fixed year it asks about (`with: {year: …}`), so that it is the same each year; nil: it isn't.
  public var baseYear: Int? { with.number("year")?.integer }
}

extension Sheet {
  /// Whether some field asks for a number of a fixed year of which no record speaks.
  public var asksFixedYears: Bool {
    recordedFields.contains { $0.baseYear != nil && proposals[$0.item]?[$0.path]?.isSaid != true }
  }

  /// Lets numbers of fixed years stand as they were given in an earlier year, where that year asked for the same and no
  /// record says otherwise.
  ///
  /// - Parameters:
  ///   - facts: the group's facts that counted.
  ///   - earlier: the policy of that year.
  ///   - year: the calendar year in which it ended.
  public mutating func keep(_ facts: GroupFacts, of earlier: Policy, year: Int) {
    let before = Sheet(policy: earlier, year: year, group: group, base: nil)
    let asked = Dictionary(before.recordedFields.map { ("\($0.item) \($0.path)", $0.baseYear) }) { first, _ in first }
    for item in policy.allItems {
      for plan in FieldPlan.all(of: item, in: subject) {
        guard let description = plan.inputs[plan.need.name], let from = description.from,
          let base = description.with.number("year")?.integer, asked["\(item.id) \(plan.path)"] == base,
          proposals[item.id]?[plan.path]?.isSaid != true, let value = plan.fact(in: facts.items[item.id])
        else { continue }
        proposals[item.id, default: [:]][plan.path] = Proposal(
          value: value, from: from, mayRise: false, kept: Proposal.Kept(baseYear: base, year: year))
      }
    }
  }
}
