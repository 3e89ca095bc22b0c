import Cycles
import Notation
import Policies
import Scoring
import Storage

extension SheetMaker {
  var side: SheetSide {
    let stages = open.cycle.stages.filter(\.hasGroupSheet)
    let cards = stages.map { stage in
      open.sheets.first { $0.stage == stage.id && $0.submission != nil && $0.school == nil }.flatMap {
        CardReading(json: $0.card)
      }
    }
    func row(_ title: String, _ frozen: (CardReading) -> String?, _ live: String) -> SheetSide.Scores {
      SheetSide.Scores(
        title: title,
        values: zip(stages, cards).map { stage, card in
          card.flatMap(frozen) ?? (stage.id == open.stage.id ? live : "—")
        })
    }
    let id = item.item.id
    let numbered = item.item.number
    let place = numbered.isEmpty ? item.item.title : words.text("sheet.side.item", ["number": .text(numbered)])
    let total = (panelCard ?? state.card).total
    return SheetSide(
      stages: stages.map { SheetSide.StageScores(title: $0.title, isNow: $0.id == open.stage.id) },
      rows: [
        row(place, { $0.score(id) }, number(score(id))),
        row(words.text("sheet.side.total"), { $0.total }, number(total)),
      ],
      evidence: evidencePanel,
      events: open.events.map { event(of: $0) },
      historyLink: Endpoint.sheetHistory.link(open.sheet.authority, open.sheet.id))
  }

  func event(of event: SheetEvent) -> SheetSide.Event {
    SheetSide.Event(
      when: short(event.at),
      what: words.text(
        Message(
          "event.\(event.action)",
          [
            "who": .text(event.who ?? words.text("event.program")), "after": .text(shown(event.after)),
            "before": .text(shown(event.before)),
          ])))
  }

  /// A mark's `field=value` as people read it.
  private func shown(_ value: String?) -> String {
    guard let value else { return "—" }
    guard let cut = value.firstIndex(of: "=") else { return value }
    let field = value[..<cut]
    let json = String(value[value.index(after: cut)...])
    let node = try? JSON.read(Array(json.utf8), file: "")
    let text = node?.plainText ?? json
    if field == SheetMark.remark { return text.isEmpty ? "—" : text }
    if field == SheetMark.choice { return words.named("sheet.choice.\(text).short") ?? text }
    guard let found = item.fields.first(where: { $0.path == field }) else { return "\(field) \(text)" }
    let writer = FactWords(field: found, words: words)
    let entries = node?.list.map { $0.compactMap(\.text).map { writer.entry($0) }.joined(separator: "、") }
    let shown = entries.map { $0.isEmpty ? words.text("sheet.list.none") : $0 } ?? writer.level(text)
    return "\(writer.title) \(shown.isEmpty ? "—" : shown)"
  }
}

extension Catalogue {
  /// `2025—2026 学年`, named by the year it ends in.
  func schoolYear(_ year: Int) -> String {
    text("date.schoolYear", ["from": .text(String(year - 1)), "to": .text(String(year))])
  }
}
