import Cycles
import Notation
import Policies
import Rules
import Scoring

/// How one fact is shown and entered: the control, what the stage before recorded, what is wrong with it.
struct FieldControl {
  struct Option {
    let value: String
    let title: String
    let isChosen: Bool
    /// Unique on the page.
    let id: String
  }

  /// A number for one level, or one line of a list of awards.
  struct Part {
    let name: String
    let id: String
    let title: String
    let value: String
  }

  let path: String
  let id: String
  let title: String
  let unit: String?
  /// The version the reader sees; a save of another one is a conflict.
  let version: Int
  let origin: String?
  let before: String?
  /// What counts, in words.
  let shown: String
  let isMissing: Bool
  let isChanged: Bool
  let problems: [String]
  /// What can be scored and can hardly be meant.
  let doubts: [String]
  let canEnter: Bool
  /// What stands where nothing is chosen.
  let blank: String
  /// What the year's records say, in words; nil: nothing.
  let proposed: String?
  /// Whether it stands in the control and waits to be accepted.
  let isProposed: Bool
  /// Whether it waits, and is final: its records are complete.
  let isSettled: Bool
  /// That another value was entered than the records, or an earlier year, say; nil: none was.
  let overruled: String?
  /// The same, with a reason given.
  let explained: String?
  /// Where the records behind it are.
  let recordsLink: String?
  // Which control it is: one of these.
  var isNumber = false
  var isText = false
  var typed = ""
  var isChoice = false
  var options: [Option] = []
  var isList = false
  /// Said in so many words, because an empty list and no answer are two things.
  var listState: [Option] = []
  var isCounts = false
  var counts: [Part] = []
  var isAwards = false
  var awards = ""

  /// - Parameters:
  ///   - proposes: whether what the records say stands in an empty control.
  ///   - knowsRecords: whether the records were asked, so that a value without any was typed.
  init(
    _ field: SheetField, item: Item, school: String?, canEnter: Bool, isOwn: Bool, isReview: Bool,
    proposes: Bool = false, knowsRecords: Bool = false, isExplained: Bool = false,
    recordsLink: String? = nil, proposed: String? = nil,
    words: Catalogue
  ) {
    let writer = FactWords(field: field, words: words, school: school)
    path = field.path
    id = FieldControl.id(item.id, field.path)
    title = writer.title
    unit = field.description?.unit.flatMap { words.named("unit.\($0)") }
    version = field.mark?.version ?? 0
    let given = field.isLeft ? field.description?.by.map { words.text("actor.\($0)") } : nil
    origin =
      given.map { words.text("sheet.origin.given", ["who": .text($0)]) }
      ?? field.description?.from.map {
        writer.origin($0, isOwn: isOwn, isRecorded: !knowsRecords || field.proposal != nil || field.value == nil)
      }
    before = field.base.map { writer.text($0) }
    shown = field.value.map { writer.text($0) } ?? words.text("sheet.missing")
    isMissing = field.value == nil
    isChanged = field.isChanged
    let entered = field.mark?.value.flatMap { try? JSON.read(Array($0.utf8), file: "") }
    problems = FieldFaults(field: field, entered: entered, writer: writer).sentences
    doubts = field.doubts.map { words.text($0) }
    self.canEnter = canEnter
    blank = words.text(isReview ? "sheet.asBefore" : "sheet.unanswered")
    self.proposed =
      field.proposal.flatMap { proposal in
        proposal.kept.map { kept in
          words.text(
            "sheet.records.kept",
            [
              "base": .text(String(kept.baseYear)),
              "year": .text(
                words.text("sheet.schoolYear", ["from": .text(String(kept.year - 1)), "to": .text(String(kept.year))])),
              "value": .text(writer.text(proposal.value)),
            ])
        }
      } ?? proposed
    isProposed = proposes && canEnter && field.proposal != nil && field.mark?.value == nil && field.value == nil
    isSettled = isProposed && field.proposal?.mayRise == false
    overruled =
      field.isOverruled && !isExplained
      ? words.text(field.proposal?.kept == nil ? "sheet.records.overruled" : "sheet.records.overruledBase") : nil
    explained = field.isOverruled && isExplained ? words.text("sheet.records.explained") : nil
    self.recordsLink = recordsLink
    fill(field, entered ?? FieldControl.node(field.value ?? (isProposed ? field.proposal?.value : nil)), writer)
  }

  static func id(_ item: String, _ path: String) -> String {
    "f-" + "\(item)-\(path)".map { $0.isLetter || $0.isNumber ? String($0) : "-" }.joined()
  }

  private static func node(_ fact: Fact?) -> Node? {
    guard let fact else { return nil }
    return try? JSON.read(Array(FactWords.json(fact).utf8), file: "")
  }

  private mutating func fill(_ field: SheetField, _ entered: Node?, _ writer: FactWords) {
    func option(_ value: String, _ title: String, _ isChosen: Bool) -> Option {
      Option(value: value, title: title, isChosen: isChosen, id: "\(id)-\(value)")
    }
    switch field.need.kind {
    case .number:
      isNumber = true
      typed = entered?.plainText ?? ""
    case .text:
      isText = true
      typed = entered?.plainText ?? ""
    case .boolean:
      isChoice = true
      options = [
        option("true", writer.words.text("sheet.yes"), entered?.boolean == true),
        option("false", writer.words.text("sheet.no"), entered?.boolean == false),
      ]
    case .level(let levels):
      isChoice = true
      options = levels.map { option($0, writer.level($0), entered?.text == $0) }
    case .names(let ids):
      isList = true
      let lacking = Set(entered?.list?.compactMap(\.text) ?? [])
      listState = [
        option("none", writer.words.text("sheet.list.none"), entered?.list?.isEmpty == true),
        option("some", writer.words.text("sheet.list.some"), !lacking.isEmpty),
      ]
      options = ids.map { option($0, writer.entry($0), lacking.contains($0)) }
    case .counts(let levels):
      isCounts = true
      counts = levels.map { level in
        Part(
          name: "\(path)#\(level)", id: "\(id)-\(level)", title: writer.level(level),
          value: entered?[level]?.plainText ?? "")
      }
    case .awards:
      isAwards = true
      awards = writer.awards(entered)
    }
  }
}
