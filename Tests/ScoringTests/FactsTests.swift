import Fixtures
import Notation
import Policies
import Testing

@testable import Scoring

/// Errors in facts are found all at once, each with its line and path.
@Suite struct FactsTests {
  static let policy = Written.policy(
    """
    policy: example
    title: 示例
    forms: [{id: tight, name: 紧密型, source: 一}, {id: loose, name: 松散型, source: 一}]
    scheme:
      total: 10
      indicators:
        - id: team
          title: 队伍
          points: 10
          items:
            - {id: "1", title: 交流, points: 4, rule: {kind: percentage}, source: 一}
            - {id: "2", title: 成员校, points: 3, of: members, rule: {kind: judged}, source: 一}
            - {id: "3", title: 一体, points: 3, applies: {form: tight}, rule: {kind: gate}, source: 一}
            - {id: "4", title: 协作, points: 3, applies: {form: loose}, rule: {kind: gate}, source: 一}
    bonus:
      items: [{id: media, title: 宣传, points: 2, rule: {kind: tiers, tiers: {city: 1}}, source: 二}]
    grading: {grades: [{name: 优秀, from: 9}, {name: 合格, from: 0}]}
    vetoes: [{id: incident, title: 事故, grade: 合格, source: 三}]
    """)

  static let schools = "schools: [{id: s1, role: lead}, {id: s2, role: member}]"

  func problems(_ yaml: String) -> [String] { Written.facts(yaml, for: Self.policy).problems }

  /// The places and paths of the problems in a group's facts, such as `1 years[0].groups[0].facts`.
  func wrong(_ group: String) -> [String] {
    problems("{years: [{year: 2022, groups: [{id: g1, form: tight, \(Self.schools), \(group)}]}]}").map { line in
      let path = line.split(separator: "：")[0].replacing("test.yaml:1: years[0].groups[0]", with: "")
      return String(path)
    }
  }

  @Test func `names everything that is wrong at once with line and path`() {
    let found = problems(
      """
      years:
        - year: 2022
          groups:
            - id: g1
              form: strange
              district: 5
              formed: 2021-02-30
              schools: [{id: s1, role: lead, pupils: -1}, {id: s1, role: head}]
              facts:
                "1": {group: {percent: 101}}
                "9": {group: {percent: 1}}
              vetoes: [fire]
              colour: red
            - id: g1
              form: tight
              schools: []
        - year: 2022
          groups: []
        - year: 二〇二二
          groups: []
      """)
    #expect(
      found == [
        "test.yaml:5: years[0].groups[0]：没有“strange”这个类型。已有：紧密型 tight、松散型 loose。",
        "test.yaml:6: years[0].groups[0].district：应为文字，这里是数字 5。改成要求的形式；没有的数据留空，不要填 0。",
        "test.yaml:7: years[0].groups[0].formed：日期应写作 2021-09-01，这里是文字“2021-02-30”。改为真实存在的日期。",
        "test.yaml:8: years[0].groups[0].schools[0]：数量不能为负，这里是 -1。核对数字。",
        "test.yaml:8: years[0].groups[0].schools[1]：学校编号“s1”重复或不可用。每所学校一个编号，不能叫 group。",
        "test.yaml:8: years[0].groups[0].schools[1]：学校的角色应为核心校（lead）或成员校（member），这里是文字“head”。改正角色。",
        "test.yaml:10: years[0].groups[0].facts.1.group.percent：百分数应在 0 到 100 之间，这里是 101。核对数字。",
        "test.yaml:11: years[0].groups[0].facts：没有“9”这一项。已有：1、2、3、4。",
        "test.yaml:12: years[0].groups[0].vetoes：没有“fire”这个否决情形。已有：事故 incident。",
        "test.yaml:13: years[0].groups[0]：“years[0].groups[0]”里没有“colour”这个键。检查拼写；可用的键：id、name、form、district、formed、schools、facts、bonus、vetoes。",
        "test.yaml:14: years[0].groups[1]：2022 年的集团“g1”出现两次。合并为一处。",
        "test.yaml:16: years[0].groups[1].schools：每个集团应有且只有一所核心校，这里有 0 所。核对各校的角色（role）。",
        "test.yaml:17: years[1]：2022 年出现两次。合并为一处。",
        "test.yaml:19: years[2]：年度应是四位整数，这里是文字“二〇二二”。填学年结束的那一年，如 2022。",
      ])
  }

  @Test(
    arguments: [
      ("facts: {\"1\": {group: {percent: 50, rate: 1}}}", [".facts.1.group.rate"]),
      ("facts: {\"1\": {s1: {percent: 50}}}", [".facts.1"]), ("facts: {\"2\": {s1: {done: 50}}}", [".facts.2"]),
      ("facts: {\"2\": {s3: {done: 50}}}", [".facts.2"]), ("facts: {\"2\": {s2: {done: high}}}", [".facts.2.s2.done"]),
      ("facts: {media: {group: {}}}", [".facts"]), ("bonus: {\"1\": {group: {}}}", [".bonus"]),
      ("facts: []", [".facts"]), ("facts: {\"1\": []}", [".facts.1"]),
      ("facts: {\"1\": {group: []}}", [".facts.1.group"]),
      ("vetoes: incident", [".vetoes"]), ("vetoes: [5]", [".vetoes[0]"]),
      ("bonus: {media: {group: {awards: [{level: city}, {level: moon}]}}}", [".bonus.media.group.awards[1].level"]),
      ("facts: {\"3\": {group: {met: 1}}}", [".facts.3.group.met"]),
    ])
  func `names the path`(group: String, paths: [String]) { #expect(wrong(group) == paths) }

  @Test(
    arguments: [
      "facts: {\"4\": {group: {nonsense: [1, {}]}}}", "facts: null", "vetoes: null", "bonus: null",
      "facts: {\"1\": null, \"2\": {s2: null}, \"3\": {group: {met: null}}}", "vetoes: [incident, incident]",
      "bonus: {media: null}",
    ])
  func `accepts null and overlooks facts of what does not apply`(group: String) { #expect(wrong(group) == []) }

  @Test(
    arguments: [
      ("[]", 1), ("{}", 1), ("{years: {}}", 1), ("{years: [5]}", 1), ("{years: [{year: 2022}]}", 1),
      ("{years: [{year: 2022.5, groups: []}]}", 1), ("{years: [{year: \"2022\", groups: []}]}", 1),
      ("{years: [], more: 1}", 1), ("{years: [{year: 22, groups: []}]}", 1),
      ("{years: [{year: 2022, groups: [{form: tight, schools: [{id: s1, role: lead}]}]}]}", 1),
      ("{years: [{year: 2022, groups: [{id: g1, schools: [{id: s1, role: lead}]}]}]}", 1),
      ("{years: [{year: 2022, groups: [{id: g1, form: tight}]}]}", 1),
      ("{years: [{year: 2022, groups: [{id: g1, form: tight, schools: [{id: group, role: lead}]}]}]}", 1),
      (
        "{years: [{year: 2022, groups: [{id: g1, form: tight, schools: [{id: a, role: lead}, {id: b, role: lead}]}]}]}",
        1
      ),
    ])
  func `refuses what is no facts file`(yaml: String, count: Int) { #expect(problems(yaml).count == count) }

  @Test func `the order of years does not matter`() {
    let (facts, problems) = Written.facts(
      "{years: [{year: 2023, groups: []}, {year: 2021, groups: []}]}", for: Self.policy)
    #expect(problems == [])
    #expect(facts.years.map(\.year) == [2023, 2021])
  }
}
