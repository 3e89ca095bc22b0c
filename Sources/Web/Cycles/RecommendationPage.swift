import Cycles
import Documents
import Notation
import People
import Policies
import Storage

/// The groups that may be recommended, what their evaluation came to, what was decided and why.
struct RecommendationPage {
  struct Row {
    let id: String
    let group: String
    let link: String?
    let district: String
    let total: String
    let grade: String
    let isBarred: Bool
    let papers: [RecommendationPapers.Line]
    /// Whether the viewer may attach some, and now.
    let takesPapers: Bool
    /// What was decided, by whom and when; nil: nothing yet.
    let decided: Decided?
    /// That a recommendation no longer stands, since when and why; nil: nothing of the kind.
    let ended: String?
    /// Nil where the viewer may not decide, or not now.
    let choice: Choice?
    /// Why not.
    let why: String?
  }

  struct Decided {
    let chip: String
    let word: String
    let reason: String?
    let who: String
  }

  struct Choice {
    let id: String
    let name: String
    let isYes: Bool
    let isNo: Bool
    let mayYes: Bool
    let why: String
    /// Which papers are missing, and that a reason is to be given; nil: none.
    let lacking: String?
    /// That it is chosen and not handed in; nil: it isn't.
    let draft: String?
  }

  let head: CycleHead
  let text: String?
  let condition: String?
  let needs: [String]
  let hasNeeds: Bool
  let action: String
  let rows: [Row]
  let hasRows: Bool
  let mayDecide: Bool
  let isSaved: Bool
  let parts: [RecommendationPart.Chip]
  let papers: RecommendationPapers.Box?
  let pager: PagingLinks?

  init(
    _ visit: Visit, _ post: Viewer.Post, _ overview: CycleOverview, at stage: CycleStage,
    _ standing: RecommendationStore.Standing, papers: RecommendationPapers, fault: CycleFault?
  ) {
    let cycle = overview.cycle
    let policy = cycle.policy
    let days = CycleDays(visit)
    let due = cycle.calendar.due(stage.id, group: nil)
    let about = [
      stage.acts.map { visit.text("cycle.actedBy", ["actor": .text(visit.text("actor.\($0.rawValue)"))]) },
      due.map { visit.text("cycle.dueOn", ["day": .text(days.day($0))]) },
      overview.isSettled(stage) ? visit.text("cycle.settled") : due.map { days.left($0.days(since: visit.now.day)) },
    ].compactMap(\.self)
    head = CycleHead(visit, cycle, title: stage.title, about: about, fault: fault)
    let source = policy.stages.first { $0.id == stage.id }
    text = source?.text
    let node = (policy.root["stages"]?.list ?? []).first { $0["id"]?.text == stage.id }
    condition = node?["among"].map { PolicyWording(policy: policy, catalogue: visit.words).condition($0) }
    needs = stage.needs.map { visit.words.text(policy.paperTitle($0)) }
    hasNeeds = !needs.isEmpty
    let all = overview.groups.map { group in
      let state = RecommendationState(
        of: group.progress, at: stage, in: cycle.calendar, isPassedOn: standing.passedOn.contains(group.id),
        isConfirmed: cycle.confirmedAt != nil, at: visit.now)
      return (group: group, state: state, part: RecommendationPart(state, standing.decisions[group.id]))
    }
    let shown = visit.query("show").flatMap(RecommendationPart.init(rawValue:))
    // Those to be decided come first, all others as they are.
    let sorted = all.filter { $0.part == .open } + all.filter { $0.part != .open }
    let paging = Paging(shown.map { part in all.filter { $0.part == part } } ?? sorted, visit)
    let rows = paging.lines.map { line in
      RecommendationPage.row(
        visit, post, cycle, stage, line.group, line.state, standing, papers, keepsForm: fault != nil,
        district: overview.district(of: line.group.participant, visit))
    }
    self.papers = papers.box(visit, post, overview, at: stage, standing)
    self.rows = rows
    hasRows = !rows.isEmpty
    mayDecide = rows.contains { $0.choice != nil }
    isSaved = visit.query("saved") != nil && fault == nil
    parts = RecommendationPart.chips(visit, all.map(\.part), shown: shown) {
      Endpoint.recommendation.link(cycle.authority, cycle.id, stage.id, query: [("show", $0?.rawValue)])
    }
    action = Endpoint.recommend.link(cycle.authority, cycle.id, stage.id, query: RecommendationPage.place(visit))
    pager = paging.pager(visit) {
      Endpoint.recommendation.link(
        cycle.authority, cycle.id, stage.id, query: [("page", String($0)), ("show", shown?.rawValue)])
    }
  }

