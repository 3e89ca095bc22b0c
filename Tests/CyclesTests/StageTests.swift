import Cycles
import Fixtures
import Notation
import Policies
import Testing

@Suite struct StageTests {
  static let derived: [(String, [Stage.Kind])] = [
    (
      "ankang-2022",
      [.selfEvaluation, .evaluation, .recommendation, .evaluation, .objection, .publication]
    ),
    ("sanya-2021", [.selfEvaluation, .evaluation, .recommendation, .evaluation, .publication]),
    ("sanya-2021-illustrative", [.selfEvaluation, .evaluation, .recommendation, .evaluation, .publication]),
    (
      "suizhou-2022",
      [.selfEvaluation, .members, .evaluation, .evaluation, .objection, .publication]
    ),
    ("shanghai-2015-illustrative", [.selfEvaluation, .report, .evaluation, .publication]),
    ("zhongyuan-2022-illustrative", [.selfEvaluation, .members, .evaluation, .publication]),
  ]

  @Test(arguments: derived)
  func `a stage's kind is seen from what it has`(id: String, kinds: [Stage.Kind]) throws {
    #expect(try Town.policy(id).stages.map(\.kind) == kinds)
  }

  func kinds(_ stages: String, _ more: String = "") -> [Stage.Kind] {
    Written.policy("policy: example\ntitle: 示例\nstages: [\(stages)]\n\(more)").stages.map(\.kind)
  }

  @Test func `a last stage that asks for nothing tells the results, unless nothing was evaluated before or it weighs`()
  {
    let own = "{id: self, title: 自评, by: lead}"
    let final = "{id: final, title: 终评, by: city}"
    #expect(kinds("\(own), {id: first, title: 初评, by: district}, \(final)").last == .publication)
    #expect(kinds("\(own), \(final)").last == .evaluation)
    #expect(
      kinds("\(own), {id: first, title: 初评, by: district}, {id: final, title: 终评, by: city, due: 10-31}").last
        == .evaluation)
    #expect(
      kinds("\(own), {id: first, title: 初评, by: district}, \(final)", "counts: {first: 40, final: 60}").last
        == .evaluation)
  }

  @Test func `what a policy says of a stage's kind holds`() {
    #expect(
      kinds("{id: a, title: 甲, by: lead}, {id: b, title: 乙, by: city, kind: recommendation}").last == .recommendation)
    #expect(kinds("{id: a, title: 甲, by: thirdParty, kind: evaluation}") == [.evaluation])
  }

  @Test func `the days of a year are those after the school year that ends in it`() throws {
    let stages = CycleStage.all(of: try Town.policy("ankang-2022"), year: 2022)
    #expect(stages.map { $0.due?.text } == ["2022-08-31", "2022-09-30", "2022-09-30", "2022-10-31", nil, nil])
    #expect(stages.map(\.position) == Array(0..<6))
    #expect(stages[4].days == 5)
    let next = Written.policy(
      "policy: example\ntitle: 示例\nyear: {starts: 01-01}\nstages: [{id: final, title: 终评, by: city, due: 03-31, year: next, opens: 01-15}]"
    )
    let stage = try #require(CycleStage.all(of: next, year: 2022).first)
    #expect(stage.due?.text == "2023-03-31" && stage.opens?.text == "2023-01-15")
  }

  @Test func `no cycle opens under a policy that can't be run or leads to no score`() throws {
    #expect(CycleStage.obstacles(to: try Town.policy("ankang-2022")) == [])
    #expect(!CycleStage.obstacles(to: try Town.policy("sanya-2021")).isEmpty)
    #expect(CycleStage.obstacles(to: try Town.policy("shanghai-2015")).map(\.key).contains("cycles.obstacle.stages"))
  }

  @Test func `a window of no days is none`() {
    let policy = Written.policy(
      "policy: example\ntitle: 示例\nstages: [{id: final, title: 终评, by: city, due: 03-31}, {id: objection, title: 异议, days: 0}]"
    )
    #expect(CycleStage.all(of: policy, year: 2022).map(\.id) == ["final"])
  }
}
