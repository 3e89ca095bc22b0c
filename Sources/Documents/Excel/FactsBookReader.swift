public import Notation
public import Policies
import Rules
import Scoring
import Workbooks

/// Reads a filled facts workbook into the same tree a facts file gives, every value with its sheet and cell, so that
/// one check (`FactsReader`) serves both.
public struct FactsBookReader {
  let policy: Policy
  let file: String
  let catalogue: Catalogue
  let book: Workbook
  var problems = Problems()
  /// Groups by year and id, in the order of their sheet.
  var groups: [GroupKey: GroupEntry] = [:]
  var order: [GroupKey] = []
  var awards: [AwardKey: [Node]] = [:]
  var usedAwards: Set<AwardKey> = []
  /// Each sheet of the book, for places.
  private let sources: [String: Place.Source]
  /// In the sheet last read: the column of each code.
  var codeColumns: [String: Int] = [:]
  /// Of a form: the cell of each thing that is asked.
  var formPlaces: [FormCell: Place] = [:]
  /// Ids whose row among the groups was already refused, or that were already missed: said once.
  var refusedGroups: Set<String> = []
  /// Whether the sheet of groups could be read at all, even if nothing stands on it.
  private var hasRegister = false

  struct GroupKey: Hashable {
    let year: Int
    let id: String
  }

  struct GroupEntry {
    let place: Place
    let yearPlace: Place
    var fields: [Node.Entry]
    var schools: [Node] = []
    var facts = Branch()
    var bonus = Branch()
  }

  struct AwardKey: Hashable {
    let group: GroupKey
    let subject: String
    let code: String
  }

  /// The tree of a workbook and what is wrong with its form; or why it is refused.
  ///
  /// - Parameters:
  ///   - name: what people call the file; nil: its path.
  ///   - sender: who it comes from, and so how much of it is read.
  public static func read(
    _ path: String, named name: String? = nil, for policy: Policy, from sender: WorkbookSender = .operator
  ) throws(WorkbookTrouble) -> (root: Node, problems: [Problem]) {
    let book: Workbook
    do throws(WorkbookRefusal) {
      book = try Workbook.read(from: path, limits: sender.limits, wanted: wanted(for: policy))
    } catch {
      guard case .missingSheets(let names) = error else { throw WorkbookTrouble(error) }
      // Of another policy, or no facts workbook at all: said by its sheets alone.
      var reader = FactsBookReader(policy: policy, file: name ?? path, book: Workbook())
      for name in names { reader.missingSheet(name) }
      return (reader.empty, reader.problems.sorted)
    }
    var reader = FactsBookReader(policy: policy, file: name ?? path, book: book)
    let root = reader.root()
    return (root, reader.problems.sorted)
  }

  init(policy: Policy, file: String, book: Workbook) {
    self.policy = policy
    self.file = file
    self.book = book
    catalogue = .of(language: policy.language)
    sources = Dictionary(
      book.sheets.enumerated().map {
        ($1.name, Place.Source(file: file, sheet: $1.name, order: $0 + 1))
      }
    ) { first, _ in first }
  }

  func text(_ key: String) -> String { catalogue.text("excel.\(key)") }

  /// The guide says whose workbook it is: without it the workbook is none of ours.
  private static func wanted(for policy: Policy) -> WantedSheets {
    let catalogue = Catalogue.of(language: policy.language)
    let names = ["guide", "groups", "schools", "awards", "groupFacts", "schoolFacts", "form"].map {
      catalogue.text("excel.\($0)")
    }
    return WantedSheets(needed: [names[0]], read: names)
  }

  private var start: Place { Place(file: file, line: 1, sheet: text("guide")) }
  private var empty: Node { Node(.map([yearsEntry([], at: start)]), at: start) }

