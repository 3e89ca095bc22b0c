import Notation
public import Policies
import Rules

extension FormationTerms {
  /// Reads what the policy's check has found sound; what can't be read is left out.
  public init(_ policy: Policy) {
    let formation = policy.root["formation"]
    source = formation?["source"]?.text
    contents = (formation?["contents"]?.list ?? []).compactMap { node in
      node["id"]?.text.map { Content(id: $0, title: node["title"]?.text ?? $0) }
    }
    consents = (formation?["consents"]?.list ?? []).compactMap(FormationTerms.consent)
    sizes = (formation?["members"]?.list ?? []).map { node in
      Size(
        least: node["min"]?.integer, most: node["max"]?.integer, when: FormationTerms.condition(node),
        source: node["source"]?.text)
    }
    // A number out of a file must not overflow the calendar.
    publicityDays = formation?["publicityDays"]?.integer.map { min(max($0, 0), 366) }
    publicitySource =
      formation?["publicityDays"]?.decision.flatMap { policy.decision($0)?.source } ?? formation?["source"]?.text
    routes = (formation?["routes"]?.list ?? []).compactMap(FormationRoute.init)
    limits = (formation?["limits"]?.list ?? []).compactMap(FormationTerms.limit)
    published = Set((formation?["publish"]?.texts() ?? []).compactMap(CasePaper.Kind.init))
    let targets = policy.root["targets"]?.list ?? []
    shares = targets.compactMap(FormationTerms.share)
    var areas = Set(targets.compactMap { $0["area"]?.text })
    for condition in sizes.compactMap(\.when) + routes.compactMap(\.when) + limits.compactMap(\.when) {
      condition.visit { areas.formUnion(FormationTerms.areas($0)) }
    }
    self.areas = areas.sorted()
    areaTitles = policy.areaTitles
    forms = policy.forms
    let charter = (policy.root["documents"]?.list ?? []).first { $0["id"]?.text == "charter" }
    asksForCharter = charter != nil
    charterFiling =
      charter
      .flatMap { $0["fileWith"]?.text }.flatMap { $0 == "district" ? .leadDistrict : FormationOrgan(rawValue: $0) }
  }

  /// The condition of a map with `when`; nil: always.
  static func condition(_ node: Node) -> Expression? { node["when"].flatMap { try? Expression(condition: $0) } }

  private static func consent(_ node: Node) -> Consent? {
    guard let of = node["of"]?.text.flatMap(Consent.Whom.init), let kind = node["kind"]?.text else { return nil }
    return Consent(
      of: of, kind: kind, title: node["title"]?.text, note: node["note"]?.text, source: node["source"]?.text)
  }

  private static func limit(_ node: Node) -> Limit? {
    guard let id = node["id"]?.text else { return nil }
    return Limit(
      id: id, title: node["title"]?.text ?? id, atLeast: node["atLeast"]?.number, atMost: node["atMost"]?.number,
      unit: node["unit"]?.text, when: condition(node), note: node["note"]?.text, source: node["source"]?.text)
  }

  /// What a target says of tight groups; one that sums several years binds no single case.
  private static func share(_ node: Node) -> Share? {
    guard node["cumulative"]?.boolean != true, let year = node["year"]?.integer else { return nil }
    var least = node["atLeast"]?["tightPercent"]?.number
    if least == nil, let tight = node["groups"]?["tight"]?.number, let total = node["groups"]?["total"]?.number,
      !total.isZero
    {
      least = .hundred * tight / total
    }
    return least.map {
      Share(
        year: year, area: node["area"]?.text, least: $0, title: node["title"]?.text, source: node["source"]?.text)
    }
  }

  /// The areas an expression compares with.
  private static func areas(_ expression: Expression) -> [String] {
    switch expression {
    case .comparison(_, .name("area"), .text(let area)), .comparison(_, .text(let area), .name("area")): [area]
    case .among(.name("area"), let list): list.compactMap { if case .text(let area) = $0 { area } else { nil } }
    default: []
    }
  }
}
