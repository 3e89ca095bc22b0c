import Cycles
import Notation
import People
import Testing

/// Nobody evaluates their own school or group.
@Suite struct PanelPoolTests {
  static let group = PanelPlan.Group(id: ID(1), schools: [ID(11), ID(12)], district: ID(5))
  static let elsewhere = PanelCandidate.Tie(seat: .school(ID(13)), authority: ID(5), name: "别的小学")
  static let office = PanelCandidate.Tie(seat: .authority(ID(5)), authority: ID(5), name: "汉滨区教育局")

  static func obstacle(_ ties: [PanelCandidate.Tie], avoidsDistrict: Bool = false) -> String? {
    PanelCandidate(appointment: ID(2), account: ID(3), name: "", seat: "", ties: ties)
      .obstacle(group, avoidsDistrict: avoidsDistrict)?.key
  }

  @Test func `an expert without a post in the group may evaluate it`() {
    #expect(Self.obstacle([]) == nil && Self.obstacle([], avoidsDistrict: true) == nil)
    #expect(Self.obstacle([Self.elsewhere]) == nil)
  }

  @Test func `who belongs to a school of the group may not`() {
    for school in [ID(11), ID(12)] {
      let own = PanelCandidate.Tie(seat: .school(school), authority: ID(6), name: "")
      #expect(Self.obstacle([Self.elsewhere, own]) == "panel.obstacle.school")
    }
  }

  @Test func `where the setting says so, nobody evaluates their own district`() {
    for tie in [Self.elsewhere, Self.office] {
      #expect(Self.obstacle([tie], avoidsDistrict: true) == "panel.obstacle.district")
      #expect(Self.obstacle([tie]) == nil)
    }
  }
}
