public import Cycles
public import Notation
public import People
import Policies

extension RecommendationStore {
  /// What was decided about a group.
  public struct Decision: Sendable {
    public let isRecommended: Bool
    public let reason: String?
    public let at: Instant
    /// Nil: the program.
    public let who: String?
    /// Since when it no longer stands, and what ended it; nil: it stands.
    public let ended: (at: Instant, by: Ending)?
  }

  /// A decision to be recorded.
  public struct Choice: Sendable {
    public let group: GroupOverview
    public let isRecommended: Bool
    public let reason: String?

    public init(group: GroupOverview, isRecommended: Bool, reason: String?) {
      self.group = group
      self.isRecommended = isRecommended
      self.reason = reason
    }
  }

  /// What is recorded at a recommendation of the groups the appointment reaches.
  public struct Standing: Sendable {
    public fileprivate(set) var decisions: [ID: Decision] = [:]
    /// Groups whose decision stands and has opened what was worked on since; all of them once a draw among them is
    /// announced, but for those it is drawn among whose recommendation has ended: they may be recommended again.
    public fileprivate(set) var passedOn: Set<ID> = []
    /// What the account that was asked for has chosen and not handed in.
    public fileprivate(set) var drafts: [ID: Draft] = [:]
  }

  /// - Parameter account: whose drafts are wanted, too; nil: nobody's.
  public static func standing(
    at stage: CycleStage, of cycle: StoredCycle, for appointment: ID, draftsOf account: ID? = nil,
    _ transaction: any Transaction
  ) throws -> Standing {
    let rows = try transaction.rows(
      """
      SELECT p.grp, x.recommended, x.reason, x.at, x.ended_at, x.ended_by, a.name,
        y.grp AS draft, y.recommended AS draft_recommended, y.reason AS draft_reason,
        CASE WHEN EXISTS (
          SELECT 1 FROM draw d JOIN stage t ON t.authority = $1 AND t.cycle = $2 AND t.stage = d.stage
          WHERE d.authority = $1 AND d.cycle = $2 AND t.position > $4
            AND (x.ended_at IS NULL
              OR CAST($6 AS TEXT) || d.frame NOT LIKE '%' || CAST($6 AS TEXT) || CAST(p.grp AS TEXT) || $7 || '%'))
        OR x.ended_at IS NULL AND EXISTS (
          SELECT 1 FROM sheet s
          JOIN stage t ON t.authority = $1 AND t.cycle = $2 AND t.stage = s.stage AND t.position > $4
          WHERE s.authority = $1 AND s.cycle = $2 AND s.grp = p.grp AND t.kind = 'evaluation'
            AND (EXISTS (SELECT 1 FROM submission u WHERE u.authority = $1 AND u.sheet = s.id)
              OR EXISTS (SELECT 1 FROM mark m WHERE m.authority = $1 AND m.sheet = s.id)))
        THEN 1 ELSE 0 END AS passed
      FROM participant p
      LEFT JOIN recommendation x ON x.authority = $1 AND x.cycle = $2 AND x.stage = $5 AND x.grp = p.grp
      LEFT JOIN account a ON a.id = x.by_account
      LEFT JOIN recommendation_draft y ON y.authority = $1 AND y.cycle = $2 AND y.stage = $5 AND y.grp = p.grp
        AND y.account = $8
      WHERE p.authority = $1 AND p.cycle = $2 AND p.grp IN (\(OverviewStore.reached))
      """,
      [
        .id(cycle.authority), .id(cycle.id), .id(appointment), .integer(stage.position), .text(stage.id), .text("\n"),
        .text("\t"), .id(account),
      ])
    return try rows.reduce(into: Standing()) { standing, row in
      let group = try row.id("grp")
      if try row.integer("passed") == 1 { standing.passedOn.insert(group) }
      if try row.optionalID("draft") != nil {
        standing.drafts[group] = Draft(
          group: group, isRecommended: try row.optionalInteger("draft_recommended").map { $0 == 1 },
          reason: try row.optionalText("draft_reason"))
      }
      guard let recommended = try row.optionalInteger("recommended") else { return }
      standing.decisions[group] = Decision(
        isRecommended: recommended == 1, reason: try row.optionalText("reason"), at: try row.instant("at"),
        who: try row.optionalText("name"),
        ended: try row.optionalInstant("ended_at").map { at in
          (at, Ending(rawValue: try row.text("ended_by")) ?? .returned)
        })
    }
  }

  /// Records decisions, all or none, and opens the sheets of those recommended; what was opened for one that is no longer
  /// recommended closes. Papers that are missing are named in the audit log beside the reason.
  ///
  /// Throws `CycleFault` with everything that stands against them.
  public static func decide(
    _ choices: [Choice], at stage: CycleStage, of cycle: StoredCycle, for post: Viewer.Post, at now: Instant,
    by actor: Actor, ids: IDMaker, _ transaction: any Transaction
  ) throws {
    let appointment = post.appointment
    let acting = try ActingStore.groups(at: stage.id, of: cycle, by: appointment, transaction)
    guard choices.allSatisfy({ acting.contains($0.group.id) }) else { throw CycleFault.forbidden }
    let passed = try standing(at: stage, of: cycle, for: appointment, transaction).passedOn
    let attached =
      stage.needs.isEmpty
      ? [:] : try RecommendationPaperStore.papers(at: stage.id, of: cycle, for: post, transaction).attached
    let lacking = choices.map { choice in
      RecommendationPaper.all(
        of: choice.group.progress, at: stage, in: cycle.calendar, attached: attached[choice.group.id] ?? []
      ).filter { !$0.isGiven }.map(\.id)
    }
    let faults = zip(choices, lacking).compactMap { choice, lacking in
      RecommendationState(
        of: choice.group.progress, at: stage, in: cycle.calendar, isPassedOn: passed.contains(choice.group.id),
        isConfirmed: cycle.confirmedAt != nil, at: now
      ).fault(
        recommends: choice.isRecommended, reason: choice.reason, group: choice.group.participant.name,
        lacking: lacking.map { cycle.policy.paperTitle($0) })
    }
    guard faults.isEmpty else { throw CycleFault(faults, kind: .conflict) }
    for (choice, lacking) in zip(choices, lacking) {
      let group = choice.group.participant
      try record(
        choice.isRecommended, group: group.group, at: stage.id, of: cycle, reason: choice.reason,
        lacking: choice.isRecommended ? lacking : [], at: now, by: actor, transaction)
      if choice.isRecommended {
        try SheetStore.openNext(after: stage, of: group, in: cycle, at: now, ids: ids, transaction)
      } else if let next = cycle.stages.first(where: { $0.position > stage.position && $0.kind == .evaluation }) {
        try SheetStore.close(next, of: group.group, in: cycle, transaction)
      }
    }
  }
}

extension RecommendationPaper {
  /// The papers of a group, with the files that are attached as them.
  public static func all(
    of group: GroupProgress, at recommendation: CycleStage, in calendar: CycleCalendar,
    attached: [RecommendationPaperStore.Attached]
  ) -> [RecommendationPaper] {
    all(
      of: group, at: recommendation, in: calendar,
      files: attached.filter { $0.stage == recommendation.id }.reduce(into: [:]) { $0[$1.paper, default: 0] += 1 })
  }
}
