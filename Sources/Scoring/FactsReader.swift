public import Notation
public import Policies
import Rules

/// Reads a facts file against a policy and finds all that is wrong with it, each with its line and path.
public struct FactsReader {
  let policy: Policy
  /// By the ids that facts use.
  private var items: [String: Item]
  public private(set) var problems = Problems()

  /// The facts in a tree, and what is wrong with them; usable only where nothing is.
  public static func read(_ root: Node, for policy: Policy) -> (facts: FactYears, problems: [Problem]) {
    var reader = FactsReader(policy: policy)
    let facts = reader.read(root)
    return (facts, reader.problems.sorted)
  }

  /// The facts of an earlier policy as a later one reads them: items by what they were, and what is no longer asked for
  /// left aside.
  public static func readEarlier(
    _ root: Node, for policy: Policy
  ) -> (facts: FactYears, problems: [Problem], ignored: [Problem]) {
    var reader = FactsReader(policy: policy)
    for item in policy.allItems { if let was = item.was { reader.items[was] = item } }
    let facts = reader.read(root)
    let aside: Set = ["named.item", "named.veto", "facts.subject", "fact.unknown", "fact.value"]
    let all = reader.problems.sorted
    func isAside(_ problem: Problem) -> Bool { aside.contains { problem.what.key == "problem.\($0)" } }
    return (facts, all.filter { !isAside($0) }, all.filter(isAside))
  }

  init(policy: Policy) {
    self.policy = policy
    items = Dictionary(policy.allItems.map { ($0.id, $0) }) { first, _ in first }
  }

  private mutating func read(_ root: Node) -> FactYears {
    guard let years = entries(root, "", known: ["years"], required: ["years"])["years"] else {
      return FactYears(years: [])
    }
    var seen: Set<Int> = []
    let read = list(years, "years").enumerated().compactMap { index, node -> FactYear? in
      let path = "years[\(index)]"
      let entries = entries(node, path, known: ["year", "groups"], required: ["year", "groups"])
      guard let yearNode = entries["year"], let groups = entries["groups"] else { return nil }
      guard let year = yearNode.integer, (1900...2200).contains(year) else {
        problems.add("facts.year", at: yearNode.place, path: path, ["found": .message(yearNode.summary)])
        return nil
      }
      guard seen.insert(year).inserted else {
        problems.add("facts.year.twice", at: yearNode.place, path: path, ["year": .text(String(year))])
        return nil
      }
      return FactYear(year: year, groups: self.groups(groups, path: path + ".groups", year: year))
    }
    return FactYears(years: read)
  }

  private mutating func groups(_ node: Node, path: String, year: Int) -> [GroupFacts] {
    var seen: Set<String> = []
    return list(node, path).enumerated().compactMap { index, node in
      let place = "\(path)[\(index)]"
      guard let group = group(node, path: place, year: year) else { return nil }
      guard seen.insert(group.id).inserted else {
        problems.add(
          "facts.group.twice", at: node.place, path: place, ["id": .text(group.id), "year": .text(String(year))])
        return nil
      }
      return group
    }
  }

  private mutating func group(_ node: Node, path: String, year: Int) -> GroupFacts? {
    let entries = entries(
      node, path, known: ["id", "name", "form", "district", "formed", "schools", "facts", "bonus", "vetoes"],
      required: ["id"])
    guard let idNode = entries["id"] else { return nil }
    guard let id = text(idNode, path + ".id") else { return nil }
    let schools = entries["schools"].map { self.schools($0, path: path + ".schools") }
    let formed = entries["formed"].flatMap { day($0, path + ".formed") }
    let context = GroupContext(
      form: form(entries["form"], node, path), district: entries["district"].flatMap { text($0, path + ".district") },
      members: schools.map { $0.filter { !$0.isLead }.count }, schools: schools?.count,
      monthsSinceFormed: formed.map { policy.yearStart.fullMonths(from: $0, throughSchoolYear: year) })
    if schools == nil, readsSchools { problems.add("facts.schools", at: node.place, path: path) }
    var group = GroupFacts(
      id: id, name: entries["name"].flatMap { text($0, path + ".name") }, formed: formed, schools: schools ?? [],
      context: context, items: [:], vetoes: [])
    if let facts = entries["facts"] { readItems(facts, bonus: false, path: path + ".facts", &group) }
    if let bonus = entries["bonus"] { readItems(bonus, bonus: true, path: path + ".bonus", &group) }
    group.vetoes = vetoes(entries["vetoes"], path + ".vetoes")
    return group
  }

