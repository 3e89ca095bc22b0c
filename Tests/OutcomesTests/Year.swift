import Fixtures
import Notation
import Outcomes
import Policies

/// A policy of one item of a hundred points and two grades, with what a test adds.
func yearPolicy(_ more: String = "", grading: String? = nil, bonus: String = "") -> Policy {
  let grades =
    grading ?? "{grades: [{name: 优秀, from: 90}, {name: 良好, from: 80}, {name: 合格, from: 60}, {name: 不合格, from: 0}]}"
  return Written.policy(
    """
    policy: example
    title: 示例
    forms: [{id: tight, name: 紧密型, source: 一}, {id: loose, name: 松散型, source: 一}]
    scheme:
      total: 100
      indicators:
        - {id: all, title: 全部, points: 100, items: [{id: mark, title: 得分, points: 100, rule: {kind: judged}, source: 一}]}
    bonus:
      items: [{id: extra, title: 加分, points: 10, rule: {kind: formula, formula: points * share / 100}, source: 二}]
    vetoes:
      - {id: incident, title: 事故, grade: 不合格, source: 三}
      - {id: lapse, title: 失信, bars: [优秀, 良好], source: 三}
      - {id: slip, title: 疏漏, grade: 合格, source: 三}
    grading: \(grades)
    \(more)
    """)
}

/// A group by its mark; nil leaves the sheet open.
struct Marked {
  let id: String
  let mark: String?
  var more: String

  init(_ id: String, _ mark: Double?, _ more: String = "") {
    self.id = id
    self.mark = mark.map { "\($0)" }
    self.more = more
  }

  var yaml: String {
    let form = more.contains("form:") ? "" : "form: tight, "
    let rest = more.isEmpty ? "" : ", " + more
    return "{id: \(id), \(form)facts: {mark: {group: {\(mark.map { "done: \($0)" } ?? "")}}}\(rest)}"
  }
}

extension Policy {
  func results(_ years: [(Int, [Marked])]) -> Results {
    let list = years.map { "{year: \($0.0), groups: [\($0.1.map(\.yaml).joined(separator: ", "))]}" }
    return Written.results("{years: [\(list.joined(separator: ", "))]}", for: self)
  }

  func results(_ groups: Marked...) -> Results { results([(2022, groups)]) }
}

/// A consequence line of a policy.
func follows(_ body: String) -> String { "consequences: [{id: award, title: 表彰, source: 六, \(body)}]" }

extension Results {
  /// Who has the award in a year, and who waits for a decision.
  func award(_ year: Int = 2022) -> [String] {
    all.filter { $0.year == year }.flatMap { group in
      group.granted.map { _ in group.id } + group.pending.map { _ in group.id + "?" }
    }
  }
}
