import Documents
import Ledgers
import Notation
import People
import Storage

/// One kind of records of a group's year: what is recorded, what was said to be complete, the form.
struct LedgerPage {
  struct Cell {
    let head: String
    let text: String
  }

  struct Row {
    let cells: [Cell]
    let keeper: String
    let evidence: String?
    let evidenceLink: String?
    let link: String
    /// What the link is called: «change», to those who may.
    let open: String
    let isChosen: Bool
  }

  struct Removal {
    let action: String
    let record: String
    let version: Int
  }

  /// Of one keeper: what was said, and the form that says it or takes it back.
  struct Statement {
    let keeper: String
    let term: String
    let isSaid: Bool
    let action: String?
    let school: String
    let termValue: String
    let then: String
  }

  let title: String
  let group: String
  let back: String
  let subtitle: String
  let said: String?
  let problems: [String]
  let heads: [String]
  let namesKeeper: Bool
  let keeperTitle: String
  let rows: [Row]
  let count: String
  let statements: [Statement]
  /// Of the chosen record, to those who may not change it.
  let details: [Cell]
  let detailsTitle: String
  let form: RecordForm?
  let bookLink: String
  let allBookLink: String
  let importLink: String?
  let exportAction: String?
  let isMasked: Bool

  init(
    _ visit: Visit, _ at: LedgerVisit, _ kind: LedgerKind, record: LedgerRecord?, typed: TypedRecord?,
    faults: [RecordReading.Fault], said: String?, picked: ID? = nil, notes: [String] = []
  ) {
    let words = visit.words
    let (group, year) = (at.ground.group, at.ground.days.year)
    title = words.text(kind.title)
    self.group = at.ground.name
    back = Endpoint.ledgerYear.link(group, year)
    subtitle = words.schoolYear(year)
    self.said =
      ["saved", "removed", "declared", "reopened", "imported", "importedNothing"].contains(said ?? "")
      ? said.map { words.text("ledgers.done.\($0)") } : nil
    problems = notes + faults.map { words.text($0.message) }
    let shown = LedgerPage.columns(kind)
    heads = shown.map { words.text($0.title) }
    namesKeeper = kind.isOfSchool
    keeperTitle = words.text(kind.schoolTitle)
    let records = at.year.records(kind.id)
    rows = records.map { one in
      let writer = at.text(one, words)
      let mayKeep = at.rights.mayKeep(kind, one.school)
      let piece = one.evidence.flatMap { at.pieces[$0] }
      return Row(
        cells: shown.map { Cell(head: words.text($0.title), text: writer.text(one, $0)) },
        keeper: kind.isOfSchool ? at.keeper(one.school, words) : "",
        evidence: piece.map {
          $0.isWithdrawn ? words.text("ledgers.evidence.withdrawn", ["title": .text($0.title)]) : $0.title
        },
        evidenceLink: piece.flatMap { $0.isWithdrawn ? nil : Endpoint.evidenceFile.link($0.authority, $0.id) },
        link: Endpoint.ledger.link(group, year, kind.id, query: [("record", one.id.description)]) + "#form",
        open: words.text(mayKeep ? "ledgers.change" : "ledgers.open"), isChosen: one.id == record?.id)
    }
    count = words.text("ledgers.rows", ["count": .count(records.count)])
    statements = LedgerPage.statements(at, kind, words)
    let mayKeep = record.map { at.rights.mayKeep(kind, $0.school) } ?? at.rights.mayKeepSome(kind)
    form =
      mayKeep
      ? RecordForm(
        at, kind, record: record, typed: typed, faults: faults, picked: picked,
        once: visit.site.ids.next(at: visit.now), words) : nil
    details = mayKeep ? [] : record.map { LedgerPage.details($0, kind, at, words) } ?? []
    detailsTitle = words.text("ledgers.record")
    bookLink = Endpoint.ledgerBook.link(group, year, kind.id)
    allBookLink = Endpoint.ledgerBook.link(group, year, kind.id, query: [("with", "all")])
    importLink = at.rights.mayKeepSome(kind) ? Endpoint.ledgerImport.link(group, year, kind.id) : nil
    isMasked = kind.namesTeachers
    exportAction =
      kind.namesTeachers && LedgerBookRoutes.mayExport(at) ? Endpoint.exportLedger.link(group, year, kind.id) : nil
  }

