import Fixtures
import Notation
import Policies
import Registry
import Testing

@testable import Formations

/// A case from the first word to the group: what may happen, when, by whom.
@Suite struct CaseTests {
  static let inside = Town.content([Town.lead, Town.school(22), Town.school(23)])
  static let across = Town.content([Town.lead, Town.school(22), Town.school(23, in: Town.gaoxin)])

  /// Accepted and made public on the first day.
  static func published(_ content: CaseContent = inside) throws -> (FormationCase, CaseSetting) {
    let setting = try Town.setting()
    let accepted = try Town.new(content).accepted(setting)
    return (
      try accepted.after(.publish(from: Town.start.day), by: Town.office(Town.hanbin), at: Town.start, in: setting),
      setting
    )
  }

  @Test func `an empty application names everything it lacks at once`() throws {
    let keys = Town.new(CaseContent()).keys(.submit, Town.applicant, at: Town.start, try Town.setting())
    #expect(
      keys == [
        "formation.lack.name", "formation.lack.lead", "formation.lack.members", "formation.lack.form",
        "formation.lack.content", "formation.lack.content", "formation.lack.content", "formation.lack.figure",
        "formation.lack.figure", "formation.lack.figure", "formation.lack.routeFacts",
      ])
  }

  @Test func `from application to a group that stands from the day of the decision`() throws {
    let (open, setting) = try Self.published(Self.across)
    let day = Town.later(8).day
    let approved = try open.after(Town.approval(day), by: Town.office(Town.hanbin), at: Town.later(8), in: setting)
    #expect(approved.phase == .approved)
    let filed = try approved.after(
      .file(number: "安教备〔2026〕3号", day: day), by: Town.office(Town.city), at: Town.later(9), in: setting)
    #expect(filed.phase == .filed)
    let change = try #require(filed.registryChange(group: ID(90), code: "g90", present: []))
    #expect(change.founded?.formed == day && change.founded?.authority == Town.hanbin)
    #expect(change.founded?.form == "collaborative" && change.founded?.name == "第一教育集团")
    #expect(change.begins.map(\.school) == [ID(21), ID(22), ID(23)])
    #expect(change.begins.map(\.role) == [.lead, .member, .member])
    #expect(change.begins.allSatisfy { $0.since == day && $0.until == nil })
  }

  @Test func `the publicity lasts the policy's days to the end of the last one`() throws {
    let (open, setting) = try Self.published()
    let through = try #require(open.publicity?.through)
    #expect(through == Town.start.day.adding(days: 7))
    let last = Instant(endOf: through).adding(seconds: -1)
    let comment = CaseComment(id: ID(5), speaker: .parent, text: "片区会不会调整？", at: last)
    #expect(open.keys(.comment(comment), Town.anybody, at: last, setting) == [])
    #expect(
      open.keys(.comment(comment), Town.anybody, at: Instant(endOf: through), setting)
        == ["formation.fault.commentClosed"])
    #expect(
      open.keys(Town.approval(last.day), Town.office(Town.hanbin), at: last, setting)
        == ["formation.fault.early", "formation.open.running"])
    #expect(
      open.keys(
        Town.approval(through.adding(days: 1)), Town.office(Town.hanbin), at: Instant(endOf: through), setting) == [])
  }

  @Test func `who isn't meant may do nothing`() throws {
    let (open, setting) = try Self.published()
    let stranger = CaseActor(.school(ID(29)), account: ID(1))
    let acts: [CaseAct] = [
      .write(Self.inside, seen: 1), .submit, .accept, .publish(from: Town.start.day), .giveBack(reason: "x"),
      .withdraw(reason: "x"), Town.approval(Town.start.day), .file(number: "1", day: Town.start.day),
      .passCharter(school: ID(22), day: Town.start.day), Town.consent(22), .withhold(comment: ID(1), reason: "x"),
    ]
    for act in acts {
      for actor in [stranger, Town.office(Town.gaoxin), Town.anybody] {
        #expect(open.keys(act, actor, at: Town.later(9), setting) == ["refusal.forbidden"], "\(act.name)")
      }
    }
    #expect(
      open.keys(Town.approval(Town.later(8).day), Town.applicant, at: Town.later(8), setting) == ["refusal.forbidden"])
  }

  @Test func `given back with a reason, written again, handed in again`() throws {
    let (open, setting) = try Self.published()
    let office = Town.office(Town.hanbin)
    #expect(open.keys(.giveBack(reason: ""), office, at: Town.later(1), setting) == ["formation.fault.reason"])
    let back = try open.after(.giveBack(reason: "补充经费保障"), by: office, at: Town.later(1), in: setting)
    #expect(back.phase == .returned && back.giveBack?.reason == "补充经费保障")
    #expect(back.publicity == nil)
    var content = Self.inside
    content.texts["safeguards"] = "区财政专项"
    #expect(
      back.keys(.write(content, seen: 1), Town.applicant, at: Town.later(2), setting) == ["formation.fault.version"])
    let again = try back.after(.write(content, seen: back.version), by: Town.applicant, at: Town.later(2), in: setting)
      .after(.submit, by: Town.applicant, at: Town.later(2), in: setting)
    #expect(again.phase == .submitted)
  }

  @Test func `a publicity that is over holds after a return unless something of what it showed changes`() throws {
    let (open, setting) = try Self.published()
    let back = try open.after(
      .giveBack(reason: "补充"), by: Town.office(Town.hanbin), at: Town.later(9), in: setting)
    #expect(back.publicity != nil)
    var same = Self.inside
    same.texts["goals"] = "三年内缩小差距 \r\n"
    same.texts["other"] = " "
    func written(_ content: CaseContent) throws -> FormationCase {
      try back.after(.write(content, seen: back.version), by: Town.applicant, at: Town.later(9), in: setting)
    }
    #expect(try written(same).publicity != nil)
    var (words, area, figure) = (Self.inside, Self.inside, Self.inside)
    words.texts["goals"] = "两年"
    area.area = CaseContent.elsewhere
    figure.figures["performance-pay"] = .number(70)
    for content in [words, area, figure] { #expect(try written(content).publicity == nil) }
    let other = Town.content([Town.lead, Town.school(22), Town.school(24)])
    let changed = try back.after(.write(other, seen: back.version), by: Town.applicant, at: Town.later(9), in: setting)
    #expect(changed.publicity == nil)
  }

  @Test func `every school's congress and a private school's board stand before approval`() throws {
    let setting = try Town.setting("shanghai-2015")
    let form = try #require(setting.terms.forms.first?.id)
    var content = Town.content([Town.lead, Town.school(22, isPrivate: nil)], form: form)
    #expect(Town.new(content).keys(.submit, Town.applicant, at: Town.start, setting) == ["formation.lack.private"])
    content.schools[1].isPrivate = true
    let accepted = try Town.new(content).accepted(setting)
    let office = Town.office(Town.hanbin)
    let approval = Town.approval(Town.start.day)
    #expect(
      accepted.keys(approval, office, at: Town.start, setting) == Array(repeating: "formation.open.consent", count: 3))
    let member = CaseActor(.school(ID(22)), account: ID(7))
    var going = try accepted.after(Town.consent(21), by: Town.applicant, at: Town.start, in: setting)
    // Half of those present are no majority.
    let half = CaseAct.consent(
      CaseConsent(
        school: ID(22), kind: "staff-congress", day: Town.start.day, agrees: true, present: 40, inFavour: 20,
        paper: nil, signed: Signed(at: Town.start, by: nil)))
    #expect(going.keys(half, member, at: Town.start, setting) == ["formation.fault.minority"])
    going = try going.after(Town.consent(22), by: member, at: Town.start, in: setting)
    going = try going.after(Town.consent(22, "board", agrees: false), by: member, at: Town.start, in: setting)
    #expect(going.keys(approval, office, at: Town.start, setting) == ["formation.open.disagrees"])
    #expect(
      going.keys(Town.consent(21, "board"), Town.applicant, at: Town.start, setting) == ["formation.fault.consentKind"])
    going = try going.after(Town.consent(22, "board"), by: member, at: Town.start, in: setting)
    #expect(try going.after(approval, by: office, at: Town.start, in: setting).phase == .filed)
  }

  @Test func `more in favour than present is no resolution`() throws {
    let setting = try Town.setting("shanghai-2015")
    let act = CaseAct.consent(
      CaseConsent(
        school: ID(21), kind: "staff-congress", day: Town.start.day, agrees: true, present: 10, inFavour: 11,
        paper: nil,
        signed: Signed(at: Town.start, by: nil)))
    #expect(
      Town.new(Self.inside).keys(act, Town.applicant, at: Town.start, setting) == ["formation.fault.inFavour"])
  }

  @Test func `a limit that isn't kept is let pass only with a reason that stands in the decision`() throws {
    let four = Town.content([Town.lead] + (22...25).map { Town.school($0) })
    let (open, setting) = try Self.published(four)
    let office = Town.office(Town.hanbin)
    let day = Town.later(8).day
    #expect(open.keys(Town.approval(day), office, at: Town.later(8), setting) == ["formation.open.limit"])
    let passed = try open.after(
      Town.approval(day, passed: ["members": "协作型，只作提示", "share": "不相干"]), by: office, at: Town.later(8), in: setting)
    #expect(passed.decision?.passed == ["members": "协作型，只作提示"])
  }

  @Test func `a refusal needs a reason and makes nothing`() throws {
    let (open, setting) = try Self.published()
    let office = Town.office(Town.hanbin)
    let bare = CaseAct.decide(.init(isApproval: false, number: "", day: Town.later(1).day, reason: ""))
    #expect(open.keys(bare, office, at: Town.later(1), setting) == ["formation.fault.reason"])
    let refused = try open.after(
      .decide(.init(isApproval: false, number: "", day: Town.later(1).day, reason: "布局不合理")), by: office,
      at: Town.later(1), in: setting)
    #expect(refused.phase == .refused)
    #expect(refused.registryChange(group: ID(90), code: "g", present: []) == nil)
    #expect(
      refused.keys(Town.approval(Town.later(8).day), office, at: Town.later(8), setting) == ["formation.fault.decide"])
  }

  @Test func `a change keeps who stays, ends who leaves, begins who comes`() throws {
    let setting = try Town.setting()
    var content = Town.content([Town.lead, Town.school(22), Town.school(23, .leaving), Town.school(24)])
    content.reason = "第23小学并入新校区"
    let change = FormationCase(
      id: ID(2), authority: Town.city, kind: .change, group: ID(31), applicant: .school(ID(21)), content: content)
    let done = try change.accepted(setting).after(
      Town.approval(Town.start.day), by: Town.office(Town.hanbin), at: Town.start, in: setting)
    let present = [(21, Membership.Role.lead), (22, .member), (23, .member)].map {
      Membership(group: ID(31), school: ID($0.0), role: $0.1, since: Town.start.day.adding(days: -400), until: nil)
    }
    let result = try #require(done.registryChange(group: ID(31), code: "", present: present))
    #expect(result.ends == [ID(23)])
    #expect(result.begins.map(\.school) == [ID(24)])
    #expect(result.dissolved == nil && result.founded == nil)
  }

  @Test func `a dissolution ends the group and every membership`() throws {
    let setting = try Town.setting()
    var content = Town.content([Town.lead, Town.school(22)])
    content.reason = "连续两年不合格，优化组合"
    let end = FormationCase(
      id: ID(3), authority: Town.city, kind: .dissolution, group: ID(31), applicant: .authority(Town.hanbin),
      content: content)
    let done = try end.accepted(setting, by: Town.office(Town.hanbin)).after(
      Town.approval(Town.start.day), by: Town.office(Town.hanbin), at: Town.start, in: setting)
    let present = [21, 22].map {
      Membership(group: ID(31), school: ID($0), role: .member, since: Town.start.day.adding(days: -9), until: nil)
    }
    let result = try #require(done.registryChange(group: ID(31), code: "", present: present))
    #expect(result.dissolved == Town.start.day && result.ends == [ID(21), ID(22)] && result.begins.isEmpty)
  }

  @Test func `the charter is filed once every school has passed it`() throws {
    let (open, setting) = try Self.published()
    let office = Town.office(Town.hanbin)
    let day = Town.later(8).day
    #expect(
      open.keys(.passCharter(school: ID(22), day: Town.start.day), Town.applicant, at: Town.start, setting)
        == ["formation.fault.charterEarly"])
    var done = try open.after(Town.approval(day), by: office, at: Town.later(8), in: setting)
    #expect(
      done.keys(.fileCharter(number: "1", day: day), office, at: Town.later(8), setting)
        == ["formation.fault.charterOpen"])
    for school in [21, 22, 23] as [Int64] {
      done = try done.after(
        .passCharter(school: ID(school), day: day), by: CaseActor(.school(ID(school)), account: nil), at: Town.later(8),
        in: setting)
    }
    done = try done.after(.fileCharter(number: "汉教备1号", day: day), by: office, at: Town.later(8), in: setting)
    #expect(done.charterFiling?.number == "汉教备1号")
  }

  @Test func `a withdrawn case is over`() throws {
    let (open, setting) = try Self.published()
    let gone = try open.after(.withdraw(reason: "学校合并"), by: Town.applicant, at: Town.later(1), in: setting)
    #expect(gone.phase == .withdrawn && gone.phase.isOver)
    #expect(gone.keys(Town.consent(21), Town.applicant, at: Town.later(1), setting) == ["formation.fault.over"])
  }
}
