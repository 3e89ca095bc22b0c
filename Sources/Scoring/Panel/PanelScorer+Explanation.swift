import Notation
import Policies
import Rules

extension PanelScorer {
  /// A group's sheet with every item's reasoning, made by the scorer that scores single sheets.
  public func scorecard(of group: Int) -> Scorecard {
    Scorer(policy: policy).score(FactYear(year: panel.year, groups: [facts(of: group)])).cards[0]
  }

  /// How one item of a group came to its score, or what it lacks; nil where the item doesn't apply.
  public func explanation(group: Int, item: String) -> Scorecard.Line? {
    scorecard(of: group).lines.first { $0.item.id == item }
  }

  /// The group as the facts of a sheet: every item's marks as one number; nothing where a mark is absent.
  public func facts(of group: Int) -> GroupFacts {
    let context = GroupContext(
      form: panel.form, district: nil, members: nil, schools: nil, monthsSinceFormed: nil)
    var facts = GroupFacts(
      id: panel.groups[group], name: nil, formed: nil, schools: [], context: context, items: [:],
      vetoes: panel.vetoes[group] ?? [])
    for item in items {
      guard let mark = panel.marks(group: group, item: item.position).flatMap(reviewers.combined) else { continue }
      var known = ItemFacts(context: context, inputs: item.item.inputs)
      known.values[item.input] = .number(mark)
      facts.items[item.item.id] = [groupKey: known]
    }
    return facts
  }
}
