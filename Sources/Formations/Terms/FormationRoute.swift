import Notation
public import Rules

/// Who approves or files, as policies say it.
public enum FormationOrgan: String, Sendable, CaseIterable {
  case province, city, district
  /// The district the lead school lies in (属地).
  case leadDistrict
  /// Who the lead school answers to (主管部门).
  case leadAuthority
  /// The joint conference (联席会议); the city's office acts for it.
  case jointConference
}

/// A way from application to decision (审批与备案).
public struct FormationRoute: Sendable, Hashable {
  /// Nil: it holds always.
  public let when: Expression?
  public let approve: FormationOrgan
  public let file: FormationOrgan?
  public let title: String?
  public let note: String?
  /// Nil where the policy names no route and the lead school's own authority decides.
  public let source: String?

  init?(_ node: Node) {
    guard let approve = node["approve"]?.text.flatMap(FormationOrgan.init) else { return nil }
    when = FormationTerms.condition(node)
    self.approve = approve
    file = node["file"]?.text.flatMap(FormationOrgan.init)
    title = node["title"]?.text
    note = node["note"]?.text
    source = node["source"]?.text
  }

  private init(unsaid approve: FormationOrgan) {
    when = nil
    self.approve = approve
    file = nil
    title = nil
    note = nil
    source = nil
  }

  /// Where a policy leaves open who decides, who the lead school answers to does.
  static let unsaid = FormationRoute(unsaid: .leadAuthority)
  static let unsaidPlan = FormationRoute(unsaid: .city)

  /// What the way to a route came to.
  public enum Choice: Sendable, Hashable {
    case route(FormationRoute)
    /// What must be known first.
    case undetermined([String])
    /// The policy has routes, and none of them fits.
    case none
  }
}

extension FormationTerms {
  /// The first route whose condition holds. The overall plan (总体方案) speaks of no single group: it takes the joint
  /// conference's route, whatever its condition says.
  public func route(_ kind: FormationCase.Kind, _ facts: FormationFacts) -> FormationRoute.Choice {
    if kind == .plan { return .route(routes.first { $0.approve == .jointConference } ?? .unsaidPlan) }
    guard !routes.isEmpty else { return .route(.unsaid) }
    for route in routes {
      switch facts.holds(route.when) {
      case .yes: return .route(route)
      case .no: continue
      case .unknown(let names): return .undetermined(names)
      }
    }
    return .none
  }
}
