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
    return SheetSide(
      stages: stages.map { SheetSide.StageScores(title: $0.title, isNow: $0.id == open.stage.id) },
      rows: [
        row(place, { $0.score(id) }, number(score(id))),
        row(words.text("sheet.side.total"), { $0.total }, total(panelCard ?? state.card)),
      ],
      evidence: evidencePanel,
      events: open.events.map { event(of: $0) },
      historyLink: Endpoint.sheetHistory.link(open.sheet.authority, open.sheet.id))
  }

  func event(of event: SheetEvent) -> SheetSide.Event {
    var (what, before, after) = ("", event.before ?? "—", event.after ?? "—")
    if event.action == "mark.saved" {
      let about = event.item.flatMap { state[$0] } ?? item
      let (old, new) = (mark(event.before, of: about), mark(event.after, of: about))
      what = new?.title ?? old?.title ?? ""
      (before, after) = (old?.value ?? "—", new?.value ?? "—")
    }
    return SheetSide.Event(
      when: short(event.at),
      what: words.text(
        Message(
          "event.\(event.action)",
          [
            "who": .text(event.who ?? words.text("event.program")), "what": .text(what),
            "after": .text(Self.cut(after)), "before": .text(Self.cut(before)),
          ])))
  }

  /// Characters of a value in a list of events; the item itself shows all of it.
  private static let longestShown = 200

  private static func cut(_ text: String) -> String {
    let cut = text.prefix(longestShown)
    return cut.endIndex < text.endIndex ? String(cut) + "…" : text
  }

  /// A mark's `field=value` as people read it: what it is of, and the value; nil where it is none.
  private func mark(_ text: String?, of item: SheetItem) -> (title: String, value: String)? {
    guard let text, let cut = text.firstIndex(of: "=") else { return nil }
    let field = text[..<cut]
    let json = String(text[text.index(after: cut)...])
    let node = try? JSON.read(Array(json.utf8), file: "")
    let plain = node?.plainText ?? json
    if field == SheetMark.remark { return (words.text("sheet.remark"), plain.isEmpty ? "—" : plain) }
    if field == SheetMark.choice {
      return (words.text("event.choice"), words.named("sheet.choice.\(plain).short") ?? plain)
    }
    // A field the policy no longer asks for keeps its value.
    guard let found = item.fields.first(where: { $0.path == field }) else { return (item.item.title, plain) }
    let writer = FactWords(field: found, words: words, school: open.school(of: found))
    return (writer.title, writer.shown(json))
  }
}

extension Catalogue {
  /// `2025—2026 学年`, named by the year it ends in.
  func schoolYear(_ year: Int) -> String {
    text("date.schoolYear", ["from": .text(String(year - 1)), "to": .text(String(year))])
  }
}