  private mutating func root() -> Node {
    let start = start
    checkPolicy()
    // A workbook of another policy would only be wrong from here on.
    guard problems.isEmpty else { return empty }
    readGroups()
    readSchools()
    readAwards()
    if isForm {
      readForm()
    } else {
      readFacts(ofSchools: false)
      readFacts(ofSchools: true)
    }
    for (key, nodes) in awards where !usedAwards.contains(key) {
      if let place = nodes.first?.place { problems.add("excel.award.unused", at: place, ["code": .text(key.code)]) }
    }
    var years: [Int] = []
    for key in order where !years.contains(key.year) { years.append(key.year) }
    let list = years.map { year in
      let keys = order.filter { $0.year == year }
      let place = groups[keys[0]]?.yearPlace ?? start
      let groupNodes = keys.compactMap { groups[$0]?.node }
      return Node(
        .map([
          Node.Entry(key: "year", keyPlace: place, value: Node(.number(Exact(year)), at: place)),
          Node.Entry(key: "groups", keyPlace: place, value: Node(.list(groupNodes), at: place)),
        ]), at: place)
    }
    return Node(.map([yearsEntry(list, at: start)]), at: start)
  }

  private func yearsEntry(_ list: [Node], at place: Place) -> Node.Entry {
    Node.Entry(key: "years", keyPlace: place, value: Node(.list(list), at: place))
  }

  private mutating func checkPolicy() {
    let name = text("guide")
    guard let sheet = book.sheet(named: name) else { return missingSheet(name) }
    let found = sheet["B2"]?.written ?? ""
    if found != policy.id {
      problems.add(
        "excel.policy", at: place(name, CellAddress(row: 2, column: 2)),
        ["found": .text(found), "id": .text(policy.id)])
    }
  }

  mutating func missingSheet(_ name: String) {
    problems.add("excel.sheet", at: Place(file: file, line: 1), ["sheet": .text(name)])
  }

  func place(_ sheet: String, _ address: CellAddress) -> Place {
    Place(sources[sheet] ?? Place.Source(file: file, sheet: sheet), line: address.row, column: address.column)
  }

  // MARK: rows with fixed columns

  /// The rows of a sheet whose second row holds the codes of its columns; rows without anything are left out.
  ///
  /// Every column the template has must be there: a deleted column would silently turn what is known into what is not.
  mutating func rows(
    _ sheetKey: String, from first: Int, codeRow: Int, columns: [String]
  ) -> [[String: Node]] {
    let name = text(sheetKey)
    guard let sheet = book.sheet(named: name) else {
      missingSheet(name)
      return []
    }
    var codes: [Int: String] = [:]
    for (address, cell) in sheet.row(codeRow) { codes[address.column] = cell.written.trimmed }
    codeColumns = Dictionary(codes.map { ($1, $0) }) { first, _ in first }
    guard codeColumns["year"] != nil, codeColumns["group"] ?? codeColumns["id"] != nil else {
      problems.add("excel.heads", at: place(name, CellAddress(row: codeRow, column: 1)), ["row": .count(codeRow)])
      return []
    }
    let lost = columns.filter { codeColumns[$0] == nil }
    if !lost.isEmpty {
      problems.add(
        "excel.columns", at: place(name, CellAddress(row: codeRow, column: 1)), ["codes": .known(lost)])
    }
    guard sheet.lastRow >= first else { return [] }
    return (first...sheet.lastRow).compactMap { row in
      var values: [String: Node] = [:]
      for (address, cell) in sheet.row(row) {
        let code = codes[address.column]
        guard let node = node(cell, place(name, address), asTyped: code == "name") else { continue }
        if let code, !code.isEmpty {
          values[code] = node
        } else {
          problems.add("excel.column", at: place(name, address))
        }
      }
      return values.isEmpty ? nil : values
    }
  }

