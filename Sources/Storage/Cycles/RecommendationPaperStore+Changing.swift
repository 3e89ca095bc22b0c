public import Cycles
public import Notation
public import People

extension RecommendationPaperStore {
  /// Attaches files to recommendations, to each group all of them.
  ///
  /// Throws `CycleFault` with all that stands against it. The caller has found that the groups are theirs to recommend.
  public static func attach(
    _ drafts: [Draft], as paper: String, to groups: [GroupOverview], at stage: CycleStage, of cycle: StoredCycle,
    for post: Viewer.Post, at now: Instant, by actor: Actor, ids: IDMaker, _ transaction: any Transaction
  ) throws {
    guard stage.needs.contains(paper), RecommendationPaper.takesFiles(paper) else {
      throw CycleFault.invalid("recommend.paper.fault.unknown")
    }
    let there = try papers(at: stage.id, of: cycle, for: post, transaction).attached
    let bytes = drafts.reduce(0) { $0 + $1.size }
    let faults = groups.compactMap { group -> Message? in
      let name = Message.Part.text(group.participant.name)
      if let closed = closed(for: group.id, at: stage, of: cycle, at: now) {
        return Message("recommend.fault", ["group": name, "why": .message(closed)])
      }
      let own = there[group.id] ?? []
      let isRoom =
        own.count + drafts.count <= RecommendationPaper.mostFiles
        && own.reduce(bytes) { $0 + $1.size } <= RecommendationPaper.mostBytes
      return isRoom
        ? nil
        : Message(
          "recommend.paper.fault.room",
          [
            "group": name, "files": .count(RecommendationPaper.mostFiles),
            "megabytes": .count(Int(RecommendationPaper.mostBytes >> 20)),
          ])
    }
    guard faults.isEmpty else { throw CycleFault(faults, kind: .conflict) }
    try note(drafts, at: now, transaction)
    for group in groups {
      for draft in drafts {
        try insert(
          draft, id: ids.next(at: now), as: paper, of: group.id, at: stage.id, in: cycle, at: now, by: actor,
          transaction)
      }
    }
  }

  /// Files that come to be known to the store's table before anything refers to them.
  public static func note(_ drafts: [Draft], at now: Instant, _ transaction: any Transaction) throws {
    for case let (file, kind)? in drafts.map(\.received) {
      try transaction.run(
        """
        INSERT INTO evidence_file (hash, size, kind, crc, stored_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (hash) DO NOTHING
        """,
        [.text(file.hash.hex), .integer(file.size), .text(kind.id), .integer(Int64(file.crc)), .instant(now)])
    }
  }

  /// Attaches one file to one recommendation, whatever the day: for programs that fill years gone by, too.
  public static func insert(
    _ draft: Draft, id: ID, as paper: String, of group: ID, at stage: String, in cycle: StoredCycle, at now: Instant,
    by actor: Actor, _ transaction: any Transaction
  ) throws {
    try transaction.run(
      """
      INSERT INTO recommendation_paper (authority, id, cycle, stage, grp, paper, file_name, file, evidence, at,
        by_account)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
      """,
      [
        .id(cycle.authority), .id(id), .id(cycle.id), .text(stage), .id(group), .text(paper), .text(draft.fileName),
        .text(draft.file.hex), .id(draft.evidence), .instant(now), .id(actor.account),
      ])
    transaction.record(
      AuditEntry(
        authority: cycle.authority, at: now, actor: actor, action: "recommendationPaper.attached",
        object: "group/\(group)",
        after: JSONText.object([
          ("cycle", .id(cycle.id)), ("stage", .text(stage)), ("paper", .text(paper)), ("name", .text(draft.fileName)),
          ("file", .text(draft.file.hex)), ("evidence", .id(draft.evidence)), ("id", .id(id)),
        ]).text))
  }

  /// Takes a file away again, as long as nobody was recommended with it.
  ///
  /// Throws `CycleFault`. The caller has found that the group is theirs to recommend.
  ///
  /// - Returns: whether there was such a file.
  public static func remove(
    _ id: ID, of group: GroupOverview, at stage: CycleStage, in cycle: StoredCycle, at now: Instant, by actor: Actor,
    _ transaction: any Transaction
  ) throws -> Bool {
    if let closed = closed(for: group.id, at: stage, of: cycle, at: now) {
      throw CycleFault([closed], kind: .conflict)
    }
    guard group.progress.recommended[stage.id] == nil else {
      throw CycleFault.conflict("recommend.paper.fault.decided")
    }
    let removed = try transaction.run(
      """
      UPDATE recommendation_paper SET removed_at = $6, removed_by = $7
      WHERE authority = $1 AND cycle = $2 AND stage = $3 AND grp = $4 AND id = $5 AND removed_at IS NULL
      """,
      [
        .id(cycle.authority), .id(cycle.id), .text(stage.id), .id(group.id), .id(id), .instant(now),
        .id(actor.account),
      ])
    guard removed == 1 else { return false }
    transaction.record(
      AuditEntry(
        authority: cycle.authority, at: now, actor: actor, action: "recommendationPaper.removed",
        object: "group/\(group.id)",
        after: JSONText.object([("cycle", .id(cycle.id)), ("stage", .text(stage.id)), ("id", .id(id))]).text))
    return true
  }

  /// Why no papers of a group are taken any more, or not yet; nil: they are.
  public static func closed(
    for group: ID, at stage: CycleStage, of cycle: StoredCycle, at now: Instant
  ) -> Message? {
    RecommendationState.papersClosed(
      for: group, at: stage, in: cycle.calendar, isConfirmed: cycle.confirmedAt != nil, at: now)
  }
}
