import Fixtures
import Notation
import Scoring
import Testing

@testable import Outcomes

@Suite struct RankTests {
  static func grading(_ rank: String) -> String {
    "{grades: [{name: 优秀, from: 90}, {name: 良好, from: 80}, {name: 合格, from: 60}, {name: 不合格, from: 0}], rank: {\(rank)}}"
  }

  @Test func `ties share the better rank and the next one counts them`() {
    let results = yearPolicy().results(
      Marked("a", 90), Marked("b", 80), Marked("c", 80), Marked("d", 70), Marked("e", 70), Marked("open", nil))
    #expect(["a", "b", "c", "d", "e", "open"].map { results.of($0).rank } == [1, 2, 2, 4, 4, nil])
    #expect(["a", "c", "d", "e", "open"].map { results.of($0).isLast } == [false, false, true, true, false])
    #expect(results.of("a").ranked == 5)
    #expect(results.of("open").ranked == nil)
  }

  @Test func `a group alone is not last and two that tie are both last`() {
    #expect(!yearPolicy().results(Marked("a", 90)).of("a").isLast)
    let tied = yearPolicy().results(Marked("a", 90), Marked("b", 90))
    #expect(tied.of("a").isLast && tied.of("b").isLast)
  }

  @Test func `the base decides where totals tie`() {
    let results = yearPolicy().results(Marked("a", 80, "bonus: {extra: {group: {share: 50}}}"), Marked("b", 85))
    #expect(results.of("a").card.total == results.of("b").card.total)
    #expect([results.of("a").rank, results.of("b").rank] == [2, 1])
  }

  @Test func `ranks within the form or the district`() {
    let groups = [
      Marked("a", 90, "form: tight, district: n"), Marked("b", 80, "form: loose, district: n"),
      Marked("c", 70, "form: tight, district: s"), Marked("d", 60, "form: loose"),
    ]
    func ranks(_ rank: String) -> [Int?] {
      let results = yearPolicy(grading: Self.grading(rank)).results([(2022, groups)])
      return ["a", "b", "c", "d"].map { results.of($0).rank }
    }
    #expect(ranks("within: all") == [1, 2, 3, 4])
    #expect(ranks("within: form") == [1, 1, 2, 2])
    #expect(ranks("within: district") == [1, 2, 1, 1])
    #expect(ranks("within: all, order: [base asc]") == [4, 3, 2, 1])
  }

  @Test func `what a group does not have stands last whichever way the order goes`() {
    for way in ["asc", "desc"] {
      let results = yearPolicy(grading: Self.grading("order: [months_since_formed \(way)]")).results(
        Marked("known", 10, "formed: 2020-01-01"), Marked("a", 90), Marked("b", 90),
        Marked("early", 20, "formed: 2020-01-01"))
      #expect(["known", "early", "a", "b"].map { results.of($0).rank } == [1, 1, 3, 3])
    }
  }

  @Test func `the change is last year's rank less this year's`() {
    let results = yearPolicy().results([
      (2021, [Marked("a", 90), Marked("b", 80), Marked("c", 70)]),
      (2022, [Marked("a", 70), Marked("b", 80), Marked("new", 99), Marked("c", nil)]),
    ])
    #expect(["a", "b", "new", "c"].map { results.of($0).rankChange } == [-2, 0, nil, nil])
    #expect(results.of("a", 2021).rankChange == nil)
  }

  @Test func `among common groups both years are ranked again`() {
    let results = yearPolicy(grading: Self.grading("change: common")).results([
      (2021, [Marked("gone", 95), Marked("a", 90), Marked("b", 80)]),
      (2022, [Marked("new", 99), Marked("b", 85), Marked("a", 70)]),
    ])
    #expect(["a", "b", "new"].map { results.of($0).rankChange } == [-1, 1, nil])
  }

  @Test func `a group ranked among others this year has no raw change and keeps a common one`() {
    let years: [(Int, [Marked])] = [
      (2021, [Marked("a", 90, "form: tight"), Marked("b", 80, "form: loose"), Marked("c", 70, "form: loose")]),
      (2022, [Marked("a", 75, "form: loose"), Marked("b", 80, "form: loose"), Marked("c", 70, "form: loose")]),
    ]
    let raw = yearPolicy(grading: Self.grading("within: form, change: raw")).results(years)
    #expect(["a", "b", "c"].map { raw.of($0).rankChange } == [nil, 0, -1])
    let common = yearPolicy(grading: Self.grading("within: form, change: common")).results(years)
    #expect(common.of("a").rankChange == -1)
    let all = yearPolicy(grading: Self.grading("within: all, change: raw")).results(years)
    #expect(all.of("a").rankChange == -1)
  }

  @Test func `a year left out breaks the change`() {
    let results = yearPolicy().results([(2020, [Marked("a", 90)]), (2022, [Marked("a", 90)])])
    #expect(results.of("a").rankChange == nil)
  }

  @Test func `the order of years in the facts does not matter`() {
    let results = yearPolicy().results([
      (2022, [Marked("a", 90), Marked("b", 95)]), (2021, [Marked("a", 90), Marked("b", 80)]),
    ])
    #expect(results.years.map(\.year) == [2021, 2022])
    #expect(results.of("a").rankChange == -1)
  }
}
