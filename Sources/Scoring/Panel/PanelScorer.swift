public import Notation
public import Policies
import Rules

/// Scores the marks of a panel in bulk, in whole numbers throughout, to exactly what `Scorer` gives sheet by sheet.
///
/// Explanations are made when asked for, by `Scorer` itself.
public struct PanelScorer: Sendable {
  public let policy: Policy
  public let panel: Panel
  let reviewers: Reviewers
  let items: [PanelItem]
  /// The scheme's cap in units of the policy's last place.
  let cap: Int?

  /// Throws where the policy asks for more than marks can answer, or the marks aren't those the policy asks for.
  public init(policy: Policy, panel: Panel) throws(PanelRefusal) {
    guard let scheme = policy.scheme, policy.obstacles.isEmpty else { throw PanelRefusal("obstacles") }
    guard !scheme.rescales else { throw PanelRefusal("rescale") }
    guard policy.bonus?.items.isEmpty ?? true else { throw PanelRefusal("bonus") }
    guard policy.eligible == nil else { throw PanelRefusal("eligible") }
    self.policy = policy
    self.panel = panel
    reviewers = try PanelScorer.reviewers(policy, panel)
    items = try PanelScorer.items(scheme, policy, panel, reviewers)
    if let bound = scheme.cap {
      guard let units = bound.units(policy.rounding.places) else {
        throw PanelRefusal("cap", ["cap": .number(bound)])
      }
      cap = units
    } else {
      cap = nil
    }
  }

  private static func reviewers(_ policy: Policy, _ panel: Panel) throws(PanelRefusal) -> Reviewers {
    guard let reviewers = policy.reviewers else {
      guard panel.reviewers == 1 else { throw PanelRefusal("reviewers.none") }
      return Reviewers(perItem: 1, combine: .mean)
    }
    if let expected = reviewers.perItem, expected != panel.reviewers {
      throw PanelRefusal("reviewers", ["expected": .count(expected), "found": .count(panel.reviewers)])
    }
    guard !reviewers.counting(of: panel.reviewers).isEmpty else {
      throw PanelRefusal("reviewers.few", ["found": .count(panel.reviewers)])
    }
    return reviewers
  }

  private static func items(
    _ scheme: Scheme, _ policy: Policy, _ panel: Panel, _ reviewers: Reviewers
  ) throws(PanelRefusal) -> [PanelItem] {
    var positions = Dictionary(panel.items.enumerated().map { ($0.element, $0.offset) }) { first, _ in first }
    let context = GroupContext(
      form: panel.form, district: nil, members: nil, schools: nil, monthsSinceFormed: nil)
    var items: [PanelItem] = []
    for item in scheme.items {
      guard item.applies?.names.isSubset(of: ["form"]) ?? true, let applies = try? item.applies(to: context) else {
        throw PanelRefusal("item.applies", ["item": .text(item.id)])
      }
      guard applies else { continue }
      guard let position = positions.removeValue(forKey: item.id) else {
        throw PanelRefusal("item.absent", ["item": .text(item.id)])
      }
      let divisor = panel.scale * reviewers.counting(of: panel.reviewers).count
      items.append(try PanelItem(item, position: position, divisor: divisor, rounding: policy.rounding))
    }
    if let unknown = panel.items.first(where: { positions[$0] != nil }) {
      throw PanelRefusal("item.unknown", ["item": .text(unknown)])
    }
    return items
  }
}

/// What a panel's groups scored, in the panel's order.
public struct PanelScores: Sendable {
  /// How many decimals the units below stand for.
  public let places: Int
  /// The sum of the scored items in units of the last place; provisional where one is unscored.
  public let bases: [Int]
  /// The base, at most the scheme's cap.
  public let totals: [Int]
  /// Whether no mark is absent.
  public let isComplete: [Bool]

  public func total(of group: Int) -> Exact { Exact(totals[group]) / Exact.power(ofTen: places) }
}
