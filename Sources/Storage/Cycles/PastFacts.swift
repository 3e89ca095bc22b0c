import Cycles
public import Notation
public import Policies
public import Scoring

/// A past cycle's facts as they count: for each group those of its highest completed stage, vetoes in force included.
public struct PastFacts: Sendable {
  public let cycle: StoredCycle
  /// As a facts file, so that another policy can read them.
  private let json: [String]
  private let vetoes: [ID: [String]]

  public var isEmpty: Bool { json.isEmpty }

  /// The latest cycle of an authority before a year; nil where there is none.
  public static func latest(
    of authority: ID, before year: Int, _ editions: PolicyEditions, _ transaction: any Transaction
  ) throws -> PastFacts? {
    guard
      let row = try transaction.row(
        "SELECT id FROM cycle WHERE authority = $1 AND year < $2 ORDER BY year DESC LIMIT 1",
        [.id(authority), .integer(year)]),
      let cycle = try CycleStore.cycle(authority: authority, row.id("id"), editions, transaction)
    else { return nil }
    let rows = try transaction.rows(
      """
      SELECT s.grp, u.facts
      FROM sheet s
      JOIN stage t ON t.authority = s.authority AND t.cycle = s.cycle AND t.stage = s.stage
      JOIN participant p ON p.authority = s.authority AND p.cycle = s.cycle AND p.grp = s.grp
      JOIN submission u ON u.authority = s.authority AND u.sheet = s.id AND u.number = s.submission
      WHERE s.authority = $1 AND s.cycle = $2 AND s.school = 0 AND NOT EXISTS (
        SELECT 1 FROM sheet h
        JOIN stage l ON l.authority = h.authority AND l.cycle = h.cycle AND l.stage = h.stage
        WHERE h.authority = s.authority AND h.cycle = s.cycle AND h.grp = s.grp AND h.school = 0
          AND h.submission IS NOT NULL AND l.position > t.position)
      ORDER BY p.position, s.grp
      """, [.id(authority), .id(cycle.id)])
    let laid = try transaction.rows(
      "SELECT grp, veto FROM veto WHERE authority = $1 AND cycle = $2 AND lifted_at IS NULL",
      [.id(authority), .id(cycle.id)])
    return PastFacts(
      cycle: cycle, json: try rows.map { try $0.text("facts") },
      vetoes: try laid.reduce(into: [:]) { $0[try $1.id("grp"), default: []].append(try $1.text("veto")) })
  }

  /// The facts as a policy reads them; what it no longer asks for is left aside.
  public func facts(for policy: Policy) -> (years: FactYears, problems: [Problem], ignored: Int) {
    let text = "{\"years\":[{\"year\":\(cycle.year),\"groups\":[\(json.joined(separator: ","))]}]}"
    let root: Node
    do throws(SyntaxProblem) {
      root = try JSON.read(Array(text.utf8), file: cycle.title)
    } catch {
      return (FactYears(years: []), [error.problem], 0)
    }
    var (years, problems, ignored) = FactsReader.readEarlier(root, for: policy)
    let known = Set(policy.vetoes.map(\.id))
    for year in years.years.indices {
      for group in years.years[year].groups.indices {
        guard let id = ID(years.years[year].groups[group].id) else { continue }
        years.years[year].groups[group].vetoes = (vetoes[id] ?? []).filter(known.contains)
      }
    }
    return (years, problems, ignored.count)
  }
}
