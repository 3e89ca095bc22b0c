import People

/// The main navigation: what a role has work in.
enum Navigation {
  static func entries(of visit: Visit, current: String?) -> [Frame.Entry] {
    guard let role = visit.viewer?.post?.role else { return [] }
    return all.filter { $0.power.map { role.may($0) } ?? true }.map { entry in
      Frame.Entry(title: visit.text("nav.\(entry.key)"), link: entry.link, isCurrent: entry.key == current)
    }
  }

  private static let all: [(key: String, link: String, power: Power?)] = [
    ("home", Endpoint.root.link(), nil),
    ("cycles", Endpoint.cycleList.link(), .readCycle),
    ("records", Endpoint.ledgerGroups.link(), .readLedger),
    ("years", Endpoint.years.link(), .readCycle),
    ("formation", Endpoint.formationList.link(), .readFormation),
    ("tasks", Endpoint.taskBoard.link(), .readTasks),
    ("registry", Endpoint.registrySchools.link(), .readRegistry),
    ("policies", Endpoint.policies.link(), .readPolicy),
    ("accounts", Endpoint.accounts.link(), .keepAccounts),
    ("posts", Endpoint.posts.link(), .keepRoles),
    ("audit", Endpoint.auditLog.link(), .readAudit),
  ]
}
