import Cycles
import Documents
import Notation
import Outcomes
import Policies
import Publishing
import Scoring
import Storage

/// Makes the confirmation's page of what was read.
struct ConfirmationMaker {
  let visit: Visit
  let overview: CycleOverview
  let computed: ComputedYear
  let results: ResultWords
  private let frozen: [FrozenResult]

  init(_ visit: Visit, overview: CycleOverview, computed: ComputedYear) {
    self.visit = visit
    self.overview = overview
    self.computed = computed
    results = ResultWords(computed.cycle.policy, visit.words)
    frozen = computed.frozen
  }

  private var cycle: StoredCycle { computed.cycle }
  private var words: Catalogue { visit.words }

  /// Rows a page, and groups named of a stage.
  private static let most = 20
  private static let named = 6

  var page: ConfirmationPage {
    ConfirmationPage(
      visit, cycle, computed.state,
      about: [cycle.policy.title, words.text("results.groups", ["count": .count(computed.groups.count)])], open: open,
      closed: nil)
  }

  private var open: OpenYear {
    let blocking = blocking
    let waiting = computed.waiting
    let offset = visit.printsAll ? 0 : (visit.pageNumber - 1) * Self.most
    let ranked = FrozenResult.ranked(frozen)
    let shown = ranked.dropFirst(offset).prefix(visit.lines(ranked.count, size: Self.most))
    let unscored = computed.year.count { !$0.card.isComplete }
    let blocks = blocking.map(\.count).reduce(0, +) + waiting.count + computed.faults.count
    return OpenYear(
      because: computed.reopened.map { words.text("results.reopened", ["reason": .text($0)]) }, blocking: blocking,
      isBlocked: !blocking.isEmpty, notes: notes(unscored), faults: computed.faults.map { fault($0) },
      lacking: computed.lacking.prefix(LackingRow.most).map { LackingRow($0, in: cycle, visit) },
      lackingCount: computed.lacking.count,
      lackingMore: computed.lacking.count > LackingRow.most
        ? words.text("results.open.more", ["count": .count(computed.lacking.count - LackingRow.most)]) : nil,
      choices: choices, hasChoices: !computed.results.choices.isEmpty, vetoes: vetoes,
      hasVetoes: !cycle.policy.vetoes.isEmpty, vetoLink: Endpoint.vetoes.link(cycle.authority, cycle.id),
      rows: shown.map { row($0) },
      pager: PagingLinks(
        title: words.text(
          ranked.isEmpty ? "results.range.none" : "results.range",
          ["from": .count(offset + 1), "to": .count(offset + shown.count), "count": .count(ranked.count)]),
        previous: pageLink(offset > 0 ? visit.pageNumber - 1 : nil),
        following: pageLink(offset + shown.count < ranked.count ? visit.pageNumber + 1 : nil),
        all: shown.count < ranked.count && visit.tooMany(ranked.count) == nil
          ? pageLink(1).map { visit.whole($0) } : nil, most: visit.tooMany(ranked.count)),
      confirmLink: Endpoint.confirm.link(cycle.authority, cycle.id),
      confirmTitle: blocks > 0
        ? words.text("results.confirm.blocked", ["count": .count(blocks)])
        : words.text(unscored > 0 ? "results.confirm.unscored" : "results.confirm", ["count": .count(unscored)]),
      canConfirm: blocks == 0)
  }

  private func pageLink(_ number: Int?) -> String? {
    number.map {
      Endpoint.confirmation.link(cycle.authority, cycle.id, query: [("page", $0 > 1 ? String($0) : nil)]) + "#table"
    }
  }

  /// Groups that aren't through, by the stage they are at; of many, the first.
  private var blocking: [OpenYear.Stage] {
    let open = overview.groups.filter { $0.turn.place != .confirmation }
    return cycle.stages.compactMap { stage in
      let here = open.filter { $0.turn.stage?.id == stage.id }
      guard !here.isEmpty else { return nil }
      let shown = here.prefix(Self.named)
      return OpenYear.Stage(
        title: stage.title, count: here.count,
        groups: shown.map { group in
          let sheet = group.sheet(stage.id).map { Endpoint.sheet.link(cycle.authority, $0.id) }
          let tasks = group.turn.tasks.filter { $0.stage == stage.id && $0.kind != .chase }.map { words.text($0.title) }
          return OpenYear.Group(
            name: group.participant.name, link: sheet,
            what: tasks.isEmpty ? words.text("results.open.waits") : results.list(unique(tasks)))
        },
        more: here.count > shown.count
          ? words.text("results.open.more", ["count": .count(here.count - shown.count)]) : nil,
        moreLink: Way.list(cycle, [("stage", stage.id), ("state", "open")]))
    }
  }

