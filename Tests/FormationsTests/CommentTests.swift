import Notation
import Testing

@testable import Formations

/// What is said of a plan while it is public, and who settles it.
@Suite struct CommentTests {
  @Test func `characters that nobody sees are no comment, no answer and no reason`() throws {
    let (open, setting) = try CaseTests.published()
    let office = Town.office(Town.hanbin)
    func say(_ text: String) -> [String] {
      let comment = CaseComment(id: ID(5), speaker: .staff, text: text, at: Town.start)
      return open.keys(.comment(comment), Town.anybody, at: Town.start, setting)
    }
    for text in ["\u{200B}\u{200B}\u{200B}", "\u{202E}\u{202E}\u{2066}", "……！", "\u{FEFF}\u{00AD}?"] {
      #expect(say(text) == ["formation.fault.commentEmpty"], "\(text.unicodeScalars.map(\.value))")
    }
    #expect(say("好的") == [] && say("2班") == [])
    let asked = try open.after(
      .comment(CaseComment(id: ID(5), speaker: .staff, text: "职称在哪里评？", at: Town.start)), by: Town.anybody,
      at: Town.start, in: setting)
    #expect(
      asked.keys(.answer(comment: ID(5), text: "."), office, at: Town.start, setting) == ["formation.fault.answer"])
    #expect(
      asked.keys(.withhold(comment: ID(5), reason: "\u{200B}"), office, at: Town.start, setting)
        == ["formation.fault.reason"])
  }

  @Test func `who applies doesn't settle what is said against it, and nobody does after the decision`() throws {
    let (open, setting) = try CaseTests.published()
    let asked = try open.after(
      .comment(CaseComment(id: ID(5), speaker: .staff, text: "职称在哪里评？", at: Town.start)), by: Town.anybody,
      at: Town.start, in: setting)
    for act in [CaseAct.answer(comment: ID(5), text: "原校"), .withhold(comment: ID(5), reason: "含姓名")] {
      #expect(asked.keys(act, Town.applicant, at: Town.start, setting) == ["refusal.forbidden"])
      let refused = try asked.after(
        .decide(.init(isApproval: false, number: "", day: Town.start.day, reason: "不成熟")),
        by: Town.office(Town.hanbin), at: Town.start, in: setting)
      #expect(refused.keys(act, Town.office(Town.hanbin), at: Town.start, setting) == ["formation.fault.over"])
    }
  }

  @Test func `an office that decides on its own application is known as such, another's decision isn't its own`() throws
  {
    func submitted(by authority: ID, lead: ID) throws -> FormationCase {
      let school = Town.school(21, .lead, in: lead)
      let content = Town.content([school, Town.school(22, in: lead), Town.school(23, in: lead)])
      let new = FormationCase(
        id: ID(1), authority: Town.city, kind: .new, group: nil, applicant: .authority(authority), content: content)
      return try new.after(.submit, by: Town.office(authority), at: Town.start, in: Town.setting(lead: lead))
    }
    #expect(try submitted(by: Town.hanbin, lead: Town.hanbin).decidesOwn)
    // The city proposes a group of a district's schools: the route names the district, and only it decides.
    let other = try submitted(by: Town.city, lead: Town.hanbin)
    #expect(!other.decidesOwn && other.approver == Town.hanbin)
    let setting = try Town.setting()
    #expect(other.keys(.accept, Town.office(Town.city), at: Town.start, setting) == ["refusal.forbidden"])
  }

  @Test func `a comment without an answer holds the decision up`() throws {
    let (open, setting) = try CaseTests.published()
    let office = Town.office(Town.hanbin)
    let asked = try open.after(
      .comment(CaseComment(id: ID(5), speaker: .staff, text: "职称在哪里评？", at: Town.start)), by: Town.anybody,
      at: Town.start, in: setting)
    let approval = Town.approval(Town.later(8).day)
    #expect(asked.keys(approval, office, at: Town.later(8), setting) == ["formation.open.comments"])
    let answered = try asked.after(
      .answer(comment: ID(5), text: "原校"), by: office, at: Town.later(2), in: setting)
    #expect(answered.keys(approval, office, at: Town.later(8), setting) == [])
    #expect(
      answered.keys(.answer(comment: ID(5), text: "改"), office, at: Town.later(3), setting)
        == ["formation.fault.settled"])
    #expect(
      asked.keys(.withhold(comment: ID(5), reason: " "), office, at: Town.later(2), setting) == [
        "formation.fault.reason"
      ])
  }
}
