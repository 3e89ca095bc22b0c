public import Notation

/// What the reader of a record needs to know beside its words: whose schools, people and documents may be named.
public struct RecordContext: Sendable {
  public let year: GroupYear
  public let teachers: [Teacher]
  /// In whose words a choice may be written.
  let catalogues: [Catalogue]
  /// What happens on a day has happened; nil where nobody asks.
  let today: Day?

  public init(year: GroupYear, teachers: [Teacher], catalogues: [Catalogue], today: Day? = nil) {
    self.year = year
    self.teachers = teachers
    self.catalogues = catalogues
    self.today = today
  }

  /// What may be chosen in a field, each word with what people read; empty where the field is no choice.
  public func choices(_ field: LedgerField) -> [(word: String, title: String)] {
    let catalogue = catalogues.first ?? .chinese
    switch field.form {
    case .word(let words), .words(let words): return words.all.map { ($0, catalogue.text(words.title($0))) }
    case .school, .schools: return year.schools.map { ($0.code, $0.name) }
    case .document: return year.asked.map { ($0.id, $0.title) }
    case .contents: return contents.map { ($0.id, $0.title) }
    case .flag: return ["true", "false"].map { ($0, catalogue.text("ledger.flag.\($0)")) }
    default: return []
    }
  }

  /// The venues that schools opened in the year.
  public var openedVenues: [(school: ID?, title: String)] {
    year.records("venues").compactMap { row in row.text("title").map { (row.school, $0) } }
  }

  private var contents: [AskedDocument.Content] {
    var seen: Set<String> = []
    return year.asked.flatMap(\.contents).filter { seen.insert($0.id + $0.title).inserted }
  }

  /// Everything that may be written in a field of choices, in any of the languages: a title may itself hold a separator.
  func spellings(_ field: LedgerField) -> [String] {
    switch field.form {
    case .words(let words): words.all + words.all.flatMap { word in catalogues.map { $0.text(words.title(word)) } }
    case .schools: year.known.flatMap { [$0.name, $0.code, $0.id.description] }
    case .contents: contents.flatMap { [$0.title, $0.id] }
    default: []
    }
  }

  /// What people write besides the words that are told to them.
  static func signs(_ key: String) -> [String] {
    Catalogue.chinese.text(key).split(separator: " ").map { $0.lowercased() }
  }

  func word(_ text: String, in words: LedgerWords) -> String? {
    if words.all.contains(text) { return text }
    let wanted = text.lowercased()
    return words.all.first { word in catalogues.contains { $0.text(words.title(word)).lowercased() == wanted } }
  }

  func flag(_ text: String) -> Bool? {
    let wanted = text.lowercased()
    if let known = [true, false].first(where: { RecordContext.signs("ledger.read.\($0)").contains(wanted) }) {
      return known
    }
    return [true, false].first { flag in
      wanted == String(flag) || catalogues.contains { $0.text("ledger.flag.\(flag)").lowercased() == wanted }
    }
  }
}
