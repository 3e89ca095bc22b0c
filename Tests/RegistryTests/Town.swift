import Notation
import Testing

@testable import Registry

/// A city with two districts and a development zone.
enum Town {
  static func day(_ text: String) -> Day { Day(text)! }
  static let city = Authority(id: ID(1), parent: nil, level: .city, code: "610900", name: "市")
  static let hanbin = Authority(id: ID(2), parent: ID(1), level: .district, code: "610902", name: "区")
  static let zone = Authority(id: ID(3), parent: ID(1), level: .district, code: "610900G", name: "高新区", isZone: true)

  static func school(
    _ id: Int64, _ authority: Authority = hanbin, _ stages: SchoolStages = .primary, opened: String? = nil,
    end: School.End? = nil, flags: [School.Flag] = [], past: [School.Past] = []
  ) -> School {
    School(
      id: ID(id), authority: authority.id, code: "s\(id)", name: "学校\(id)", pupils: nil, stages: stages,
      opened: opened.map(day), end: end, flags: flags, past: past)
  }

  static func group(_ id: Int64, formed: String = "2022-09-01", form: String? = nil, end: Group.End? = nil) -> Group {
    Group(
      id: ID(id), authority: hanbin.id, code: "g\(id)", name: "集团\(id)", form: form, formed: day(formed), end: end)
  }

  static func member(
    _ group: Int64, _ school: Int64, lead: Bool = false, since: String = "2022-09-01", until: String? = nil
  ) -> Membership {
    Membership(
      group: ID(group), school: ID(school), role: lead ? .lead : .member, since: day(since), until: until.map(day))
  }

  static func book(_ schools: [School], _ groups: [Group], _ memberships: [Membership]) -> RegistryBook {
    RegistryBook(
      authorities: [city, hanbin, zone], schools: schools, groups: groups, memberships: memberships)
  }
}