  /// What the list shows: all that is asked for, and what tells records apart.
  private static func columns(_ kind: LedgerKind) -> [LedgerField] {
    Array((kind.fields.filter(\.isRequired) + kind.fields.filter { !$0.isRequired && $0.id != "remark" }).prefix(8))
  }

  /// Whether the post's schools have each the one record there can be of a kind.
  static func isFull(_ kind: LedgerKind, _ at: LedgerVisit) -> Bool {
    guard kind.unique?.isEmpty == true else { return false }
    let kept = Set(at.year.records(kind.id).map(\.school))
    return at.rights.keepers(of: kind, at.year).allSatisfy { kept.contains($0) }
  }

  private static func details(
    _ record: LedgerRecord, _ kind: LedgerKind, _ at: LedgerVisit, _ words: Catalogue
  ) -> [Cell] {
    let writer = at.text(record, words)
    return kind.fields.compactMap { field in
      let text = writer.text(record, field)
      return text.isEmpty ? nil : Cell(head: words.text(field.title), text: text)
    }
  }

  private static func statements(_ at: LedgerVisit, _ kind: LedgerKind, _ words: Catalogue) -> [Statement] {
    let action = Endpoint.declareLedger.link(at.ground.group, at.ground.days.year, kind.id)
    return at.year.keepers(of: kind).flatMap { keeper in
      kind.declarable.map { term in
        let isSaid = at.year.statements.contains(Ledgers.Statement(kind: kind.id, school: keeper, term: term))
        return Statement(
          keeper: at.keeper(keeper, words), term: words.text(term?.title ?? Message("ledger.term.year")),
          isSaid: isSaid,
          action: at.rights.mayKeep(kind, keeper) ? action : nil, school: keeper?.description ?? "",
          termValue: term?.rawValue ?? "", then: isSaid ? "false" : "true")
      }
    }
  }
}

/// The form of one record, made from the kind's table of fields.
struct RecordForm {
  struct Option {
    let value: String
    let title: String
    let isChosen: Bool
    let id: String
  }

  struct Control {
    let name: String
    let id: String
    let title: String
    let isRequired: Bool
    let value: String
    let problems: [String]
    var isText = false
    var isDay = false
    var isTime = false
    var isNumber = false
    var isChoice = false
    var isMany = false
    var isTeacher = false
    var most = 200
    var hint: String?
    /// The list of what may be chosen beside typing.
    var list: String?
    var options: [Option] = []
  }

  let title: String
  let action: String
  let record: String
  let version: Int
  /// Of this form alone, so that sending it twice keeps one record; empty where a record is changed.
  let once: String
  let isNew: Bool
  let newLink: String?
  let removal: LedgerPage.Removal?
  let keepers: [Option]
  let controls: [Control]
  /// Of the record's year; of others, where the year doesn't matter or one of them is linked already.
  let evidence: [Option]
  let otherEvidence: [Option]
  let evidenceHint: String?
  let people: [String]
  let venues: [Option]
  /// Whether to say that nobody's name stands in it.
  let asksForNames: Bool

  static let pupilFault = "ledger.fault.pupil"

