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
      stages: stages.map { SheetSide.StageScores(title: $0.short, isNow: $0.id == open.stage.id) },
      rows: [
        row(place, { $0.score(id) }, number(score(id))),
        row(words.text("sheet.side.total"), { $0.total }, total(panelCard ?? state.card)),
      ],
      evidence: evidencePanel,
      events: open.events.map { event(of: $0) },
      historyLink: Endpoint.sheetHistory.link(open.sheet.authority, open.sheet.id))
  }

  func event(of event: SheetEvent) -> SheetSide.Event {
    var key = "event.\(event.action)"
    var parts: [String: Message.Part] = [
      "before": .text(Self.cut(event.before ?? "—")), "after": .text(Self.cut(event.after ?? "—")),
    ]
    if event.action == "mark.saved" {
      let about = event.item.flatMap { state[$0] } ?? item
      let change = markWords(about.item).change(from: event.before, to: event.after, longest: Self.longestShown)
      key += change.key
      parts = change.parts
    }
    parts["who"] = .text(event.who ?? words.text("event.program"))
    return SheetSide.Event(when: short(event.at), what: words.text(key, parts))
  }

  private func markWords(_ item: Item) -> MarkWords {
    MarkWords(words: words, item: item, isOwn: isOwn) { [schools = open.sheet.participant.schools] id in
      schools.first { $0.id.description == id }?.name
    }
  }

  /// Characters of a value in a list of events; the item itself shows all of it.
  private static let longestShown = 200

  private static func cut(_ text: String) -> String {
    let cut = text.prefix(longestShown)
    return cut.endIndex < text.endIndex ? String(cut) + "…" : text
  }
}

extension Catalogue {
  /// `2025—2026 学年`, named by the year it ends in.
  func schoolYear(_ year: Int) -> String {
    text("date.schoolYear", ["from": .text(String(year - 1)), "to": .text(String(year))])
  }
}
