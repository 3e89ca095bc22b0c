import Fixtures
import Notation
import Policies
import Testing

@testable import Formations

@Suite struct LimitTests {
  static func checks(
    _ content: CaseContent, year: Int = 2022, counts: [FormationStanding.Count] = []
  ) throws -> [String: LimitCheck] {
    let all = try Town.terms().limits(of: .new, content, year: year, standing: FormationStanding(counts: counts))
    return Dictionary(all.map { ($0.id, $0) }) { first, _ in first }
  }

  @Test(arguments: [(0, false), (1, false), (2, true), (3, true), (4, false)])
  func `in the central city a lead school takes two or three members`(count: Int, isMet: Bool) throws {
    let members = (0..<count).map { Town.school(22 + Int64($0)) }
    let check = try #require(try Self.checks(Town.content([Town.lead] + members))["members"])
    #expect(check.verdict == (isMet ? .met : .unmet))
    #expect(check.source == "附件2（三）")
    #expect(check.atLeast == 2 && check.atMost == 3)
  }

  @Test func `elsewhere one member is enough, with another clause`() throws {
    let check = try #require(
      try Self.checks(Town.content([Town.lead, Town.school(22)], area: CaseContent.elsewhere))["members"])
    #expect(check.verdict == .met && check.atLeast == 1)
    #expect(check.source == "二（一）1；二（三）2")
  }

  @Test func `as long as nobody says whether it is the central city the limit is missing and never kept`() throws {
    let check = try #require(try Self.checks(Town.content([Town.lead, Town.school(22)], area: nil))["members"])
    #expect(check.verdict == .missing([Message("formation.name.area", ["name": .text("area")])]))
  }

  @Test func `dispatched managers are counted only where levels or districts are crossed and the form is tight`() throws
  {
    let inside = [Town.lead, Town.school(22), Town.school(23)]
    let across = [Town.lead, Town.school(22), Town.school(23, in: Town.gaoxin)]
    #expect(try Self.checks(Town.content(inside, form: "entrusted"))["dispatched-managers"] == nil)
    #expect(try Self.checks(Town.content(across, form: "collaborative"))["dispatched-managers"] == nil)
    let open = try #require(try Self.checks(Town.content(across, form: "entrusted"))["dispatched-managers"])
    #expect(open.verdict == .missing([Message("formation.missing.figure")]))
    #expect(open.source == "附件3 三（一）" && open.binds)
  }

  @Test func `schools of the city's own office alone cross no level`() throws {
    let lead = Town.school(21, .lead, in: Town.city)
    let own = Town.content([lead, Town.school(22, in: Town.city), Town.school(23, in: Town.city)], form: "integrated")
    let alone = try Self.checks(own)
    #expect(alone["dispatched-managers"] == nil && alone["performance-pay"] == nil)
    let mixed = try Self.checks(Town.content([lead, Town.school(22)], form: "integrated"))
    #expect(mixed["dispatched-managers"] != nil && mixed["performance-pay"] != nil)
  }

  @Test(arguments: [(7, 16, true), (8, 16, true), (9, 16, false)])
  func `half of the lead's managers may be sent, half included`(part: Int, whole: Int, isMet: Bool) throws {
    var content = Town.content([Town.lead, Town.school(23, in: Town.gaoxin)], form: "entrusted")
    content.figures["dispatched-managers"] = .share(part: Exact(part), whole: Exact(whole))
    let check = try #require(try Self.checks(content)["dispatched-managers"])
    #expect(check.verdict == (isMet ? .met : .unmet))
    #expect(check.figure == .shares([.init(part: Exact(part), whole: Exact(whole))]))
  }

  @Test func `nobody's managers of nobody is no share`() throws {
    var content = Town.content([Town.lead, Town.school(23, in: Town.gaoxin)], form: "entrusted")
    content.figures["dispatched-managers"] = .share(part: 0, whole: 0)
    #expect(
      try Self.checks(content)["dispatched-managers"]?.verdict == .missing([Message("formation.missing.figure")]))
  }

  @Test func `the share of tight groups is the year's, before and with this one`() throws {
    let content = Town.content([Town.lead, Town.school(22), Town.school(23)], form: "entrusted")
    let counts = [
      FormationStanding.Count(year: 2022, area: nil, tight: 29, all: 49),
      FormationStanding.Count(year: 2022, area: "central", tight: 5, all: 9),
    ]
    let checks = try Self.checks(content, counts: counts)
    let city = try #require(checks["share"])
    #expect(city.atLeast == 60 && city.verdict == .met && !city.binds)
    #expect(city.figure == .shares([.init(part: 29, whole: 49), .init(part: 30, whole: 50)]))
    #expect(checks["share-central"]?.verdict == .met)
    var loose = content
    loose.form = "collaborative"
    #expect(try Self.checks(loose, counts: counts)["share"]?.verdict == .unmet)
    #expect(try Self.checks(content)["share"]?.verdict == .missing([Message("formation.missing.registry")]))
    #expect(try Self.checks(content, year: 2026)["share"] == nil)
  }

  @Test func `new and weak schools are named, and unsaid flags are missing`() throws {
    let content = Town.content([
      Town.lead, Town.school(22, isNew: true), Town.school(23, isWeak: nil),
    ])
    let check = try #require(try Self.checks(content)["needy"])
    #expect(check.names == ["第22小学"])
    #expect(
      check.verdict == .missing([Message("formation.missing.flags", ["schools": .names(["第23小学"])])]))
  }

  @Test func `a school of another group is pointed at`() throws {
    let content = Town.content([Town.lead, Town.school(22, groups: ["五里片区教育集团"]), Town.school(23)])
    let check = try #require(try Self.checks(content)["twice"])
    #expect(check.verdict == .unmet && !check.binds && check.names == ["第22小学 五里片区教育集团"])
  }
}