  /// A cell as a value; nil for an empty one. Names stay as typed; of all else the spaces around it are dropped.
  private mutating func node(_ cell: Cell, _ place: Place, asTyped: Bool) -> Node? {
    switch cell {
    case .text(let text):
      let trimmed = text.trimmed
      return trimmed.isEmpty ? nil : Node(.text(asTyped ? text : trimmed), at: place)
    case .number(let text):
      if let number = Exact(decimal: text) { return Node(.number(number), at: place) }
      return Node(.text(text), at: place)
    case .percent(let text):
      // Excel turns a typed 8.4% into 0.084; what was meant is what the cell shows.
      let shown = Exact(decimal: text).map { ($0 * .hundred).decimalText + "%" }
      return Node(.text(shown ?? text), at: place)
    case .bool(let value): return Node(.boolean(value), at: place)
    case .date(let date): return Node(.text(String(date.description.prefix(10))), at: place)
    case .error(let text):
      problems.add("excel.error", at: place, ["text": .text(text)])
      return nil
    case .uncalculated:
      problems.add("excel.uncalculated", at: place)
      return nil
    }
  }

  private mutating func readGroups() {
    for row in rows("groups", from: 3, codeRow: 2, columns: FactsBook.groupColumns) {
      guard let key = key(row, idColumn: "id"), let id = row["id"], let year = row["year"] else {
        if let id = row["id"] { refusedGroups.insert(id.plainText) }
        continue
      }
      guard groups[key] == nil else {
        problems.add("facts.group.twice", at: id.place, ["id": .text(key.id), "year": .text(String(key.year))])
        continue
      }
      var fields = [Node.Entry(key: "id", keyPlace: id.place, value: Node(.text(key.id), at: id.place))]
      for name in ["name", "district", "formed"] {
        if let node = row[name] { fields.append(Node.Entry(key: name, keyPlace: node.place, value: node.asText)) }
      }
      // A bare 2020 in a date cell is a day of 1905 to Excel.
      if let formed = row["formed"], let day = formed.text.flatMap({ Day($0) }), day.year < FactsBook.earliestYear {
        problems.add("excel.date", at: formed.place, ["found": .text(day.text)])
      }
      if let form = row["form"] {
        let named = policy.forms.first { $0.name == form.text }?.id ?? form.plainText
        fields.append(Node.Entry(key: "form", keyPlace: form.place, value: Node(.text(named), at: form.place)))
      }
      if let vetoes = row["vetoes"] {
        let list = Node(.list(self.vetoes(vetoes)), at: vetoes.place)
        fields.append(Node.Entry(key: "vetoes", keyPlace: vetoes.place, value: list))
      }
      groups[key] = GroupEntry(place: id.place, yearPlace: year.place, fields: fields)
      order.append(key)
    }
    hasRegister = codeColumns["year"] != nil && codeColumns["id"] != nil
  }

  /// Titles or ids, one a line; where a line is no title, several in it, as people write them.
  private func vetoes(_ cell: Node) -> [Node] {
    func id(_ word: String) -> String? { policy.vetoes.first { $0.title == word || $0.id == word }?.id }
    let words = cell.plainText.split(separator: "\n").map { String($0).trimmed }.flatMap { line in
      id(line) != nil ? [line] : line.split { "\u{3001}\u{FF1B};\u{FF0C},".contains($0) }.map { String($0).trimmed }
    }
    return words.filter { !$0.isEmpty }.map { Node(.text(id($0) ?? $0), at: cell.place) }
  }

  /// The year and group a row belongs to; what is missing or no year is reported.
  mutating func key(_ row: [String: Node], idColumn: String) -> GroupKey? {
    guard let any = row.values.map(\.place).min() else { return nil }
    guard let year = row["year"], let id = row[idColumn] else {
      problems.add("excel.key", at: any)
      return nil
    }
    let digits = year.plainText.filter { $0.isASCII && $0.isNumber }
    guard let number = year.integer ?? (digits.count == 4 ? Int(digits) : nil), (1900...2200).contains(number) else {
      problems.add("facts.year", at: year.place, ["found": .message(year.summary)])
      return nil
    }
    return GroupKey(year: number, id: id.plainText)
  }

  /// Whether a group is registered. One that isn't is told once, and not at all where its own row or sheet is at fault.
  mutating func isKnown(_ key: GroupKey, at place: Place) -> Bool {
    if groups[key] != nil { return true }
    if hasRegister, refusedGroups.insert(key.id).inserted {
      problems.add("excel.group", at: place, ["id": .text(key.id), "year": .text(String(key.year))])
    }
    return false
  }
}
