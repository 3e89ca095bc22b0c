import Notation
public import Rules
public import Scoring

/// Facts as the format's JSON, one group a line: what it writes, `FactsReader` reads back the same.
public struct FactsJSON {
  let output: (String) -> Void

  public init(output: @escaping (String) -> Void) { self.output = output }

  /// Writes year by year and group by group; groups are made as they are written, so that a large city fits.
  public func write(years: [Int], groupCount: Int, group: (Int, Int) -> GroupFacts, progress: (Int) -> Void = { _ in })
  {
    output("{\"years\": [")
    for (place, year) in years.enumerated() {
      output(place == 0 ? "\n" : ",\n")
      output("{\"year\": \(year), \"groups\": [")
      for index in 0..<groupCount {
        output(index == 0 ? "\n  " : ",\n  ")
        output(FactsJSON.text(group(index, year)))
        progress(place * groupCount + index + 1)
      }
      output("\n]}")
    }
    output("\n]}\n")
  }

  public func write(_ facts: FactYears) {
    output("{\"years\": [")
    for (place, year) in facts.years.enumerated() {
      output(place == 0 ? "\n" : ",\n")
      output("{\"year\": \(year.year), \"groups\": [\n  ")
      output(year.groups.map(FactsJSON.text).joined(separator: ",\n  "))
      output("\n]}")
    }
    output("\n]}\n")
  }

  public static func text(_ group: GroupFacts) -> String {
    var fields = [("id", JSONText.quoted(group.id))]
    if let name = group.name { fields.append(("name", JSONText.quoted(name))) }
    if let form = group.context.form { fields.append(("form", JSONText.quoted(form))) }
    if let district = group.context.district { fields.append(("district", JSONText.quoted(district))) }
    if let formed = group.formed { fields.append(("formed", JSONText.quoted(formed.text))) }
    if !group.schools.isEmpty { fields.append(("schools", list(group.schools.map(text)))) }
    let bonus = group.items.filter { group.bonusItems.contains($0.key) }
    let items = group.items.filter { !group.bonusItems.contains($0.key) }
    fields.append(("facts", map(items.mapValues { map($0.mapValues(text)) })))
    if !bonus.isEmpty { fields.append(("bonus", map(bonus.mapValues { map($0.mapValues(text)) }))) }
    if !group.vetoes.isEmpty { fields.append(("vetoes", list(group.vetoes.map(JSONText.quoted)))) }
    return "{" + fields.map { "\"\($0.0)\": \($0.1)" }.joined(separator: ", ") + "}"
  }

  static func text(_ school: GroupFacts.School) -> String {
    var fields = ["\"id\": \(JSONText.quoted(school.id))"]
    if let name = school.name { fields.append("\"name\": \(JSONText.quoted(name))") }
    fields.append("\"role\": \"\(school.isLead ? "lead" : "member")\"")
    if let pupils = school.pupils { fields.append("\"pupils\": \(pupils.decimalText)") }
    return "{" + fields.joined(separator: ", ") + "}"
  }

  static func text(_ facts: ItemFacts) -> String {
    var fields = facts.values.mapValues(text)
    for (part, inner) in facts.parts { fields[part] = text(inner) }
    return map(fields)
  }

  public static func text(_ fact: Fact) -> String {
    switch fact {
    case .number(let number): number.decimalText
    case .boolean(let boolean): boolean ? "true" : "false"
    case .text(let text): JSONText.quoted(text)
    case .names(let names): list(names.map(JSONText.quoted))
    case .counts(let counts): map(counts.mapValues(\.decimalText))
    case .awards(let awards): list(awards.map(text))
    }
  }

  static func text(_ award: Fact.Award) -> String {
    let level = "\"level\": \(JSONText.quoted(award.level))"
    return award.kind.map { "{\(level), \"kind\": \(JSONText.quoted($0))}" } ?? "{\(level)}"
  }

  /// Keys in order, so that the same facts give the same file.
  static func map(_ entries: [String: String]) -> String {
    "{" + entries.sorted { $0.key < $1.key }.map { "\(JSONText.quoted($0.key)): \($0.value)" }.joined(separator: ", ")
      + "}"
  }

  static func list(_ texts: [String]) -> String { "[" + texts.joined(separator: ", ") + "]" }
}
