import Notation

extension PanelPlan {
  /// Assigns experts to groups.
  ///
  /// Loads differ by no more than what must be avoided forces: whoever could hand a group to somebody with two fewer, by
  /// whatever chain, has done so. What was assigned before stays.
  ///
  /// - Parameters:
  ///   - size: how many experts each group gets.
  ///   - avoidsDistrict: whether experts of the group's district are avoided too; those of its schools always are.
  ///   - seed: settles what nothing else does; the same seed gives the same plan.
  public init(
    groups: [Group], experts: [Expert], size: Int, avoidsDistrict: Bool, existing: [Assignment] = [], seed: String
  ) {
    var making = PanelMaking(groups: groups, experts: experts, avoidsDistrict: avoidsDistrict, seed: seed)
    making.keep(existing)
    for group in making.order { making.fill(group, size: size) }
    making.balance()
    let kept = Set(existing)
    assignments = groups.indices.flatMap { group in
      making.assigned[group].sorted { making.rank[$0] < making.rank[$1] }.map {
        Assignment(group: groups[group].id, expert: experts[$0].id)
      }
    }
    added = assignments.filter { !kept.contains($0) }
    conflicts = making.conflicts
    unfilled = groups.indices.compactMap { group in
      let lacking = size - making.assigned[group].count
      guard lacking > 0 else { return nil }
      let own = experts.count { !$0.schools.isDisjoint(with: groups[group].schools) }
      let barred = experts.indices.count { !making.may($0, group) }
      return Unfilled(group: groups[group].id, lacking: lacking, ofOwnSchool: own, ofOwnDistrict: barred - own)
    }
  }
}

/// The plan in the making; groups and experts by their positions.
private struct PanelMaking {
  let groups: [PanelPlan.Group]
  let experts: [PanelPlan.Expert]
  let avoidsDistrict: Bool
  let seed: String
  /// The experts of each group.
  var assigned: [Set<Int>]
  /// The groups of each expert that may still be handed on, in order.
  var movable: [[Int]]
  var load: [Int]
  var conflicts: [PanelPlan.Assignment] = []
  /// Where each stands in the order of the seed.
  let rank: [Int]
  /// The groups in the order of the seed.
  let order: [Int]

  init(groups: [PanelPlan.Group], experts: [PanelPlan.Expert], avoidsDistrict: Bool, seed: String) {
    self.groups = groups
    self.experts = experts
    self.avoidsDistrict = avoidsDistrict
    self.seed = seed
    assigned = Array(repeating: [], count: groups.count)
    movable = Array(repeating: [], count: experts.count)
    load = Array(repeating: 0, count: experts.count)
    order = PanelMaking.shuffled(groups.map { "\(seed):\($0.id)" })
    var rank = Array(repeating: 0, count: experts.count)
    for (place, expert) in PanelMaking.shuffled(experts.map { "\(seed):\($0.id)" }).enumerated() {
      rank[expert] = place
    }
    self.rank = rank
  }

  private static func shuffled(_ keys: [String]) -> [Int] {
    let hashes = keys.map(Draw.hex)
    return hashes.indices.sorted { (hashes[$0], $0) < (hashes[$1], $1) }
  }

  func may(_ expert: Int, _ group: Int) -> Bool {
    experts[expert].schools.isDisjoint(with: groups[group].schools)
      && !(avoidsDistrict && experts[expert].districts.contains(groups[group].district))
  }

  mutating func keep(_ existing: [PanelPlan.Assignment]) {
    let groupPlaces = Dictionary(groups.enumerated().map { ($0.element.id, $0.offset) }) { first, _ in first }
    let expertPlaces = Dictionary(experts.enumerated().map { ($0.element.id, $0.offset) }) { first, _ in first }
    for assignment in existing {
      guard let group = groupPlaces[assignment.group], let expert = expertPlaces[assignment.expert],
        assigned[group].insert(expert).inserted
      else { continue }
      load[expert] += 1
      if !may(expert, group) { conflicts.append(assignment) }
    }
  }

  /// Gives a group those who have the least to do.
  mutating func fill(_ group: Int, size: Int) {
    let wanted = size - assigned[group].count
    guard wanted > 0 else { return }
    let free = experts.indices.filter { may($0, group) && !assigned[group].contains($0) }
    for expert in free.sorted(by: { (load[$0], rank[$0]) < (load[$1], rank[$1]) }).prefix(wanted) {
      assigned[group].insert(expert)
      movable[expert].append(group)
      load[expert] += 1
    }
  }

  /// Hands groups on until nobody can relieve anybody who has two more, by whatever chain: then the loads are as even as
  /// they can be.
  mutating func balance() {
    let byRank = experts.indices.sorted { rank[$0] < rank[$1] }
    var stuck: Set<Int> = []
    while let busiest = byRank.filter({ !stuck.contains($0) && !movable[$0].isEmpty }).max(by: { load[$0] < load[$1] })
    {
      if let chain = chain(from: busiest, byRank) {
        for step in chain { move(step.group, from: step.from, to: step.to) }
        stuck = []
      } else {
        stuck.insert(busiest)
      }
    }
  }

  private typealias Step = (group: Int, from: Int, to: Int)

  /// The shortest chain of hand-overs that ends with somebody who has at least two fewer.
  private func chain(from start: Int, _ byRank: [Int]) -> [Step]? {
    guard byRank.contains(where: { load[$0] <= load[start] - 2 }) else { return nil }
    var step: [Int: Step] = [:]
    var queue = [start]
    var next = 0
    while next < queue.count {
      let from = queue[next]
      next += 1
      for group in movable[from] {
        for to in byRank where to != start && step[to] == nil && !assigned[group].contains(to) && may(to, group) {
          step[to] = (group, from, to)
          if load[to] <= load[start] - 2 { return path(to: to, from: start, step) }
          queue.append(to)
        }
      }
    }
    return nil
  }

  private func path(to end: Int, from start: Int, _ steps: [Int: Step]) -> [Step] {
    var path: [Step] = []
    var current = end
    while current != start, let step = steps[current] {
      path.append(step)
      current = step.from
    }
    return path
  }

  private mutating func move(_ group: Int, from: Int, to: Int) {
    assigned[group].remove(from)
    assigned[group].insert(to)
    movable[from].removeAll { $0 == group }
    movable[to].append(group)
    load[from] -= 1
    load[to] += 1
  }
}
