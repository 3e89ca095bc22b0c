import Cycles
import Documents
import Notation
import Policies
import Storage

/// What the year's records would change on a sheet, field by field, before anything is taken over.
struct TakeoverPage {
  struct Row {
    let key: String
    let id: String
    let number: String
    let title: String
    let name: String
    let before: String
    let after: String
    let origin: String
    let value: String
    let version: Int
    /// Where the records behind it are, and how many.
    let recordsLink: String
    let records: String
    let missing: [String]
  }

  let name: String
  let stage: String
  let item: String?
  let sheetLink: String
  let wholeLink: String?
  let action: String
  let closed: String?
  /// What was taken over just now, and what wasn't.
  let notice: String?
  let count: String
  let takes: Bool
  let free: [Row]
  let entered: [Row]
  let open: [Row]

  /// - Parameter only: one item, where no more is wanted.
  init(_ maker: SheetMaker, only: String?, notice: String? = nil) {
    self.notice = notice
    let (sheet, words) = (maker.open.sheet, maker.words)
    let writer = ProposalWords(maker.open, words: words)
    let all = TakeoverPage.takeovers(maker.open, maker.state, only: only)
    func rows(_ standing: Takeover.Standing) -> [Row] {
      all.filter { $0.standing == standing }.map { TakeoverPage.row($0, maker, writer) }
    }
    name = sheet.participant.name
    stage = maker.open.stage.title
    item = only.map { maker.name(of: $0) }
    sheetLink = only.map { maker.link($0) } ?? Endpoint.sheet.link(sheet.authority, sheet.id)
    wholeLink = only == nil ? nil : Endpoint.sheetRecords.link(sheet.authority, sheet.id)
    action = Endpoint.sheetRecordsTake.link(sheet.authority, sheet.id, query: only.map { [("item", $0)] } ?? [])
    closed = maker.open.rights.closed.map { words.text($0) }
    free = rows(.free)
    entered = rows(.entered)
    open = rows(.open)
    count = words.text("sheet.import.count", ["count": .count(free.count)])
    takes = maker.open.rights.canMark && !(free.isEmpty && entered.isEmpty)
  }

  /// What the reader may take over: where what was recorded before is accepted or corrected item by item, nothing.
  static func takeovers(_ open: OpenSheet, _ state: SheetState, only: String? = nil) -> [Takeover] {
    guard !open.value.asksChoice, open.reviewer == nil else { return [] }
    return state.takeovers(of: only).filter { open.rights.mayEnter($0.field) }
  }

  private static func row(_ takeover: Takeover, _ maker: SheetMaker, _ writer: ProposalWords) -> Row {
    let (item, field) = (takeover.item.item, takeover.field)
    let words = FactWords(field: field, words: maker.words, school: maker.open.school(of: field))
    let rows = writer.rows(field, of: item.id)
    let entered = field.value.map { words.text($0) } ?? field.mark?.value.map { words.shown($0) }
    return Row(
      key: "\(item.id)|\(field.path)", id: "take-" + FieldControl.id(item.id, field.path), number: item.number,
      title: item.title, name: words.title, before: entered ?? "—", after: words.text(takeover.proposal.value),
      origin: writer.text(field, of: item.id) ?? "", value: FactsJSON.text(takeover.proposal.value),
      version: field.mark?.version ?? 0,
      recordsLink: maker.open.recordsLink(of: item.id),
      records: rows == 0
        ? maker.words.text("sheet.records.why")
        : maker.words.text("sheet.takeover.rows", ["count": .count(rows)]),
      missing: writer.missing(field, of: item.id))
  }
}
