import Cycles
import Notation
import People
import Policies
import Scoring
import Storage

/// Makes the sheet's page of what was read: every sentence ready, nothing left to decide in the template.
struct SheetMaker {
  let visit: Visit
  let open: OpenSheet
  let state: SheetState
  let panel: ExpertPanel?
  /// The experts' scores as one card, for who leads them.
  let panelCard: Scorecard?
  let item: SheetItem
  let words: Catalogue

  /// Nil where the sheet asks for no such item.
  init?(_ visit: Visit, _ open: OpenSheet, state known: SheetState? = nil, item id: String?) {
    self.visit = visit
    self.open = open
    words = visit.words
    let state = known ?? open.state()
    self.state = state
    panel = open.panel
    panelCard = open.reviewer == nil ? panel?.card : nil
    let first = state.items.first { !$0.isDone } ?? state.items.first
    guard let item = id.flatMap({ state[$0] }) ?? (id == nil ? first : nil) else { return nil }
    self.item = item
  }

  var places: Int { open.cycle.policy.rounding.places }

  func number(_ exact: Exact?) -> String { exact.map { $0.fixed(places: places) } ?? "—" }

  /// A card's total; `—` while nothing is scored.
  func total(_ card: Scorecard?) -> String {
    guard let card, card.lines.contains(where: { $0.score != nil }) || !card.bonus.isZero else { return "—" }
    return number(card.total)
  }

  /// An item's number, or its title where it has none.
  func name(of id: String) -> String {
    guard let item = state[id]?.item else { return id }
    return item.number.isEmpty ? item.title : item.number
  }

  func link(_ item: String) -> String {
    Endpoint.sheet.link(open.sheet.authority, open.sheet.id, query: [("item", item)])
  }

  /// The score the reader sees of an item: the panel's where they lead it, else what stands on their own sheet.
  func score(_ item: String) -> Exact? {
    if let panelCard {
      return panelCard.lines.first { $0.item.id == item }?.score
        ?? panelCard.bonusLines.first { $0.item.id == item }?.score
    }
    return state[item]?.line?.score
  }

  func page(saved: String? = nil, problem: String? = nil, conflicts: [ItemPanel.Conflict] = []) -> SheetPage {
    let group = open.sheet.participant
    let calendar = open.cycle.calendar
    // What is handed in, or can't be any more, has no last day.
    let isOpen = !open.sheet.isSubmitted && open.cycle.confirmedAt == nil
    let due = isOpen ? calendar.due(open.stage.id, group: group.group) : nil
    let left = isOpen ? calendar.daysLeft(open.stage.id, group: group.group, at: visit.now) : nil
    let waiting = takeovers.count { $0.standing == .free }
    let gaps = isPanel ? panel?.gaps.count ?? 0 : state.items.count { !$0.isDone }
    return SheetPage(
      name: group.name, form: group.form.flatMap { open.cycle.policy.form($0)?.name }, district: group.districtName,
      counts: words.text("sheet.counts", ["members": .count(group.members.count)]), cycleTitle: open.cycle.title,
      stageTitle: open.stage.title, steps: steps,
      due: due.map { words.text("sheet.due", ["day": .text(visit.day($0))]) }
        ?? open.sheet.submittedAt.map { words.text("sheet.doneOn", ["day": .text(visit.day($0.day))]) },
      dueIsNear: (left ?? 99) <= 7, left: left.map { self.left($0) },
      submitTitle: words.text(
        submitKey, ["count": .count(gaps)]),
      submitLink: open.rights.canSubmit ? Endpoint.submission.link(open.sheet.authority, open.sheet.id) : nil,
      nowLink: Endpoint.sheetNow.link(open.sheet.authority, open.sheet.id, query: [("item", item.item.id)]),
      who: visit.viewer.map { "\($0.account)-\($0.post?.appointment.description ?? "")" } ?? "",
      signInLink: Endpoint.signIn.link(),
      presenceLink: Endpoint.presence.link(open.sheet.authority, open.sheet.id),
      comparisonLink: Endpoint.comparison.link(open.sheet.authority, open.sheet.id),
      scoreSheetLink: Endpoint.scoreSheet.link(open.sheet.authority, open.sheet.id),
      importLink: Endpoint.sheetImport.link(open.sheet.authority, open.sheet.id),
      takeoverLink: waiting > 0 ? Endpoint.sheetRecords.link(open.sheet.authority, open.sheet.id) : nil,
      takeoverTitle: words.text("sheet.takeover.count", ["count": .count(waiting)]),
      printLink: visit.whole(Endpoint.sheet.link(open.sheet.authority, open.sheet.id)),
      groupOf: open.sheet.school.flatMap { id in group.schools.first { $0.id == id }?.name },
      closed: standing,
      returned: open.sheet.returned.map {
        words.text(
          "sheet.returned",
          ["who": .text($0.who), "day": .text(visit.day(LocalTime($0.at).day)), "why": .text($0.reason)])
      }, saved: saved, problem: problem, tree: tree, item: panel(conflicts: conflicts), side: side,
      giveBackLink: open.rights.canReturn ? Endpoint.giveBack.link(open.sheet.authority, open.sheet.id) : nil,
      dueAfterReturn: dueAfterReturn.text,
      pickers: state.items.map {
        SheetPage.Choice(
          value: link($0.item.id), title: "\($0.item.name) \(number(score($0.item.id)))",
          isChosen: $0.item.id == item.item.id)
      })
  }

