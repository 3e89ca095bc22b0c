import Fixtures
import Notation
import Policies

@testable import Formations

/// A city (10) with districts 11 and 12 and their schools, and cases in it.
enum Town {
  static let city = ID(10)
  static let hanbin = ID(11)
  static let gaoxin = ID(12)
  static let start = Instant(startOf: Day(daysSince1970: 20_680)).adding(seconds: 36_000)  // 2026-08-15 10:00

  static func policy(_ id: String) throws -> Policy { try Examples.of(id).policy }

  static func terms(_ id: String = "ankang-2022") throws -> FormationTerms { FormationTerms(try policy(id)) }

  static func setting(
    _ id: String = "ankang-2022", lead: ID = hanbin, counts: [FormationStanding.Count] = []
  ) throws -> CaseSetting {
    CaseSetting(
      terms: try terms(id),
      offices: CaseOffices(
        leadAuthority: lead, leadDistrict: lead == city ? hanbin : lead, city: city, province: nil),
      standing: FormationStanding(counts: counts))
  }

  static func school(
    _ id: Int64, _ part: CaseSchool.Part = .member, in authority: ID = hanbin, isPrivate: Bool? = false,
    isNew: Bool? = false, isWeak: Bool? = false, groups: [String] = []
  ) -> CaseSchool {
    CaseSchool(
      school: ID(id), name: "第\(id)小学", part: part, authority: authority, authorityName: "教育局\(authority)",
      level: authority == city ? "city" : "district", pupils: 500, isPrivate: isPrivate, isNew: isNew, isWeak: isWeak,
      groups: groups)
  }

  static let lead = school(21, .lead)

  /// What an application of 安康 says in full.
  static func content(_ schools: [CaseSchool], form: String = "collaborative", area: String? = "central") -> CaseContent
  {
    CaseContent(
      name: "第一教育集团", form: form, area: area, schools: schools,
      texts: ["goals": "三年内缩小差距", "management": "理事会", "safeguards": "专项经费"])
  }

  static func new(_ content: CaseContent) -> FormationCase {
    FormationCase(id: ID(1), authority: city, kind: .new, group: nil, applicant: .school(ID(21)), content: content)
  }

  static let applicant = CaseActor(.school(ID(21)), account: ID(101))
  static func office(_ authority: ID) -> CaseActor { CaseActor(.authority(authority), account: ID(102)) }
  static let anybody = CaseActor(.anybody, account: nil)

  static func later(_ days: Int) -> Instant { start.adding(seconds: Int64(days) * 86_400) }

  static func consent(_ school: Int64, _ kind: String = "staff-congress", agrees: Bool = true, paper: String? = nil)
    -> CaseAct
  {
    .consent(
      CaseConsent(
        school: ID(school), kind: kind, day: start.day, agrees: agrees, present: 40, inFavour: 38, paper: paper,
        signed: Signed(at: start, by: nil)))
  }

  static func approval(_ day: Day, number: String = "安教字〔2026〕12号", passed: [String: String] = [:]) -> CaseAct {
    .decide(.init(isApproval: true, number: number, day: day, reason: "", passed: passed))
  }
}

extension FormationCase {
  /// Handed in and accepted by whoever decides, on one day.
  func accepted(_ setting: CaseSetting, by applicant: CaseActor = Town.applicant) throws -> FormationCase {
    let submitted = try after(.submit, by: applicant, at: Town.start, in: setting)
    return try submitted.after(
      .accept, by: Town.office(submitted.approver ?? ID(0)), at: Town.start, in: setting)
  }

  func keys(_ act: CaseAct, _ actor: CaseActor, at now: Instant, _ setting: CaseSetting) -> [String] {
    do {
      _ = try after(act, by: actor, at: now, in: setting)
      return []
    } catch {
      return error.messages.map(\.key)
    }
  }
}
