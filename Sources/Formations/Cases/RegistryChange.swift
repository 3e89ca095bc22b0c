public import Notation
public import Registry

/// What an approved case makes of the registry, from the day of the decision.
public struct RegistryChange: Sendable, Hashable {
  /// A group that begins.
  public let founded: Group?
  /// The group's new form and name, where a change names them.
  public let naming: Naming?
  /// The day from which the group is no more.
  public let dissolved: Day?
  /// Memberships that begin.
  public let begins: [Membership]
  /// Schools whose present membership ends on the day.
  public let ends: [ID]

  public struct Naming: Sendable, Hashable {
    public let name: String
    public let form: String?
  }
}

extension FormationCase {
  /// What follows for the registry; nil where the case isn't approved, or is a plan.
  ///
  /// - Parameters:
  ///   - group: the number of the group: a new one's, else the case's.
  ///   - present: who belongs to the group on the day of the decision.
  ///   - now: the group of a change as it stands.
  public func registryChange(
    group: ID, code: String, present: [Membership], now: CaseGroup? = nil
  ) -> RegistryChange? {
    guard let decision, decision.isApproval, let name = content.name else { return nil }
    let day = decision.day
    func begins(_ school: CaseSchool) -> Membership {
      Membership(
        group: group, school: school.school, role: school.part == .lead ? .lead : .member, since: day, until: nil)
    }
    switch kind {
    case .plan: return nil
    case .new:
      return RegistryChange(
        founded: Group(
          id: group, authority: approver ?? authority, code: code, name: name, form: content.form, formed: day),
        naming: nil, dissolved: nil, begins: content.schools.filter { $0.part != .leaving }.map(begins), ends: [])
    case .dissolution:
      return RegistryChange(
        founded: nil, naming: nil, dissolved: day, begins: [], ends: present.map(\.school))
    case .change:
      let staying = content.schools.filter { $0.part != .leaving }
      let kept = Set(
        present.filter { membership in
          staying.contains { $0.school == membership.school && ($0.part == .lead) == (membership.role == .lead) }
        }.map(\.school))
      return RegistryChange(
        founded: nil, naming: naming(name, now), dissolved: nil,
        begins: staying.filter { !kept.contains($0.school) }.map(begins),
        // Whom the case doesn't name stays as it is.
        ends: present.map(\.school).filter { content.school($0) != nil && !kept.contains($0) })
    }
  }

  /// What the case renames; what it left as it found it stays as it has become since.
  private func naming(_ name: String, _ now: CaseGroup?) -> RegistryChange.Naming {
    guard let now, let before = found.name else { return RegistryChange.Naming(name: name, form: content.form) }
    return RegistryChange.Naming(
      name: name == before ? now.name : name, form: content.form == found.form ? now.form : content.form)
  }
}
