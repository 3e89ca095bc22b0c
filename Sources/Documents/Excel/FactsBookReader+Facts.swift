import Notation
import Policies
import Rules
import Scoring
import Workbooks

extension FactsBookReader {
  /// Collects the awards by whom and what they are for.
  mutating func readAwards() {
    guard book.sheet(named: text("awards")) != nil else { return }
    let columns = [false, true].flatMap { FactColumn.all(policy, ofSchools: $0, catalogue) }
    let isForm = isForm
    let heads = isForm ? ["year", "group", "school", "input"] : FactsBook.awardColumns
    for written in rows("awards", from: 3, codeRow: 2, columns: heads) {
      guard let key = key(written, idColumn: "group"), let group = written["group"] else { continue }
      guard let row = isForm ? formAward(written, key) : written else { continue }
      guard let input = row["input"] else {
        problems.add("excel.award.input", at: group.place)
        continue
      }
      // The drop-down shows the code with the item's title behind it.
      let code = String(input.plainText.prefix { !$0.isWhitespace })
      let choices = columns.first { $0.code == code }?.awardChoices(catalogue)
      var fields: [Node.Entry] = []
      for (name, titles) in [("level", choices?.levels), ("kind", choices?.kinds)] {
        guard let node = row[name] else { continue }
        let word = node.plainText
        let id = titles?.first { $0.title == word }?.id ?? word
        fields.append(Node.Entry(key: name, keyPlace: node.place, value: Node(.text(id), at: node.place)))
      }
      let subject = row["school"]?.plainText ?? groupKey
      let award = AwardKey(group: key, subject: subject, code: code)
      awards[award, default: []].append(Node(.map(fields), at: input.place))
    }
  }

  mutating func readFacts(ofSchools: Bool) {
    let columns = FactColumn.all(policy, ofSchools: ofSchools, catalogue)
    guard !columns.isEmpty else { return }
    let byCode = Dictionary(columns.map { ($0.code, $0) }) { first, _ in first }
    let keys = FactsBook.keyColumns(ofSchools: ofSchools)
    var seen: Set<String> = []
    for row in rows(
      ofSchools ? "schoolFacts" : "groupFacts", from: FactsBook.headRows + 1, codeRow: FactsBook.headRows,
      columns: columns.map(\.code))
    {
      guard let key = key(row, idColumn: "group"), let group = row["group"] else { continue }
      guard isKnown(key, at: group.place) else { continue }
      if ofSchools, row["school"] == nil {
        problems.add("excel.key", at: group.place)
        continue
      }
      let subject = row["school"]?.plainText ?? groupKey
      guard seen.insert("\(key.year)/\(key.id)/\(subject)").inserted else {
        problems.add("excel.row.twice", at: group.place, ["id": .text(subject == groupKey ? key.id : subject)])
        continue
      }
      for (code, node) in row where byCode[code] == nil && !keys.contains(code) {
        problems.add("excel.code", at: node.place, ["code": .text(code)])
      }
      add(row, columns, key, subject, group.place)
    }
  }

  /// Puts a row's values where they belong in the group's facts.
  mutating func add(
    _ row: [String: Node], _ columns: [FactColumn], _ key: GroupKey, _ subject: String, _ place: Place
  ) {
    var lists: [String: [(column: FactColumn, node: Node?)]] = [:]
    for column in columns {
      let node = row[column.code]
      let path = [column.item.id, subject] + column.path
      switch column.content {
      case .claim:
        if let node { addClaim(column, node, path, row, columns, key) }
      case .entry, .count:
        lists[column.code.split(separator: "#")[0].description, default: []].append((column, node))
      case .awards: addAwards(column, node, path, key, subject, place)
      case .number(let range):
        if let node { put(range == .percent ? node.asPercent : node.asNumber, path, column, key, node.place) }
      case .boolean:
        if let node {
          let value = answer(node, yes: "yes", no: "no")
          if let value {
            put(Node(.boolean(value), at: node.place), path, column, key, node.place)
          } else {
            problems.add(
              "fact.value", at: node.place,
              ["found": .text(node.plainText), "known": .names([text("yes"), text("no")])])
          }
        }
      case .text, .level:
        if let node { put(node.asText, path, column, key, node.place) }
      }
    }
    for list in lists.values { addList(list, key, subject, place) }
  }

