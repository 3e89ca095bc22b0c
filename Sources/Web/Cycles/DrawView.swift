import Cycles
import Notation
import People
import Policies
import Storage

/// A draw as everybody may see it: the announcement, the frame, and once it is drawn, the seed and who was chosen.
struct DrawView {
  struct Stratum {
    let name: String
    let count: String
    let drawn: String
  }

  struct Row {
    let id: String
    let name: String
    let district: String
    let stratum: String
    let isChosen: Bool
  }

  struct Chosen {
    let place: String
    let id: String
    let name: String
    let district: String
  }

  let title: String
  let cycleTitle: String
  let authority: String
  let announced: String
  let source: String
  let digits: String
  let day: String
  let size: String
  let hash: String
  let strata: [Stratum]
  let rows: [Row]
  let count: String
  /// Nil until it is drawn.
  let seed: String?
  let isDrawn: Bool
  let drawnAt: String
  let chosen: [Chosen]
  let chosenCount: String
  let frameLink: String
  let script: String
  let command: String

  init(_ visit: Visit, _ cycle: StoredCycle, _ stage: CycleStage, _ draw: StoredDraw, _ names: DrawNames) {
    let days = CycleDays(visit)
    title = visit.text("cycle.tab.draw", ["stage": .text(stage.title)])
    cycleTitle = cycle.title
    authority = cycle.authorityName
    announced = days.moment(draw.announcedAt)
    source = draw.seedSource
    digits = visit.text("draw.digitCount", ["digits": .count(draw.digits)])
    day = days.day(draw.day)
    let terms = stage.draw
    size = terms.map { DrawView.sum($0, draw.frame, visit) } ?? ""
    hash = draw.frame.hash
    let forms = Dictionary(cycle.policy.forms.map { ($0.id, $0.name) }) { first, _ in first }
    strata = (terms.map { draw.frame.strata($0.size) } ?? []).map {
      Stratum(name: DrawView.stratumName($0.name, forms, visit), count: String($0.count), drawn: String($0.drawn))
    }
    let chosenIDs = draw.drawn?.chosen ?? []
    let isChosen = Set(chosenIDs.map(\.description))
    rows = draw.frame.entries.map { entry in
      let name = ID(entry.id).flatMap { names[$0] }
      return Row(
        id: entry.id, name: name?.name ?? "—", district: name?.district ?? "—",
        stratum: DrawView.stratumName(entry.stratum, forms, visit), isChosen: isChosen.contains(entry.id))
    }
    count = visit.text("cycle.groupCount", ["count": .count(rows.count)])
    seed = draw.drawn?.seed
    isDrawn = draw.drawn != nil
    drawnAt = draw.drawn.map { days.moment($0.at) } ?? ""
    chosen = chosenIDs.enumerated().map { place, id in
      Chosen(
        place: String(place + 1), id: id.description, name: names[id]?.name ?? "—", district: names[id]?.district ?? "—"
      )
    }
    chosenCount = visit.text("cycle.groupCount", ["count": .count(chosenIDs.count)])
    frameLink = Endpoint.drawFrame.link(cycle.authority, cycle.id, stage.id)
    script = DrawScript.python
    command = DrawView.command(seed: draw.drawn?.seed, terms?.size)
  }

  /// `每一类别抽取 30%，不足 1 个的按 1 个`
  static func words(_ draw: Stage.Draw, _ visit: Visit) -> String {
    let strata = draw.strata.map { Message("draw.stratum.\($0.rawValue)") }
    let by: Message.Part =
      strata.isEmpty ? .message(Message("draw.by.all")) : .message(Message("draw.by", ["strata": .list(strata)]))
    switch draw.size {
    case .percent(let percent): return visit.text("draw.percent", ["by": by, "percent": .number(percent)])
    case .count(let count): return visit.text("draw.count", ["by": by, "count": .count(count)])
    }
  }

  /// The same with what it comes to: a share rounded up in each of many strata is more than that share of all.
  private static func sum(_ draw: Stage.Draw, _ frame: DrawFrame, _ visit: Visit) -> String {
    let size = words(draw, visit)
    let strata = frame.strata(draw.size)
    guard case .percent = draw.size, strata.count > 1 else { return size }
    return visit.text(
      "draw.sum",
      [
        "size": .text(size), "groups": .count(frame.entries.count), "strata": .count(strata.count),
        "drawn": .count(strata.reduce(0) { $0 + $1.drawn }),
      ])
  }

  /// A stratum with the names of forms in place of their ids; what the hash is made of stays as it is.
  static func stratumName(_ text: String, _ forms: [String: String], _ visit: Visit) -> String {
    if text == "all" { return visit.text("draw.stratum.all") }
    return text.split(separator: "/").map { forms[String($0)] ?? String($0) }.joined(separator: " / ")
  }

  private static func command(seed: String?, _ size: Stage.Draw.Size?) -> String {
    let seed = seed.map { "'" + $0.replacing("'", with: "'\\''") + "'" } ?? "SEED"
    let terms: String =
      switch size {
      case .percent(let percent): "percent \(percent.plain)"
      case .count(let count): "count \(count)"
      case nil: ""
      }
    return "python3 draw.py frame.txt \(seed) \(terms)"
  }
}
