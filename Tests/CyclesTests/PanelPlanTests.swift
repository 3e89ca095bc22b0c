import Cycles
import Fixtures
import Notation
import Testing

@Suite struct PanelPlanTests {
  /// Groups of three schools each in five districts; experts of schools here and there.
  static func city(groups: Int, experts: Int, seed: UInt64, insiders: Int = 100) -> (
    groups: [PanelPlan.Group], experts: [PanelPlan.Expert]
  ) {
    var random = Seeded(seed)
    let made = (0..<groups).map { index -> PanelPlan.Group in
      let schools = (0..<3).map { (place: Int) -> ID in ID(Int64(1000 + index * 3 + place)) }
      return PanelPlan.Group(id: ID(Int64(index + 1)), schools: Set(schools), district: ID(Int64(10 + index % 5)))
    }
    let people = (0..<experts).map { index -> PanelPlan.Expert in
      let id = ID(Int64(90_000 + index))
      guard Int(random.next() % 100) < insiders, let group = made.randomElement(using: &random) else {
        return PanelPlan.Expert(id: id, schools: [], districts: [])
      }
      let school = group.schools.sorted()[Int(random.next() % 3)]
      return PanelPlan.Expert(id: id, schools: [school], districts: [group.district])
    }
    return (made, people)
  }

  static func loads(_ plan: PanelPlan, _ experts: [PanelPlan.Expert]) -> [Int] {
    experts.map { expert in plan.assignments.count { $0.expert == expert.id } }
  }

  @Test(arguments: 0..<12)
  func `everybody gets their experts, nobody their own, and loads are even`(seed: UInt64) {
    let size = 1 + Int(seed % 4)
    let avoids = seed.isMultiple(of: 2)
    let (groups, experts) = Self.city(groups: 20 + Int(seed), experts: 17, seed: seed)
    let plan = PanelPlan(groups: groups, experts: experts, size: size, avoidsDistrict: avoids, seed: "\(seed)")
    for group in groups {
      let panel = plan.assignments.filter { $0.group == group.id }.map(\.expert)
      #expect(panel.count == size && Set(panel).count == size)
      for expert in experts where panel.contains(expert.id) {
        #expect(expert.schools.isDisjoint(with: group.schools))
        #expect(!avoids || !expert.districts.contains(group.district))
      }
    }
    let loads = Self.loads(plan, experts)
    #expect((loads.max() ?? 0) - (loads.min() ?? 0) <= 1, "\(loads)")
    #expect(plan.unfilled == [] && plan.conflicts == [] && plan.added == plan.assignments)
  }

  @Test func `the same seed gives the same plan, another seed another`() {
    let (groups, experts) = Self.city(groups: 30, experts: 12, seed: 1)
    func plan(_ seed: String) -> [PanelPlan.Assignment] {
      PanelPlan(groups: groups, experts: experts, size: 3, avoidsDistrict: true, seed: seed).assignments
    }
    #expect(plan("a") == plan("a"))
    #expect(plan("a") != plan("b"))
  }

  @Test func `where avoiding forces it loads differ by no more than they must`() {
    // Ten groups of district 10 and two of district 11: whoever is of district 10 can have the two only.
    let groups = (1...12).map { PanelPlan.Group(id: ID(Int64($0)), schools: [], district: ID($0 <= 10 ? 10 : 11)) }
    let experts = [(1, 10), (2, 10), (3, 11), (4, 11), (5, 12)].map {
      PanelPlan.Expert(id: ID(Int64($0.0)), schools: [], districts: [ID(Int64($0.1))])
    }
    let plan = PanelPlan(groups: groups, experts: experts, size: 1, avoidsDistrict: true, seed: "s")
    #expect(plan.unfilled == [])
    #expect(Self.loads(plan, experts).sorted() == [1, 1, 3, 3, 4])
  }

