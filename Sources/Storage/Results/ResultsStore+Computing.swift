import Cycles
import Documents
public import Notation
public import Outcomes
import Policies
import Publishing
import Scoring

extension ResultsStore {
  /// The year's results of all groups: their frozen submissions, scored, counted, ranked and graded beside the years
  /// before, as those were confirmed. Three statements.
  ///
  /// Throws `DatabaseError.statement` where a frozen copy can't be read.
  public static func compute(_ cycle: StoredCycle, _ transaction: any Transaction) throws -> ComputedYear {
    let reading = try YearReading(cycle, transaction)
    let (submitted, lacking) = try submissions(cycle, transaction)
    let (earlier, remembered) = try earlier(cycle, transaction)
    let scorer = Scorer(policy: cycle.policy)
    let count = Count(policy: cycle.policy, year: cycle.year, stages: cycle.stages)
    let groups = try reading.groups.map { group in
      var cards: [String: Scorecard] = [:]
      for submission in submitted[group.group] ?? [] {
        cards[submission.stage] = try submission.card(scorer, year: cycle.year)
      }
      return StageCards(
        group: group.facts(
          year: cycle.year, policy: cycle.policy, vetoes: (reading.vetoes[group.group] ?? []).sorted()),
        cards: cards)
    }
    let counted = count.cards(groups)
    let results = Confirmation(policy: cycle.policy).results(
      [CardYear(year: cycle.year, cards: counted.map(\.card))], after: remembered, decisions: reading.decisions)
    let hashes = zip(reading.groups, counted).flatMap { group, counted in
      (submitted[group.group] ?? []).filter { counted.stages.contains($0.stage) }
        .map { "\(group.group)/\($0.stage)/\($0.number) \($0.hash)" }
    }
    return ComputedYear(
      cycle: cycle, groups: reading.groups, state: reading.state, reopened: reading.reopened, results: results,
      stages: counted.map(\.stages),
      decisions: reading.decisions, deciders: reading.deciders, earlier: earlier, remembered: remembered,
      lacking: lacking, submissions: hashes)
  }

  /// A frozen copy that counts or may count.
  private struct Submission {
    let stage: String
    let number: Int
    let hash: String
    let facts: String
    let card: String

    func card(_ scorer: Scorer, year: Int) throws -> Scorecard {
      guard let group = try? SheetStore.facts(facts, year: year, policy: scorer.policy),
        let lines = CardJSON.lines(card)
      else { throw DatabaseError.statement("submission \(hash) can't be read") }
      return scorer.card(group, year: year, recorded: lines.map(\.recorded))
    }
  }

  /// By group: of each the submissions that hold at the stages that may count; only the highest where one counts alone.
  /// Beside them all that stand handed in without evidence or experts, in the order of the stages.
  private static func submissions(
    _ cycle: StoredCycle, _ transaction: any Transaction
  ) throws -> (counting: [ID: [Submission]], lacking: [LackingSubmission]) {
    let count = Count(policy: cycle.policy, year: cycle.year, stages: cycle.stages)
    let stages = count.eligible
    guard !stages.isEmpty else { return ([:], []) }
    var values: [Value] = [.id(cycle.authority), .id(cycle.id)]
    let places = stages.map { stage -> String in
      values.append(.text(stage.id))
      return "$\(values.count)"
    }.joined(separator: ", ")
    let highest = """
      AND NOT EXISTS (
        SELECT 1 FROM sheet h
        JOIN stage g ON g.authority = h.authority AND g.cycle = h.cycle AND g.stage = h.stage
        WHERE h.authority = s.authority AND h.cycle = s.cycle AND h.grp = s.grp AND h.school = 0
          AND h.submission IS NOT NULL AND g.position > t.position AND h.stage IN (\(places)))
      """
    let rows = try transaction.rows(
      """
      SELECT 'counting' AS what, s.grp, s.stage, u.number, u.hash, u.facts, u.card, t.position AS place, NULL AS name
      FROM sheet s
      JOIN stage t ON t.authority = s.authority AND t.cycle = s.cycle AND t.stage = s.stage
      JOIN submission u ON u.authority = s.authority AND u.sheet = s.id AND u.number = s.submission
      WHERE s.authority = $1 AND s.cycle = $2 AND s.school = 0 AND s.stage IN (\(places))
        \(count.takesAll ? "" : highest)
      UNION ALL
      SELECT 'lacking', s.grp, s.stage, s.id, m.name, u.without_evidence, u.without_experts, t.position, p.name
      FROM sheet s
      JOIN stage t ON t.authority = s.authority AND t.cycle = s.cycle AND t.stage = s.stage
      JOIN submission u ON u.authority = s.authority AND u.sheet = s.id AND u.number = s.submission
      JOIN participant p ON p.authority = s.authority AND p.cycle = s.cycle AND p.grp = s.grp
      LEFT JOIN participant_school m
        ON m.authority = s.authority AND m.cycle = s.cycle AND m.grp = s.grp AND m.school = s.school
      WHERE s.authority = $1 AND s.cycle = $2
        AND (u.without_evidence IS NOT NULL OR u.without_experts IS NOT NULL)
      ORDER BY place, grp
      """, values)
    var found: [ID: [Submission]] = [:]
    var lacking: [LackingSubmission] = []
    for row in rows {
      guard try row.text("what") == "counting" else {
        lacking.append(
          LackingSubmission(
            sheet: try row.id("number"), group: try row.id("grp"), groupName: try row.text("name"),
            stage: try row.text("stage"), school: try row.optionalText("hash"),
            withoutEvidence: try row.optionalText("facts"), withoutExperts: try row.optionalText("card")))
        continue
      }
      found[try row.id("grp"), default: []].append(
        Submission(
          stage: try row.text("stage"), number: try row.int("number"), hash: try row.text("hash"),
          facts: try row.text("facts"), card: try row.text("card")))
    }
    return (found, lacking)
  }

  /// The years before that were confirmed under the same authority: of each what is published last, else its draft.
  private static func earlier(
    _ cycle: StoredCycle, _ transaction: any Transaction
  ) throws -> ([ComputedYear.Earlier], [GroupResult]) {
    let rows = try transaction.rows(
      """
      SELECT c.year, e.number, e.hash, \(FrozenResult.columns)
      FROM cycle c
      JOIN edition e ON e.authority = c.authority AND e.cycle = c.id
      JOIN result r ON r.authority = e.authority AND r.cycle = e.cycle AND r.edition = e.number
      WHERE c.authority = $1 AND c.year < $2
        AND e.number = (
          SELECT max(n.number) FROM edition n
          WHERE n.authority = c.authority AND n.cycle = c.id AND n.number >= 0)
      ORDER BY c.year, r.position
      """, [.id(cycle.authority), .integer(cycle.year)])
    var years: [ComputedYear.Earlier] = []
    let results = try rows.map { row -> GroupResult in
      let year = try row.int("year")
      if years.last?.year != year {
        years.append(
          ComputedYear.Earlier(year: year, edition: try row.int("number"), hash: try row.text("hash")))
      }
      return try FrozenResult(row).remembered(year: year)
    }
    return (years, results)
  }

  /// What some groups came to in the years before, as those were confirmed, for a table beside this year's.
  public static func earlierYears(
    of cycle: StoredCycle, groups: Set<ID>, _ transaction: any Transaction
  ) throws -> [(year: Int, groups: [GroupResult])] {
    let (years, remembered) = try earlier(cycle, transaction)
    let ids = Set(groups.map(\.description))
    return years.map { year in (year.year, remembered.filter { $0.year == year.year && ids.contains($0.id) }) }
  }
}
