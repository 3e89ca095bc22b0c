public import Notation

/// The size and words of a demonstration city, as `demonstration.yaml` gives them (policy-format, «Demonstration»).
public struct CityPlan: Sendable {
  /// How a named input is drawn.
  struct Draw: Sendable {
    let from: Exact
    let to: Exact
    let typical: Exact
    let places: Int
  }

  struct Share: Sendable {
    let id: String
    let share: Int
  }

  public let city: String
  public let groups: Int
  let schools: Int
  let pupils: Int
  let exchangedTeachers: Int
  /// The last of the years made.
  public let year: Int
  let districts: [Share]
  let forms: [Share]
  /// Of the groups, those formed in each year; empty: all long before.
  let formed: [Share]
  let leadNames: [String]
  let memberNames: [String]
  let schoolWord: String
  let groupWord: String?
  let draws: [String: Draw]

  /// Reads the plan; nil where a number or a name is missing.
  public init?(_ node: Node) {
    guard let city = node["city"]?.text, let groups = node["groups"]?.integer, groups > 0,
      let schools = node["schools"]?.integer, let pupils = node["pupils"]?.integer,
      let year = node["year"]?.integer, let leads = node["names"]?["lead"]?.texts(), !leads.isEmpty,
      let members = node["names"]?["member"]?.texts(), !members.isEmpty
    else { return nil }
    self.city = city
    self.groups = groups
    self.schools = schools
    self.pupils = pupils
    self.year = year
    exchangedTeachers = node["exchangedTeachers"]?.integer ?? 0
    districts = (node["districts"]?.list ?? []).compactMap { district in
      guard let id = district["id"]?.text else { return nil }
      // Districts go by their names: facts carry one text for both.
      return Share(id: district["name"]?.text ?? id, share: district["share"]?.integer ?? 1)
    }
    forms = (node["forms"]?.map ?? []).map {
      Share(id: $0.key, share: $0.value.integer ?? 1)
    }
    formed = (node["formed"]?.list ?? []).compactMap { entry in
      entry["year"]?.integer.map { Share(id: String($0), share: entry["share"]?.integer ?? 1) }
    }
    leadNames = leads
    memberNames = members
    schoolWord = node["names"]?["school"]?.text ?? ""
    groupWord = node["names"]?["group"]?.text
    draws = (node["inputs"]?.map ?? []).reduce(into: [:]) { draws, entry in
      guard let from = entry.value["from"]?.number, let to = entry.value["to"]?.number else { return }
      draws[entry.key] = Draw(
        from: from, to: to, typical: entry.value["typical"]?.number ?? (from + to) / Exact(2),
        places: entry.value["places"]?.integer ?? 0)
    }
  }

  /// One of the shares, in proportion.
  static func pick(_ shares: [Share], _ chance: inout Chance) -> String? {
    var rest = chance.below(max(1, shares.reduce(0) { $0 + $1.share }))
    for share in shares {
      if rest < share.share { return share.id }
      rest -= share.share
    }
    return shares.last?.id
  }
}
