public import Notation
public import Outcomes
public import Policies
import Rules
import Scoring

/// What results say in words beside their numbers: missing facts, vetoes, school years.
public struct Wording {
  let policy: Policy
  let catalogue: Catalogue

  public init(policy: Policy, catalogue: Catalogue) {
    self.policy = policy
    self.catalogue = catalogue
  }

  /// The school year that ends in a calendar year, such as 2023—2024.
  public func schoolYear(_ year: Int) -> String {
    let begins = policy.yearStart.month == 1 && policy.yearStart.day == 1 ? year : year - 1
    return catalogue.text(
      begins == year ? "schoolYear.one" : "schoolYear", ["from": .text(String(begins)), "to": .text(String(year))])
  }

  /// The facts a group lacks, by item: «7.教学素养展示与获奖：区级及以上获奖项数（柳湾小学）».
  public func missing(_ result: GroupResult) -> [String] {
    result.card.lines.flatMap { line in line.missing.map { missing($0, line.item, result) } }
  }

  private func missing(_ path: String, _ item: Item, _ result: GroupResult) -> String {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let school = result.card.group.schools.first { parts.count > 2 && $0.id == parts[1] }
    let name = parts.last ?? ""
    let column = FactColumn.all(policy, ofSchools: item.readsSchools, catalogue)
      .first { $0.item.id == item.id && $0.path.joined(separator: ".") == name }
    let input = column?.isList == true ? nil : column?.title
    return catalogue.text(
      school == nil ? "missing.group" : "missing.school",
      [
        "item": .text(itemName(item)),
        "input": .text(
          input ?? catalogue.named("missing.\(name)") ?? item.inputs[name]?.title ?? catalogue.named("input.\(name)")
            ?? name),
        "school": .text(school.map { $0.name ?? $0.id } ?? ""),
      ])
  }

  /// An item's number and title; ids that are words aren't for readers.
  func itemName(_ item: Item, _ text: String? = nil) -> String {
    let shown = text ?? item.title
    guard item.id.contains(where: \.isNumber) else { return shown }
    return catalogue.text("sheet.item", ["id": .text(item.id), "text": .text(shown)])
  }

  /// The titles of the vetoes that fell on a group.
  public func vetoes(_ result: GroupResult) -> [String] {
    result.card.group.vetoes.map { id in policy.vetoes.first { $0.id == id }?.title ?? id }
  }
}

extension FactColumn {
  /// Whether the input is spread over several columns.
  var isList: Bool {
    switch content {
    case .entry, .count: true
    default: false
    }
  }
}
