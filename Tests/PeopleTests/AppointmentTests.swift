import Notation
import People
import Testing

@Suite struct AppointmentTests {
  static func day(_ text: String) -> Day { Day(text) ?? Day(daysSince1970: 0) }

  static func post(
    _ role: Role, _ seat: Appointment.Seat, id: Int64 = 1, since: String = "2025-09-01", until: String? = nil
  ) -> Appointment {
    Appointment(id: ID(id), account: ID(7), role: role, seat: seat, since: day(since), until: until.map(day))
  }

  static func keys(_ post: Appointment, beside held: [Appointment] = [], by: ID? = ID(1)) -> [String] {
    post.problems(beside: held, by: by).map { String($0.key.dropFirst("people.appointment.".count)) }
  }

  @Test func `holds from its first day until the day it ends`() {
    let post = Self.post(.office, .authority(ID(1)), until: "2026-09-01")
    #expect(!post.isInForce(on: Self.day("2025-08-31")))
    #expect(post.isInForce(on: Self.day("2025-09-01")))
    #expect(post.isInForce(on: Self.day("2026-08-31")))
    #expect(!post.isInForce(on: Self.day("2026-09-01")))
  }

  @Test func `a post taken back on its first day never held`() {
    #expect(!Self.post(.office, .authority(ID(1)), until: "2025-09-01").isInForce(on: Self.day("2025-09-01")))
  }

  @Test func `schools' roles are held at schools, all others at authorities`() {
    for role in Role.allCases {
      #expect(Self.keys(Self.post(role, .school(ID(3)))) == (role.isOfSchool ? [] : ["authority"]))
      #expect(Self.keys(Self.post(role, .authority(ID(3)))) == (role.isOfSchool ? ["school"] : []))
    }
  }

  @Test func `system, security and audit are never one person, not even one after the other`() {
    for role in Role.apart {
      let held = [Self.post(role, .authority(ID(1)), id: 9, since: "2020-01-01", until: "2021-01-01")]
      for other in Role.apart where other != role {
        #expect(Self.keys(Self.post(other, .authority(ID(2))), beside: held) == ["apart"])
      }
      #expect(Self.keys(Self.post(role, .authority(ID(2))), beside: held) == [])
      #expect(Self.keys(Self.post(.office, .authority(ID(2))), beside: held) == [])
    }
  }

  @Test func `nobody appoints themselves, and no post is held twice at a time`() {
    let held = [Self.post(.expert, .authority(ID(1)), id: 9, until: "2026-01-01")]
    #expect(Self.keys(Self.post(.expert, .authority(ID(1)))) == [])
    #expect(Self.keys(Self.post(.expert, .authority(ID(1))), by: ID(7)) == ["own"])
    #expect(Self.keys(Self.post(.expert, .authority(ID(1))), beside: held) == ["twice"])
    #expect(Self.keys(Self.post(.expert, .authority(ID(1)), since: "2026-01-01"), beside: held) == [])
    #expect(Self.keys(Self.post(.expert, .authority(ID(2))), beside: held) == [])
  }

  @Test func `an end before the beginning is refused, with all else that is wrong`() {
    let post = Self.post(.lead, .authority(ID(1)), until: "2025-09-01")
    #expect(Self.keys(post, by: ID(7)) == ["own", "school", "days"])
  }
}