  /// Which part of the list the address shows.
  static func place(_ visit: Visit) -> [(String, String?)] {
    [("page", visit.query("page")), ("show", visit.query("show"))]
  }

  private static func row(
    _ visit: Visit, _ post: Viewer.Post, _ cycle: StoredCycle, _ stage: CycleStage, _ group: GroupOverview,
    _ state: RecommendationState, _ standing: RecommendationStore.Standing, _ papers: RecommendationPapers,
    keepsForm: Bool, district: String
  ) -> Row {
    let (latest, draft) = (standing.decisions[group.id], standing.drafts[group.id])
    let decision = latest?.ended == nil ? latest : nil
    let ended = latest?.ended.map { at, by in
      visit.text(
        "recommend.ended",
        ["when": .text(CycleDays(visit).moment(at)), "why": .text(visit.text("recommend.ended.\(by.rawValue)"))])
    }
    let id = group.id.description
    let acts = RecommendationPage.acts(post, at: stage, for: group, in: cycle)
    let places = cycle.policy.rounding.places
    let sheet = state.stage.flatMap { group.sheet($0.id) }
    let decided = decision.map { decision in
      Decided(
        chip: decision.isRecommended ? "ok" : "",
        word: visit.text("recommend.\(decision.isRecommended ? "yes" : "no")"),
        reason: decision.reason, who: CycleDays(visit).who(decision.who, decision.at))
    }
    let isBarred = state.reached != nil && !state.isAdmitted
    let chosen = draft.map(\.isRecommended) ?? decision?.isRecommended
    let typed = keepsForm ? visit.form.text("choice.\(id)") : chosen.map { $0 ? "yes" : "no" }
    let lines = papers.lines(visit, group, at: stage, in: cycle)
    let lacking = lines.filter { !$0.isGiven }.map { Message("literal", ["text": .text($0.title)]) }
    let choice = Choice(
      id: id, name: group.participant.name, isYes: typed == "yes", isNo: typed == "no", mayYes: state.isAdmitted,
      why: (keepsForm ? visit.form.text("reason.\(id)") : draft.map(\.reason) ?? decision?.reason) ?? "",
      lacking: lacking.isEmpty || !state.isAdmitted
        ? nil : visit.text("recommend.papers.lacks", ["papers": .list(lacking)]),
      draft: draft == nil || keepsForm ? nil : visit.text("recommend.draft"))
    return Row(
      id: id, group: group.participant.name, link: sheet.map { Endpoint.sheet.link(cycle.authority, $0.id) },
      district: district,
      total: state.reached?.total.map { $0.fixed(places: places) } ?? "—", grade: state.reached?.grade ?? "—",
      isBarred: isBarred, papers: lines,
      takesPapers: acts && state.papersClosed == nil && stage.needs.contains { RecommendationPaper.takesFiles($0) },
      decided: decided, ended: ended,
      choice: acts && state.closed == nil && !isBarred ? choice : nil,
      why: isBarred ? visit.text("recommend.barred") : state.closed.map { visit.words.text($0) })
  }

  /// Whether the post decides about a group.
  static func acts(
    _ post: Viewer.Post, at stage: CycleStage, for group: GroupOverview, in cycle: StoredCycle
  ) -> Bool {
    let holders = stage.acts.map { cycle.offices.holders(of: $0, for: group.participant) } ?? []
    return post.role == .office && post.role.may(.recommend) && holders.contains(.authority(post.authority))
  }
}
