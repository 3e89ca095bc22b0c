import Cycles
import HTTPTypes
import Hummingbird
import Notation
import Policies
import Scoring
import Storage

/// What is missing before a sheet is handed in, what handing in freezes, and the button.
struct SubmissionPage {
  struct Gap {
    let item: String
    let title: String
    let what: String
    let link: String
  }

  let name: String
  let stage: String
  let isExpert: Bool
  /// How far it is, in one sentence.
  let summary: String
  let isComplete: Bool
  let gaps: [Gap]
  /// What can be scored and can hardly be meant.
  let doubts: [Gap]
  /// Required pieces of evidence.
  let lacking: [Gap]
  let lackingTitle: String?
  /// That fewer experts are assigned than the policy asks for.
  let lacksExperts: String?
  /// Whether handing in without evidence or experts is to be explained.
  let asksReason: Bool
  /// What the tick says.
  let tick: String
  let isTicked: Bool
  let whyTitle: String
  let why: String
  let total: String
  let canSubmit: Bool
  let closed: String?
  let problem: String?
  let action: String
  let back: String
}

/// Makes the page before handing in of what was read.
struct SubmissionMaker {
  let maker: SheetMaker
  let evidence: [EvidencePlan.Gap]

  private var visit: Visit { maker.visit }
  private var open: OpenSheet { maker.open }

  static func read(_ visit: Visit) async throws -> SubmissionMaker {
    let (authority, id) = (try visit.id("authority"), try visit.id("sheet"))
    guard let viewer = visit.viewer else { throw Refusal.signIn }
    let (now, editions) = (visit.now, visit.site.editions)
    let read = try await visit.site.database.read { transaction -> (OpenSheet, Set<EvidencePlace>)? in
      guard let open = try SheetStore.open(authority: authority, id, for: viewer, at: now, editions, transaction)
      else { return nil }
      let group = open.sheet.group
      return (
        open, try EvidenceStore.shown(for: group, authority: authority, cycle: open.sheet.cycle, transaction)
      )
    }
    guard let (open, shown) = read, let maker = SheetMaker(visit, open, item: nil) else { throw Refusal.notFound }
    let asks = open.sheet.school == nil
    return SubmissionMaker(maker: maker, evidence: asks ? maker.state.evidenceGaps(shown: shown) : [])
  }

  func response(problem: String? = nil) -> Response {
    let page = page(problem)
    return visit.page(
      "sheets/submission", page, visit.frame(visit.text("sheet.submission"), current: "cycles"),
      status: problem == nil ? .ok : .unprocessableContent)
  }

  private var gaps: [SheetState.Gap] {
    if maker.isPanel { return maker.panel?.gaps ?? [] }
    guard let reviewer = open.reviewer else { return maker.state.gaps }
    return maker.state.items.flatMap { item in
      (maker.panel?.gaps(of: item.item.id, by: reviewer) ?? item.gaps).map {
        SheetState.Gap(item: item.item.id, message: $0)
      }
    }
  }

  /// What somebody should look at before: of a panel, marks far apart that nobody has looked at again.
  private var doubts: [(item: String, what: String)] {
    guard maker.isPanel else { return maker.state.doubts.map { ($0.item, visit.words.text($0.message)) } }
    guard let panel = maker.panel, open.rights.seesPanel else { return [] }
    return panel.alerts.compactMap { item in panel.spread(item).map { (item, maker.text(of: $0)) } }
  }

  private func page(_ problem: String?) -> SubmissionPage {
    let gaps = gaps
    let titles = Dictionary(maker.state.items.map { ($0.item.id, $0.item.title) }) { first, _ in first }
    let count: [String: Message.Part] = ["count": .count(evidence.count)]
    let canSubmit = gaps.isEmpty && open.rights.canSubmit
    let fewExperts = open.rights.canSubmit ? open.lacksExperts : nil
    return SubmissionPage(
      name: open.sheet.participant.name, stage: open.stage.title, isExpert: open.reviewer != nil,
      summary: summary(gaps.count), isComplete: gaps.isEmpty && evidence.isEmpty,
      gaps: gaps.map { gap in
        SubmissionPage.Gap(
          item: maker.state[gap.item]?.item.number ?? "", title: titles[gap.item] ?? "",
          what: visit.words.text(gap.message), link: maker.link(gap.item))
      },
      doubts: doubts.map { doubt in
        SubmissionPage.Gap(
          item: maker.state[doubt.item]?.item.number ?? "", title: titles[doubt.item] ?? "", what: doubt.what,
          link: maker.link(doubt.item))
      },
      lacking: evidence.map { gap in
        SubmissionPage.Gap(
          item: gap.item.number, title: gap.item.title, what: gap.entry.title, link: maker.link(gap.item.id))
      }, lackingTitle: evidence.isEmpty ? nil : visit.text("sheet.submission.evidence", count),
      lacksExperts: fewExperts.map { visit.words.text($0) },
      asksReason: canSubmit && (fewExperts != nil || open.asksEvidence && !evidence.isEmpty),
      tick: visit.text(fewExperts == nil ? "sheet.submission.tick" : "sheet.submission.tick.experts"),
      isTicked: visit.form.text("lacking") != nil,
      whyTitle: visit.text(fewExperts == nil ? "sheet.submission.why" : "sheet.submission.why.experts"),
      why: visit.form.text("why") ?? "", total: maker.total(maker.panelCard ?? maker.state.card),
      canSubmit: canSubmit, closed: open.rights.closed.map { visit.words.text($0) }, problem: problem,
      action: Endpoint.submit.link(open.sheet.authority, open.sheet.id),
      back: Endpoint.sheet.link(open.sheet.authority, open.sheet.id))
  }

  private func summary(_ gaps: Int) -> String {
    if gaps > 0 { return visit.text("sheet.submission.open", ["count": .count(gaps)]) }
    if evidence.isEmpty { return visit.text("sheet.submission.complete") }
    return visit.text(
      open.asksEvidence ? "sheet.submission.lacking" : "sheet.submission.review", ["count": .count(evidence.count)])
  }
}