  /// The sum of squares is least exactly where loads are as even as they can be.
  @Test(arguments: 0..<25)
  func `no other plan is more even`(seed: UInt64) {
    var random = Seeded(seed &+ 77)
    let districts = (0..<5).map { _ in ID(Int64(10 + random.next() % 3)) }
    let groups = (0..<5).map { PanelPlan.Group(id: ID(Int64($0 + 1)), schools: [], district: districts[$0]) }
    let experts = (0..<4).map {
      PanelPlan.Expert(id: ID(Int64($0 + 100)), schools: [], districts: [ID(Int64(10 + random.next() % 3))])
    }
    let plan = PanelPlan(groups: groups, experts: experts, size: 2, avoidsDistrict: true, seed: "\(seed)")
    guard plan.unfilled.isEmpty else { return }
    func squares(_ loads: [Int]) -> Int { loads.map { $0 * $0 }.reduce(0, +) }
    var least = Int.max
    func search(_ group: Int, _ loads: [Int]) {
      guard group < groups.count else {
        least = min(least, squares(loads))
        return
      }
      let free = experts.indices.filter { !experts[$0].districts.contains(groups[group].district) }
      for a in free {
        for b in free where a < b {
          var next = loads
          next[a] += 1
          next[b] += 1
          search(group + 1, next)
        }
      }
    }
    search(0, [0, 0, 0, 0])
    #expect(squares(Self.loads(plan, experts)) == least)
  }

  @Test func `who is short of experts is told why`() {
    let (groups, _) = Self.city(groups: 2, experts: 0, seed: 1)
    let own = PanelPlan.Expert(id: ID(1), schools: [groups[0].schools.sorted()[0]], districts: [groups[0].district])
    let near = PanelPlan.Expert(id: ID(2), schools: [], districts: [groups[0].district])
    let far = PanelPlan.Expert(id: ID(3), schools: [], districts: [])
    let plan = PanelPlan(groups: groups, experts: [own, near, far], size: 3, avoidsDistrict: true, seed: "s")
    #expect(plan.unfilled == [PanelPlan.Unfilled(group: groups[0].id, lacking: 2, ofOwnSchool: 1, ofOwnDistrict: 1)])
    #expect(plan.assignments.filter { $0.group == groups[0].id }.map(\.expert) == [ID(3)])
    let looser = PanelPlan(groups: groups, experts: [own, near, far], size: 3, avoidsDistrict: false, seed: "s")
    #expect(looser.unfilled.map(\.lacking) == [1])
    let nobody = PanelPlan(groups: groups, experts: [], size: 1, avoidsDistrict: false, seed: "s")
    #expect(nobody.unfilled.map(\.lacking) == [1, 1])
  }

  @Test func `what was assigned before stays, and new experts take what is new`() {
    let (groups, experts) = Self.city(groups: 12, experts: 6, seed: 3, insiders: 0)
    let first = PanelPlan(groups: Array(groups.prefix(8)), experts: experts, size: 2, avoidsDistrict: true, seed: "a")
    let more = experts + [PanelPlan.Expert(id: ID(5), schools: [], districts: [])]
    let second = PanelPlan(
      groups: groups, experts: more, size: 2, avoidsDistrict: true, existing: first.assignments, seed: "b")
    #expect(Set(first.assignments).isSubset(of: second.assignments))
    #expect(Set(second.added).isDisjoint(with: first.assignments) && second.added.count == 8)
    let loads = Self.loads(second, more)
    #expect((loads.max() ?? 0) - (loads.min() ?? 0) <= 1, "\(loads)")
  }

  @Test func `an assignment of before that should not be is named and kept`() {
    let (groups, _) = Self.city(groups: 1, experts: 0, seed: 1)
    let own = PanelPlan.Expert(id: ID(1), schools: groups[0].schools, districts: [])
    let before = PanelPlan.Assignment(group: groups[0].id, expert: own.id)
    let plan = PanelPlan(groups: groups, experts: [own], size: 1, avoidsDistrict: false, existing: [before], seed: "s")
    #expect(plan.conflicts == [before] && plan.assignments == [before] && plan.added == [])
  }

  @Test func `a province is planned within seconds`() {
    let (groups, experts) = Self.city(groups: 2000, experts: 150, seed: 9)
    let took = processorTime {
      let plan = PanelPlan(groups: groups, experts: experts, size: 3, avoidsDistrict: true, seed: "p")
      let loads = Self.loads(plan, experts)
      #expect((loads.max() ?? 0) - (loads.min() ?? 0) <= 1)
    }
    #expect(took < .seconds(60))
  }
}