  init(
    _ at: LedgerVisit, _ kind: LedgerKind, record: LedgerRecord?, typed: TypedRecord?, faults: [RecordReading.Fault],
    picked: ID?, once: ID, _ words: Catalogue
  ) {
    let (group, year) = (at.ground.group, at.ground.days.year)
    title = words.text(record == nil ? "ledgers.form.new" : "ledgers.form.change")
    action = Endpoint.saveRecord.link(group, year, kind.id)
    self.record = record?.id.description ?? ""
    version = record?.version ?? 0
    self.once = record == nil ? once.description : ""
    isNew = record == nil
    removal = record.map {
      LedgerPage.Removal(
        action: Endpoint.removeRecord.link(group, year, kind.id), record: $0.id.description, version: $0.version)
    }
    newLink =
      record == nil || LedgerPage.isFull(kind, at)
      ? nil : Endpoint.ledger.link(group, year, kind.id)
    let own = record.map { at.text($0, words).typed($0, kind: kind) }
    let shown = typed ?? own ?? TypedRecord(kind: kind.id, school: "", texts: [:])
    let mine = at.rights.keepers(of: kind, at.year).compactMap(\.self)
    keepers =
      kind.isOfSchool
      ? mine.map { id in
        let name = at.keeper(id, words)
        return Option(
          value: id.description, title: name,
          isChosen: shown.school == name || shown.school == id.description
            || (shown.school.isEmpty && id == at.post.school), id: "keeper-\(id)")
      } : []
    controls = kind.fields.map { field in
      RecordForm.control(
        field, of: kind, shown.texts[field.id] ?? "", at,
        faults.filter { $0.field == field.id }.map { words.text($0.message) },
        words)
    }
    let chosen = (typed == nil ? record?.evidence : picked).flatMap { at.pieces[$0]?.id }
    let pieces = at.evidence.map { piece in
      (
        piece.year,
        Option(
          value: piece.id.description, title: "\(piece.title) (\(words.schoolYear(piece.year)))",
          isChosen: piece.id == chosen, id: "evidence-\(piece.id)")
      )
    }
    let isOfAnyYear = kind.dating == .standing
    evidence = pieces.filter { isOfAnyYear || $0.0 == year }.map(\.1)
    otherEvidence = pieces.filter { !isOfAnyYear && $0.0 != year }.map(\.1)
    evidenceHint = evidence.isEmpty ? words.text("ledgers.evidence.none") : nil
    asksForNames = faults.contains { $0.message.key == Self.pupilFault }
    venues =
      kind.id == "bookings"
      ? at.context.openedVenues.map { venue in
        Option(value: venue.title, title: at.keeper(venue.school, words), isChosen: false, id: "")
      } : []
    people =
      kind.namesTeachers
      ? at.teachers.filter { at.rights.seesNames(of: $0.school) }.map { "\($0.code) \($0.name)" } : []
  }

  private static func control(
    _ field: LedgerField, of kind: LedgerKind, _ value: String, _ at: LedgerVisit, _ problems: [String],
    _ words: Catalogue
  ) -> Control {
    var control = Control(
      name: field.id, id: "r-\(field.id)", title: words.text(field.title), isRequired: field.isRequired, value: value,
      problems: problems)
    // A title may itself hold the separator.
    let listed = "、\(value)、"
    let choices = at.context.choices(field).enumerated().map { place, choice in
      Option(
        value: choice.title, title: choice.title, isChosen: listed.contains("、\(choice.title)、"),
        id: "r-\(field.id)-\(place)")
    }
    switch field.form {
    case .text(let most):
      (control.isText, control.most) = (true, most)
      if kind.id == "bookings", field.id == "venue", !at.context.openedVenues.isEmpty { control.list = "venues" }
      if kind.tellsOfPupils { control.hint = words.text("ledgers.pupils.hint") }
    case .day: control.isDay = true
    case .time: control.isTime = true
    case .count, .amount: control.isNumber = true
    case .flag, .word, .school, .document: (control.isChoice, control.options) = (true, choices)
    case .words, .schools, .contents: (control.isMany, control.options) = (true, choices)
    case .teacher: control.isTeacher = true
    }
    return control
  }
}