  /// A bonus item that is claimed; one that isn't can have no facts.
  private mutating func addClaim(
    _ column: FactColumn, _ node: Node, _ path: [String], _ row: [String: Node], _ columns: [FactColumn],
    _ key: GroupKey
  ) {
    switch answer(node, yes: "yes", no: "no") {
    case true?: put(nil, path, column, key, node.place)
    case false?:
      let others = columns.filter { $0.item.id == column.item.id && $0.code != column.code }
      let hasFacts = others.contains { other in
        row[other.code] != nil || awards[AwardKey(group: key, subject: path[1], code: other.code)] != nil
      }
      if hasFacts { problems.add("excel.claim", at: node.place) }
    case nil:
      problems.add(
        "fact.value", at: node.place,
        ["found": .text(node.plainText), "known": .names([text("yes"), text("no")])])
    }
  }

  /// `yes` or `no` in the workbook's language; nil for anything else.
  private func answer(_ node: Node, yes: String, no: String) -> Bool? {
    if let boolean = node.boolean { return boolean }
    return node.text == text(yes) ? true : node.text == text(no) ? false : nil
  }

  /// The entries of a checklist, or the counts by level. All empty: unknown. A checklist begun must be finished.
  private mutating func addList(
    _ list: [(column: FactColumn, node: Node?)], _ key: GroupKey, _ subject: String, _ place: Place
  ) {
    guard let first = list.first, let filled = list.compactMap(\.node).first else { return }
    let path = [first.column.item.id, subject] + first.column.path
    var lacking: [Node] = []
    var counts: [Node.Entry] = []
    for (column, node) in list {
      switch column.content {
      case .entry(let id):
        guard let node else {
          let place =
            formPlaces[FormCell(key: key, subject: subject, code: column.code)]
            ?? Place(
              filled.place.source, line: filled.place.line, column: codeColumns[column.code] ?? filled.place.column)
          problems.add("excel.entry.empty", at: place, ["entry": .text(column.title)])
          continue
        }
        guard let isPresent = answer(node, yes: "present", no: "lacking") else {
          problems.add(
            "fact.value", at: node.place,
            ["found": .text(node.plainText), "known": .known([text("present"), text("lacking")])])
          continue
        }
        if !isPresent { lacking.append(Node(.text(id), at: node.place)) }
      case .count(let level):
        if let node { counts.append(Node.Entry(key: level, keyPlace: node.place, value: node.asNumber)) }
      default: break
      }
    }
    if case .entry = first.column.content {
      put(Node(.list(lacking), at: filled.place), path, first.column, key, filled.place)
    } else {
      put(Node(.map(counts), at: filled.place), path, first.column, key, filled.place)
    }
  }

  private mutating func addAwards(
    _ column: FactColumn, _ node: Node?, _ path: [String], _ key: GroupKey, _ subject: String, _ place: Place
  ) {
    let awardKey = AwardKey(group: key, subject: subject, code: column.code)
    let listed = awards[awardKey] ?? []
    usedAwards.insert(awardKey)
    if let node {
      guard let count = node.asNumber.integer, count == listed.count else {
        problems.add(
          "excel.award.count", at: node.place, ["found": .text(node.plainText), "listed": .count(listed.count)])
        return
      }
    } else if listed.isEmpty {
      return
    }
    put(Node(.list(listed), at: node?.place ?? place), path, column, key, node?.place ?? place)
  }

  private mutating func put(_ node: Node?, _ path: [String], _ column: FactColumn, _ key: GroupKey, _ place: Place) {
    if column.item.isBonus {
      groups[key]?.bonus.put(node, path, place)
    } else {
      groups[key]?.facts.put(node, path, place)
    }
  }
}

/// A tree that grows value by value.
struct Branch {
  private enum Content {
    case leaf(Node)
    indirect case branch(Branch)
  }

  private var order: [String] = []
  private var entries: [String: (place: Place, content: Content)] = [:]

  /// Puts a value under a path; without a value, only the path.
  mutating func put(_ node: Node?, _ path: [String], _ place: Place) {
    guard let key = path.first else { return }
    if entries[key] == nil { order.append(key) }
    if path.count == 1, let node {
      entries[key] = (node.place, .leaf(node))
      return
    }
    var inner = Branch()
    if case .branch(let known)? = entries[key]?.content { inner = known }
    inner.put(node, Array(path.dropFirst()), place)
    entries[key] = (entries[key]?.place ?? place, .branch(inner))
  }

  func node(at place: Place) -> Node {
    let list = order.compactMap { key -> Node.Entry? in
      guard let entry = entries[key] else { return nil }
      switch entry.content {
      case .leaf(let node): return Node.Entry(key: key, keyPlace: entry.place, value: node)
      case .branch(let branch):
        return Node.Entry(key: key, keyPlace: entry.place, value: branch.node(at: entry.place))
      }
    }
    return Node(.map(list), at: place)
  }
}
