public import Notation
public import Policies
import Rules

extension FactYears {
  /// Where facts hold values that can be scored and can hardly be meant, and why, in the order of years and groups.
  public func doubts(for policy: Policy) -> [Message] {
    years.flatMap { year in
      year.groups.flatMap { group in
        policy.allItems.flatMap { item -> [Message] in
          guard let facts = group.items[item.id] else { return [] }
          return group.keys(of: item.of).flatMap { key in
            (facts[key].map { item.rule.doubts($0) } ?? []).map { doubt in
              Message(
                "fact.doubt",
                [
                  "year": .text(String(year.year)), "group": .text(group.name ?? group.id),
                  "field": .text("\(item.id).\(key).\(doubt.input)"), "why": .message(doubt.message),
                ])
            }
          }
        }
      }
    }
  }
}
