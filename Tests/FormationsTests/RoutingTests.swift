import Fixtures
import Notation
import Policies
import Testing

@testable import Formations

/// 审批与备案 by the policy's own routes.
@Suite struct RoutingTests {
  @Test func `the overall plan goes to the joint conference`() throws {
    let setting = try Town.setting()
    let plan = FormationCase(
      id: ID(1), authority: Town.city, kind: .plan, group: nil, applicant: .authority(Town.city),
      content: CaseContent(name: "中心城区组建总体方案", reason: "组建十二个集团"))
    let done = try plan.after(.submit, by: Town.office(Town.city), at: Town.start, in: setting)
    #expect(done.submission?.routing.approver == .init(organ: .jointConference, authority: Town.city))
    #expect(done.submission?.routing.filer == nil)
    #expect(done.submission?.routing.source == "附件2（四）")
  }

  @Test func `a lead school that answers to the city goes to the city`() throws {
    let setting = try Town.setting(lead: Town.city)
    let content = Town.content([
      Town.school(21, .lead, in: Town.city), Town.school(22), Town.school(23, in: Town.gaoxin),
    ])
    var asked = Town.new(content)
    asked.content.figures = ["dispatched-managers": .share(part: 3, whole: 10)]
    asked.content.form = "collaborative"
    let done = try asked.after(.submit, by: Town.applicant, at: Town.start, in: setting)
    #expect(done.submission?.routing.approver == .init(organ: .city, authority: Town.city))
    #expect(done.submission?.routing.filer == nil)
  }

  @Test func `a group across districts is approved by the lead's district and filed with the city`() throws {
    let setting = try Town.setting()
    let content = Town.content([Town.lead, Town.school(22), Town.school(23, in: Town.gaoxin)])
    let done = try Town.new(content).after(.submit, by: Town.applicant, at: Town.start, in: setting)
    #expect(done.submission?.routing.approver == .init(organ: .leadDistrict, authority: Town.hanbin))
    #expect(done.submission?.routing.filer == .init(organ: .city, authority: Town.city))
  }

  @Test func `a group inside one district is its district's alone`() throws {
    let done = try Town.new(Town.content([Town.lead, Town.school(22), Town.school(23)])).after(
      .submit, by: Town.applicant, at: Town.start, in: try Town.setting())
    #expect(done.submission?.routing.approver.authority == Town.hanbin)
    #expect(done.submission?.routing.filer == nil)
  }

  @Test func `a school that answers to the city but lies in the district crosses nothing`() throws {
    var member = Town.school(23, in: Town.city)
    #expect(Town.content([Town.lead, member]).facts.crossesDistricts == true)
    member.district = Town.hanbin
    #expect(Town.content([Town.lead, member]).facts.crossesDistricts == false)
  }

  @Test func `where a policy leaves open who decides the lead school's own authority does, and no clause is claimed`()
    throws
  {
    let terms = try Town.terms("shanghai-2015")
    let facts = Town.content([Town.lead, Town.school(22)]).facts
    guard case .route(let route) = terms.route(.new, facts) else {
      Issue.record("no route")
      return
    }
    #expect(route.approve == .leadAuthority && route.source == nil)
  }

  @Test func `as long as no school is named the way isn't known`() throws {
    #expect(
      try Town.terms().route(.new, CaseContent().facts) == .undetermined(["lead_level"]))
  }

  @Test func `what the lead school's office lacks is said when it is handed in`() throws {
    let setting = CaseSetting(
      terms: try Town.terms(),
      offices: CaseOffices(leadAuthority: Town.hanbin, leadDistrict: nil, city: nil, province: nil),
      standing: FormationStanding())
    let asked = Town.new(Town.content([Town.lead, Town.school(22), Town.school(23, in: Town.gaoxin)]))
    #expect(
      asked.keys(.submit, Town.applicant, at: Town.start, setting)
        == ["formation.lack.office", "formation.lack.office"])
  }

  @Test(arguments: Repository.policies)
  func `every policy's terms can be read and name a way for a group inside a district`(id: String) throws {
    guard let terms = try? Town.terms(id) else { return }
    let content = Town.content([Town.lead, Town.school(22), Town.school(23)], form: terms.forms.first?.id ?? "")
    guard case .route = terms.route(.new, content.facts) else {
      Issue.record("\(id): no route")
      return
    }
  }
}
