import Cycles
import Notation
import People
import Policies
import Rules
import Scoring
import Storage

extension SheetMaker {
  func panel(conflicts: [ItemPanel.Conflict]) -> ItemPanel {
    let policyItem = item.item
    let id = policyItem.id
    let place = state.items.firstIndex { $0.item.id == id } ?? 0
    let line = isPanel ? panelCard?.lines.first { $0.item.id == id } : item.line
    let canChange = panel.map { $0.mayChange(id, field: "", to: nil, by: open.reviewer ?? ID(0)) } ?? true
    let marks = Dictionary(open.own.filter { $0.item == id }.map { ($0.field, $0) }) { first, _ in first }
    let spread = panel?.spread(id)
    let proposalWords = ProposalWords(open, words: words)
    let canSeeSpread = open.rights.seesPanel || (open.reviewer.map { panel?.hasMarked(id, by: $0) ?? false } ?? false)
    return ItemPanel(
      id: id, number: policyItem.number, title: policyItem.title, above: above, text: policyItem.text,
      scoring: policyItem.scoring,
      source: policyItem.source, policyLink: nil, readings: readings,
      subject: words.text("sheet.of.\(policyItem.of.rawValue)"),
      methods: policyItem.methods.isEmpty
        ? nil
        : policyItem.methods.map { words.named("method.\($0)") ?? $0 }.joined(separator: words.text("list.separator")),
      period: period,
      controls: isPanel
        ? []
        : item.fields.map { field in
          FieldControl(
            field, item: policyItem, school: open.school(of: field),
            canEnter: open.rights.mayEnter(field) && canChange, isOwn: isOwn,
            isReview: open.value.asksChoice, proposes: !open.value.asksChoice,
            knowsRecords: !open.sheet.isSubmitted && open.experts.isEmpty && open.cycle.confirmedAt == nil,
            isExplained: item.remark != nil, recordsLink: recordsLink(field),
            proposed: proposalWords.origin(field, of: id), words: words)
        }, proposes: proposes(canChange), takeoverLink: takeoverLink, score: number(line?.score),
      points: policyItem.points.fixed(places: places),
      why: reasons(line),
      fault: item.fault.map { words.text($0) }, lacks: item.lacks.map { words.text($0) },
      gaps: isPanel ? [] : item.gaps.map { words.text($0) }, looks: isPanel ? [] : item.doubts.map { words.text($0) },
      asksChoice: open.value.asksChoice && !isPanel && open.rights.mayRemark, beforeTitle: beforeTitle,
      stageTitle: open.stage.short, choices: choices,
      choiceVersion: marks[SheetMark.choice]?.version ?? 0,
      canMark: open.rights.canMark && canChange, canEnter: open.rights.canMark && !isPanel,
      canRemark: open.rights.mayRemark && !isPanel,
      remarkTitle: own("sheet.remark"), saveNextTitle: own("sheet.saveNext"), remark: item.remark ?? "",
      hasRemark: item.remark != nil, remarkVersion: marks[SheetMark.remark]?.version ?? 0,
      isBonus: policyItem.isBonus,
      scores: scores(id),
      spread: canSeeSpread ? spread.map { text(of: $0) } : nil, spreadIsAlert: spread?.isAlert ?? false,
      secondLook: secondLook(spread), isReopened: panel?.isReopened(id) ?? false,
      action: Endpoint.sheetItem.link(open.sheet.authority, open.sheet.id, id), previous: neighbour(place - 1),
      next: neighbour(place + 1), conflicts: conflicts)
  }

  /// Why a score came about, a line each.
  func reasons(_ line: Scorecard.Line?) -> [String] {
    (line?.reasons ?? []).filter { !SheetMaker.shownElsewhere.contains($0.key) }.map { words.text($0) }
  }

  /// Whether anything the records say for good waits to be accepted.
  private func proposes(_ canChange: Bool) -> Bool {
    !isPanel && !open.value.asksChoice && canChange
      && item.fields.contains { field in
        field.proposal?.mayRise == false && field.value == nil && field.mark?.value == nil
          && open.rights.mayEnter(field)
      }
  }

  /// Where what the records say to the item is taken over, where anything is left to be.
  private var takeoverLink: String? {
    guard !isPanel, takeovers.contains(where: { $0.item.item.id == item.item.id && $0.standing != .open })
    else { return nil }
    return Endpoint.sheetRecords.link(open.sheet.authority, open.sheet.id, query: [("item", item.item.id)])
  }

  /// Where the records behind a field are, for those who may see them.
  private func recordsLink(_ field: SheetField) -> String? {
    guard visit.viewer?.post?.role.may(.readLedger) == true, let from = field.description?.from,
      ["ledger", "registry", "document"].contains(from.prefix { $0 != "." })
    else { return nil }
    return open.recordsLink(of: item.item.id)
  }

  /// Readings stand above the data, what is missing below the score.
  private static let shownElsewhere: Set = ["item.readings", "item.unscored"]

