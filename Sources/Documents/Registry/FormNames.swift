import Notation
public import Policies
public import Registry

/// What policies call their forms of groups, their areas and targets, for workbooks: there people read and write names,
/// the registry keeps ids.
public struct FormNames: Sendable {
  private let names: [String: String]
  private let ids: [String: String]
  private let choices: [String]
  private var areas: [String: String] = [:]
  /// The targets there are, whose names allotments are given by.
  public private(set) var terms = RegistryTerms()

  /// Names and ids that stand for several things stay ids.
  public init(_ forms: [(id: String, name: String)]) { self.init(forms, others: []) }

  /// What the policies call them that hold where an authority of a code is, above it or below; where none does, what all
  /// do. A name that only another place's policy knows is understood too.
  ///
  /// - Parameter inForce: the policy an authority works under, whatever place it was made for.
  public init(_ policies: [Policy], at code: String?, inForce: Policy? = nil, plans: [RegistryTerms.Plan] = []) {
    let here = code.map(FormNames.place)
    let own =
      policies.filter { policy in
        guard let here, let there = policy.region.map(FormNames.place) else { return false }
        return here.hasPrefix(there) || there.hasPrefix(here)
      } + [inForce].compactMap(\.self)
    func forms(_ policies: [Policy]) -> [(id: String, name: String)] {
      policies.flatMap(\.forms).map { (id: $0.id, name: $0.name) }
    }
    self.init(forms(own.isEmpty ? policies : own), others: forms(policies))
    areas = own.reduce(into: [:]) { $0.merge($1.areaTitles) { first, _ in first } }
    terms = RegistryTerms(plans: plans)
  }

  private init(_ forms: [(id: String, name: String)], others: [(id: String, name: String)]) {
    let byID = Dictionary(grouping: forms, by: \.id).mapValues { Set($0.map(\.name)) }
    let byName = FormNames.ids(forms)
    // Where several policies name one thing, all their names stand for it.
    names = byID.compactMapValues { $0.count == 1 ? $0.first : $0.sorted().joined(separator: "/") }.filter {
      byName[$0.value] != nil
        || byID[$0.key].map { names in names.count > 1 && names.allSatisfy { byName[$0] != nil } } ?? false
    }
    ids = Dictionary(names.map { ($0.value, $0.key) }) { first, _ in first }
      .merging(byName) { own, _ in own }.merging(FormNames.ids(others)) { own, _ in own }
    choices = byName.keys.filter { !$0.isEmpty }.sorted()
  }

  /// Each name that stands for one id.
  private static func ids(_ forms: [(id: String, name: String)]) -> [String: String] {
    Dictionary(grouping: forms, by: \.name).mapValues { Set($0.map(\.id)) }
      .compactMapValues { $0.count == 1 ? $0.first : nil }
  }

  /// A division's digits without the pairs of noughts at their end.
  private static func place(_ code: String) -> Substring {
    var digits = code.prefix(6)
    while digits.hasSuffix("00") { digits = digits.dropLast(2) }
    return digits
  }

  /// What the place's policies call an area.
  public func area(_ id: String) -> String { areas[id] ?? id }
  /// The area that is called so; where several are, none.
  public func areaID(_ text: String) -> String {
    let found = areas.filter { $0.value == text }
    return areas[text] == nil && found.count == 1 ? found.first?.key ?? text : text
  }
  /// Areas to choose from, by their ids.
  public var allAreas: [(id: String, name: String)] {
    areas.map { (id: $0.key, name: $0.value) }.sorted { ($0.name, $0.id) < ($1.name, $1.id) }
  }
  public func name(_ id: String) -> String { names[id] ?? id }
  public func id(_ text: String) -> String { ids[text] ?? text }
  /// The names to choose from.
  public var all: [String] { choices }
}

extension RegistryTerms.Plan {
  /// A policy as rows of allotments name it; nil where it sets no targets.
  public init?(_ policy: Policy, name: String) {
    let targets = Target.read(policy.root["targets"])
    guard !targets.isEmpty else { return nil }
    self.init(name: name, title: policy.title, targets: targets)
  }
}
