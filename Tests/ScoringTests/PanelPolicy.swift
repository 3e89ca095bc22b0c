import Documents
import Notation
import Policies
import Testing

/// A small policy marked by a panel: every kind of rule that is scored in bulk, two forms, a cap, a veto and a grade
/// with a condition.
struct PanelPolicy {
  var rounding = "{places: 2, mode: half-up}"
  var reviewers = "{perItem: 5, combine: mean}"
  var cap = "96.5"
  var order = "[total desc, base desc]"
  var when = ""
  var extra = ""
  var firstRule = "{kind: judged}"

  var text: String {
    """
    policy: panel-test
    title: 评委打分测试办法
    rounding: \(rounding)
    reviewers: \(reviewers)
    forms:
      - {id: tight, name: 紧密型, tight: true, source: 一}
      - {id: loose, name: 松散型, source: 一}
    grading:
      grades:
        - {name: 优秀, from: 90\(when)}
        - {name: 良好, from: 80}
        - {name: 合格, from: 60}
        - {name: 不合格, from: 0}
      rank: {within: form, order: \(order)}
    vetoes:
      - {id: incident, title: 重大事故, grade: 不合格, source: 二}
      - {id: fraud, title: 弄虚作假, bars: [优秀], source: 二}
    scheme:
      total: 100
      cap: \(cap)
      indicators:
        - id: all
          title: 全部
          points: 100
          items:
            - {id: "1", title: 章程, points: 25, rule: \(firstRule), source: 三}
            - {id: "2", title: 满意度, points: 15, rule: {kind: percentage}, source: 三}
            - {id: "3", title: 达标, points: 20, rule: {kind: attainment, target: 87.5}, source: 三}
            - id: "4"
              title: 分段
              points: 30
              rule: {kind: bands, bands: [{from: 90, points: 30}, {from: 79.99, points: 17.5}, {from: 60, points: 8}]}
              source: 三
            - {id: "5", title: 紧密, points: 10, applies: {form: tight}, rule: {kind: judged}, source: 三}
            - {id: "6", title: 松散, points: 10, applies: {form: loose}, rule: {kind: judged}, source: 三}
    \(extra)
    """
  }

  func read() throws -> Policy {
    let root = try YAML.read(Array(text.utf8), file: "policy.yaml")
    let result = PolicyReader.read(root, file: "policy.yaml") { _, _, _ in nil }
    #expect(result.problems.filter { $0.severity == .error }.map { $0.line(in: .english) } == [])
    return try #require(result.policy)
  }
}
