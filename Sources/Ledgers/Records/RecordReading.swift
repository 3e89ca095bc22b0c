public import Notation

/// A record as people write it: a text for each field, in a form or a row of a workbook.
public struct TypedRecord: Sendable, Hashable {
  public let kind: String
  /// By code or name; empty where the lead school keeps the kind for the group.
  public let school: String
  public var texts: [String: String]

  public init(kind: String, school: String, texts: [String: String]) {
    self.kind = kind
    self.school = school
    self.texts = texts
  }
}

/// What typed texts mean, or everything that is wrong with them, each with its field.
public struct RecordReading: Sendable {
  /// What the keeper is called among the fields.
  public static let schoolField = "school"

  public struct Fault: Sendable, Hashable {
    /// `school` for the keeper.
    public let field: String
    public let message: Message

    public init(field: String, message: Message) {
      self.field = field
      self.message = message
    }
  }

  public private(set) var school: ID?
  public private(set) var first: Day?
  public private(set) var last: Day?
  public private(set) var values: [String: LedgerValue] = [:]
  /// Somebody nobody has named before: to be added at the school that keeps the record.
  public private(set) var newTeacher: String?
  public private(set) var faults: [Fault] = []

  let kind: LedgerKind
  let context: RecordContext
  let before: LedgerRecord?

  /// - Parameter before: what is changed, so that a name that was shown masked stays.
  public init(_ typed: TypedRecord, kind: LedgerKind, in context: RecordContext, before: LedgerRecord? = nil) {
    self.kind = kind
    self.context = context
    self.before = before
    readSchool(typed.school)
    for field in kind.fields {
      var text = (typed.texts[field.id] ?? "").trimmedSpaces
      guard !text.isEmpty else {
        if field.isRequired { fail(field, "ledger.fault.required") }
        continue
      }
      guard !text.contains("\0") else {
        fail(field, "ledger.fault.text")
        continue
      }
      if field.namesSomebody {
        text = text.plainForm.trimmedSpaces
        if let known = before?.text(field.id), text == Teacher.masked(known) { text = known }
        guard !text.contains("*"), text.unicodeScalars.contains(where: { $0.properties.isAlphabetic }) else {
          fail(field, "ledger.fault.teacher", ["found": .text(text), "most": .count(Teacher.longestName)])
          continue
        }
      }
      values[field.id] = value(text, field)
    }
    readDays()
    readBounds()
  }

  private mutating func readSchool(_ text: String) {
    guard kind.isOfSchool else { return }
    let found = RecordReading.keepers(text, in: context.year)
    guard found.count == 1 else {
      faults.append(
        Fault(
          field: Self.schoolField, message: Message("ledger.fault.school", ["found": .text(text), "known": schools])))
      return
    }
    school = found[0].id
  }

  /// The schools a text means.
  static func keepers(_ text: String, in year: GroupYear) -> [LedgerSchool] {
    let text = text.trimmedSpaces
    return year.known.filter { $0.code == text || $0.name == text || $0.id.description == text }
  }

  private var schools: Message.Part { .known(context.year.schools.map(\.name)) }

  /// Whether one of its texts seems to name a pupil, where it tells of pupils.
  public var seemsToNamePupil: Bool {
    kind.tellsOfPupils
      && values.values.contains { if case .text(let text) = $0 { text.seemsToNamePupil } else { false } }
  }

  mutating func keep(_ value: LedgerValue, _ field: LedgerField) { values[field.id] = value }

  mutating func fail(_ field: LedgerField, _ key: String, _ parts: [String: Message.Part] = [:]) {
    faults.append(
      Fault(field: field.id, message: Message(key, parts.merging(["field": .message(field.title)]) { $1 })))
  }

  private mutating func value(_ text: String, _ field: LedgerField) -> LedgerValue? {
    let found: [String: Message.Part] = ["found": .text(text)]
    let context = context
    switch field.form {
    case .text(let longest):
      guard text.unicodeScalars.count <= longest else {
        fail(field, "ledger.fault.long", ["most": .count(longest)])
        return nil
      }
      guard !text.holdsPersonalNumber else {
        fail(field, "ledger.fault.personal")
        return nil
      }
      return .text(text)
    case .day:
      guard let day = RecordReading.day(text) else {
        fail(field, "ledger.fault.day", found)
        return nil
      }
      return .day(day)
    case .time:
      guard let time = DayTime.text(text) else {
        fail(field, "ledger.fault.time", found)
        return nil
      }
      return .text(time)
    case .count, .amount:
      let number = Exact(decimal: text)
      guard let number, !number.isNegative, field.form == .amount || number.isInteger, number < RecordReading.most
      else {
        fail(field, field.form == .count ? "ledger.fault.count" : "ledger.fault.amount", found)
        return nil
      }
      return .number(number)
    case .flag:
      guard let flag = context.flag(text) else {
        fail(field, "ledger.fault.flag", found)
        return nil
      }
      return .flag(flag)
    case .word(let words): return list([text], field) { context.word($0, in: words) }.map { .words($0) }
    case .words(let words): return list(parts(text, field), field) { context.word($0, in: words) }.map { .words($0) }
    case .document:
      return list([text], field) { text in
        context.year.asked.first { $0.id == text || $0.title == text }?.id
      }.map { .words($0) }
    case .contents:
      return list(parts(text, field), field) { text in
        context.year.asked.flatMap(\.contents).first { $0.id == text || $0.title == text }?.id
      }.map { .words($0) }
    case .school, .schools:
      if field.form == .schools, RecordContext.signs("ledger.read.all").contains(text) {
        return .schools(context.year.present.map(\.id))
      }
      let texts = field.form == .school ? [text] : parts(text, field)
      return list(texts, field) { text in
        context.year.known.first { $0.code == text || $0.name == text || $0.id.description == text }?.id
      }.map { .schools($0) }
    case .teacher: return teacher(text, field)
    }
  }

