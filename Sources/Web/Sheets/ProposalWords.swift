import Cycles
import Ledgers
import Notation
import Policies
import Rules
import Storage

/// What the year's records say to a field, in words: what was counted, what it came to, and of how many.
struct ProposalWords {
  let words: Catalogue
  /// The titles of the documents that the policy asks for.
  private let documents: [String: String]
  private let readings: [[String]: RecordedReading]

  init(_ open: OpenSheet, words: Catalogue) {
    self.words = words
    documents = Dictionary(AskedDocument.all(of: open.cycle.policy).map { ($0.id, $0.title) }) { first, _ in first }
    readings = Dictionary(open.recorded.map { ([$0.item, $0.path], $0) }) { first, _ in first }
  }

  /// «交流教师数÷符合交流条件教师数 10%（4 ÷ 40）»; nil where the records say nothing.
  func text(_ field: SheetField, of item: String) -> String? {
    guard let proposal = field.proposal else { return nil }
    let value = Message.Part.text(FactWords(field: field, words: words).text(proposal.value))
    var isNumber = false
    if case .number = proposal.value { isNumber = true }
    let said = words.text(
      isNumber ? "sheet.records.figure" : "sheet.records.word",
      ["what": .text(title(of: proposal.from)), "value": value])
    let how = readings[[item, field.path]]?.reading.how.map { words.text($0) } ?? []
    guard isNumber, how.count == 1, let how = how.first else { return said }
    return words.text("sheet.records.how", ["text": .text(said), "how": .text(how)])
  }

  /// The same with where it comes from: «台账：…».
  func origin(_ field: SheetField, of item: String) -> String? {
    guard let proposal = field.proposal, let text = text(field, of: item) else { return nil }
    return words.text(
      proposal.mayRise ? "sheet.records.mayRise" : "sheet.records.proposed", ["value": .text(text)])
  }

  /// On paper: with what became of it.
  func printed(_ field: SheetField, of item: String) -> String? {
    guard let proposal = field.proposal, let origin = origin(field, of: item) else { return nil }
    guard let value = field.value else { return words.text("sheet.records.untaken", ["origin": .text(origin)]) }
    return proposal.agrees(with: value) ? origin : words.text("sheet.records.differs", ["origin": .text(origin)])
  }

  /// How many records stand behind it.
  func rows(_ field: SheetField, of item: String) -> Int { readings[[item, field.path]]?.reading.rows.count ?? 0 }

  /// What keeps it from being final.
  func missing(_ field: SheetField, of item: String) -> [String] {
    readings[[item, field.path]]?.reading.missing.map { words.text($0) } ?? []
  }

  private func title(of metric: String) -> String {
    if let found = Metrics.byID[metric] { return words.text(found.title) }
    let parts = metric.split(separator: ".")
    let document = parts.count > 1 ? String(parts[1]) : metric
    return documents[document] ?? document
  }
}
