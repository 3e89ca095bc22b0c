import Crypto
public import Cycles
import Documents
import Notation
public import Outcomes
import Policies
public import Publishing
public import Scoring

/// What a cycle comes to by what is recorded now: the same whenever it is computed, until something recorded changes.
public struct ComputedYear: Sendable {
  /// A confirmed year before, as it was remembered.
  public struct Earlier: Sendable, Hashable {
    public let year: Int
    public let edition: Int
    /// Of its record.
    public let hash: String
  }

  public let cycle: StoredCycle
  public let groups: [Participant]
  public let state: YearState
  /// Why the confirmation was taken back last, since the edition published last.
  public let reopened: String?
  /// Of this year only, in the order of the groups.
  public let results: Results
  /// By group, in their order: the stages that counted.
  public let stages: [[String]]
  public let decisions: [RecordedDecision]
  /// Who took each of them.
  public let deciders: [String?]
  public let earlier: [Earlier]
  /// What those years came to.
  public let remembered: [GroupResult]
  /// Sheets that stand handed in without evidence or experts.
  public let lacking: [LackingSubmission]
  /// Of the submissions the results are made of, by group and stage.
  let submissions: [String]

  /// In the policy's language.
  var words: Catalogue { .of(language: cycle.policy.language) }

  public var faults: [ScoringFault] { results.faults }

  /// This year's results, in the order of the groups.
  public var year: [GroupResult] { results.all }

  /// What a person still has to decide, the decided ones left out.
  public var waiting: [OpenChoice] {
    let pending = Dictionary(year.map { ($0.id, Set($0.pending)) }) { first, _ in first }
    return results.choices.filter { choice in
      choice.groups.contains { pending[$0]?.contains(choice.consequence) ?? false }
    }
  }

  public var frozen: [FrozenResult] {
    zip(year, stages).compactMap { FrozenResult($0, stages: $1, words: words) }
  }

  /// Facts, results, and what they were computed from.
  var record: String {
    let facts = year.map { FactsJSON.text($0.card.group) }.joined(separator: ",\n")
    var written = ""
    ResultsJSON(policy: cycle.policy).write(results) { written += $0 }
    let basis = JSONText.object([
      ("authority", .id(cycle.authority)), ("cycle", .id(cycle.id)), ("year", .number(cycle.year)),
      ("policy", .text(cycle.edition)), ("submissions", .texts(submissions)),
      (
        "earlier",
        .list(earlier.map { .object([("year", .number($0.year)), ("record", .text($0.hash))]) })
      ),
      (
        "decisions",
        .list(
          decisions.map {
            .object([
              ("consequence", .text($0.consequence)), ("group", .text($0.group)), ("granted", .boolean($0.granted)),
              ("reason", .text($0.reason)),
            ])
          })
      ),
    ])
    return """
      {"basis": \(basis.text),
      "facts": {"years": [{"year": \(cycle.year), "groups": [
      \(facts)
      ]}]},
      "results": \(written)}

      """
  }

  static func hash(_ text: String) -> String { SHA256.hash(data: Array(text.utf8)).hexadecimal }
}
