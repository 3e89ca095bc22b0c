public import Cycles
public import Notation

extension RecommendationPaperStore {
  /// Attaches files to recommendations, to each group all of them.
  ///
  /// Throws `CycleFault` with all that stands against it. The caller has found that the groups are theirs to recommend.
  ///
  /// - Parameter quota: bytes that may be handed in for the groups of one authority within the cycle.
  public static func attach(
    _ drafts: [Draft], as paper: String, to groups: [GroupOverview], at stage: CycleStage, of cycle: StoredCycle,
    quota: Int64 = EvidenceQuota.usual, at now: Instant, by actor: Actor, ids: IDMaker, _ transaction: any Transaction
  ) throws {
    guard stage.needs.contains(paper), RecommendationPaper.takesFiles(paper) else {
      throw CycleFault.invalid("recommend.paper.fault.unknown")
    }
    let new = drafts.reduce(0) { $0 + ($1.received == nil ? 0 : $1.size) }
    for district in Set(groups.map(\.participant.district)) {
      try requireRoom(new, ofGroupsOf: district, in: cycle, most: quota, transaction)
    }
    let there = try tallies(at: stage.id, in: cycle, transaction)
    let bytes = drafts.reduce(0) { $0 + $1.size }
    let faults = groups.compactMap { group -> Message? in
      let name = Message.Part.text(group.participant.name)
      if let closed = closed(for: group.id, at: stage, of: cycle, at: now) {
        return Message("recommend.fault", ["group": name, "why": .message(closed)])
      }
      let own = there[group.id] ?? Tally()
      guard own.ever + drafts.count <= RecommendationPaper.mostFilesEver else {
        return Message(
          "recommend.paper.fault.ever", ["group": name, "files": .count(RecommendationPaper.mostFilesEver)])
      }
      let isRoom =
        own.standing + drafts.count <= RecommendationPaper.mostFiles
        && bytes <= RecommendationPaper.mostBytes - own.bytes
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

  /// How many papers of a group there are and ever were.
  private struct Tally {
    var standing = 0
    /// Those taken away included.
    var ever = 0
    /// Of those standing.
    var bytes: Int64 = 0
  }

  private static func tallies(
    at stage: String, in cycle: StoredCycle, _ transaction: any Transaction
  ) throws -> [ID: Tally] {
    try transaction.rows(
      """
      SELECT p.grp, count(*) AS ever, sum(CASE WHEN p.removed_at IS NULL THEN 1 ELSE 0 END) AS standing,
        CAST(sum(CASE WHEN p.removed_at IS NULL THEN f.size ELSE 0 END) AS BIGINT) AS bytes
      FROM recommendation_paper p JOIN evidence_file f ON f.hash = p.file
      WHERE p.authority = $1 AND p.cycle = $2 AND p.stage = $3
      GROUP BY p.grp
      """, [.id(cycle.authority), .id(cycle.id), .text(stage)]
    ).reduce(into: [:]) { tallies, row in
      tallies[try row.id("grp")] = Tally(
        standing: try row.int("standing"), ever: try row.int("ever"), bytes: try row.integer("bytes"))
    }
  }

  /// Throws `CycleFault` where so many bytes more are too many for the groups of one authority in a cycle, those of papers
  /// taken away included; a file that several groups have counts once, one of their evidence not at all.
  public static func requireRoom(
    _ bytes: Int64, ofGroupsOf district: ID, in cycle: StoredCycle, most: Int64, _ transaction: any Transaction
  ) throws {
    guard bytes > 0 else { return }
    let used =
      try transaction.row(
        """
        SELECT CAST(COALESCE(SUM(f.size), 0) AS BIGINT) AS used FROM evidence_file f
        WHERE f.hash IN (
          SELECT p.file FROM recommendation_paper p
          JOIN participant q ON q.authority = $1 AND q.cycle = $2 AND q.grp = p.grp
          WHERE p.authority = $1 AND p.cycle = $2 AND p.evidence IS NULL AND q.district = $3)
        """, [.id(cycle.authority), .id(cycle.id), .id(district)])?.integer("used") ?? 0
    guard bytes <= most - min(used, most) else {
      throw CycleFault.invalid(
        "recommend.paper.fault.quota", ["used": .count(Int(used >> 20)), "most": .count(Int(most >> 20))])
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

  /// Takes a file away again. What a group was recommended with goes only once there is another file in its place.
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
    if group.progress.recommended[stage.id] == true {
      let rests = try transaction.row(
        """
        SELECT 1 AS rests FROM recommendation_paper p
        JOIN recommendation x ON x.authority = $1 AND x.cycle = $2 AND x.stage = $3 AND x.grp = $4
        WHERE p.authority = $1 AND p.cycle = $2 AND p.stage = $3 AND p.grp = $4 AND p.id = $5
          AND EXISTS (
            SELECT 1 FROM recommendation_paper q
            WHERE q.authority = $1 AND q.cycle = $2 AND q.stage = $3 AND q.grp = $4 AND q.paper = p.paper
              AND q.at <= x.at AND (q.removed_at IS NULL OR q.removed_at > x.at))
          AND NOT EXISTS (
            SELECT 1 FROM recommendation_paper q
            WHERE q.authority = $1 AND q.cycle = $2 AND q.stage = $3 AND q.grp = $4 AND q.paper = p.paper
              AND q.id <> p.id AND q.removed_at IS NULL)
        """, [.id(cycle.authority), .id(cycle.id), .text(stage.id), .id(group.id), .id(id)])
      if rests != nil { throw CycleFault.conflict("recommend.paper.fault.decided") }
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