  /// What a stage corrected stays visible beside what was recorded, also when the sheet is handed in.
  private var beforeTitle: String? {
    guard open.value.asksChoice, !isPanel else { return nil }
    return open.before.flatMap { open.cycle.stage($0.stage)?.short } ?? words.text("sheet.data.before")
  }

  private var above: String {
    let titles = Dictionary(
      (open.cycle.policy.scheme?.allIndicators ?? []).map { ($0.id, $0.title) }
    ) { first, _ in first }
    return item.item.indicators.compactMap { titles[$0] }.joined(separator: " › ")
  }

  private var readings: [ItemPanel.Reading] {
    item.item.decisions.compactMap { open.cycle.policy.decision($0) }.map {
      ItemPanel.Reading(question: $0.question, chosen: $0.reading ?? "—")
    }
  }

  /// The school year that facts must speak for.
  private var period: String {
    let start = open.cycle.policy.yearStart
    let begins = start.month == 1 && start.day == 1 ? open.cycle.year : open.cycle.year - 1
    guard let first = Day(year: begins, month: start.month, day: start.day),
      let end = Day(year: begins + 1, month: start.month, day: start.day)?.adding(days: -1)
    else { return "" }
    return words.text("sheet.period", ["from": .text(first.text), "to": .text(end.text)])
  }

  private var choices: [SheetPage.Choice] {
    let before = open.before.flatMap { CardReading(json: $0.card)?.score(item.item.id) }
    return Choice.allCases.map { choice in
      SheetPage.Choice(
        value: choice.rawValue,
        title: choice == .accept
          ? words.text("sheet.choice.accept", ["score": .text(before ?? "—")])
          : words.text("sheet.choice.\(choice.rawValue)"),
        isChosen: (item.choice ?? .open) == choice)
    }
  }

  private func neighbour(_ place: Int) -> ItemPanel.Neighbour? {
    guard state.items.indices.contains(place) else { return nil }
    let item = state.items[place].item
    return ItemPanel.Neighbour(title: item.name, link: link(item.id))
  }

  /// What the experts gave: to who leads the stage all of it, to an expert the others' once their own is in.
  private func scores(_ id: String) -> [ItemPanel.Score] {
    guard let panel else { return [] }
    // Those who are evaluated learn what the panel found, not who found it.
    let isNamed = open.rights.seesPanel || open.reviewer != nil
    let scores = Dictionary(panel.scores(id).map { ($0.reviewer, $0) }) { first, _ in first }
    return open.experts.enumerated().map { place, expert in
      let isMine = expert.account == open.reviewer
      let mayRead =
        open.rights.seesPanel || isMine
        || (open.reviewer.map { panel.mayRead(id, of: expert.account, by: $0) } ?? false)
      let score = scores[expert.account]
      let hidden = open.reviewer == nil ? "sheet.expert.closed" : "sheet.expert.blind"
      let found = panel.states[expert.account]?[id]
      let latest = open.marks.filter { $0.reviewer == expert.account && $0.item == id }.map(\.at).max()
      return ItemPanel.Score(
        name: isMine
          ? words.text("sheet.expert.me", ["name": .text(expert.name)])
          : isNamed ? expert.name : words.text("sheet.expert.number", ["number": .count(place + 1)]),
        score: mayRead
          ? number(score?.score) : words.text(score?.isIn == true ? "sheet.expert.in" : "sheet.expert.open"),
        why: mayRead ? reason(found) : words.text(score?.isIn == true ? hidden : "sheet.expert.open"),
        when: mayRead ? latest.map { short($0) } ?? "" : "", isMine: isMine)
    }
  }

  private func reason(_ found: SheetItem?) -> String {
    guard let found, let choice = found.choice, choice != .open else { return words.text("sheet.expert.open") }
    let head = words.text(choice == .accept ? "sheet.choice.accepted" : "sheet.choice.corrected")
    return [head, found.remark].compactMap { $0 }.joined(separator: words.text("sheet.reason.separator"))
  }

  func short(_ instant: Instant) -> String { visit.moment(instant) }

  func text(of spread: ExpertPanel.Spread) -> String {
    words.text(
      spread.alert == nil ? "sheet.spread" : "sheet.spread.alert",
      [
        "points": .text(number(spread.points)), "percent": .text(spread.percent.fixed(places: 0)),
        "alert": .text(spread.alert?.plain ?? ""),
      ])
  }

  /// What the office that leads the panel may do about an item on which the experts are apart.
  private func secondLook(_ spread: ExpertPanel.Spread?) -> ItemPanel.SecondLook? {
    guard let panel, !open.sheet.isSubmitted, isPanel, open.rights.canSubmit else { return nil }
    let isOpen = panel.isReopened(item.item.id)
    guard isOpen || spread != nil else { return nil }
    let value = isOpen ? "close" : "open"
    return ItemPanel.SecondLook(
      link: Endpoint.secondLook.link(open.sheet.authority, open.sheet.id, item.item.id), value: value,
      title: words.text("sheet.secondLook.\(value)"))
  }
}
