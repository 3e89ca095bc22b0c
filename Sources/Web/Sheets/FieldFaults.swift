import Cycles
import Notation
import Policies
import Rules

/// What is wrong with what stands in a field, in whole sentences: the line, what was read, how it is written.
struct FieldFaults {
  let field: SheetField
  let entered: Node?
  let writer: FactWords

  private var words: Catalogue { writer.words }

  var sentences: [String] {
    let problems = field.problems
    guard !problems.isEmpty else { return [] }
    if problems.contains(where: { $0.what.key == "problem.fact.awardsAndCounts" }) {
      return [words.text("sheet.fault.either")]
    }
    let said: [String] =
      switch field.need.kind {
      case .number: [number(entered, nil)]
      case .counts: counts
      case .awards(let levels, let kinds, let kindRequired): awards(levels, kinds, kindRequired)
      case .boolean, .level, .text, .names: []
      }
    return said.isEmpty ? problems.map { words.text("sheet.fault", ["why": .message($0.what)]) } : said
  }

  private func number(_ node: Node?, _ range: Need.Range?) -> String {
    let key =
      switch range ?? field.need.range {
      case .any: "number"
      case .percent: "percent"
      case .count: "count"
      case .positive: "positive"
      }
    return words.text("sheet.fault.\(key)", ["read": .text(node?.plainText ?? "")])
  }

  /// Level by level.
  private var counts: [String] {
    (entered?.map ?? []).filter { $0.value.number.map(\.isNegative) ?? true }.map { entry in
      words.text(
        "sheet.fault.level", ["level": .text(writer.level(entry.key)), "why": .text(number(entry.value, .count))])
    }
  }

  /// Line by line.
  private func awards(_ levels: [String], _ kinds: [String]?, _ kindRequired: Bool) -> [String] {
    let separator = words.text("list.separator")
    let level = levels.last.map { writer.level($0) } ?? ""
    let names = (kinds ?? []).map { writer.kind($0) }
    let key = !names.isEmpty ? "kind" : kindRequired ? "free" : "level"
    let form = words.text(
      "sheet.fault.award.\(key)",
      [
        "levels": .text(levels.map { writer.level($0) }.joined(separator: separator)),
        "kinds": .text(names.joined(separator: separator)), "level": .text(level),
        "kind": .text(names.first ?? words.text("sheet.fault.award.name")),
      ])
    let lines = Set(field.problems.compactMap { $0.path.firstMatch(of: #/\[(\d+)\]/#).flatMap { Int($0.output.1) } })
    return lines.sorted().prefix(Self.mostLines).map { line in
      let read = entered?.list.flatMap { list -> String? in
        list.indices.contains(line) ? writer.awards(Node(.list([list[line]]), at: list[line].place)) : nil
      }
      return words.text(
        "sheet.fault.award", ["line": .count(line + 1), "read": .text(read ?? ""), "form": .text(form)])
    }
  }

  /// So many wrong lines are named.
  private static let mostLines = 20
}
