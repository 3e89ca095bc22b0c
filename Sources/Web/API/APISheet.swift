import Cycles
import Documents
import Notation
import Policies
import Rules
import Scoring
import Storage

/// One sheet as its reader finds it: what is asked, what was entered, what it comes to and why, what is missing, what
/// may be done.
struct APISheet {
  let open: OpenSheet
  let words: Catalogue
  private let state: SheetState
  private let panel: ExpertPanel?
  private let proposals: ProposalWords

  init(_ open: OpenSheet, words: Catalogue) {
    self.open = open
    self.words = words
    state = open.state()
    panel = open.reviewer == nil ? open.panel : nil
    proposals = ProposalWords(open, words: words)
  }

  static let schema = APISchema.named(
    "Sheet",
    .object([
      APIField("authority", .id), APIField("id", .id), APIField("cycle", .id), APIField("stage", .text),
      APIField("stageTitle", .text), APIField("due", .optional(.day)), APISheets.group, APISheets.school,
      APISheets.submission, APIField("before", .optional(.id)), APIField("asksChoice", .boolean),
      APIField("rights", rights), APIField("score", score), APIField("items", .list(item)),
      APIField("gaps", .list(.object([APIField("item", .text), APIField("gap", .text)]))),
    ]))

  private static let rights = APISchema.named(
    "Rights",
    .object([
      APIField("marks", .word(["none", "all", "school", "own"])), APIField("school", .optional(.id)),
      APIField("submit", .boolean), APIField("return", .boolean), APIField("closed", .optional(.text)),
    ]))

  private static let score = APISchema.named(
    "Score",
    .object([
      APIField("base", .optional(.decimal)), APIField("bonus", .optional(.decimal)),
      APIField("total", .optional(.decimal)), APIField("complete", .boolean),
    ]))

  private static let item = APISchema.named(
    "Item",
    .object([
      APIField("item", .text), APIField("title", .text), APIField("points", .decimal), APIField("bonus", .boolean),
      APIField("choice", .optional(.word(Choice.allCases.map(\.rawValue)))), APIField("choiceVersion", .count),
      APIField("remark", .optional(.text)), APIField("remarkVersion", .count), APIField("score", .optional(.decimal)),
      APIField("reasons", .list(.text)), APIField("missing", .list(.text)), APIField("fault", .optional(.text)),
      APIField("lacks", .list(.text)), APIField("fields", .list(field)),
    ]))

  private static let field = APISchema.named(
    "Field",
    .object([
      APIField("field", .text), APIField("title", .text), APIField("unit", .optional(.text)),
      APIField("type", .word(["number", "boolean", "text", "level", "list", "counts"])), APIField("mayEnter", .boolean),
      APIField("before", .anything), APIField("entered", .anything), APIField("version", .count),
      APIField("value", .anything), APIField("problems", .list(.text)), APIField("recorded", .optional(recorded)),
    ]))

  /// What the year's records say to a field: accepted by saving it as a mark.
  private static let recorded = APISchema.named(
    "Recorded",
    .object([
      APIField("value", .anything), APIField("from", .text), APIField("text", .text), APIField("complete", .boolean),
      APIField("overruled", .boolean),
    ]))

  private var places: Int { open.cycle.policy.rounding.places }
  /// Experts' work in progress is for those who lead it; others see what was handed in.
  private var isHidden: Bool { panel != nil && !open.rights.seesPanel && !open.sheet.isSubmitted }
  private var card: Scorecard? { isHidden ? nil : panel?.card ?? state.card }