  /// Whether the policy reads anything of schools, so that a group must name its own.
  private var readsSchools: Bool {
    policy.allItems.contains { $0.readsSchools }
      || !policy.schoolNames.isDisjoint(with: ["members", "schools"])
  }

  private mutating func form(_ node: Node?, _ group: Node, _ path: String) -> String? {
    guard let node else {
      if !policy.forms.isEmpty {
        problems.add(
          "key.missing", at: group.place, path: path,
          ["key": FactsReader.field("form"), "of": FactsReader.name(path, group)])
      }
      return nil
    }
    guard let form = text(node, path + ".form") else { return nil }
    if policy.form(form) == nil {
      problems.add(
        "named.form", at: node.place, path: path,
        ["id": .text(form), "known": FactsReader.choices(policy.forms.map { ($0.id, $0.name) }, at: node)])
    }
    return form
  }

  private mutating func vetoes(_ node: Node?, _ path: String) -> [String] {
    guard let node else { return [] }
    var vetoes: [String] = []
    for (index, veto) in list(node, path).enumerated() {
      guard let id = text(veto, "\(path)[\(index)]") else { continue }
      guard policy.vetoes.contains(where: { $0.id == id }) else {
        problems.add(
          "named.veto", at: veto.place, path: path,
          ["id": .text(id), "known": FactsReader.choices(policy.vetoes.map { ($0.id, $0.title) }, at: veto)])
        continue
      }
      if !vetoes.contains(id) { vetoes.append(id) }
    }
    return vetoes
  }

  private mutating func readItems(_ node: Node, bonus: Bool, path: String, _ group: inout GroupFacts) {
    guard let entries = node.map else { return wrongType(node, path, "map") }
    for entry in entries {
      guard let item = items[entry.key], item.isBonus == bonus else {
        let known = policy.allItems.filter { $0.isBonus == bonus }.map(\.id)
        problems.add(
          "named.item", at: entry.keyPlace, path: path, ["id": .text(entry.key), "known": .known(known)])
        continue
      }
      // A condition that can't be computed is reported by the scorer; the facts are read meanwhile.
      guard !entry.value.isNull, (try? item.applies(to: group.context)) ?? true else { continue }
      readItem(entry.value, item, path: "\(path).\(entry.key)", &group)
    }
  }

  private mutating func readItem(_ node: Node, _ item: Item, path: String, _ group: inout GroupFacts) {
    guard let entries = node.map else { return wrongType(node, path, "map") }
    let keys = group.keys(of: item.of)
    for entry in entries {
      guard keys.contains(entry.key) else {
        problems.add(
          "facts.subject", at: entry.keyPlace, path: path, ["id": .text(entry.key), "known": .known(keys)])
        continue
      }
      guard !entry.value.isNull else { continue }
      var reading = FactsReading(context: group.context)
      let facts = reading.facts(
        entry.value, rule: item.rule, needs: item.needs, inputs: item.inputs, path: "\(path).\(entry.key)")
      problems.append(contentsOf: reading.problems.all)
      group.items[item.id, default: [:]][entry.key] = facts
      if item.isBonus { group.bonusItems.insert(item.id) }
    }
  }
}

