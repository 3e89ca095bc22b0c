import Fixtures
import Notation
import Scoring
import Testing

@testable import Outcomes

@Suite struct GradeTests {
  @Test(
    arguments: [
      (90.0, "优秀"), (89.99, "良好"), (80, "良好"), (79.99, "合格"), (60, "合格"), (59.99, "不合格"), (0, "不合格"), (100, "优秀"),
    ])
  func `a grade begins at its bound`(mark: Double, grade: String) {
    #expect(yearPolicy().results(Marked("g", mark)).of("g").grade == grade)
  }

  @Test func `grades by base or by total`() {
    let claim = "bonus: {extra: {group: {share: 100}}}"
    #expect(yearPolicy().results(Marked("g", 85, claim)).of("g").grade == "优秀")
    let byBase = yearPolicy(
      grading:
        "{by: base, grades: [{name: 优秀, from: 90}, {name: 良好, from: 80}, {name: 合格, from: 60}, {name: 不合格, from: 0}]}")
    #expect(byBase.results(Marked("g", 85, claim)).of("g").grade == "良好")
  }

  @Test func `takes the first grade whose condition holds`() {
    let policy = yearPolicy(
      grading: """
        {grades: [{name: 优秀, from: 90, when: 'percent_of("mark") >= 95 and lowest_percent(1) >= 95'}, {name: 良好, from: 80, when: not vetoed("slip")}, {name: 合格, from: 60}, {name: 不合格, from: 0}]}
        """)
    #expect(policy.results(Marked("g", 95)).of("g").grade == "优秀")
    #expect(policy.results(Marked("g", 92)).of("g").grade == "良好")
    #expect(policy.results(Marked("g", 92, "vetoes: [slip]")).of("g").grade == "合格")
  }

  @Test(
    arguments: [
      (95.0, "incident", "不合格"), (95, "lapse", "合格"), (85, "lapse", "合格"), (65, "lapse", "合格"), (40, "lapse", "不合格"),
      (95, "slip", "合格"), (40, "slip", "不合格"), (95, "slip, incident", "不合格"), (95, "lapse, incident", "不合格"),
    ])
  func `vetoes bring the grade down and never up`(mark: Double, vetoes: String, grade: String) {
    let result = yearPolicy().results(Marked("g", mark, "vetoes: [\(vetoes)]"), Marked("h", 50)).of("g")
    #expect(result.grade == grade)
    #expect(result.rank == (mark > 50 ? 1 : 2))
    #expect(result.card.base == .decimal("\(mark)"))
  }

  @Test func `a veto with a grade does not wait for the sheet`() {
    let policy = yearPolicy(follows("select: {order: [total desc], count: 5}"))
    let results = policy.results(
      Marked("open", nil), Marked("vetoed", nil, "vetoes: [slip]"), Marked("barred", nil, "vetoes: [lapse]"),
      Marked("both", nil, "vetoes: [slip, lapse]"), Marked("g", 95))
    #expect(results.of("open").grade == nil)
    #expect(results.of("vetoed").grade == "合格")
    #expect(results.of("vetoed").rank == nil)
    #expect(results.of("barred").grade == nil)
    #expect(results.of("both").grade == "合格")
    #expect(results.award() == ["g"])
  }

  @Test func `who is not eligible is scored and has no grade or rank and no consequence`() {
    let policy = yearPolicy("eligible: months_since_formed >= 12\n" + follows("when: true"))
    let results = policy.results(
      Marked("old", 70, "formed: 2021-09-01"), Marked("young", 95, "formed: 2021-09-02"), Marked("unknown", 95),
      Marked("late", 95, "formed: 2021-12-01, vetoes: [incident]"))
    #expect(results.of("old").grade == "合格")
    #expect(results.of("old").rank == 1)
    for id in ["young", "unknown", "late"] {
      #expect(results.of(id).grade == nil)
      #expect(results.of(id).rank == nil)
      #expect(results.of(id).card.base == 95)
      #expect(!results.of(id).card.isEligible)
    }
    #expect(results.award() == ["old"])
  }
}
