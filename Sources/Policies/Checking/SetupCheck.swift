import Notation
import Rules

extension PolicyCheck {
  func checkSetup(_ problems: inout Problems) {
    for target in root["targets"]?.list ?? [] {
      if let form = target["form"], let id = form.text, !named.forms.contains(id) {
        problems.add("named.form", at: form.place, ["id": .text(id), "known": .known(named.forms)])
      }
    }
    for target in root["targets"]?.list ?? [] {
      for coverage in [target["coverage"], target["atLeast"]?["coverage"]].compactMap(\.self) {
        if let number = coverage.number, number > .hundred {
          problems.add("percent.range", at: coverage.place, ["found": .number(number)])
        }
      }
    }
    if let from = root["effective"]?["from"]?.plainText, let to = root["effective"]?["to"], to.plainText < from {
      problems.add("task.order", at: to.place, ["from": .text(from), "due": .text(to.plainText)])
    }
    if let formation = root["formation"] { checkFormation(formation, &problems) }
    for document in root["documents"]?.list ?? [] { problems.unique(document["contents"]?.list ?? [], of: "contents") }
    checkTasks(root["tasks"]?.list ?? [], &problems)
    for measure in root["measures"]?.list ?? [] {
      if let from = measure["from"] { checkSource(from, &problems) }
    }
    for column in root["sheet"]?["columns"]?.list ?? [] { problems.positive(column, "depth") }
  }

  func checkFormation(_ formation: Node, _ problems: inout Problems) {
    problems.unique(formation["limits"]?.list ?? [], of: "limits")
    problems.unique(formation["contents"]?.list ?? [], of: "contents")
    for list in ["members", "routes", "limits"] {
      for node in formation[list]?.list ?? [] { problems.condition(node["when"], .formation, named) }
    }
    for size in formation["members"]?.list ?? [] {
      problems.notNegative(size, "min", "max")
      if let least = size["min"]?.number, let most = size["max"], let number = most.number, number < least {
        problems.add("members.order", at: most.place, ["least": .number(least), "most": .number(number)])
      }
    }
    for limit in formation["limits"]?.list ?? [] where limit["atMost"] == nil && limit["atLeast"] == nil {
      problems.add("limit.bound", at: limit.place)
    }
  }

  func checkTasks(_ tasks: [Node], _ problems: inout Problems) {
    problems.unique(tasks, of: "tasks")
    for task in tasks {
      if let from = task["from"]?.plainText, let due = task["due"], due.text != "standing", due.plainText < from {
        problems.add("task.order", at: due.place, ["from": .text(from), "due": .text(due.plainText)])
      }
      checkTasks(task["tasks"]?.list ?? [], &problems)
    }
  }
}
