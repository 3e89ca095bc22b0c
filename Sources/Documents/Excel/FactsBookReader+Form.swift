import Notation
import Policies
import Rules
import Scoring
import Workbooks

extension FactsBookReader {
  /// Whether it is the form of one group (`FactsBook.writeForm`).
  var isForm: Bool { book.sheet(named: text("form")) != nil }

  /// The facts of a form: a row for each, gathered into what the wide sheets hold in one row.
  mutating func readForm() {
    struct Subject: Hashable {
      let key: GroupKey
      let id: String
    }
    let columns = [false, true].flatMap { FactColumn.all(policy, ofSchools: $0, catalogue) }
    let byCode = Dictionary(columns.map { ($0.code, $0) }) { first, _ in first }
    var order: [Subject] = []
    var values: [Subject: [String: Node]] = [:]
    var places: [Subject: Place] = [:]
    for row in rows("form", from: FactsBook.formHeads + 1, codeRow: FactsBook.formHeads, columns: FactsBook.formColumns)
    {
      guard let key = key(row, idColumn: "group"), let group = row["group"] else { continue }
      guard isKnown(key, at: group.place) else { continue }
      guard let input = row["input"] else {
        problems.add("excel.key", at: group.place)
        continue
      }
      let code = input.plainText
      guard byCode[code] != nil else {
        problems.add("excel.code", at: input.place, ["code": .text(code)])
        continue
      }
      let subject = Subject(key: key, id: row["school"]?.plainText ?? groupKey)
      if values[subject] == nil {
        order.append(subject)
        values[subject] = [:]
        places[subject] = row["value"]?.place ?? group.place
      }
      // Where nothing is written, a fault is still told at the cell it belongs in.
      formPlaces[FormCell(key: key, subject: subject.id, code: code)] = Place(
        group.place.source, line: group.place.line, column: codeColumns["value"] ?? group.place.column)
      guard let value = row["value"] else { continue }
      guard values[subject]?[code] == nil else {
        problems.add("excel.row.twice", at: value.place, ["id": .text(code)])
        continue
      }
      values[subject]?[code] = value
    }
    for subject in order {
      guard let row = values[subject], let place = places[subject] else { continue }
      let ofSchools = subject.id != groupKey
      add(row, columns.filter { $0.item.readsSchools == ofSchools }, subject.key, subject.id, place)
    }
  }

  /// Awards of a form stand under names; rows that only say whose they would be say nothing.
  func formAward(_ row: [String: Node], _ key: GroupKey) -> [String: Node]? {
    var row = row
    guard row["level"] != nil || row["kind"] != nil || row["of"] != nil || row["item"] != nil else { return nil }
    let writer = FactsBook(policy: policy)
    let columns = writer.awardColumns()
    if let item = row["item"] {
      let title = item.plainText
      // One kind of award needs no words.
      let code = columns.first { writer.awardTitle($0, columns) == title }?.code ?? title
      row["input"] = Node(.text(code), at: item.place)
    } else if columns.count == 1, let any = row["level"] ?? row["kind"] ?? row["of"] {
      row["input"] = Node(.text(columns[0].code), at: any.place)
    }
    if let of = row["of"], of.plainText != text("form.group") {
      let id = schoolIDs(of: key)[of.plainText] ?? of.plainText
      row["school"] = Node(.text(id), at: of.place)
    }
    return row
  }

  /// The ids of a group's schools by the names the form gives them.
  private func schoolIDs(of key: GroupKey) -> [String: String] {
    var ids: [String: String] = [:]
    for school in groups[key]?.schools ?? [] {
      guard let id = school["id"]?.plainText else { continue }
      let name = (school["name"]?.plainText ?? id).trimmed
      ids[ids[name] == nil ? name : "\(name) \(id)"] = id
    }
    return ids
  }

  struct FormCell: Hashable {
    let key: GroupKey
    let subject: String
    let code: String
  }
}