  /// The stage's own last day where it leaves a week; never an earlier one.
  private var dueAfterReturn: Day {
    let week = visit.now.day.adding(days: 7)
    return max(open.cycle.calendar.due(open.stage.id, group: open.sheet.participant.group) ?? week, week)
  }

  /// What the reader may take over from the year's records.
  var takeovers: [Takeover] {
    guard open.rights.canMark, visit.viewer?.post?.role.may(.fillSheet) == true else { return [] }
    return TakeoverPage.takeovers(open, state)
  }

  /// Whether the reader leads the experts rather than marking.
  var isPanel: Bool { panelCard != nil }

  /// Whether schools fill in what they say of themselves; elsewhere somebody evaluates.
  var isOwn: Bool { open.stage.kind == .selfEvaluation }

  /// The word of a key for those who fill in about themselves, else for those who evaluate.
  func own(_ key: String, _ parts: [String: Message.Part] = [:]) -> String {
    words.text(isOwn ? key + ".own" : key, parts)
  }

  private var submitKey: String {
    let gaps = isPanel ? !(panel?.canSubmit ?? false) : !state.canSubmit
    let own = open.reviewer != nil ? "sheet.handIn" : isOwn ? "sheet.submit.own" : "sheet.submit"
    return gaps ? own + ".lacking" : own
  }

  func left(_ days: Int) -> String {
    switch days {
    case 0: words.text("sheet.left.today")
    case ..<0: words.text("sheet.left.over", ["days": .count(-days)])
    default: words.text("sheet.left", ["days": .count(days)])
    }
  }

  private var steps: [SheetPage.Step] {
    let shown = open.cycle.stages.filter {
      $0.hasGroupSheet || $0.kind == .recommendation || $0.kind == .publication
    }
    let reached = open.sheets.compactMap { sheet in open.cycle.stage(sheet.stage)?.position }.max() ?? 0
    return shown.enumerated().map { number, stage in
      let frozen = open.sheets.first { $0.stage == stage.id && $0.submission != nil }
      return SheetPage.Step(
        title: stage.short, number: number + 1,
        // A group with a sheet beyond a recommendation was recommended.
        isDone: frozen != nil || (stage.kind == .recommendation && reached > stage.position),
        isNow: stage.id == open.stage.id,
        day: frozen?.submittedAt.map { visit.day($0.day) })
    }
  }
}
