/// What a person is to the evaluation (product.md, «Who uses it»). Where it holds is said by the appointment.
public enum Role: String, Sendable, CaseIterable, Hashable {
  /// Staff of an education authority (市教育局、区县教育局): of the whole city or of a district, by the authority.
  case office
  /// The lead school of a group (核心校、牵头校).
  case lead
  /// A member school (成员校).
  case member
  /// An expert of a panel (评审专家).
  case expert
  /// An evaluator from outside (第三方机构).
  case thirdParty
  /// Supervision and discipline inspection (督导、纪检): reads all, changes nothing.
  case supervisor
  /// The three that are kept apart (三员分立): accounts and the machine; roles and their bounds; the audit log.
  case system
  case security
  case audit

  /// Whether the appointment names a school; the others name an authority.
  public var isOfSchool: Bool { self == .lead || self == .member }

  /// Roles that nobody may hold together: who keeps the accounts doesn't hand out the roles, and neither reads the log
  /// of it as its keeper.
  public static let apart: Set<Role> = [.system, .security, .audit]
}