  var json: JSONText {
    let sheet = open.sheet
    let schools = sheet.participant.schools
    return .object([
      ("authority", .id(sheet.authority)), ("id", .id(sheet.id)), ("cycle", .id(sheet.cycle)),
      ("stage", .text(sheet.stage)), ("stageTitle", .text(open.stage.title)),
      ("due", .day(open.cycle.calendar.due(open.stage.id, group: sheet.group))),
      ("group", APISheets.named(sheet.group, sheet.participant.name)),
      (
        "school",
        sheet.school.map { id in APISheets.named(id, schools.first { $0.id == id }?.name ?? "") } ?? .null
      ), ("submission", APISheets.submission(sheet.submission, sheet.submittedAt)), ("before", .id(open.before?.id)),
      ("asksChoice", .boolean(open.value.asksChoice)), ("rights", rights),
      (
        "score",
        .object([
          ("base", .score(card?.base, places)), ("bonus", .score(card?.bonus, places)),
          ("total", .score(card?.total, places)), ("complete", .boolean(card?.isComplete ?? false)),
        ])
      ), ("items", items),
      (
        "gaps",
        .list(
          gaps.map { .object([("item", .text($0.item)), ("gap", .text(words.text($0.message)))]) })
      ),
    ])
  }

  private var rights: JSONText {
    var (marks, school): (String, ID?) = ("none", nil)
    switch open.rights.marks {
    case .none: break
    case .all: marks = "all"
    case .school(let id): (marks, school) = ("school", id)
    case .own: marks = "own"
    }
    return .object([
      ("marks", .text(marks)), ("school", .id(school)), ("submit", .boolean(open.rights.canSubmit)),
      ("return", .boolean(open.rights.canReturn)), ("closed", .optional(open.rights.closed.map { words.text($0) })),
    ])
  }

  private var gaps: [SheetState.Gap] {
    if isHidden { return [] }
    if let panel { return panel.gaps }
    guard let reviewer = open.reviewer, let whole = open.panel else { return state.gaps }
    return state.items.flatMap { item in
      (whole.gaps(of: item.item.id, by: reviewer) ?? item.gaps).map {
        SheetState.Gap(item: item.item.id, message: $0)
      }
    }
  }

  private var items: JSONText {
    let lines = Dictionary(((card?.lines ?? []) + (card?.bonusLines ?? [])).map { ($0.item.id, $0) }) { first, _ in
      first
    }
    let versions = Dictionary(open.own.map { ([$0.item, $0.field], $0.version) }) { first, _ in first }
    return .list(
      state.items.map { item in
        let id = item.item.id
        let line = lines[id]
        return .object([
          ("item", .text(id)), ("title", .text(item.item.title)), ("points", .score(item.item.points, places)),
          ("bonus", .boolean(item.item.isBonus)), ("choice", .optional(item.choice?.rawValue)),
          ("choiceVersion", .number(versions[[id, SheetMark.choice]] ?? 0)), ("remark", .optional(item.remark)),
          ("remarkVersion", .number(versions[[id, SheetMark.remark]] ?? 0)), ("score", .score(line?.score, places)),
          ("reasons", .texts(line?.reasons.map { words.text($0) } ?? [])), ("missing", .texts(line?.missing ?? [])),
          ("fault", .optional(item.fault.map { words.text($0) })),
          ("lacks", .texts(item.lacks.map { words.text($0) })),
          ("fields", .list(item.fields.map { json($0, of: id) })),
        ])
      })
  }

  private func json(_ field: SheetField, of item: String) -> JSONText {
    func fact(_ fact: Fact?) -> JSONText { fact.map { .raw(FactsJSON.text($0)) } ?? .null }
    return .object([
      ("field", .text(field.path)),
      ("title", .text(FactWords(field: field, words: words, school: open.school(of: field)).title)),
      ("unit", .optional(field.description?.unit)), ("type", .text(field.need.kind.word)),
      ("mayEnter", .boolean(open.rights.mayEnter(field))), ("before", fact(field.base)),
      ("entered", field.mark?.value.map { .raw($0) } ?? .null), ("version", .number(field.mark?.version ?? 0)),
      ("value", fact(field.value)), ("problems", .texts(field.problems.map { words.text($0.what) })),
      ("recorded", recorded(field, of: item)),
    ])
  }

  private func recorded(_ field: SheetField, of item: String) -> JSONText {
    guard let proposal = field.proposal else { return .null }
    return .object([
      ("value", .raw(FactsJSON.text(proposal.value))), ("from", .text(proposal.from)),
      ("text", .text(proposals.text(field, of: item) ?? "")), ("complete", .boolean(!proposal.mayRise)),
      ("overruled", .boolean(field.isOverruled)),
    ])
  }
}
