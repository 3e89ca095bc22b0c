import Cycles
import Notation
import People
import Policies
import Registry
import Storage

extension Filling {
  /// Experts for every group of a stage, in balance.
  func plan(_ places: [SheetPlace], at stage: CycleStage, of cycle: StoredCycle, seed: String) -> PanelPlan {
    let groups = places.compactMap { group($0.group) }.map { group in
      PanelPlan.Group(id: group.id, schools: Set(group.allSchools.map(\.id)), district: group.group.authority)
    }
    let experts = people.experts.compactMap { person -> PanelPlan.Expert? in
      guard let post = person.viewer.post else { return nil }
      let school = person.other?.seat.school
      let district = school.flatMap { id in
        registry.groups.flatMap(\.allSchools).first { $0.id == id }?.authority
      }
      return PanelPlan.Expert(
        id: post.appointment, schools: school.map { [$0] } ?? [], districts: district.map { [$0] } ?? [])
    }
    return PanelPlan(
      groups: groups, experts: experts, size: stage.experts ?? 3, avoidsDistrict: cycle.avoidsDistrict, seed: seed)
  }

  func experts(of group: ID, by plan: PanelPlan) -> [FilledPerson] {
    plan.assignments.filter { $0.group == group }.compactMap { assignment in
      people.experts.first { $0.viewer.post?.appointment == assignment.expert }
    }
  }
}
