import People

extension Endpoint {
  static let policies = Endpoint("policies", .get, "/policies", .may(.readPolicy))
  /// `:edition` is the hash of a policy a cycle froze, or the name of a folder of policies.
  static let policy = Endpoint("policy", .get, "/policies/:edition", .may(.readPolicy))
  static let policyItem = Endpoint("policyItem", .get, "/policies/:edition/items/:item", .may(.readPolicy))
  /// `?from=` names the policy it is compared with.
  static let policyChanges = Endpoint("policyChanges", .get, "/policies/:edition/changes", .may(.readPolicy))

  static let policyReader: [Endpoint] = [.policies, .policy, .policyItem, .policyChanges]
}
