import Fixtures
import Notation
import Scoring
import Testing

@testable import Outcomes

@Suite struct ConsequenceTests {
  static let five = [Marked("a", 95), Marked("b", 90), Marked("c", 85), Marked("d", 85), Marked("e", 70)]

  func award(_ body: String, _ groups: [Marked] = five) -> [String] {
    yearPolicy(follows(body)).results([(2022, groups)]).award()
  }

  @Test(
    arguments: [
      ("quota: 40", ["a", "b"]), ("quota: 50", ["a", "b"]), ("quota: 50, round: up", ["a", "b"]),
      ("quota: 50, round: up, ties: include", ["a", "b", "c", "d"]),
      ("quota: 50, round: up, ties: decide", ["a", "b", "c?", "d?"]), ("quota: 50, round: nearest", ["a", "b"]),
      ("quota: 30, round: nearest, ties: include", ["a", "b"]), ("quota: 29, round: nearest", ["a"]),
      ("quota: 30, round: down", ["a"]), ("quota: 80", ["a", "b", "c", "d"]), ("quota: 0", []),
      ("quota: 0, ties: include", []),
      ("quota: 10", []), ("quota: 10, round: up", ["a"]), ("quota: 100", ["a", "b", "c", "d", "e"]),
      ("quota: 100, ties: decide", ["a", "b", "c", "d", "e"]), ("count: 3", ["a", "b"]),
      ("count: 3, ties: include", ["a", "b", "c", "d"]), ("count: 3, ties: decide", ["a", "b", "c?", "d?"]),
      ("count: 9", ["a", "b", "c", "d", "e"]), ("count: 0", []), ("by: decision", ["a?", "b?", "c?", "d?", "e?"]),
    ])
  func `selects a quota or a number and treats ties as told`(size: String, expected: [String]) {
    #expect(award("select: {order: [total desc], \(size)}") == expected)
  }

  @Test func `a cut at none or at all has no ties`() {
    let tied = ["x", "y", "z"].map { Marked($0, 80) }
    #expect(award("select: {order: [total desc], quota: 30, ties: include}", tied) == [])
    #expect(award("select: {order: [total desc], quota: 100, ties: decide}", tied) == ["x", "y", "z"])
    #expect(award("select: {order: [total desc], quota: 34, ties: decide}", tied) == ["x?", "y?", "z?"])
    #expect(award("select: {order: [total desc], quota: 34}", tied) == [])
  }

  @Test func `candidates satisfy both when and among`() {
    let select = "select: {among: {grade: [优秀, 良好]}, order: [total desc], count: 2}"
    #expect(award(select) == ["a", "b"])
    #expect(award("when: 'total < 95', \(select)") == ["b"])
    #expect(award("when: {grade: 良好}, select: {order: [total asc], count: 5}") == ["c", "d"])
  }

  @Test func `a group without a full sheet is no candidate but may meet a condition`() {
    let groups = Self.five + [Marked("open", nil, "vetoes: [incident]")]
    #expect(award("when: {grade: 不合格}", groups) == ["open"])
    #expect(award("when: 'total < 100 or base < 100 or rank > 0'", groups) == ["a", "b", "c", "d", "e"])
    #expect(award("select: {order: [total desc], quota: 20, round: up}", groups) == ["a"])
  }

  @Test(
    arguments: [
      ("is_last", ["e"]), ("rank <= 2", ["a", "b"]), ("ranked == 5", ["a", "b", "c", "d", "e"]),
      ("first_year", ["a", "b", "c", "d", "e"]),
      ("previous.total > 0", []), ("not previous.total > 0", ["a", "b", "c", "d", "e"]), ("rank_change in [0]", []),
      ("vetoed(\"lapse\")", []), ("form == \"tight\" and grade in [\"良好\"]", ["c", "d"]),
      ("bonus == 0 and total == base", ["a", "b", "c", "d", "e"]),
    ])
  func `conditions speak of a group's year`(condition: String, expected: [String]) {
    #expect(award("when: '\(condition)'") == expected)
  }

  static func streak(_ length: Int) -> String { "when: 'streak(grade == \"不合格\") >= \(length)'" }

