/// What a rule calls the entries and kinds of its lists.
public enum RuleEntries {
  /// A checklist's titles by id; empty for rules without a list.
  public static func titles(of rule: any Rule) -> [String: String] {
    Dictionary((rule as? Checklist)?.entries.map { ($0.id, $0.title) } ?? []) { first, _ in first }
  }

  /// The kinds of awards by id, with their titles; empty where any kind may stand.
  public static func kinds(of rule: any Rule) -> [String: String] { (rule as? Tiers)?.kindTitles ?? [:] }
}