extension FactsReader {
  private mutating func schools(_ node: Node, path: String) -> [GroupFacts.School] {
    var seen: Set<String> = []
    var schools: [GroupFacts.School] = []
    for (index, school) in list(node, path).enumerated() {
      let place = "\(path)[\(index)]"
      let entries = entries(school, place, known: ["id", "name", "role", "pupils"], required: ["id", "role"])
      guard let idNode = entries["id"], let roleNode = entries["role"], let id = text(idNode, place + ".id") else {
        continue
      }
      if id == groupKey || !seen.insert(id).inserted {
        problems.add("facts.school.twice", at: idNode.place, path: place, ["id": .text(id)])
      }
      if roleNode.text != "lead", roleNode.text != "member" {
        problems.add(
          roleNode.place.sheet == nil ? "facts.role" : "facts.role.cell", at: roleNode.place, path: place,
          ["found": .message(roleNode.summary)])
      }
      var pupils: Exact?
      if let given = entries["pupils"] {
        if let number = given.number, !number.isNegative {
          pupils = number
        } else if let number = given.number {
          problems.add("fact.range.count", at: given.place, path: place, ["found": .number(number)])
        } else {
          wrongType(given, place + ".pupils", "number")
        }
      }
      schools.append(
        GroupFacts.School(
          id: id, name: entries["name"].flatMap { text($0, place + ".name") }, isLead: roleNode.text == "lead",
          pupils: pupils))
    }
    let leads = schools.filter(\.isLead).count
    if leads != 1 { problems.add("facts.lead", at: node.place, path: path, ["count": .count(leads)]) }
    return schools
  }

  /// The entries of a map that aren't null, by key; unknown and missing keys are reported.
  private mutating func entries(_ node: Node, _ path: String, known: [String], required: [String]) -> [String: Node] {
    guard let map = node.map else {
      wrongType(node, path, "map")
      return [:]
    }
    var result: [String: Node] = [:]
    for entry in map {
      guard known.contains(entry.key) else {
        problems.add(
          "key.unknown", at: entry.keyPlace, path: path,
          ["key": .text(entry.key), "of": FactsReader.name(path, node), "known": .known(known)])
        continue
      }
      if !entry.value.isNull { result[entry.key] = entry.value }
    }
    for key in required where result[key] == nil {
      problems.add(
        "key.missing", at: node.place, path: path, ["key": FactsReader.field(key), "of": FactsReader.name(path, node)])
    }
    return result
  }

  /// What people call them, with the ids that a file names; in a workbook they choose by title.
  private static func choices(_ known: [(id: String, title: String)], at node: Node) -> Message.Part {
    .known(known.map { node.place.sheet == nil ? "\($0.title) \($0.id)" : $0.title })
  }

  /// What a message calls a place of the file.
  private static func name(_ path: String, _ node: Node) -> Message.Part {
    if node.place.sheet != nil { return .message(Message("file.row")) }
    return path.isEmpty ? .message(Message("file.top")) : .text(path)
  }

  /// A key of the facts file with what people call it.
  private static func field(_ key: String) -> Message.Part {
    .message(Message("field.\(key)", ["name": .text(key)]))
  }

  private mutating func list(_ node: Node, _ path: String) -> [Node] {
    if let list = node.list { return list }
    wrongType(node, path, "list")
    return []
  }

  private mutating func text(_ node: Node, _ path: String) -> String? {
    if let text = node.text, !text.isEmpty { return text }
    wrongType(node, path, "text")
    return nil
  }

  private mutating func day(_ node: Node, _ path: String) -> Day? {
    if let day = node.text.flatMap({ Day($0) }) { return day }
    problems.add("facts.day", at: node.place, path: path, ["found": .message(node.summary)])
    return nil
  }

  private mutating func wrongType(_ node: Node, _ path: String, _ expected: String) {
    problems.add(
      "fact.type", at: node.place, path: path,
      ["expected": .message(Message("fact.\(expected)")), "found": .message(node.summary)])
  }
}

extension Policy {
  /// The names of group expressions that count schools.
  var schoolNames: Set<String> {
    var names: Set<String> = []
    for item in allItems {
      names.formUnion(item.applies?.names ?? [])
      if let rule = item.node["rule"] { names.formUnion(RuleExpressions.names(in: rule)) }
    }
    names.formUnion(eligible?.names ?? [])
    for grade in grading?.grades ?? [] { names.formUnion(grade.when?.names ?? []) }
    for consequence in consequences {
      names.formUnion(consequence.when?.names ?? [])
      names.formUnion(consequence.select?.among?.names ?? [])
    }
    return names
  }
}
