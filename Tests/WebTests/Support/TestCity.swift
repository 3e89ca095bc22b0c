import Fixtures
import Notation
import People
import Policies
import Registry
import Storage
import StorageFixtures
import Testing

/// Who works in the small city.
enum TestPerson: Int64, CaseIterable, Sendable {
  case city = 101
  case district, otherDistrict, lead, otherLead, member, expertA, expertB, thirdParty, supervisor
  case system, security, audit
  case foreignCity, foreignLead

  var account: ID { ID(rawValue) }
  var appointment: ID { ID(rawValue + 100) }

  var role: Role {
    switch self {
    case .city, .district, .otherDistrict, .foreignCity: .office
    case .lead, .otherLead, .foreignLead: .lead
    case .member: .member
    case .expertA, .expertB: .expert
    case .thirdParty: .thirdParty
    case .supervisor: .supervisor
    case .system: .system
    case .security: .security
    case .audit: .audit
    }
  }

  var seat: Appointment.Seat {
    switch self {
    case .city, .expertA, .expertB, .thirdParty, .supervisor, .system, .security, .audit: .authority(ID(10))
    case .district: .authority(ID(11))
    case .otherDistrict: .authority(ID(12))
    case .foreignCity: .authority(ID(19))
    case .lead: .school(ID(21))
    case .otherLead: .school(ID(24))
    case .member: .school(ID(22))
    case .foreignLead: .school(ID(29))
    }
  }
}

enum TestCity {
  private static let before = Instant(startOf: Day(daysSince1970: 20_500))

  static func fill(_ transaction: any Transaction) throws {
    let policy = try Examples.of("ankang-2022").policy
    let form = policy.forms.first?.id
    try SmallMap.lay(
      authorities: [(10, nil, .city), (11, 10, .district), (12, 10, .district), (19, nil, .city)],
      groups: [
        (31, 11, form, [21, 22, 23]), (32, 12, form, [24, 25]), (33, 10, form, [26, 27]), (39, 19, form, [29, 30]),
      ], at: before, transaction)
    for person in TestPerson.allCases {
      try AccountStore(transaction).create(
        Account(
          id: person.account, login: "\(person)".lowercased(), name: "\(person)", authority: nil, createdAt: before),
        by: .program, at: before)
      try AppointmentStore(transaction).appoint(
        Appointment(
          id: person.appointment, account: person.account, role: person.role, seat: person.seat,
          since: #require(Day("2025-09-01")), until: nil), by: .program, at: before)
    }
    let ids = IDMaker(node: 1)
    let files = PolicyEditions.Files.of("ankang-2022")
    for (authority, cycle) in [(10, 500), (19, 590)] as [(Int64, Int64)] {
      try CycleStore.open(
        CycleOpening(
          authority: ID(authority), id: ID(cycle), year: 2026, title: "2025—2026 学年度考核", files: files,
          policy: policy), at: TestSite.start, by: .program, ids: ids, transaction)
    }
  }
}
