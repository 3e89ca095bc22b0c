import Notation
import Policies
import Rules
import Scoring

/// Facts as lines, one for each thing known, so that two sets of facts can be compared and a loss be read.
enum FactLines {
  static func of(_ facts: FactYears) -> [String] { facts.years.flatMap { year in of(year) } }

  /// What one set of facts says otherwise than another: `-` for what is lost, `+` for what is new.
  static func differences(_ old: FactYears, _ new: FactYears) -> [String] {
    of(new).difference(from: of(old)).map { change in
      switch change {
      case .insert(_, let line, _): "+ \(line)"
      case .remove(_, let line, _): "- \(line)"
      }
    }
  }

  private static func of(_ year: FactYear) -> [String] {
    year.groups.flatMap { group -> [String] in
      let head = "\(year.year)/\(group.id)"
      var lines = ["\(head) name=\(told(group.name)) form=\(told(group.context.form))"]
      lines.append("\(head) district=\(told(group.context.district)) formed=\(told(group.formed?.text))")
      lines.append("\(head) months=\(told(group.context.monthsSinceFormed.map(String.init)))")
      lines += group.schools.map { school in
        "\(head) school \(school.id) name=\(told(school.name)) lead=\(school.isLead) pupils=\(told(school.pupils))"
      }
      lines.append("\(head) vetoes=\(group.vetoes)")
      for (item, subjects) in group.items.sorted(by: { $0.key < $1.key }) {
        for (subject, facts) in subjects.sorted(by: { $0.key < $1.key }) {
          let path = "\(head) \(item)/\(subject)"
          if group.bonusItems.contains(item) { lines.append("\(path) claimed") }
          lines += of(facts, path)
        }
      }
      return lines
    }
  }

  private static func of(_ facts: ItemFacts, _ path: String) -> [String] {
    facts.values.sorted { $0.key < $1.key }.map { "\(path)/\($0.key)=\(told($0.value))" }
      + facts.parts.sorted { $0.key < $1.key }.flatMap { of($0.value, "\(path)/\($0.key)") }
  }

  private static func told(_ text: String?) -> String { text.map { "«\($0)»" } ?? "—" }
  private static func told(_ number: Exact?) -> String { number?.decimalText ?? "—" }

  private static func told(_ fact: Fact) -> String {
    switch fact {
    case .number(let number): number.decimalText
    case .boolean(let boolean): "\(boolean)"
    case .text(let text): told(text)
    case .names(let names): "\(names)"
    case .counts(let counts): "\(counts.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value.decimalText)" })"
    case .awards(let awards): "\(awards.map { "\($0.level)+\($0.kind ?? "—")" })"
    }
  }
}
