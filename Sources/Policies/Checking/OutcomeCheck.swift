import Notation
import Rules

extension PolicyCheck {
  func checkOutcome(_ problems: inout Problems) {
    checkGrades(&problems)
    checkVetoes(&problems)
    problems.condition(root["eligible"], .eligible, named)
    for node in root["consequences"]?.list ?? [] {
      problems.condition(node["when"], .group, named)
      if let select = node["select"] { checkSelection(select, &problems) }
    }
  }

  func checkGrades(_ problems: inout Problems) {
    guard let grading = root["grading"] else { return }
    let grades = grading["grades"]?.list ?? []
    var seen: Set<String> = []
    for grade in grades {
      if let name = grade["name"], let text = name.text, !seen.insert(text).inserted {
        problems.add("id.twice", at: name.place, ["id": .text(text), "list": "grades"])
      }
      problems.condition(grade["when"], .grade, named)
    }
    for (above, below) in zip(grades, grades.dropFirst()) {
      if let upper = above["from"]?.number, let from = below["from"], let lower = from.number, lower >= upper {
        problems.add(
          "grades.falling", at: from.place, ["grade": .text(below["name"]?.text ?? ""), "from": .number(lower)])
      }
    }
    if let last = grades.last {
      if let from = last["from"], let number = from.number, !number.isZero {
        problems.add("grades.last.from", at: from.place, ["grade": .text(last["name"]?.text ?? "")])
      }
      if let when = last["when"] {
        problems.add("grades.last.when", at: when.place, ["grade": .text(last["name"]?.text ?? "")])
      }
    }
    if let order = grading["rank"]?["order"] { checkOrder(order, OrderKey.forRanks, &problems) }
  }

  func checkOrder(_ order: Node, _ known: [String], _ problems: inout Problems) {
    for key in order.list ?? [] {
      guard let text = key.text else { continue }
      guard let parsed = OrderKey(text), known.contains(parsed.name) else {
        problems.add("order", at: key.place, ["key": .text(text), "known": .known(known)])
        continue
      }
    }
  }

  func checkVetoes(_ problems: inout Problems) {
    let last = named.grades.last
    for veto in root["vetoes"]?.list ?? [] {
      if (veto["grade"] == nil) == (veto["bars"] == nil) { problems.add("gradeOrBars", at: veto.place) }
      for grade in [veto["grade"]].compactMap(\.self) + (veto["bars"]?.list ?? []) {
        guard let text = grade.text else { continue }
        if !named.grades.contains(text) {
          problems.add("named.grade", at: grade.place, ["id": .text(text), "known": .known(named.grades)])
        }
      }
      for grade in veto["bars"]?.list ?? [] where grade.text == last && last != nil {
        problems.add("bars.last", at: grade.place, ["grade": .text(grade.text ?? "")])
      }
      if let bars = veto["bars"], bars.list?.isEmpty == true {
        problems.add("list.short", at: bars.place, ["key": "bars", "least": .count(1)])
      }
    }
  }

  func checkSelection(_ select: Node, _ problems: inout Problems) {
    problems.condition(select["among"], .group, named)
    let sizes = ["quota", "count", "by"].filter { select[$0] != nil }
    if sizes.count != 1 { problems.add("select.one", at: select.place) }
    problems.notNegative(select, "quota", "count")
    if let quota = select["quota"], let number = quota.number, number > .hundred {
      problems.add("percent.range", at: quota.place, ["found": .number(number)])
    }
    if sizes != ["by"], select["order"] == nil {
      problems.add("key.missing", at: select.place, ["key": "order", "of": "select"])
    }
    if let order = select["order"] { checkOrder(order, OrderKey.forConsequences, &problems) }
  }
}
