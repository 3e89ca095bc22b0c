import Notation
import Policies
import Rules
import Scoring

/// Makes facts for any rule by trying a few and keeping those that score nearest to how good the group is.
struct FactsMaker {
  static let tries = 6
  /// The metric whose counts come from the city's exchanged teachers.
  static let exchangeRate = "ledger.exchange.rate"

  let plan: CityPlan
  /// In thousandths.
  let quality: Int
  /// Teachers exchanged in the group.
  let exchanged: Int
  var chance: Chance

  mutating func fill(_ item: Item, in group: inout GroupFacts) {
    if item.isBonus, !chance.happens(quality / 3) { return }
    for key in group.keys(of: item.of) {
      let target = Exact(min(1000, max(0, quality + chance.within(-150...120)))) / Exact(1000)
      var best: (gap: Exact, facts: ItemFacts)?
      for _ in 0..<FactsMaker.tries {
        let facts = facts(item.rule, item.needs, item.inputs, path: "", item: item.id, context: group.context)
        guard let working = try? item.rule.work(facts, points: item.points) else { continue }
        let share = item.points.isZero ? .one : working.score / item.points
        let gap = (share - target).magnitude
        if best.map({ gap < $0.gap }) ?? true { best = (gap, facts) }
      }
      guard let best else { continue }
      group.items[item.id, default: [:]][key] = best.facts
      if item.isBonus { group.bonusItems.insert(item.id) }
    }
  }

  private mutating func facts(
    _ rule: any Rule, _ needs: [Need], _ inputs: [String: InputDescription], path: String, item: String,
    context: GroupContext
  ) -> ItemFacts {
    var facts = ItemFacts(context: context, inputs: inputs)
    for part in RulePart.of(rule) {
      facts.parts[part.id] = self.facts(
        part.rule, part.needs, part.inputs, path: path + part.id + ".", item: item, context: context)
    }
    for need in needs {
      if need.name == "counts", needs.contains(where: { $0.name == "awards" }) { continue }
      if inputs[need.name]?.from == FactsMaker.exchangeRate, exchanged > 0 {
        facts.values[need.name] = .number(rate(draw(need, path + need.name, item)))
      } else {
        let fact = fact(need, path + need.name, item, given: facts.values)
        facts.values[need.name] = registered(fact, need.name, inputs, context)
      }
    }
    return facts
  }

  /// A number as the registry has it, and what is done at most that; any other fact as it is.
  private func registered(
    _ fact: Fact, _ name: String, _ inputs: [String: InputDescription], _ context: GroupContext
  ) -> Fact {
    guard case .number(let number) = fact else { return fact }
    func count(_ input: String) -> Exact? {
      switch inputs[input]?.from {
      case "registry.schools": context.schools.map { Exact($0) }
      case "registry.members": context.members.map { Exact($0) }
      default: nil
      }
    }
    if let count = count(name) { return .number(count) }
    guard name == "done", let most = count("required") else { return fact }
    return .number(min(number, most))
  }

  /// The rate that whole teachers make: so many exchanged of the eligible.
  private func rate(_ wanted: Exact) -> Exact {
    guard wanted > .zero else { return wanted }
    let eligible = (Exact(exchanged) * .hundred / wanted).floor
    guard eligible > .zero else { return wanted }
    return min(.hundred, (Exact(exchanged) * .hundred / eligible)).rounded(Rounding(places: 2, mode: .halfUp))
  }

  private mutating func fact(_ need: Need, _ path: String, _ item: String, given: [String: Fact]) -> Fact {
    switch need.kind {
    case .number:
      if need.name == "required", case .number(let done)? = given["done"] {
        return .number(max(draw(need, path, item), max(.one, done)))
      }
      return .number(draw(need, path, item))
    case .boolean: return .boolean(chance.happens(500))
    case .text: return .text("A")
    case .level(let levels): return .text(chance.pick(levels) ?? "")
    case .names(let ids): return .names(ids.filter { _ in chance.happens(200) })
    case .counts(let levels):
      return .counts(levels.reduce(into: [:]) { counts, level in counts[level] = Exact(chance.below(4)) })
    case .awards(let levels, let kinds, _):
      return .awards(
        (0..<chance.within(1...3)).map { _ in
          Fact.Award(level: chance.pick(levels) ?? "", kind: kinds.flatMap { chance.pick($0) } ?? "1")
        })
    }
  }

  private mutating func draw(_ need: Need, _ path: String, _ item: String) -> Exact {
    if let draw = plan.draws["\(item).\(path)"] ?? plan.draws[path] {
      let scale = Exact.power(ofTen: draw.places)
      func whole(_ number: Exact) -> Int { (number * scale).floor.integer ?? 0 }
      return Exact(chance.near(whole(draw.typical), from: whole(draw.from), to: whole(draw.to))) / scale
    }
    switch need.range {
    case .percent: return Exact(chance.near(quality / 10, from: 40, to: 100))
    case .positive: return Exact(chance.within(2...6))
    case .count, .any: return Exact(chance.within(0...5))
    }
  }
}
