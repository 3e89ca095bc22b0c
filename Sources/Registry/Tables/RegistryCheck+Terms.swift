import Notation

/// What policies name, and what lies ahead.
extension RegistryCheck {
  /// What the policies say that hold for an authority of a code, itself or the next above it that has some.
  private func inForce(at code: String?) -> RegistryTerms.InForce? {
    var (next, seen): (String?, Set<String>) = (code, [])
    while let one = next, seen.insert(one).inserted {
      if let id = known.things[.authorities]?[one]?.id, let found = known.terms.inForce[id] { return found }
      next = coming(.authorities, one, "parent")
    }
    return nil
  }

  /// A school's authority or an authority's superior, as the rows leave it.
  private func coming(_ table: RegistryTable, _ code: String, _ column: String) -> String? {
    guard let place = table.index(column) else { return nil }
    return (given[table]?[code] ?? known[table, RegistryKey([code])])?[place]
  }

  mutating func form(_ change: RegistryPlan.Change) {
    guard let form = value(change, "form"), isNew(change, "form"),
      let inForce = inForce(at: value(change, "authority")), !inForce.forms.isEmpty, inForce.forms[form] == nil
    else { return }
    guard change.table == .groupPast else {
      return note("form", change, "form", ["found": .text(form), "known": .known(inForce.forms.values.sorted())])
    }
    // What a group was it has been until now, whatever that is called.
    let place = RegistryTable.groups.index("form")
    let present = value(change, "group").flatMap { known[.groups, RegistryKey([$0])] }
    guard inForce.formerForms[form] == nil, place.flatMap({ present?[$0] }) != form else { return }
    let forms = Set(inForce.forms.values).union(inForce.formerForms.values)
    note("past.form", change, "form", ["found": .text(form), "known": .known(forms.sorted())])
  }

  mutating func area(_ change: RegistryPlan.Change) {
    guard !known.terms.inForce.isEmpty, change.before == nil, let area = value(change, "area"),
      let school = value(change, "school"),
      let areas = inForce(at: coming(.schools, school, "authority"))?.areas, areas[area] == nil
    else { return }
    note("area.unknown", change, "area", ["found": .text(area), "known": .known(areas.values.sorted())])
  }

  /// Statistics of a school year that hasn't begun nobody has.
  mutating func yearToCome(_ change: RegistryPlan.Change) {
    guard let year = value(change, "year").flatMap({ Int($0) }), let today = known.terms.today else { return }
    let latest = today.schoolYear(startingOn: DayOfYear(month: 9, day: 1)) + 1
    guard year > latest else { return }
    note(
      "year.ahead", change, "year",
      ["year": .text("\(year - 1)-\(year)"), "latest": .text("\(latest - 1)-\(latest)")])
  }

  /// A part of a target that there is.
  mutating func allotment(_ change: RegistryPlan.Change) {
    guard change.before == nil, !known.terms.plans.isEmpty, let policy = value(change, "policy") else { return }
    guard let plan = known.terms.plan(policy) else {
      let titles = known.terms.plans.map { known.terms.title(of: $0.name) }
      return note("allotment.policy", change, "policy", ["found": .text(policy), "known": .known(titles)])
    }
    guard let key = value(change, "target") else { return }
    guard let target = plan.targets.first(where: { $0.key == key }) else {
      let titles = plan.targets.map { plan.title(of: $0.key) }
      return note(
        "allotment.target", change, "target",
        ["found": .text(key), "policy": .text(plan.title), "known": .known(titles)])
    }
    guard let measure = value(change, "measure"), !target.goals.contains(where: { $0.measure.rawValue == measure })
    else { return }
    note(
      "allotment.measure", change, "measure",
      [
        "target": .text(plan.title(of: key)),
        "known": .list(target.goals.map { Message("registry.choice.measure.\($0.measure.rawValue)") }),
      ])
  }
}