  @Test func `a streak counts years in a row`() {
    let policy = yearPolicy(follows(Self.streak(2)))
    let years = [(2020, 50.0), (2021, 55), (2022, 70), (2023, 40), (2024, 30)].map { ($0.0, [Marked("g", $0.1)]) }
    let results = policy.results(years)
    #expect((2020...2024).map { results.award($0) } == [[], ["g"], [], [], ["g"]])
  }

  @Test func `a year that is missing or open breaks a streak`() {
    let policy = yearPolicy(follows(Self.streak(2)))
    #expect(policy.results([(2020, [Marked("g", 50)]), (2022, [Marked("g", 50)])]).award() == [])
    let open = policy.results([(2020, [Marked("g", 50)]), (2021, [Marked("g", nil)]), (2022, [Marked("g", 50)])])
    #expect(open.award() == [])
    let vetoed = policy.results([(2021, [Marked("g", nil, "vetoes: [incident]")]), (2022, [Marked("g", 50)])])
    #expect(vetoed.award() == ["g"])
  }

  @Test func `a year without a graded result breaks a streak even where the condition holds in it`() {
    let policy = yearPolicy(follows("when: 'streak(bonus >= 0) >= 2'"))
    let open = policy.results([(2020, [Marked("g", 50)]), (2021, [Marked("g", nil)]), (2022, [Marked("g", 50)])])
    #expect((2020...2022).map { open.award($0) } == [[], [], []])
    #expect(policy.results([(2021, [Marked("g", 50)]), (2022, [Marked("g", 50)])]).award() == ["g"])
  }

  @Test func `a streak reads each year with that year's ranks`() {
    let policy = yearPolicy(follows("when: 'streak(rank == 1 and not is_last) >= 2'"))
    let results = policy.results([
      (2021, [Marked("g", 90), Marked("h", 80)]), (2022, [Marked("g", 70), Marked("h", 60)]),
    ])
    #expect(results.award(2021) == [])
    #expect(results.award(2022) == ["g"])
  }

  @Test func `once in a life takes no place the second time`() {
    let policy = yearPolicy(follows("once: group, select: {order: [total desc], count: 1}"))
    let groups = [Marked("a", 95), Marked("b", 90)]
    let results = policy.results([(2021, groups), (2022, groups), (2023, groups)])
    #expect([2021, 2022, 2023].map { results.award($0) } == [["a"], ["b"], []])
    let pending = yearPolicy(follows("once: group, select: {by: decision}")).results([(2021, groups), (2022, groups)])
    #expect(pending.award(2022) == ["a?", "b?"])
  }

  @Test func `last year's result is the calendar year's before`() {
    let policy = yearPolicy(
      follows("when: 'previous.grade == \"优秀\" and previous.total >= 95 and previous.rank == 1 and not first_year'"))
    #expect(policy.results([(2021, [Marked("g", 95)]), (2022, [Marked("g", 10)])]).award() == ["g"])
    #expect(policy.results([(2020, [Marked("g", 95)]), (2022, [Marked("g", 10)])]).award() == [])
    let vetoed = policy.results([(2021, [Marked("g", nil, "vetoes: [incident]")]), (2022, [Marked("g", 10)])])
    #expect(vetoed.award() == [])
  }

  @Test func `a veto's grade counts as last year's result but its total does not`() {
    let years: [(Int, [Marked])] = [(2021, [Marked("g", nil, "vetoes: [incident]")]), (2022, [Marked("g", 10)])]
    #expect(yearPolicy(follows("when: 'first_year'")).results(years).award() == [])
    #expect(yearPolicy(follows("when: {previous.grade: 不合格}")).results(years).award() == ["g"])
    #expect(yearPolicy(follows("when: 'previous.total >= 0'")).results(years).award() == [])
  }

  @Test func `a computed zero below the line is named with its year and consequence`() {
    let policy = yearPolicy(follows("when: '1 / (total - 90) > 0'"))
    let results = Written.results(
      "{years: [{year: 2022, groups: [{id: g, form: tight, facts: {mark: {group: {done: 90}}}}]}]}", for: policy)
    #expect(results.faults.map(\.item) == ["award"])
    #expect(results.faults.map(\.year) == [2022])
  }
}