  private func unique(_ texts: [String]) -> [String] {
    var seen: Set<String> = []
    return texts.filter { seen.insert($0).inserted }
  }

  /// What holds nobody up and still should be known.
  private func notes(_ unscored: Int) -> [String] {
    var notes: [String] = []
    for stage in cycle.stages {
      let missed = overview.groups.count { $0.turn.missed.contains { $0.id == stage.id } }
      if missed > 0 {
        notes.append(words.text("results.note.missed", ["stage": .text(stage.title), "count": .count(missed)]))
      }
    }
    let out = overview.groups.filter { $0.turn.out != nil }
    for (why, groups) in Dictionary(grouping: out, by: { $0.turn.out?.why }).sorted(by: {
      ($0.key?.rawValue ?? "") < ($1.key?.rawValue ?? "")
    }) {
      guard let why else { continue }
      notes.append(
        words.text("results.note.out", ["why": .message(why.message), "count": .count(groups.count)]))
    }
    if unscored > 0 {
      let names = computed.year.filter { !$0.card.isComplete }.map { $0.card.group.name ?? $0.id }
      notes.append(
        words.text("results.note.unscored", ["count": .count(unscored), "groups": .known(names, most: 12)]))
    }
    return notes
  }

  private func fault(_ fault: ScoringFault) -> String {
    let group = computed.groups.first { $0.group.description == fault.group }?.name ?? fault.group
    return words.text(
      "results.fault",
      [
        "group": .text(group == "*" ? words.text("results.all") : group),
        "item": .text(cycle.policy.consequences.first { $0.id == fault.item }?.title ?? results.item(fault.item)),
        "why": .message(fault.message),
      ])
  }

  private func row(_ result: FrozenResult) -> OpenYear.Row {
    let group = overview.group(result.group)
    let sheet = result.stages.last.flatMap { group?.sheet($0) }
    let stages = result.stages.compactMap { cycle.stage($0)?.title }
    return OpenYear.Row(
      result: ResultRow(result, results, link: nil),
      stages: stages.isEmpty ? words.text("results.stages.none") : results.list(stages),
      whyLink: sheet.map { Endpoint.comparison.link(cycle.authority, $0.id) })
  }

  private var vetoes: [OpenYear.Veto] {
    overview.groups.flatMap { group in
      group.vetoes.map { veto in
        OpenYear.Veto(
          name: group.participant.name, title: results.names.veto(veto.veto), reason: veto.reason,
          day: visit.day(veto.at.day)
        )
      }
    }
  }

  private var choices: [OpenYear.Choice] {
    let byGroup = Dictionary(frozen.map { ($0.group.description, $0) }) { first, _ in first }
    return computed.results.choices.map { choice in
      let decided = Dictionary(
        zip(computed.decisions, computed.deciders).filter { $0.0.consequence == choice.consequence }
          .map { ($0.0.group, $0) }
      ) { first, _ in first }
      return OpenYear.Choice(
        id: choice.consequence, title: results.names.consequence(choice.consequence),
        rule: choice.places.map { words.text("results.choice.places", ["count": .count($0)]) }
          ?? words.text("results.choice.free"), waits: computed.waiting.contains(choice),
        groups: choice.groups.map { group in
          let result = byGroup[group]
          let decision = decided[group]
          return OpenYear.Candidate(
            group: group, name: result?.name ?? group, total: results.number(result?.publicTotal),
            rank: results.rank(result?.rank), isGranted: decision?.0.granted == true,
            isRefused: decision?.0.granted == false, reason: decision?.0.reason ?? "", who: decision?.1 ?? "")
        }, action: Endpoint.decideChoice.link(cycle.authority, cycle.id))
    }
  }
}
