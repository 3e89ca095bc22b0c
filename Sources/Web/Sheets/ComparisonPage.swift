import Cycles
import Notation
import Policies
import Scoring
import Storage

/// Every item with the stages' scores side by side and the reasons frozen with them.
struct ComparisonPage {
  struct Row {
    let number: String
    let title: String
    let link: String
    let points: String
    let scores: [Score]
  }

  struct Score {
    /// The stage's name, for where a row stands alone.
    let stage: String
    let score: String
    let why: [String]
  }

  let name: String
  let sheetLink: String
  let stages: [String]
  let reasonsNote: String?
  let rows: [Row]
  let totals: [Score]

  init(_ maker: SheetMaker) {
    let open = maker.open
    let stages = open.cycle.stages.filter(\.hasGroupSheet)
    let cards = stages.map { stage in
      open.sheets.first { $0.stage == stage.id && $0.school == nil }.flatMap { CardReading(json: $0.card) }
    }
    name = open.sheet.participant.name
    reasonsNote = ResultWords(open.cycle.policy, maker.words).reasonsNote
    sheetLink = Endpoint.sheet.link(open.sheet.authority, open.sheet.id)
    self.stages = stages.map(\.short)
    rows = maker.state.items.map { found in
      Row(
        number: found.item.number, title: found.item.title, link: maker.link(found.item.id),
        points: found.item.points.plain,
        scores: zip(stages, cards).map { stage, card in
          if let card {
            return Score(
              stage: stage.short, score: card.score(found.item.id) ?? "—", why: ReasonLines.of(card.why(found.item.id)))
          }
          return Score(
            stage: stage.short,
            score: stage.id == open.stage.id ? maker.number(maker.score(found.item.id)) : "—", why: [])
        })
    }
    totals = zip(stages, cards).map { stage, card in
      let total = card?.total ?? (stage.id == open.stage.id ? ComparisonPage.sofar(maker) : "—")
      return Score(stage: stage.short, score: total, why: [])
    }
  }

  /// What the open stage has come to by now, said as such until every item has a score.
  private static func sofar(_ maker: SheetMaker) -> String {
    let card = maker.panelCard ?? maker.state.card
    let total = maker.total(card)
    guard !card.isComplete, card.lines.contains(where: { $0.score != nil }) else { return total }
    return maker.words.text("sheet.comparison.provisional", ["total": .text(total)])
  }
}
