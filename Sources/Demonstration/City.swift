public import Notation
public import Policies
import Rules
public import Scoring

/// A made-up city with real proportions: the same plan, policy and seed give the same groups, schools and facts.
public struct City: Sendable {
  let plan: CityPlan
  let policy: Policy
  let seed: UInt64
  public let groupCount: Int

  /// - Parameter groups: how many groups; schools, pupils and exchanged teachers grow in proportion.
  public init(plan: CityPlan, policy: Policy, groups: Int? = nil, seed: UInt64) {
    self.plan = plan
    self.policy = policy
    self.seed = seed
    groupCount = groups ?? plan.groups
  }

  public struct Totals: Sendable {
    public let groups: Int
    public let schools: Int
    public let pupils: Int
    public let exchangedTeachers: Int
  }

  public var totals: Totals {
    Totals(
      groups: groupCount, schools: scaled(plan.schools), pupils: scaled(plan.pupils),
      exchangedTeachers: scaled(plan.exchangedTeachers))
  }

  /// The plan's number for a city of this many groups.
  private func scaled(_ number: Int) -> Int { number * groupCount / plan.groups }

  /// The share of a total that falls to a group, so that all shares sum to it.
  private func share(of total: Int, _ index: Int) -> Int {
    (index + 1) * total / groupCount - index * total / groupCount
  }

  /// The facts of the groups that there are when a school year begins.
  public func standing(in year: Int) -> [GroupFacts] {
    (0..<groupCount).compactMap { index in
      guard let formed = formation(index) else { return group(index, year: year) }
      guard let first = Day(year: year - 1, month: 9, day: 1), formed < first else { return nil }
      return group(index, year: year, formed: formed)
    }
  }

  /// The day on which a group was formed where the plan says how many were in each year; nil where it doesn't.
  private func formation(_ index: Int) -> Day? {
    var chance = Chance(seed: seed, 4, index)
    guard let year = CityPlan.pick(plan.formed, &chance).flatMap({ Int($0) }) else { return nil }
    return Day(year: year, month: chance.within(3...8), day: chance.within(1...28))
  }

  /// A group's facts in a year. `index` from 0.
  ///
  /// - Parameter formed: nil: long ago.
  public func group(_ index: Int, year: Int, formed given: Day? = nil) -> GroupFacts {
    var chance = Chance(seed: seed, 1, index)
    let form = policy.forms.isEmpty ? nil : CityPlan.pick(plan.forms, &chance) ?? policy.forms.first?.id
    let district = CityPlan.pick(plan.districts, &chance)
    let before = Day(year: plan.year - 9 + chance.below(6), month: 9, day: 1)
    let formed = given ?? before
    let schools = schools(index, &chance)
    let context = GroupContext(
      form: form, district: district, members: schools.count - 1, schools: schools.count,
      monthsSinceFormed: formed.map { policy.yearStart.fullMonths(from: $0, throughSchoolYear: year) })
    var group = GroupFacts(
      id: "g\(index + 1)", name: name(index), formed: formed, schools: schools, context: context, items: [:],
      vetoes: [])
    // How good a group is changes slowly from year to year.
    let isWeak = chance.happens(40)
    let standing = isWeak ? chance.within(400...600) : chance.within(680...1010)
    var drift = Chance(seed: seed, 2, index, year)
    let quality = min(1000, max(200, standing + drift.within(-30...30)))
    var maker = FactsMaker(
      plan: plan, quality: quality, exchanged: share(of: totals.exchangedTeachers, index),
      chance: Chance(seed: seed, 3, index, year))
    for item in policy.allItems where (try? item.applies(to: context)) ?? false { maker.fill(item, in: &group) }
    if drift.happens(12), let veto = drift.pick(policy.vetoes) { group.vetoes = [veto.id] }
    return group
  }

  private func schools(_ index: Int, _ chance: inout Chance) -> [GroupFacts.School] {
    let count = max(2, share(of: totals.schools, index))
    let pupils = share(of: totals.pupils, index)
    let weights = (0..<count).map { $0 == 0 ? chance.within(140...220) : chance.within(50...130) }
    let sum = weights.reduce(0, +)
    var given = 0
    var before = 0
    return weights.enumerated().map { place, weight in
      before += weight
      let mine = pupils * before / sum - given
      given += mine
      return GroupFacts.School(
        id: "g\(index + 1)s\(place + 1)", name: schoolName(index, place), isLead: place == 0, pupils: Exact(mine))
    }
  }

  private func schoolName(_ index: Int, _ place: Int) -> String {
    let words = place == 0 ? plan.leadNames : plan.memberNames
    let number = place == 0 ? index : index * 3 + place - 1
    return CityNames.school(words[number % words.count], number: number / words.count + 1, word: plan.schoolWord)
  }

  private func name(_ index: Int) -> String { CityNames.group(schoolName(index, 0), word: plan.groupWord) }
}

/// Names of schools and groups, made as the catalogue says.
enum CityNames {
  static func school(_ name: String, number: Int, word: String) -> String {
    Catalogue.chinese.text(
      number == 1 ? "demo.school" : "demo.school.next",
      ["name": .text(name), "number": .text(numeral(number)), "word": .text(word)])
  }

  /// As schools are numbered: 五, 十二, 二十.
  private static func numeral(_ number: Int) -> String {
    let digits = Catalogue.chinese.text("demo.numerals").split(separator: " ").map(String.init)
    guard digits.count == 11, number >= 0 else { return String(number) }
    switch number {
    case 0...10: return digits[number]
    case 11..<20: return digits[10] + digits[number - 10]
    case 20..<100: return digits[number / 10] + digits[10] + (number % 10 == 0 ? "" : digits[number % 10])
    default: return String(number).map { $0.wholeNumberValue.map { digits[$0] } ?? "" }.joined()
    }
  }

  static func group(_ lead: String, word: String?) -> String {
    Catalogue.chinese.text(
      "demo.group", ["lead": .text(lead), "word": word.map { .text($0) } ?? .message(Message("demo.group.word"))])
  }
}