  private mutating func list<T: Hashable>(
    _ texts: [String], _ field: LedgerField, _ read: (String) -> T?
  ) -> [T]? {
    var seen: Set<T> = []
    var all: [T] = []
    for text in texts {
      guard let value = read(text) else {
        fail(
          field, "ledger.fault.choice",
          ["found": .text(text), "known": .known(context.choices(field).map(\.title))])
        return nil
      }
      if seen.insert(value).inserted { all.append(value) }
    }
    return all
  }

  /// By our number, alone or before the name; else by a name that is the school's only one; else somebody new.
  private mutating func teacher(_ text: String, _ field: LedgerField) -> LedgerValue? {
    let plain = text.plainForm
    let words = plain.split(maxSplits: 1, whereSeparator: \.isWhitespace).map(String.init)
    let own = context.teachers.filter { $0.school == school }
    if let first = words.first, let known = own.first(where: { $0.code == first }) {
      if words.count > 1, words[1].nameForm != known.name.nameForm, words[1].trimmedSpaces != known.masked {
        fail(field, "ledger.fault.teacherName", ["code": .text(words[0]), "found": .text(words[1])])
        return nil
      }
      return .teacher(known.id)
    }
    let name = plain.nameForm
    let named = own.filter { $0.name.nameForm == name }
    if named.count == 1 { return .teacher(named[0].id) }
    guard named.isEmpty else {
      fail(field, "ledger.fault.teacherTwice", ["found": .text(text), "codes": .names(named.map(\.code))])
      return nil
    }
    guard name.unicodeScalars.count <= Teacher.longestName, name.isName else {
      fail(field, "ledger.fault.teacher", ["found": .text(text), "most": .count(Teacher.longestName)])
      return nil
    }
    newTeacher = name
    return nil
  }

  private mutating func readDays() {
    let days = context.year.days
    func day(_ id: String) -> Day? { if case .day(let day)? = values[id] { day } else { nil } }
    switch kind.dating {
    case .year: (first, last) = (days.first, days.last)
    case .standing:
      (first, last) = (days.first, day("ended"))
      readDocumentDays()
    case .day:
      first = day("day")
      last = first
      if let first, let today = context.today, first > today, let field = kind.field("day"),
        !(kind.mayLieAhead && values["done"] != .flag(true))
      {
        fail(field, "ledger.fault.future", ["found": .text(first.text), "today": .text(today.text)])
      }
      if let first, !days.contains(first), let field = kind.field("day") {
        fail(
          field, "ledger.fault.outside",
          ["found": .text(first.text), "first": .text(days.first.text), "last": .text(days.last.text)])
      }
    case .span:
      first = day("from")
      last = day("to")
      readConcluded(first, last)
      if let first, let last, last < first, let field = kind.field("to") {
        fail(field, "ledger.fault.order", ["from": .text(first.text), "to": .text(last.text)])
      } else if let first, first > days.last || (last.map { $0 < days.first } ?? false), let field = kind.field("from")
      {
        fail(
          field, "ledger.fault.outside",
          ["found": .text(first.text), "first": .text(days.first.text), "last": .text(days.last.text)])
      }
    }
  }

  /// Numbers people type are smaller.
  static let most = Exact(1_000_000_000)

  private func parts(_ text: String, _ field: LedgerField) -> [String] {
    let known = context.spellings(field).sorted { $0.count > $1.count }
    func isBetween(_ character: Character) -> Bool { "、,，;；\n".contains(character) }
    var parts: [String] = []
    var rest = text[...]
    while true {
      rest = rest.drop { isBetween($0) || $0.isWhitespace }
      guard !rest.isEmpty else { return parts }
      let title = known.first { title in
        rest.hasPrefix(title) && (rest.dropFirst(title.count).first { !$0.isWhitespace }.map(isBetween) ?? true)
      }
      let next = title ?? String(rest.prefix { !isBetween($0) })
      parts.append(next.trimmedSpaces)
      rest = rest.dropFirst(next.count)
    }
  }

  /// `2026-09-01`, also as `2026/9/1`, `2026.9.1` and with the words for year, month and day; of a date with a time, the
  /// day.
  static func day(_ text: String) -> Day? {
    let marks = RecordContext.signs("ledger.read.day")
    var text = text
    if marks.count == 3, let end = text.firstRange(of: marks[2]) {
      text = String(text[..<end.lowerBound]).replacing(marks[0], with: "-").replacing(marks[1], with: "-")
        .filter { !$0.isWhitespace }
    }
    let parts = text.prefix { $0 != "T" && $0 != " " }.split(omittingEmptySubsequences: false) { "-/.".contains($0) }
    let lengths = [4...4, 1...2, 1...2]
    guard parts.count == 3, zip(parts, lengths).allSatisfy({ $1.contains($0.count) }) else { return nil }
    return Day(parts.map { $0.count == 1 ? "0\($0)" : String($0) }.joined(separator: "-"))
  }
}

extension String {
  var trimmedSpaces: String {
    var text = self[...]
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
  }
}
